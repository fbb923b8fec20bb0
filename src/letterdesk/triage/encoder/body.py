"""What an encoder reads with: pieces of words, a vector for each, and layers over them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from letterdesk.triage.encoder.net import (
    BEGIN,
    END,
    Normed,
    Passed,
    Shape,
    Tokens,
    norm,
    padded,
    passes,
    pooled,
    shares,
)
from letterdesk.triage.encoder.packed import Packed
from letterdesk.triage.encoder.pieces import Pieces
from letterdesk.triage.model.sparse import Floats

TOKENS = 48  # in a stretch of a comment, with those at its ends
_STRETCHES = 12  # of a comment, at most, that are read
_LETTERS = 20_000  # of a comment, at most
_AT_ONCE = 32  # stretches: bounds the memory


@dataclass(frozen=True, kw_only=True)
class Body:
    """An encoder's parts: a vector for each piece and each place, and its layers."""

    shape: Shape
    pieces: Pieces
    words: Packed  # (pieces, width)
    places: Floats  # (TOKENS or more, width)
    level: Floats
    shift: Floats
    layers: Mapping[str, Floats]  # by the names in `shape`

    def stretches(self, text: str) -> list[Tokens]:
        """Give a normalised text in stretches of about one length; a short one is one.

        Of a very long one they are spread from its beginning to its end, with gaps.
        """
        numbers = self.pieces.numbers(text[:_LETTERS])
        count = -(-len(numbers) // (TOKENS - 2))
        edges = [len(numbers) * each // count for each in range(count + 1)]
        all_of_them = [
            np.array([BEGIN, *numbers[first:end], END], dtype=np.int64)
            for first, end in pairwise(edges)
        ]
        if count <= _STRETCHES:
            return all_of_them
        places = np.linspace(0, count - 1, _STRETCHES).round().astype(int)
        return [all_of_them[place] for place in places]

    def embedded(self, tokens: Tokens) -> Normed:
        """Give what the first layer sees of rows of tokens: (texts, tokens, width)."""
        came = self.words.rows(tokens) + self.places[: tokens.shape[1]]
        return norm(came, self.level, self.shift)

    def passes(self, embedded: Normed, mask: Floats) -> Iterator[Passed]:
        """Give what each layer makes of rows of tokens, in turn."""
        return passes(embedded.given, mask, self.layers, self.shape)

    def given(self, texts: Sequence[Tokens]) -> Floats:
        """Give a row of numbers for each stretch: (stretches, width)."""
        found = np.zeros((len(texts), self.shape.width), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for first in range(0, len(order), _AT_ONCE):
            some = order[first : first + _AT_ONCE]
            rows, mask = padded([texts[place] for place in some])
            last = self.embedded(rows)
            for passed in self.passes(last, mask):
                last = passed.last
            found[some] = pooled(last.given, shares(mask)).given
        return found
