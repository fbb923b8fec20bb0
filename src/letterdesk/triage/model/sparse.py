"""Rows of hashed features, and the two products that learning needs of them.

Both products go through memory in pieces that a processor's cache holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Columns = NDArray[np.int32]
Pairs = NDArray[np.unsignedinteger[Any]]
_PIECE = 1 << 19  # features at a time


@dataclass(frozen=True)
class Coded:
    """Weights of 256 values at most: which of them each column has, in a byte.

    They are read in leaps, and a table of bytes fits a cache that one of floats does not.
    """

    codes: NDArray[np.uint8]
    values: Floats

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, columns: NDArray[np.integer[Any]] | slice) -> Floats:
        return self.values[self.codes[columns]]

    def take(self, columns: Columns) -> Floats:
        """Give the weight of each column."""
        return self.values.take(self.codes.take(columns))


Table = Floats | Coded


@dataclass(frozen=True)
class Rows:
    """Rows that have a feature or have it not: `columns` of row r from edges[r] on."""

    columns: Columns
    edges: NDArray[np.int64]
    scale: Floats  # a row: what each of its features counts

    def __len__(self) -> int:
        return len(self.edges) - 1

    def each(self) -> list[Columns]:
        """Give each row's columns."""
        return [self.columns[a:b] for a, b in pairwise(self.edges.tolist())]

    def times(self, weights: Table) -> Floats:
        """Give each row's sum of `weights`, scaled."""
        return _sums(weights, self.columns, self.edges) * self.scale

    def gathered(self, values: Floats, size: int) -> Floats:
        """Give each column's sum of its rows' `values`, scaled."""
        order, edges = self._by_column
        found = np.zeros(size, dtype=np.float32)
        found[: len(edges) - 1] = _sums(values * self.scale, order, edges)
        return found

    @cached_property
    def _by_column(self) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Give the rows of each column, one column after another."""
        row = np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.edges))
        order = row[np.argsort(self.columns, kind="stable")]
        counts = np.bincount(self.columns)
        return order, np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)

    def folded(self, fold: int) -> "Rows":
        """Give the same rows with every `fold` neighbouring columns as one."""
        return Rows(self.columns // fold, self.edges, self.scale)

    def shrunk(self, few: float) -> "Rows":
        """Give the same rows as if each had `few` more features, of no weight.

        Little changes for a row of hundreds; a row of ten counts far less.
        """
        return Rows(self.columns, self.edges, scale_of(self.edges, few=few))


def _sums(values: Table, places: NDArray[np.int32], edges: NDArray[np.int64]) -> Floats:
    """Give the sum of `values` at the places between each two edges."""
    found = np.zeros(len(edges) - 1, dtype=np.float32)
    first = 0
    while first < len(found):
        last = int(np.searchsorted(edges, edges[first] + _PIECE, side="right")) - 1
        last = min(max(last, first + 1), len(found))
        start, end = edges[first], edges[last]
        if end > start:
            piece = np.append(values.take(places[start:end]), np.float32(0))
            found[first:last] = np.add.reduceat(piece, edges[first:last] - start)
        first = last
    found[edges[1:] == edges[:-1]] = 0
    return found


def rows_of(row: NDArray[np.int64], column: NDArray[np.int64], *, count: int) -> Rows:
    """Give `count` rows from pairs of row and column, each pair once."""
    width = int(column.max(initial=0)).bit_length()
    pairs = (row << width | column).view(np.uint64)
    return rows_of_pairs([pairs], width=width, count=count)


def rows_of_pairs(each: Sequence[NDArray[np.uint64]], *, width: int, count: int) -> Rows:
    """Give `count` rows from pairs that are a number: a row, and `width` bits of column.

    They are sorted: the shorter these numbers are, the more a processor takes at once.
    """
    fitting = np.dtype(np.uint32 if count << width <= 1 << 32 else np.uint64)
    pairs: Pairs = np.concatenate(each, dtype=fitting, casting="unsafe")
    pairs.sort()
    is_first = np.ones(len(pairs), dtype=bool)
    np.not_equal(pairs[1:], pairs[:-1], out=is_first[1:])
    pairs = pairs[is_first]
    starts = (np.arange(count) << width).astype(fitting)
    edges = np.append(np.searchsorted(pairs, starts), len(pairs))
    columns = (pairs & ((1 << width) - 1)).astype(np.int32)
    return Rows(columns, edges, scale_of(edges))


def scale_of(edges: NDArray[np.int64], *, few: float = 0.0) -> Floats:
    """Give what makes every row, with `few` features more, as long as any other."""
    return (1 / np.sqrt(np.maximum(np.diff(edges) + few, 1))).astype(np.float32)


def rows_with(each: Sequence[Columns]) -> Rows:
    """Give rows of these columns."""
    edges = np.cumsum([0, *map(len, each)], dtype=np.int64)
    return Rows(np.concatenate(each), edges, scale_of(edges))


def stacked(parts: list[Rows]) -> Rows:
    """Give the rows of all `parts`, one after another."""
    counts = np.concatenate([np.diff(part.edges) for part in parts])
    edges = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Rows(np.concatenate([part.columns for part in parts]), edges, scale_of(edges))
