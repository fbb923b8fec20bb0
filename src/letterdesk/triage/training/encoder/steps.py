"""The steps of AdamW (Loshchilov and Hutter, 2019) through one vector."""

from dataclasses import dataclass

import numpy as np

from letterdesk.triage.model.sparse import Floats

_PIECE = 1 << 16  # numbers at a time: as much as fits a processor's cache
_KEEP = 0.9  # AdamW's share that stays of the slope
_DECAY = np.float32(0.01)  # what a number loses of itself in a step, by its pace


@dataclass(frozen=True)
class Steps:
    """What is remembered between two steps: means of the slope and of its square."""

    slope: Floats
    square: Floats
    keep_square: float = 0.98  # what stays of the square

    def take(self, place: Floats, down: Floats, *, number: int, pace: Floats) -> None:
        """Move `place` against `down`, each number at its `pace`; the first step is 1."""
        keep, keep_square = np.float32(_KEEP), np.float32(self.keep_square)
        full = np.float32(1 / (1 - _KEEP**number))
        full_square = np.float32(1 / (1 - self.keep_square**number))
        for first in range(0, len(place), _PIECE):
            some = slice(first, first + _PIECE)
            self.slope[some] *= keep
            self.slope[some] += (1 - keep) * down[some]
            self.square[some] *= keep_square
            self.square[some] += (1 - keep_square) * down[some] * down[some]
            step = self.slope[some] * full
            step /= np.sqrt(self.square[some] * full_square) + np.float32(1e-8)
            step += _DECAY * place[some]
            place[some] -= pace[some] * step
