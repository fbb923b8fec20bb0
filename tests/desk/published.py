"""What the press has put into a place, as readers get it."""

import gzip

import brotli

from letterdesk import sealing
from letterdesk.domain import outcome as outcomes
from letterdesk.domain.outcome import Outcome
from letterdesk.places.base import Missing, Place
from tests.desk import rows


def everything(place: Place) -> dict[str, bytes]:
    return {name: place.read(name) for name in sorted(place.list())}


def readable(place: Place, under: str = "") -> str:
    """Give all that readers could read, in every form in which it lies there."""
    opened = {".br": brotli.decompress, ".gz": gzip.decompress}
    return "\n".join(
        opened.get(name[-3:], bytes)(place.read(name)).decode(errors="replace")
        for name in place.list(under)
    )


def told(place: Place, number: int) -> Outcome:
    """Give the outcome that the holder of a receipt reads."""
    keys = rows.receipt(number)

    def part(at: int) -> bytes:
        path = outcomes.part_path(keys.lookup, keys.outcome_key, at)
        try:
            raw = place.read(path)
        except Missing:
            return b""
        return sealing.open_part(raw, path=path, key=keys.outcome_key)

    first = part(0)
    if not first:
        return outcomes.RECEIVED
    more = [part(at) for at in range(1, outcomes.count_parts(first))]
    return outcomes.join([first, *more])
