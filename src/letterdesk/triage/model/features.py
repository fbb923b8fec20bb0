"""What the model sees of a comment: n-grams of letters, sounds and words, and patterns.

Patterns are runs of word classes ("not hate group"), so that the part a word plays counts,
and not only which word it is. Everything is hashed; nothing about a comment is kept.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from letterdesk.triage.hangul import SOUND
from letterdesk.triage.model.grams import (
    Found,
    Hashes,
    Places,
    char_grams,
    mixed,
    word_grams,
    words,
)
from letterdesk.triage.model.lexicon import letters, lexicon, tagged
from letterdesk.triage.model.sparse import Columns, Rows, rows_of_pairs, rows_with, stacked
from letterdesk.triage.pinyin import sounded

BITS = 20  # of a column's number
PATTERNS = 1 << 17  # columns at the end of the table, for patterns alone
PATTERN_FORCE = 4.0  # what a pattern counts beside an n-gram
_HEARD = {"ko": range(3, 8), "zh": range(2, 4)}  # orders of n-grams of how it sounds
_PIECE = 10_000  # characters at a time: what is made of them fits a processor's cache
_MOST_KEPT = 1_024  # texts of a language of which the features are kept
_SPACE = ord(" ")
_QUOTE = ord('"')
_MARKS = np.isin(np.arange(0x3100), [_QUOTE, *map(ord, ".!?。…;~")])  # by code point


@dataclass(frozen=True)
class View:
    """Texts as one array of code points, a separator before each and at the end."""

    codes: Hashes
    limits: Places
    origins: Callable[[], Places] | None = None  # of each code; None: one further on

    def places(self, codes: Places) -> Places:
        """Say where in its text the letter of each code stands."""
        return self._place_of_code[codes]

    def rows(self, starts: Places) -> Places:
        """Say which text each place is of."""
        return self._row_of_code[starts]

    def pairs(self, starts: Places) -> Hashes:
        """Say the same as the upper bits of a number, below which a column has room."""
        return self._pair_of_code.take(starts)

    @cached_property
    def words(self) -> Found:
        """Their words."""
        return words(self.codes)

    @cached_property
    def _row_of_code(self) -> Places:
        lengths = np.diff(self.limits, append=len(self.codes))
        return np.repeat(np.arange(len(lengths)), lengths)

    @cached_property
    def _pair_of_code(self) -> Hashes:
        return (self._row_of_code << BITS).view(np.uint64)

    @cached_property
    def _place_of_code(self) -> Places:
        if self.origins is not None:
            return self.origins()
        return np.arange(len(self.codes)) - self.limits[self._row_of_code] - 2


_Each = tuple[View, Found]


def view(texts: Sequence[str]) -> View:
    """Give `texts` as a view."""
    raw = "\n" + "\n".join(texts) + "\n"
    codes = np.frombuffer(raw.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return View(codes.astype(np.uint64), np.flatnonzero(codes == 10))


def rows_for(texts: Sequence[str], language: str) -> Rows:
    """Give the features of normalised `texts`, a row each."""
    return stacked([_rows(some, language) for some in pieces(texts)])


def seen_rows(texts: Sequence[str], language: str) -> Rows:
    """Give what `rows_for` gives, of each text worked out once for all signals."""
    kept = kept_columns(language)
    new = [*dict.fromkeys([text for text in texts if text not in kept])]
    found = dict(kept)
    if new:
        found |= zip(new, rows_for(new, language).each(), strict=True)
        kept.update(found if len(found) <= _MOST_KEPT else {})
    return rows_with([found[text] for text in texts])


@lru_cache(maxsize=8)
def kept_columns(_language: str) -> dict[str, Columns]:
    """Give the columns of texts of a language that were seen, until they are forgotten."""
    return {}


def placed(
    texts: Sequence[str], language: str
) -> tuple[Places, NDArray[np.int64], Places, Places]:
    """Give the features of normalised texts, each once a text, and where it first stands.

    For each: which text, which column, its first letter and the one after its last.
    """
    ordinary, patterns = _seen(texts, language)
    each = ordinary + patterns
    starts = np.concatenate([seen.places(found.starts) for seen, found in each])
    ends = np.concatenate([seen.places(found.ends - 1) + 1 for seen, found in each])
    every = np.concatenate(_pairs(ordinary, patterns)).view(np.int64)
    pairs, first = np.unique(every, return_index=True)
    rows = pairs >> BITS
    last = np.array([len(text) for text in texts])[rows]
    columns = pairs & ((1 << BITS) - 1)
    return rows, columns, np.clip(starts[first], 0, last), np.clip(ends[first], 0, last)


def pieces(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Give the texts in turn, as many together as have _PIECE characters, or one."""
    first = size = 0
    for at, text in enumerate(texts):
        if at > first and size + len(text) >= _PIECE:
            yield texts[first:at]
            first, size = at, 0
        size += len(text) + 1  # an empty one counts, too
    yield texts[first:]


def _rows(texts: Sequence[str], language: str) -> Rows:
    return rows_of_pairs(_pairs(*_seen(texts, language)), width=BITS, count=len(texts))


def _pairs(ordinary: list[_Each], patterns: list[_Each]) -> list[Hashes]:
    """Give the text and the column of each n-gram, as one number, by kind of n-grams.

    Patterns have the end of the table to themselves.
    """
    rest = (1 << BITS) - PATTERNS
    found = [_paired(each, size=rest, first=0) for each in ordinary]
    return found + [_paired(each, size=PATTERNS, first=rest) for each in patterns]


def _paired(each: _Each, *, size: int, first: int) -> Hashes:
    """Give pairs with columns from `first` on, `size` of them, by hashes' upper halves."""
    seen, found = each
    half = np.uint64(32)
    pairs = found.hashes >> half
    pairs *= np.uint64(size)
    pairs >>= half
    pairs += seen.pairs(found.starts)
    pairs += np.uint64(first)
    return pairs


def _seen(texts: Sequence[str], language: str) -> tuple[list[_Each], list[_Each]]:
    """Give ordinary n-grams, and patterns, each with the view that it stands in."""
    plain = view([f" {text} " for text in texts])
    ordinary = [(plain, found) for found in _written(plain, language)]
    if language in _HEARD:
        heard = _heard(texts, language)
        grams = char_grams(heard.codes, orders=_HEARD[language], salt=20)
        ordinary += [(heard, found) for found in grams]
    return ordinary, [(plain, found) for found in _patterns(plain, language)]


def _heard(texts: Sequence[str], language: str) -> View:
    """Give texts as they sound, with no space between words."""
    seen = view([_sound(text, language) for text in texts])
    return View(seen.codes, seen.limits, partial(_origins, texts, language))


def _origins(texts: Sequence[str], language: str) -> Places:
    """Give where in its text each letter of the texts' sound stands, separators with it."""
    each = [(-1, *_places_of_sound(text, language)) for text in texts]
    return np.array([place for some in each for place in some] + [len(texts[-1])])


def _sound(text: str, language: str) -> str:
    if language == "zh":
        return sounded(text)[0]
    return "".join(map(SOUND.__getitem__, text))


def _places_of_sound(text: str, language: str) -> list[int]:
    """Give where in a text each letter of its sound stands."""
    if language == "zh":
        return sounded(text)[1]
    return [place for place, char in enumerate(text) for _ in SOUND[char]]


def _written(plain: View, language: str) -> list[Found]:
    orders = range(2, 6) if language == "en" else range(1, 5)
    grams = char_grams(plain.codes, orders=orders, salt=1)
    if language == "zh":
        return grams
    rows = plain.rows(plain.words.starts)
    return grams + word_grams(plain.words, rows=rows, orders=range(1, 3), salt=50)


def _patterns(plain: View, language: str) -> list[Found]:
    tokens, known = _tokens(plain, language)
    rows = plain.rows(tokens.starts)
    only = Found(tokens.hashes[known], tokens.starts[known], tokens.ends[known])
    grams = word_grams(only, rows=rows[known], orders=range(1, 5), salt=70)
    if language != "en":
        return grams
    orders = range(2, 5)
    return grams + word_grams(tokens, rows=rows, orders=orders, salt=80, some=known)


def _tokens(plain: View, language: str) -> tuple[Found, NDArray[np.bool_]]:
    """Give words with their classes for them, marks among them; and which have a class."""
    atoms = plain.words if language == "en" else letters(plain.codes)
    rows = plain.rows(atoms.starts) if language == "en" else None  # else \n parts texts
    firsts, ends, classes = tagged(atoms.hashes, words_of=lexicon(language), rows=rows)
    marks = np.flatnonzero(_MARKS.take(plain.codes.view(np.int64), mode="clip"))
    kinds = np.where(plain.codes[marks] == _QUOTE, 101, 102)
    hashes = [
        mixed(classes.astype(np.uint64) + np.uint64(1), 60),
        mixed(kinds.astype(np.uint64), 60),
    ]
    starts = [atoms.starts[firsts], marks]
    stops = [atoms.ends[ends - 1], marks + 1]
    count = len(firsts) + len(marks)
    if language == "en":
        inside = np.zeros(len(atoms.hashes) + 1, dtype=np.int64)
        inside[firsts] += 1  # phrases lie apart
        inside[ends] -= 1
        rest = np.cumsum(inside)[:-1] == 0
        hashes.append(atoms.hashes[rest])
        starts.append(atoms.starts[rest])
        stops.append(atoms.ends[rest])
    all_starts = np.concatenate(starts)
    order = np.argsort(all_starts, kind="stable")
    known = np.arange(len(all_starts)) < count
    tokens = Found(
        np.concatenate(hashes)[order], all_starts[order], np.concatenate(stops)[order]
    )
    return tokens, known[order]
