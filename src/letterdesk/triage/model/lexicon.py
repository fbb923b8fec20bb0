"""Which words play which part in a sentence, and where a text has them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from letterdesk.triage.model.grams import Found, Hashes, Places, run_hashes, words

LANGUAGES = ("en", "ko", "zh")
STOP, QUOTE = "stop", "quote"


@dataclass(frozen=True)
class Lexicon:
    """Phrases by length (in words, or in characters): sorted hashes, and their classes."""

    classes: tuple[str, ...]
    by_length: dict[int, tuple[Hashes, NDArray[np.int64]]]


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


def _sorted(pairs: list[tuple[int, int]]) -> tuple[Hashes, NDArray[np.int64]]:
    pairs.sort()
    hashes = np.array([value for value, _ in pairs], dtype=np.uint64)
    return hashes, np.array([place for _, place in pairs], dtype=np.int64)


def tagged(atoms: Hashes, *, words_of: Lexicon) -> tuple[Places, Places, Places]:
    """Give the phrases in `atoms`, longest first where they overlap: first, end, class."""
    firsts: list[int] = []
    ends: list[int] = []
    classes: list[int] = []
    taken = bytearray(len(atoms))
    for length in sorted(words_of.by_length, reverse=True):
        if length > len(atoms):
            continue
        known, places = words_of.by_length[length]
        runs = run_hashes(atoms, length)
        near = np.minimum(np.searchsorted(known, runs), len(known) - 1)
        for first in np.flatnonzero(known[near] == runs).tolist():
            if not any(taken[first : first + length]):
                taken[first : first + length] = b"\1" * length
                firsts.append(first)
                ends.append(first + length)
                classes.append(int(places[near[first]]))
    order = np.argsort(np.array(firsts, dtype=np.int64), kind="stable")
    return (
        np.array(firsts, dtype=np.int64)[order],
        np.array(ends, dtype=np.int64)[order],
        np.array(classes, dtype=np.int64)[order],
    )


def atoms_of(codes: Hashes, language: str) -> Found:
    """Give what phrases are made of: words in English, characters elsewhere."""
    if language == "en":
        return words(codes)
    places = np.arange(len(codes))
    return Found(codes, places, places + 1)


def phrases_in(text: str, language: str) -> list[tuple[int, int]]:
    """Give where `text` has phrases of the lexicon: characters, end excluded."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    atoms = atoms_of(codes.astype(np.uint64), language)
    firsts, ends, _ = tagged(atoms.hashes, words_of=lexicon(language))
    starts, stops = atoms.starts[firsts], atoms.ends[ends - 1]
    return list(zip(starts.tolist(), stops.tolist(), strict=True))
