"""One pass of intake, of the press, of the audit: in a newsroom whose desk is open."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from letterdesk import sealing
from letterdesk.places import choose
from letterdesk.settings import Settings

if TYPE_CHECKING:
    from letterdesk.desk.actions.collect import Collected
    from letterdesk.desk.actions.publish import Publication


def collect_letters(
    newsroom: Settings, *, today: date, hour: int | None = None
) -> "Collected":
    """Open what lies in the spool, with the keys as they are now; give how much it was.

    `hour` is the one of the day, UTC; None counts no load.
    """
    from letterdesk.desk.actions.collect import collect  # noqa: PLC0415 -- after open_desk

    keys = sealing.read_private_keys(newsroom.private_keys)
    return collect(choose.spool(newsroom), keys, today=today, hour=hour)


def reopen_letters(newsroom: Settings, *, today: date) -> "Collected":
    """Try again what did not open before: its key or its story may be there now."""
    from letterdesk.desk.actions.collect import reopen  # noqa: PLC0415 -- after open_desk

    return reopen(sealing.read_private_keys(newsroom.private_keys), today=today)


def screen_letters(newsroom: Settings, *, seconds: float, today: date) -> int:
    """Have triage look at letters that it has not seen, for `seconds`; give how many."""
    from letterdesk.desk.actions.copies import (  # noqa: PLC0415 -- after open_desk
        forget_old_bands,
    )
    from letterdesk.desk.actions.screen import screen  # noqa: PLC0415 -- after open_desk

    forget_old_bands(today=today)
    return screen(seconds=seconds, key=newsroom.names_key)


def publish_changes(newsroom: Settings, *, today: date) -> "Publication":
    """Write what changed since the last pass to the public place; give how much it was."""
    from letterdesk.desk.actions.publish import publish  # noqa: PLC0415 -- after open_desk

    return publish(choose.public(newsroom), newsroom=newsroom, today=today)


def publish_all(newsroom: Settings, *, today: date) -> "Publication":
    """Write every file to the public place, whatever lies there; give how much it was."""
    from letterdesk.desk.actions.forget import forget_files  # noqa: PLC0415 -- open_desk

    forget_files()
    return publish_changes(newsroom, today=today)


def verify_log(*, today: date) -> None:
    """Verify the next piece of the audit log's chain; what is found is kept."""
    from letterdesk.desk.actions.verify import verify_more  # noqa: PLC0415 -- after open_desk

    verify_more(today=today)


def send_mails(newsroom: Settings, *, now: datetime) -> int:
    """Tell by mail who asked for it that there is an answer; give how many were told."""
    from letterdesk.desk.actions.mails import send_due  # noqa: PLC0415 -- after open_desk

    return send_due(newsroom, now=now)
