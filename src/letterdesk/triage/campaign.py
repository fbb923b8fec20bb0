"""Is it one of many alike? Near-copies, found by MinHash (Broder, 1997).

A signature says nothing about a text but how alike two are; it can be kept when the text
is gone. Texts are grouped by their words alone, never by where they came from.
"""

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from letterdesk.triage.east import DENSE
from letterdesk.triage.model.features import view
from letterdesk.triage.model.grams import Hashes, Places, char_grams, mixed
from letterdesk.triage.normal import normal
from letterdesk.triage.signal import Kind, Signal

ALIKE = 0.5  # share of n-grams in common from which two texts are near-copies
SHORTEST = 12  # letters; shorter texts are alike by chance
_HASHES = 64
_BANDS, _WIDTH = 16, 3
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_NO_WORDS = bytes(code for code in range(128) if not chr(code).isalnum())
_DENSE = re.compile(f"[{DENSE}]+")
_FULL = 5  # near-copies from which the score is 1
Signature = NDArray[np.uint32]

_chance = np.random.default_rng(20261123)
_TIMES = _chance.integers(1, 2**63, size=(_HASHES, 1), dtype=np.uint64) * np.uint64(
    2
) + np.uint64(1)
_PLUS = _chance.integers(0, 2**63, size=(_HASHES, 1), dtype=np.uint64)


def signature(text: str) -> Signature | None:
    """Give the signature of `text`, or None when it is too short to be a copy.

    Runs of four letters in alphabets, of two in Han and Hangul, whose letters say more.
    Digits count only where there are too few letters: copies that are numbered are alike.
    """
    return signatures([text])[0]


def signatures(texts: Sequence[str]) -> list[Signature | None]:
    """Give what `signature` gives of each text, in a fraction of the time."""
    found: list[Signature | None] = [None] * len(texts)
    letters = [_letters(normal(text).text) for text in texts]
    orders = [_order(some) for some in letters]
    for order in {2, 4}.intersection(orders):
        places = [at for at, one in enumerate(orders) if one == order]
        seen = view([letters[at] for at in places])
        (grams,) = char_grams(seen.codes, orders=range(order, order + 1), salt=5)
        firsts = np.searchsorted(grams.starts, seen.limits[:-1])
        for at, one in zip(places, _lowest(grams.hashes, firsts), strict=True):
            found[at] = one
    return found


def _letters(text: str) -> str:
    """Give the letters of a normalised text, with its digits where they are too few."""
    if text.isascii():  # the same, quicker
        raw = text.encode()
        found = raw.translate(None, _NO_LETTERS)
        if len(found) < SHORTEST:
            found = raw.translate(None, _NO_WORDS)
        return found.decode()
    letters = "".join(filter(str.isalpha, text))
    return letters if len(letters) >= SHORTEST else "".join(filter(str.isalnum, text))


def _order(letters: str) -> int:
    """Give how many letters make a run; 0 where there are too few letters at all."""
    if len(letters) < SHORTEST:
        return 0
    if letters.isascii():
        return 4
    dense = sum(map(len, _DENSE.findall(letters)))
    return 2 if dense * 2 >= len(letters) else 4


def _lowest(grams: Hashes, firsts: Places) -> Iterator[Signature]:
    """Give the lowest hashes of each text, whose n-grams begin at `firsts`.

    One hash of all texts after the other: all 64 of one text take thrice as long.
    """
    lowest = np.empty((_HASHES, len(firsts)), dtype=np.uint64)
    shuffled = np.empty_like(grams)
    for place, (times, plus) in enumerate(zip(_TIMES, _PLUS, strict=True)):
        np.multiply(grams, times, out=shuffled)
        shuffled += plus
        np.minimum.reduceat(shuffled, firsts, out=lowest[place])
    yield from (lowest >> np.uint64(32)).T.astype(np.uint32, order="C")


def likeness(one: Signature, other: Signature) -> float:
    """Give the share of n-grams that two texts have in common, nearly."""
    return float((one == other).mean())


def bands(found: Signature) -> list[int]:
    """Give keys, 64 bits each: near-copies share one at least, strangers hardly any.

    A key stands for three of the signature's hashes and their place: of two texts with half
    of their n-grams in common 88 of 100 share one, with six tenths 98 (1 - (1 - s³)¹⁶).
    """
    taken = found[: _BANDS * _WIDTH].reshape(_BANDS, _WIDTH).astype(np.uint64)
    keys = np.arange(_BANDS, dtype=np.uint64)
    for column in range(_WIDTH):
        keys = mixed((keys << np.uint64(32)) ^ keys ^ taken[:, column], 9)
    return [int(key) for key in keys.astype(np.int64)]


def as_bytes(found: Signature) -> bytes:
    """Give a signature as it is stored."""
    return found.astype("<u4").tobytes()


def from_bytes(raw: bytes) -> Signature:
    """Give the signature that `as_bytes` stored."""
    return np.frombuffer(raw, dtype="<u4").astype(np.uint32)


def campaign(near: list[str]) -> Signal:
    """Give the signal for a comment that has these near-copies."""
    if not near:
        return Signal(
            kind=Kind.CAMPAIGN,
            score=0.0,
            code="alone",
            reason="No other comment is nearly the same.",
        )
    how_many = (
        "One other comment is" if len(near) == 1 else f"{len(near)} other comments are"
    )
    return Signal(
        kind=Kind.CAMPAIGN,
        score=min(1.0, len(near) / _FULL),
        code="near-copies",
        facts={"number": len(near)},
        reason=f"{how_many} nearly the same.",
    )
