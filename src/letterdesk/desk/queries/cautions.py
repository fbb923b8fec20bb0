"""What somebody should look at although nothing is wrong yet, for `letterdesk check`."""

import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shlex import quote

from letterdesk.desk.queries.shelf import some
from letterdesk.domain.errors import LetterdeskError
from letterdesk.places import choose
from letterdesk.places.folder import Folder
from letterdesk.settings import Settings

_OTHERS = 0o007
_LONG = timedelta(hours=3)  # the spool's times are rounded down to the hour
_CLOSED = "closed"


def cautions(newsroom: Settings, *, now: datetime | None = None) -> Iterator[str]:
    """Give a sentence for each; without `now` nothing of how long letters wait."""
    yield from _open_to_others(newsroom)
    if now:
        yield from _waiting(newsroom, now)
    yield from _closed_pages(newsroom)
    yield from _closed_letterbox(newsroom)


def _open_to_others(newsroom: Settings) -> Iterator[str]:
    """Say which of the desk's own files anybody on the machine may read or change."""
    spool = choose.spool(newsroom)
    folders = [spool.root] if isinstance(spool, Folder) else []
    files = (path for path in sorted(newsroom.folder.glob("desk.db*")) if path.is_file())
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
    """Say that nobody collects."""
    with suppress(LetterdeskError):  # it cannot be listed: the places say so
        oldest = choose.spool(newsroom).oldest()
        if oldest is not None and now.timestamp() - oldest > _LONG.total_seconds():
            since = datetime.fromtimestamp(oldest, UTC)
            yield (
                f"Letters have waited in the spool since {since:%Y-%m-%d %H}:00 UTC, so no "
                "worker seems to run. Start it (letterdesk serve FOLDER, or with --only "
                "worker), or collect at once: letterdesk collect FOLDER"
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
