"""What a student takes for words, by their hashes, and where they stand.

In Han and Hangul, whose words are not parted, or grow, each two letters in a row are one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from letterdesk.triage.model.features import View, view
from letterdesk.triage.model.grams import Hashes, Places, is_letter, stretch_hashes

_SPACE, _APOSTROPHE, _S = map(ord, " 's")
_HANGUL = 0x1100  # from here on letters are read in pairs


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of some texts, one after another, and where they stand."""

    view: View
    hashes: Hashes
    starts: Places
    ends: Places
    is_pair: NDArray[np.bool_]  # of letters, rather than a word as it is written

    @cached_property
    def counts(self) -> Places:
        """Give how many words each text has."""
        return np.bincount(self.view.rows(self.starts), minlength=len(self.view.limits) - 1)

    def shortened(self, some: Places) -> Hashes:
        """Give hashes of some words without their s, and of some pairs' first letters."""
        codes, starts, ends = self.view.codes, self.starts[some], self.ends[some]
        ends = ends - ((codes[ends - 1] == _S) | self.is_pair[some])
        ends = ends - (codes[ends - 1] == _APOSTROPHE)
        return stretch_hashes(codes, starts, np.maximum(starts, ends))


def words_in(texts: Sequence[str]) -> Words:
    """Give the words of normalised texts, without apostrophes around them."""
    found = view([f" {text} " for text in texts])
    codes = found.codes
    is_mark = codes == _APOSTROPHE
    inside = is_letter(codes) & ~is_mark
    is_mark[1:-1] &= ~(inside[:-2] & inside[2:])
    codes[is_mark] = _SPACE
    words = found.words
    before = np.cumsum(np.append(0, codes >= _HANGUL))
    has_pairs = (before[words.ends] > before[words.starts]) & (
        words.ends - words.starts > 1
    )
    if not has_pairs.any():
        return Words(
            view=found,
            hashes=words.hashes,
            starts=words.starts,
            ends=words.ends,
            is_pair=has_pairs,
        )
    counts = np.where(has_pairs, words.ends - words.starts - 1, 1)
    word = np.repeat(np.arange(len(counts)), counts)
    step = np.arange(len(word)) - np.append(0, np.cumsum(counts))[word]
    starts = words.starts[word] + step
    ends = np.where(has_pairs[word], starts + 2, words.ends[word])
    return Words(
        view=found,
        hashes=stretch_hashes(codes, starts, ends),
        starts=starts,
        ends=ends,
        is_pair=has_pairs[word],
    )


def hashes_of(words: Sequence[str]) -> Hashes:
    """Give the hash of each word, as it has in any text."""
    return words_in(words).hashes
