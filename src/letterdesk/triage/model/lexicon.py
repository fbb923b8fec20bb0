"""Which words play which part in a sentence, and where a text has them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from letterdesk.triage.model.grams import (
    Found,
    Hashes,
    Places,
    run_hashes,
    runs_up_to,
    words,
)

LANGUAGES = ("en", "ko", "zh")
STOP, QUOTE = "stop", "quote"
_TAIL = np.uint64(0xFFFF)


@dataclass(frozen=True)
class Lexicon:
    """Phrases by length (in words, or in characters)."""

    classes: tuple[str, ...]
    by_length: dict[int, "Phrases"]


@dataclass(frozen=True)
class Phrases:
    """Phrases of one length: sorted hashes, classes, and which last bits they have."""

    hashes: Hashes
    classes: NDArray[np.int64]
    tails: NDArray[np.bool_]

    def among(self, runs: Hashes) -> tuple[Places, Places]:
        """Give which of `runs` are phrases, and the class of each."""
        tails = (runs & _TAIL).view(np.int64)
        some = np.flatnonzero(self.tails.take(tails))  # nearly all are ruled out here
        near = np.searchsorted(self.hashes, runs[some]) % len(self.hashes)
        is_phrase = self.hashes[near] == runs[some]
        return some[is_phrase], self.classes[near[is_phrase]]


@cache
def phrases(language: str) -> dict[str, tuple[str, ...]]:
    """Give the phrases of each class."""
    raw = files("letterdesk.triage.model").joinpath(f"lexicon/{language}.toml").read_bytes()
    table = tomllib.loads(raw.decode())
    return {
        name: tuple(dict.fromkeys(" ".join(phrase.split()) for phrase in line.split(",")))
        if language != "ko"
        else tuple(dict.fromkeys(_inner(phrase) for phrase in line.split(",")))
        for name, line in table.items()
    }


def _inner(phrase: str) -> str:
    """Give a Korean phrase without the space before it; the space after it may count."""
    return " ".join(phrase.lstrip().split(" ")).replace("\n", "")


@cache
def lexicon(language: str) -> Lexicon:
    """Give the lexicon of `language`. A phrase of two classes keeps the first."""
    lines = phrases(language)
    seen: dict[str, int] = {}
    for place, line in enumerate(lines.values()):
        for phrase in line:
            seen.setdefault(phrase, place)
    by_length: dict[int, list[tuple[int, int]]] = {}
    for phrase, place in seen.items():
        if phrase:
            length, value = _hash(phrase, language)
            by_length.setdefault(length, []).append((value, place))
    return Lexicon(
        tuple(lines),
        {length: _sorted(pairs) for length, pairs in sorted(by_length.items())},
    )


def _hash(phrase: str, language: str) -> tuple[int, int]:
    codes = np.frombuffer(phrase.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    atoms = words(codes).hashes if language == "en" else codes
    return len(atoms), int(run_hashes(atoms, len(atoms))[0])


def _sorted(pairs: list[tuple[int, int]]) -> Phrases:
    pairs.sort()
    hashes = np.array([value for value, _ in pairs], dtype=np.uint64)
    tails = np.zeros(int(_TAIL) + 1, dtype=bool)
    tails[hashes & _TAIL] = True
    return Phrases(hashes, np.array([place for _, place in pairs], dtype=np.int64), tails)


def tagged(
    atoms: Hashes, *, words_of: Lexicon, rows: Places | None = None
) -> tuple[Places, Places, Places]:
    """Give the phrases in `atoms`, longest first where they overlap: first, end, class.

    `rows` says which text each atom is of, where there are several: none reaches over two.
    """
    nothing = np.empty(0, dtype=np.int64)
    firsts, ends, classes = [nothing], [nothing], [nothing]
    taken = np.zeros(len(atoms), dtype=bool)
    lengths = [length for length in words_of.by_length if length <= len(atoms)]
    runs = runs_up_to(atoms, max(lengths, default=1))
    for length in sorted(lengths, reverse=True):
        found, kinds = words_of.by_length[length].among(runs[length - 1])
        is_free = np.ones(len(found), dtype=bool)
        if rows is not None:
            is_free = rows[found] == rows[found + length - 1]
        for step in range(length):
            is_free &= ~taken[found + step]
        free = _apart(np.flatnonzero(is_free), found, length)
        for step in range(length):
            taken[found[free] + step] = True
        firsts.append(found[free])
        ends.append(found[free] + length)
        classes.append(kinds[free])
    first = np.concatenate(firsts)
    order = np.argsort(first, kind="stable")
    return first[order], np.concatenate(ends)[order], np.concatenate(classes)[order]


def _apart(which: Places, found: Places, length: int) -> Places:
    """Give those of `which` that overlap no phrase of the same length before them."""
    if not (np.diff(found[which]) < length).any():
        return which
    apart: list[int] = []
    end = 0
    for at, first in zip(which.tolist(), found[which].tolist(), strict=True):
        if first >= end:
            end = first + length
            apart.append(at)
    return np.array(apart, dtype=np.int64)


def letters(codes: Hashes) -> Found:
    """Give each character alone: what phrases are made of, in English words are."""
    places = np.arange(len(codes))
    return Found(codes, places, places + 1)


def phrases_in(text: str, language: str) -> list[tuple[int, int]]:
    """Give where `text` has phrases of the lexicon: characters, end excluded."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    wide = codes.astype(np.uint64)
    atoms = words(wide) if language == "en" else letters(wide)
    firsts, ends, _ = tagged(atoms.hashes, words_of=lexicon(language))
    starts, stops = atoms.starts[firsts], atoms.ends[ends - 1]
    return list(zip(starts.tolist(), stops.tolist(), strict=True))
