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
from letterdesk.newsroom.keys import make_factors_key, make_keys, make_names_key
from letterdesk.newsroom.opening import set_up, steps_missing
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
    made += _make_tables(newsroom)
    for make in (make_factors_key, make_names_key):
        made += [str(path.relative_to(newsroom.folder)) for path in make(newsroom)]
    from letterdesk.desk.actions.terms import adopt  # noqa: PLC0415 -- after set_up
    from letterdesk.newsroom.passes import (  # noqa: PLC0415 -- after set_up
        count_outdated,
        publish_changes,
    )

    # What we ship is version 1, so that no later release changes it.
    adopt(languages=newsroom.site.languages, today=today)
    if files := publish_changes(newsroom, today=today, watch=watch).files:
        made.append(f"published files ({files})")
    return Created(newsroom=newsroom, made=tuple(made), outdated=count_outdated())


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


def _make_tables(newsroom: Settings) -> list[str]:
    """Make the tables of this version, in a file that is its owner's from the start."""
    file = newsroom.database_file
    is_new = newsroom.desk.database == SQLITE and not file.exists()
    if is_new:
        make_empty(file)
    set_up(newsroom)
    missing = steps_missing()
    if missing:
        from django.core.management import call_command  # noqa: PLC0415 -- after set_up

        call_command("migrate", verbosity=0, interactive=False)
    if is_new:
        return [file.name]
    return ["tables of the database"] if missing else []
