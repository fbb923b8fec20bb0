"""What somebody should look at although nothing is wrong yet, for `letterdesk check`."""

import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shlex import quote

from django.db.models import Max

from letterdesk.desk.models import AuditEntry, Decision
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.told import some
from letterdesk.places import choose
from letterdesk.places.folder import Folder
from letterdesk.settings import Settings

_OTHERS = 0o007
_LONG = timedelta(hours=3)  # the spool's times are rounded down to the hour
_NEAR = timedelta(minutes=5)  # that two machines' clocks are apart all the same
_TOLD_FOR = timedelta(days=7)  # that the log's dates went back
_RIGHT = "Put it right (timedatectl set-ntp true)"
_CLOSED = "closed"


def cautions(newsroom: Settings, *, now: datetime | None = None) -> Iterator[str]:
    """Give a sentence for each; without `now` nothing of waiting letters or clocks."""
    yield from _open_to_others(newsroom)
    if now:
        yield from _waiting(newsroom, now)
        yield from _clock(now)
    yield from _closed_pages(newsroom)
    yield from _closed_letterbox(newsroom)


def _open_to_others(newsroom: Settings) -> Iterator[str]:
    """Say which of the desk's own files anybody on the machine may read or change."""
    spool = choose.spool(newsroom)
    folders = [spool.root] if isinstance(spool, Folder) else []
    beside = newsroom.folder.glob(f"{newsroom.database_file.name}*")  # its log as well
    files = (path for path in sorted(beside) if path.is_file())
    for mode, paths in ((0o700, folders), (0o600, files)):
        for path in paths:
            if (found := _mode(path)) & _OTHERS:
                yield (
                    f"{path} is open to everybody on this machine (mode {found:04o}). "
                    f"Close it: chmod {mode:o} {quote(str(path))}"
                )


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode) if path.exists() else 0


def _waiting(newsroom: Settings, now: datetime) -> Iterator[str]:
    """Say that nobody collects, or that letters come from a time which is still to come."""
    with suppress(LetterdeskError):  # it cannot be listed: the places say so
        oldest = choose.spool(newsroom).oldest()
        if oldest is None:
            return
        since = datetime.fromtimestamp(oldest, UTC)
        if since - now > _NEAR:
            yield (
                f"The letters in the spool are dated {since:%Y-%m-%d %H}:00 UTC or later, "
                f"and here it is {now:%Y-%m-%d %H:%M} UTC: the clock of the letterbox's "
                f"machine is ahead, or this one's behind. {_RIGHT}. No letter is lost by "
                "it; a letterbox whose clock is ahead refuses appeals in the month of "
                "their last day."
            )
        elif now - since > _LONG:
            yield (
                f"Letters have waited in the spool since {since:%Y-%m-%d %H}:00 UTC, so no "
                "worker seems to run. Start it (letterdesk serve FOLDER, or with --only "
                "worker), or collect at once: letterdesk collect FOLDER"
            )


def _clock(now: datetime) -> Iterator[str]:
    """Say that this machine's clock is behind what was written here, or was ahead then.

    Which of the two nobody can tell from here: where the clock is behind, the log goes on
    with dates that are as wrong, so the line stays for a week of them.
    """
    ahead = AuditEntry.objects.filter(day__gt=now.date())  # index audit_by_day
    number = ahead.aggregate(last=Max("number"))["last"]
    if number is None:
        yield from _decided_ahead(now)
        return
    later = AuditEntry.objects.filter(number__gt=number).order_by("number").first()
    if later and later.day and now.date() - later.day >= _TOLD_FOR:
        return
    day = AuditEntry.objects.get(pk=number).day
    yield (
        f"Entry {number} of the audit log is dated {day}, and here it is {now:%Y-%m-%d}: "
        f"this machine's clock is behind, or was ahead when that was written. {_RIGHT}. If "
        "it was ahead and is right now, there is nothing to do: dates stay as they are and "
        f"this line ends {_TOLD_FOR.days} days after the entry that followed."
    )


def _decided_ahead(now: datetime) -> Iterator[str]:
    """Say that somebody decided at a time of today that is still to come."""
    last = Decision.objects.order_by("-id").first()
    if last and last.taken - now > _NEAR:
        yield (
            f"The last decision was taken at {last.taken:%Y-%m-%d %H:%M} UTC, and here it "
            f"is {now:%Y-%m-%d %H:%M} UTC: this machine's clock is behind, or was ahead "
            f"then. {_RIGHT}. This line ends with the next decision."
        )


def _closed_pages(newsroom: Settings) -> Iterator[str]:
    """Say which files a web server of another user could not read."""
    public = choose.public(newsroom)
    if isinstance(public, Folder) and (found := sorted(public.closed())):
        yield (
            "Published files that others may not read, although they may read the folder: "
            f"{some(found)}. A web server that runs as another user cannot hand them out. "
            f"Open them: chmod -R a+rX {quote(str(public.root))}"
        )


def _closed_letterbox(newsroom: Settings) -> Iterator[str]:
    with suppress(OSError, ValueError):
        if newsroom.switch.read_text(encoding="utf-8").strip() == _CLOSED:
            yield (
                "The letterbox is closed by hand: it takes no comments and no tips. To "
                f"open it again: letterdesk letterbox {quote(str(newsroom.folder))} open"
            )
