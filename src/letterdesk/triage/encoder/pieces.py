"""Texts as numbers of pieces: the likeliest pieces, by a unigram model (Kudo, 2018)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from unicodedata import normalize

from letterdesk.triage.encoder.net import FIRST, UNKNOWN

_LONGEST = 16  # characters of a piece
_SPACE = "\u2581"
_SPACES = re.compile("[ \u2581]+")
_UNKNOWN_COST = 10.0  # below the rarest piece


@dataclass(frozen=True)
class Pieces:
    """Pieces of words in the order of their numbers, with the log chance of each."""

    written: Sequence[str]
    chances: Sequence[float]

    def numbers(self, text: str) -> list[int]:
        """Give the numbers of the pieces that a text is most likely made of."""
        return self._likeliest(_SPACES.sub(_SPACE, f" {_plain(text)}"))

    def only(self, numbers: Iterable[int]) -> "Pieces":
        """Give the pieces of these numbers; they are numbered anew, in this order."""
        places = [number - FIRST for number in numbers]
        return Pieces(
            [self.written[place] for place in places],
            [self.chances[place] for place in places],
        )

    @cached_property
    def _known(self) -> Mapping[str, tuple[int, float]]:
        pairs = zip(self.written, self.chances, strict=True)
        return {
            piece: (number, chance)
            for number, (piece, chance) in enumerate(pairs, start=FIRST)
        }

    @cached_property
    def _unknown_chance(self) -> float:
        return min(self.chances) - _UNKNOWN_COST

    def _likeliest(self, letters: str) -> list[int]:
        """Give the numbers of pieces whose chances' product is highest (Viterbi, 1967)."""
        size = len(letters)
        best = [0.0, *[float("-inf")] * size]
        came = [(0, UNKNOWN)] * (size + 1)
        for start in range(size):
            here = best[start]
            if here + self._unknown_chance > best[start + 1]:
                best[start + 1] = here + self._unknown_chance
                came[start + 1] = start, UNKNOWN
            for end in range(start + 1, min(size, start + _LONGEST) + 1):
                piece = self._known.get(letters[start:end])
                if piece and here + piece[1] > best[end]:
                    best[end] = here + piece[1]
                    came[end] = start, piece[0]
        found: list[int] = []
        while size:
            size, number = came[size]
            found.append(number)
        return found[::-1]


def _plain(text: str) -> str:
    """Give a text with each letter as the vocabulary has it: jamo that stand alone, say."""
    if text.isascii():
        return text
    letters = {ord(letter): normalize("NFKC", letter) for letter in set(text)}
    return text.translate(letters)
