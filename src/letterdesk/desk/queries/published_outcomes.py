"""Outcomes as they lie in a public place: what was last told of a letter."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from letterdesk.domain.errors import SealBroken
from letterdesk.domain.outcome import Outcome
from letterdesk.places.base import Missing, Place
from letterdesk.sealing import open_outcome

_HANDS = 8  # threads: each waits for a disk or a network


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """A letter's row, and where and under which key its outcome is told."""

    pk: int
    id: str
    lookup: str
    key: bytes


def published_outcomes(
    receipts: Iterable[Receipt], place: Place
) -> Iterator[tuple[Receipt, Outcome]]:
    """Give what is told there of these letters, without those of which nothing can be read.

    Raises PlaceFailed.
    """
    asked = list(receipts)
    with ThreadPoolExecutor(_HANDS) as hands:
        for receipt, told in zip(
            asked, hands.map(partial(_told, place=place), asked), strict=True
        ):
            if told:
                yield receipt, told


def _told(receipt: Receipt, *, place: Place) -> Outcome | None:
    try:
        return open_outcome(place.read, lookup=receipt.lookup, key=receipt.key)
    except (Missing, SealBroken):
        return None
