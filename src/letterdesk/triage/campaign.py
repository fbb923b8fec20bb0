"""Is it one of many alike? Near-copies, found by MinHash (Broder, 1997).

A signature says nothing about a text but how alike two are; it can be kept when the text
is gone. Texts are grouped by their words alone, never by where they came from.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from letterdesk.triage.model.features import view
from letterdesk.triage.model.grams import char_grams
from letterdesk.triage.normal import normal
from letterdesk.triage.signal import Kind, Signal

ALIKE = 0.35  # share of n-grams in common from which two texts are near-copies
SHORTEST = 12  # letters; shorter texts are alike by chance
_HASHES = 64
_BAND = 2  # hashes that must agree for two texts to be compared at all
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
    """
    letters = "".join(char for char in normal(text).text if char.isalnum())
    if len(letters) < SHORTEST:
        return None
    order = 4 if sum(map(str.isascii, letters)) * 2 > len(letters) else 2
    (grams,) = char_grams(view([letters]).codes, orders=range(order, order + 1), salt=5)
    mixed = grams.hashes[None, :] * _TIMES + _PLUS
    return np.asarray((mixed >> np.uint64(32)).min(axis=1), dtype=np.uint32)


def likeness(one: Signature, other: Signature) -> float:
    """Give the share of n-grams that two texts have in common, nearly."""
    return float((one == other).mean())


@dataclass
class Copies:
    """The signatures seen so far, by bands, so that a text is compared with few others."""

    _known: dict[str, Signature] = field(default_factory=dict)
    _bands: defaultdict[tuple[int, bytes], set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )

    def add(self, name: str, found: Signature) -> None:
        """Remember a text by its id."""
        self._known[name] = found
        for band in _bands_of(found):
            self._bands[band].add(name)

    def forget(self, name: str) -> None:
        """Forget a text: it was withdrawn, or is too old to matter."""
        found = self._known.pop(name, None)
        for band in _bands_of(found) if found is not None else ():
            self._bands[band].discard(name)

    def near(self, found: Signature) -> list[str]:
        """Give the ids of near-copies, the nearest first."""
        names = {name for band in _bands_of(found) for name in self._bands.get(band, ())}
        alike = [(likeness(found, self._known[name]), name) for name in names]
        return [name for share, name in sorted(alike, key=_nearest) if share >= ALIKE]


def _nearest(each: tuple[float, str]) -> tuple[float, str]:
    return -each[0], each[1]


def _bands_of(found: Signature) -> Iterator[tuple[int, bytes]]:
    for place in range(0, _HASHES, _BAND):
        yield place, found[place : place + _BAND].tobytes()


def campaign(near: list[str]) -> Signal:
    """Give the signal for a comment that has these near-copies."""
    if not near:
        return Signal(
            kind=Kind.CAMPAIGN, score=0.0, reason="No other comment is nearly the same."
        )
    how_many = (
        "One other comment is" if len(near) == 1 else f"{len(near)} other comments are"
    )
    return Signal(
        kind=Kind.CAMPAIGN,
        score=min(1.0, len(near) / _FULL),
        reason=f"{how_many} nearly the same.",
    )
