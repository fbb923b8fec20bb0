"""Make a newsroom's folder, and mend what is missing in one."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from letterdesk import settings
from letterdesk.domain.errors import SettingWrong
from letterdesk.newsroom.keys import make_keys
from letterdesk.newsroom.opening import set_up
from letterdesk.newsroom.settings_file import settings_file
from letterdesk.places import choose
from letterdesk.places.folder import Folder
from letterdesk.places.whole import make_empty, make_folder
from letterdesk.setting_values import SQLITE
from letterdesk.settings import FILE, Settings
from letterdesk.watch import Watch

_LOCK = "init.lock"
_OURS = (FILE, _LOCK, "keys/desk.private", "keys/desk.public")
_HARMLESS = {"lost+found"}  # what the root of a new disk has


@dataclass(frozen=True, kw_only=True)
class Created:
    """What `create` made, as paths or names; nothing when all was there.

    `outdated` counts the stories whose pages an earlier version wrote.
    """

    newsroom: Settings
    made: tuple[str, ...]
    outdated: int = 0


def create(folder: Path, wanted: Settings, *, today: date, watch: Watch = iter) -> Created:
    """Give a whole newsroom in `folder`; `wanted` is written where no settings are yet.

    What is there stays as it is. Sets Django up. Raises SettingWrong when the folder holds
    something else, or when a key would have to be replaced.
    """
    _refuse_foreign(folder)
    make_folder(folder)
    with _alone(folder):
        return _create(folder, wanted, today=today, watch=watch)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one at a time in; who comes second finds the newsroom whole.

    Who fails takes the lock's file away, if it was not there before: nothing was made.
    """
    lock = folder / _LOCK
    is_new = not lock.exists()
    with _held(lock):
        try:
            yield
        except BaseException:
            if is_new:
                lock.unlink(missing_ok=True)
            raise


@contextmanager
def _held(lock: Path) -> Iterator[None]:
    """Hold a lock's file; not one that was taken away while we waited for it."""
    while True:
        with lock.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if _is_open(lock, file.fileno()):
                yield
                return


def _is_open(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _create(folder: Path, wanted: Settings, *, today: date, watch: Watch) -> Created:
    made: list[str] = []
    if not (folder / FILE).exists():
        text = settings_file(wanted).encode()
        Folder(root=folder, mode=0o600).put(FILE, text)
        made.append(FILE)
    newsroom = settings.read(folder)
    made += [str(path.relative_to(newsroom.folder)) for path in make_keys(newsroom)]
    made += _make_places(newsroom)
    is_new = _make_database(newsroom)
    set_up(newsroom)
    from letterdesk.newsroom.furnishing import furnish  # noqa: PLC0415 -- after set_up

    done = furnish(newsroom, today=today, watch=watch)
    made += [newsroom.database_file.name] if is_new else done.tables
    return Created(newsroom=newsroom, made=(*made, *done.made), outdated=done.outdated)


def _refuse_foreign(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise SettingWrong(f"{folder} is a file. Choose a folder that is new or empty.")
    if not folder.exists() or any((folder / name).exists() for name in _OURS):
        return
    found = sorted(path.name for path in folder.iterdir() if path.name not in _HARMLESS)
    if found:
        raise SettingWrong(
            f"{folder} is not empty and not a newsroom: there is {found[0]} in it. "
            "Choose a folder that is new or empty."
        )


def _make_places(newsroom: Settings) -> Iterator[str]:
    for place, mode in ((choose.spool(newsroom), 0o700), (choose.public(newsroom), 0o755)):
        if isinstance(place, Folder) and not place.root.is_dir():
            place.root.mkdir(mode=mode, parents=True)
            yield f"{place.root.name}/"


def _make_database(newsroom: Settings) -> bool:
    """Make an empty file, its owner's from the start, where there is none; say so."""
    file = newsroom.database_file
    is_new = newsroom.desk.database == SQLITE and not file.exists()
    if is_new:
        make_empty(file)
    return is_new
