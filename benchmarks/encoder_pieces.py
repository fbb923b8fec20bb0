"""Texts as numbers of pieces: the likeliest pieces, by a unigram model (Kudo, 2018)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from benchmarks.encoder_net import Tokens

_LONGEST = 16  # characters of a piece
_SPACE = "\u2581"
_SPACES = re.compile("[ \u2581]+")
_UNKNOWN_COST = 10.0  # below the rarest piece


@dataclass(frozen=True, kw_only=True)
class Pieces:
    """Pieces of words by number and log chance; what is written otherwise before."""

    known: Mapping[str, tuple[int, float]]
    rewritten: Mapping[int, str]
    begin: int
    end: int
    unknown: int

    def tokens(self, text: str, *, most: int) -> Tokens:
        """Give the likeliest pieces of a text, `most` at most with those at its ends."""
        inner = self._likeliest(_SPACES.sub(_SPACE, f" {text.translate(self.rewritten)}"))
        return np.array([self.begin, *inner[: most - 2], self.end], dtype=np.int64)

    @cached_property
    def _unknown_chance(self) -> float:
        return min(chance for _, chance in self.known.values()) - _UNKNOWN_COST

    def _likeliest(self, letters: str) -> list[int]:
        """Give the numbers of pieces whose chances' product is highest (Viterbi, 1967)."""
        size = len(letters)
        best = [0.0, *[float("-inf")] * size]
        came = [(0, self.unknown)] * (size + 1)
        for start in range(size):
            here = best[start]
            if here + self._unknown_chance > best[start + 1]:
                best[start + 1] = here + self._unknown_chance
                came[start + 1] = start, self.unknown
            for end in range(start + 1, min(size, start + _LONGEST) + 1):
                piece = self.known.get(letters[start:end])
                if piece and here + piece[1] > best[end]:
                    best[end] = here + piece[1]
                    came[end] = start, piece[0]
        found: list[int] = []
        while size:
            size, number = came[size]
            found.append(number)
        return found[::-1]
