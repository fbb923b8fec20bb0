"""A small net beside the tables, which an encoder has taught: a hundred times as fast.

It knows each word by a vector, made of what the encoder makes of that word alone. What
each word, and each with the next, stands for is found by one layer; the strongest and the
mean of it in a stretch of words go through another to a logit (Kim, 2014).
Why: docs/decisions/0092-a-student-beside-the-tables.md.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from letterdesk.triage.encoder.encoder import rounded
from letterdesk.triage.model.grams import Hashes, Places
from letterdesk.triage.model.known_hashes import KnownHashes
from letterdesk.triage.model.sparse import Floats
from letterdesk.triage.model.student_words import Words, hashes_of, words_in

UNITS = 48  # that look at each word, and as many at each two
HIDDEN = 32
STRETCH = 34  # words that are read together, at most: long comments hide nothing
UNKNOWN = 0  # the number of each word that it has no vector for
_AT_ONCE = 256  # stretches: what is made of them fits a processor's cache
_WORDS_AT_ONCE = 4_096  # the same, of words


@dataclass(frozen=True)
class Stretches:
    """Stretches of words by their numbers: those of stretch s from edges[s] on.

    Each has one word at least.
    """

    words: Places
    edges: Places

    def __len__(self) -> int:
        return len(self.edges) - 1

    @cached_property
    def sizes(self) -> Places:
        """Give how many words each has."""
        return np.diff(self.edges)

    @cached_property
    def rows(self) -> Places:
        """Say which stretch each word is of."""
        return np.repeat(np.arange(len(self)), self.sizes)

    def without_firsts(self, each: Floats) -> Floats:
        """Give what each word has, but nothing for the first of a stretch; in place."""
        each[self.edges[:-1]] = 0
        return each

    def pieces(self) -> Iterator["Stretches"]:
        """Give some of them at a time."""
        for first in range(0, len(self), _AT_ONCE):
            edges = self.edges[first : first + _AT_ONCE + 1]
            yield Stretches(self.words[edges[0] : edges[-1]], edges - edges[0])


def stretches(each: Iterable[Places]) -> Stretches:
    """Give stretches of these words."""
    found = list(each)
    edges = np.cumsum([0, *map(len, found)])
    return Stretches(np.concatenate(found), edges)


@dataclass(frozen=True, kw_only=True)
class Read:
    """What a student makes of stretches, layer by layer."""

    vectors: Floats  # (words, width)
    units: Floats  # (words, 2 * UNITS)
    largest: Floats  # (stretches, 2 * UNITS)
    seen: Floats  # (stretches, 4 * UNITS): the largest, and the mean
    hidden: Floats  # (stretches, HIDDEN)
    logits: Floats  # (stretches,)


Known = Mapping[str, Floats]  # by the names in `sizes`


def sizes(words: int, width: int) -> dict[str, tuple[int, ...]]:
    """Give the shapes of what a student of so many words learns, by its names."""
    return {
        "vectors": (words + 1, width),
        "one": (width, UNITS),
        "first": (width, UNITS),
        "second": (width, UNITS),
        "units": (2 * UNITS,),
        "hidden": (4 * UNITS, HIDDEN),
        "hidden_bias": (HIDDEN,),
        "out": (HIDDEN,),
        "out_bias": (1,),
    }


def read(some: Stretches, known: Known, *, heard: Floats | None = None) -> Read:
    """Read stretches by what a student knows, named as in `sizes`.

    `heard`, by which what was seen is multiplied, is for learning.
    """
    vectors = known["vectors"].take(some.words, axis=0)
    units = vectors @ np.hstack([known["one"], known["first"]])
    units[:-1, UNITS:] += some.without_firsts(vectors @ known["second"])[1:]
    units += known["units"]
    np.maximum(units, 0, out=units)
    largest, mean = _largest_and_sum(some, units)
    mean /= some.sizes[:, None].astype(np.float32)
    seen = np.hstack([largest, mean])
    if heard is not None:
        seen *= heard
    hidden, logits = _judged(seen, known)
    return Read(
        vectors=vectors,
        units=units,
        largest=largest,
        seen=seen,
        hidden=hidden,
        logits=logits,
    )


def _judged(seen: Floats, known: Known) -> tuple[Floats, Floats]:
    """Give the hidden layer, and the logit, of each stretch of which that was seen."""
    hidden = np.maximum(seen @ known["hidden"] + known["hidden_bias"], 0)
    logits = hidden @ known["out"] + known["out_bias"]
    return hidden, np.asarray(logits, dtype=np.float32)


def _largest_and_sum(some: Stretches, units: Floats) -> tuple[Floats, Floats]:
    """Give the largest of each unit in each stretch, and the sum.

    Of all stretches one word after the other, the longest stretches first, so that those
    which go on stand together: `reduceat` takes three times as long.
    """
    order = np.argsort(-some.sizes, kind="stable")
    firsts, shorter = some.edges[:-1][order], -some.sizes[order]
    largest = units.take(firsts, axis=0)
    total = largest.copy()
    steps = np.arange(1, -shorter[0])
    for step, count in zip(steps, np.searchsorted(shorter, -steps).tolist(), strict=True):
        here = units.take(firsts[:count] + step, axis=0)
        np.maximum(largest[:count], here, out=largest[:count])
        total[:count] += here
    back = np.argsort(order)
    return largest[back], total[back]


def slope_of_seen(found: Read, known: Known) -> Floats:
    """Give how each logit moves with what was seen: (stretches, 4 * UNITS)."""
    return np.asarray((known["out"] * (found.hidden > 0)) @ known["hidden"].T)


def of_units(some: Stretches, found: Read, down: Floats) -> Floats:
    """Give what the units of each word have of `down`, which is of what was seen.

    Words that are equally the strongest share.
    """
    is_strongest = (found.units == found.largest[some.rows]).astype(np.float32)
    shared = np.add.reduceat(is_strongest, some.edges[:-1])
    strongest = down[:, : 2 * UNITS] / shared
    mean = down[:, 2 * UNITS :] / some.sizes[:, None].astype(np.float32)
    return np.asarray(is_strongest * strongest[some.rows] + mean[some.rows])


@dataclass(frozen=True)
class Student:
    """Words by their hashes, in order, and what is known of them; number 0 is any other."""

    words: Hashes
    known: Known

    def logits(self, texts: Sequence[str]) -> Floats:
        """Give the logit of each normalised text: that of its worst stretch."""
        if not texts:
            return np.empty(0, dtype=np.float32)
        some, firsts = self._stretches(words_in(texts))
        return np.asarray(np.maximum.reduceat(self._read(some), firsts))

    def heats(self, texts: Sequence[str]) -> list[Floats]:
        """Give what each letter of normalised texts adds to the logit of its stretch."""
        found = words_in(texts)
        some, _ = self._stretches(found)
        warm = np.concatenate([self._warmth(piece) for piece in some.pieces()])
        counts = found.counts
        warm = warm[np.repeat(counts, np.maximum(counts, 1)) > 0]
        rows, places = found.view.rows(found.starts), found.view.places(found.starts)
        sizes = found.ends - found.starts
        given = [np.zeros(len(text), dtype=np.float32) for text in texts]
        each = zip(rows, places, sizes, warm / sizes, strict=True)
        for row, place, size, warmth in each:
            given[row][place : place + size] += warmth
        return given

    def numbers(self, found: Words) -> Places:
        """Give the number of each word; one that it knows only in short has that."""
        numbers = self._known_by(found.hashes)
        rest = np.flatnonzero(numbers == UNKNOWN)
        if len(rest):
            numbers[rest] = self._known_by(found.shortened(rest))
        return numbers

    @cached_property
    def _known_hashes(self) -> KnownHashes:
        return KnownHashes(self.words)

    def _read(self, some: Stretches) -> Floats:
        """Give the logit of each stretch: what `read` gives, in half of the time.

        The longest stretches first, so that those of a piece are of about one length.
        """
        said = self._said(some.words)
        order = np.argsort(-some.sizes, kind="stable")
        firsts, sizes = some.edges[:-1][order], some.sizes[order]
        each = np.empty(len(some), dtype=np.float32)
        for piece in _pieces(sizes):
            seen = said.seen(firsts[piece], sizes[piece])
            _, each[order[piece]] = _judged(seen, self.known)
        return each

    def _said(self, words: Places) -> "_Said":
        """Give what the words say, each worked out once: letters have many in common."""
        known = self.known
        at, each = np.empty(len(known["vectors"]), dtype=np.int64), np.arange(len(words))
        at[words] = each  # of equal ones the last
        distinct = words[at[words] == each]
        at[distinct] = np.arange(len(distinct))
        vectors = known["vectors"].take(distinct, axis=0)
        alone = vectors @ np.hstack([known["one"], known["first"]])
        alone += known["units"]
        return _Said(at[words], alone, vectors @ known["second"])

    def _known_by(self, hashes: Hashes) -> Places:
        return self._known_hashes.places(hashes) + 1  # UNKNOWN is 0

    def _stretches(self, found: Words) -> tuple[Stretches, Places]:
        """Give texts in stretches of about one length, and the first of each text."""
        numbers, sizes = self.numbers(found), found.counts
        begin = np.append(0, np.cumsum(sizes))
        is_empty = np.flatnonzero(sizes == 0)
        if len(is_empty):
            numbers = np.insert(numbers, begin[is_empty], UNKNOWN)
            sizes = np.maximum(sizes, 1)
            begin = np.append(0, np.cumsum(sizes))
        parts = -(-sizes // STRETCH)
        firsts = np.append(0, np.cumsum(parts))
        text = np.repeat(np.arange(len(sizes)), parts)
        part = np.arange(len(text)) - firsts[text]
        edges = begin[text] + sizes[text] * part // parts[text]
        return Stretches(numbers, np.append(edges, begin[-1])), firsts[:-1]

    def _warmth(self, some: Stretches) -> Floats:
        """Give what each word adds to the logit of its stretch."""
        found = read(some, self.known)
        given = slope_of_seen(found, self.known) * found.seen
        each = of_units(some, found, given)
        warm = each[:, :UNITS].sum(axis=1)
        both = each[:, UNITS:].sum(axis=1)
        halves = both / 2
        warm[1:] += some.without_firsts(np.append(0, halves[:-1]).astype(np.float32))[1:]
        lasts = some.edges[1:] - 1
        halves[lasts] = both[lasts]
        warm += halves
        return np.asarray(warm)


@dataclass(frozen=True)
class _Said:
    """What words add to the units: alone, and as a first of two; and as a second."""

    words: Places  # which of the others each word has
    alone: Floats  # (distinct words, 2 * UNITS)
    second: Floats  # (distinct words, UNITS)

    def seen(self, firsts: Places, sizes: Places) -> Floats:
        """Give what is seen in stretches, the longest first: the largest, and the mean.

        Their first words stand together, then their second ones, and so on: of those of the
        stretches that go on. The last word of a stretch has none after it.
        """
        counts = np.searchsorted(-sizes, -np.arange(sizes[0]))  # that have one more word
        rows = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        words = self.words[firsts[rows] + np.repeat(np.arange(len(counts)), counts)]
        units, second = self.alone.take(words, axis=0), self.second.take(words, axis=0)
        edges = [0, *accumulate(counts.tolist())]
        for (before, _), (first, end) in pairwise(pairwise(edges)):
            units[before : before + end - first, UNITS:] += second[first:end]
        np.maximum(units, 0, out=units)
        largest = units[: edges[1]].copy()
        total = largest.copy()
        for first, end in pairwise(edges[1:]):
            count = end - first
            np.maximum(largest[:count], units[first:end], out=largest[:count])
            total[:count] += units[first:end]
        total /= sizes[:, None].astype(np.float32)
        return np.hstack([largest, total])


def _pieces(sizes: Places) -> Iterator[slice]:
    """Give stretches of these sizes, some at a time."""
    first = 0
    while first < len(sizes):
        some = max(_WORDS_AT_ONCE // int(sizes[first]), 1)
        yield slice(first, first + some)
        first += some


def student_of(words: Iterable[str], known: Known) -> Student:
    """Give the student of these words; `known` has their vectors in this order, after 0."""
    hashes = hashes_of(list(words))
    order = np.argsort(hashes)
    vectors = known["vectors"][np.append(UNKNOWN, order + 1)]
    return Student(hashes[order], {**known, "vectors": vectors})


def packed(found: Student) -> dict[str, NDArray[Any]]:
    """Give the arrays of a student's file: vectors in bytes, a scale for each word."""
    vectors, scale = rounded(found.known["vectors"])
    return {**found.known, "vectors": vectors, "scale": scale, "words": found.words}


def unpacked(file: Mapping[str, NDArray[Any]]) -> Student:
    """Give the student in such arrays, nearly. Raises KeyError."""
    known = {name: file[name].astype(np.float32) for name in sizes(0, 0)}
    known["vectors"] *= file["scale"]
    return Student(file["words"], known)
