"""Hashes of character and word n-grams, for many texts at once.

A text is an array of code points; a hash is a polynomial in them, modulo 2**64, so that
each order costs one multiplication a character (Karp and Rabin, 1987).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]

_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_SHIFT = np.uint64(32)
SEPARATOR = 10  # between texts: a newline, which no normalised text has


@dataclass(frozen=True)
class Found:
    """N-grams of one kind: what each is, and where: characters `start` to `end`."""

    hashes: Hashes
    starts: Places
    ends: Places


def mixed(hashes: Hashes, salt: int) -> Hashes:
    """Give hashes whose every bit depends on every character and on `salt`."""
    stirred = hashes >> _SHIFT
    stirred ^= hashes  # in place: nothing is as slow as new memory
    stirred *= _MIX
    stirred += np.uint64(salt * 0x9E3779B1 + 1)
    stirred ^= stirred >> _SHIFT
    stirred *= _MIX
    return stirred


def char_grams(codes: Hashes, *, orders: range, salt: int) -> list[Found]:
    """Give the n-grams of each of `orders` in `codes`; none reaches over a separator."""
    limits = np.flatnonzero(codes == SEPARATOR)
    found: list[Found] = []
    hashes = codes
    is_whole = np.ones(len(codes), dtype=bool)
    for order in range(1, orders.stop):
        if order > len(codes):
            break
        is_whole[limits - order + 1] = False  # at the beginning it marks the very end
        if order > 1:
            hashes = hashes[:-1] * _BASE + codes[order - 1 :]
        if order >= orders.start:
            starts = np.flatnonzero(is_whole[: len(hashes)])
            found.append(Found(mixed(hashes[starts], salt + order), starts, starts + order))
    return found


def run_hashes(atoms: Hashes, length: int) -> Hashes:
    """Give the hash of every run of `length` atoms, not mixed."""
    return runs_up_to(atoms, length)[-1]


def runs_up_to(atoms: Hashes, longest: int) -> list[Hashes]:
    """Give the hashes of every run of one atom, of two and so on, not mixed."""
    runs = [atoms]
    for length in range(2, longest + 1):
        runs.append(runs[-1][:-1] * _BASE + atoms[length - 1 :])
    return runs


def words(codes: Hashes) -> Found:
    """Give the words: runs of letters and digits; hashes are not mixed yet."""
    inside = np.zeros(len(codes) + 2, dtype=bool)
    inside[1:-1] = is_letter(codes)
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    starts, ends = edges[::2], edges[1::2]
    return Found(stretch_hashes(codes, starts, ends), starts, ends)


def word_grams(
    found: Found,
    *,
    rows: Places,
    orders: range,
    salt: int,
    some: NDArray[np.bool_] | None = None,
) -> list[Found]:
    """Give runs of words within a text; `rows` says which text each word is of.

    With `some`, only runs that have one of these words.
    """
    grams: list[Found] = []
    hashes = mixed(found.hashes, salt)
    running = hashes
    before = None if some is None else np.cumsum(np.append(0, some))
    for order in range(1, orders.stop):
        if order > len(hashes):
            break
        if order > 1:
            running = running[:-1] * _BASE + hashes[order - 1 :]
        if order >= orders.start:
            is_run = rows[order - 1 :] == rows[: len(rows) + 1 - order]
            if before is not None:
                is_run &= before[order:] > before[:-order]
            same = np.flatnonzero(is_run)
            ends = found.ends[order - 1 :][same]
            grams.append(
                Found(mixed(running[same], salt + order), found.starts[same], ends)
            )
    return grams


def is_letter(codes: Hashes) -> NDArray[np.bool_]:
    """Say of each code point whether it is (in effect) a letter or a digit."""
    return _LETTERS.take(codes.view(np.int64), mode="clip")


def _letters(codes: Places) -> NDArray[np.bool_]:
    latin = (codes >= 97) & (codes <= 122)
    digit = (codes >= 48) & (codes <= 57)
    marks = (codes >= 0x2000) & (codes < 0x3041)
    wide = (codes >= 0xFF00) & (codes < 0xFFF0)
    other = (codes >= 0xC0) & ~marks & ~wide
    return np.asarray(latin | digit | (codes == 39) | other)


_LETTERS = _letters(np.arange(0x10000))  # whatever lies beyond is one, as the last is


def stretch_hashes(codes: Hashes, starts: Places, ends: Places) -> Hashes:
    """Give the hash of each stretch of letters, as `words` has it; not mixed yet."""
    powers = _powers(len(codes) + 1)
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum(codes * powers[: len(codes)], out=sums[1:])
    # Scaled to a common power, so that the same word hashes alike wherever it stands.
    return (sums[ends] - sums[starts]) * _inverse_powers(len(codes) + 1)[starts]


_INVERSE = np.uint64(pow(int(_BASE), -1, 2**64))
_tables: dict[str, Hashes] = {}


def _powers(count: int) -> Hashes:
    return _table("powers", _BASE, count)


def _inverse_powers(count: int) -> Hashes:
    return _table("inverse", _INVERSE, count)


def _table(name: str, base: np.uint64, count: int) -> Hashes:
    table = _tables.get(name)
    if table is None or len(table) < count:
        size = max(8192, 1 << (count - 1).bit_length())
        factors = np.full(size, base, dtype=np.uint64)
        factors[0] = 1
        table = np.cumprod(factors, dtype=np.uint64)
        _tables[name] = table
    return table
