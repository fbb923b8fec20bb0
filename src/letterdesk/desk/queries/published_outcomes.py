"""Outcomes as they lie in a public place: what was last told of a letter."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from letterdesk.domain.errors import SealBroken
from letterdesk.domain.outcome import Outcome
from letterdesk.places.base import Missing, Place
from letterdesk.places.hands import hands
from letterdesk.sealing import open_outcome


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
    with hands() as threads:
        for receipt, told in zip(
            asked, threads.map(partial(_told, place=place), asked), strict=True
        ):
            if told:
                yield receipt, told


def _told(receipt: Receipt, *, place: Place) -> Outcome | None:
    try:
        return open_outcome(place.read, lookup=receipt.lookup, key=receipt.key)
    except (Missing, SealBroken):
        return None
