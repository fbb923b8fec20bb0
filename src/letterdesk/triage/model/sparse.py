"""Rows of hashed features, and the two products that learning needs of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Rows:
    """Rows that have a feature or have it not: `columns` of row r from edges[r] on."""

    columns: NDArray[np.int32]
    edges: NDArray[np.int64]
    scale: Floats  # a row: what each of its features counts

    def __len__(self) -> int:
        return len(self.edges) - 1

    def times(self, weights: Floats) -> Floats:
        """Give each row's sum of `weights`, scaled."""
        sums = np.add.reduceat(
            np.append(weights[self.columns], np.float32(0)), self.edges[:-1]
        )
        sums[self.edges[1:] == self.edges[:-1]] = 0
        return sums * self.scale

    def folded(self, fold: int) -> "Rows":
        """Give the same rows with every `fold` neighbouring columns as one."""
        return Rows(self.columns // fold, self.edges, self.scale)

    def gathered(self, values: Floats, size: int) -> Floats:
        """Give each column's sum of its rows' `values`, scaled."""
        each = np.repeat(values * self.scale, np.diff(self.edges))
        return np.bincount(self.columns, weights=each, minlength=size).astype(np.float32)


def rows_of(
    row: NDArray[np.int64], column: NDArray[np.int64], *, count: int, bits: int
) -> Rows:
    """Give `count` rows from pairs of row and column, each pair once."""
    keys = np.unique(row << bits | column)
    edges = np.searchsorted(keys, np.arange(count + 1, dtype=np.int64) << bits)
    columns = (keys & ((1 << bits) - 1)).astype(np.int32)
    return Rows(columns, edges, scale_of(edges))


def scale_of(edges: NDArray[np.int64]) -> Floats:
    """Give what makes every row as long as any other."""
    return (1 / np.sqrt(np.maximum(np.diff(edges), 1))).astype(np.float32)


def stacked(parts: list[Rows]) -> Rows:
    """Give the rows of all `parts`, one after another."""
    counts = np.concatenate([np.diff(part.edges) for part in parts])
    edges = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Rows(np.concatenate([part.columns for part in parts]), edges, scale_of(edges))
