"""Take in what waits in the spool before the press acts: it may be taken back there."""

import time
from collections.abc import Callable, Sequence
from datetime import date

from letterdesk import sealing
from letterdesk.desk.actions.collect import BatchesStuck, collect, reopen, take_back
from letterdesk.desk.queries.unopened import may_open_now
from letterdesk.domain.errors import LetterdeskError, PlaceFailed, SettingWrong
from letterdesk.places import choose
from letterdesk.places.base import Place
from letterdesk.sealing import PrivateKey
from letterdesk.settings import Settings

_BEFORE_A_SLOT = 3.0  # seconds that the press collects while decisions and removals wait


class SpoolUnread(LetterdeskError):
    """The press cannot see which letters their authors have taken back."""

    code = "spool-unread"

    def __init__(self, why: LetterdeskError) -> None:
        super().__init__(
            "Nothing new was published: the spool could not be read, and who wrote a "
            f"letter may have taken it back there. {why.sentence}"
        )


def take_in(
    newsroom: Settings,
    *,
    today: date,
    hour: int | None,
    meanwhile: Callable[[], object] = bool,
) -> set[str]:
    """Collect the letters that wait, and those that did not open before.

    Of a backlog some are collected; in the rest everything that takes a letter back is
    found and applied, and `meanwhile` is called again and again: gives the names of these
    batches, which stay. An empty spool asks for no key. `hour` is as for `collect`. Raises
    SpoolUnread.
    """
    seen = set[str]()
    try:
        spool = choose.spool(newsroom)
        if any(True for _ in spool.list()) or may_open_now():
            keys = sealing.read_private_keys(newsroom.private_keys)
            if _collect(spool, keys, today=today, hour=hour):
                seen |= take_back(spool, keys, today=today, meanwhile=meanwhile)
            reopen(keys, today=today)
    except (PlaceFailed, SettingWrong) as error:
        raise SpoolUnread(error) from error
    return seen


def take_back_unseen(newsroom: Settings, *, seen: set[str], today: date) -> None:
    """Apply what takes letters back of all that came since; it stays, and is `seen` then.

    Raises SpoolUnread.
    """
    try:
        spool = choose.spool(newsroom)
        if all(name in seen for name in spool.list()):
            return
        keys = sealing.read_private_keys(newsroom.private_keys)
        seen |= take_back(spool, keys, today=today, seen=seen)
    except (PlaceFailed, SettingWrong) as error:
        raise SpoolUnread(error) from error


def _collect(
    spool: Place, keys: Sequence[PrivateKey], *, today: date, hour: int | None
) -> int:
    """Collect for a while; give how many batches there was no time for."""
    end = time.monotonic() + _BEFORE_A_SLOT
    try:
        done = collect(
            spool, keys, today=today, hour=hour, is_over=lambda: time.monotonic() >= end
        )
    except BatchesStuck as error:  # all the same, it was seen what is in them
        done = error.done
    return done.left
