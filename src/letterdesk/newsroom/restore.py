"""Come back from a backup: a newsroom in a new or empty folder, whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO

import msgspec

from letterdesk import settings
from letterdesk.age import Opener
from letterdesk.domain.errors import SettingWrong
from letterdesk.newsroom.archive import (
    DATABASES,
    FORMAT,
    About,
    Bar,
    Counted,
    Manifest,
    kind,
    too_new,
    unpack,
)
from letterdesk.newsroom.holding import locked
from letterdesk.newsroom.opening import (
    set_up,
)
from letterdesk.newsroom.restored import Restored
from letterdesk.places import choose
from letterdesk.places.base import Missing, Place
from letterdesk.places.folder import Folder
from letterdesk.places.whole import make_folder, sync_folder
from letterdesk.settings import FILE, Settings
from letterdesk.version import VERSION

_WORK = ".restoring"
_PARTS = {"spool", "pictures", DATABASES["postgresql"]}  # that go elsewhere
_HARMLESS = {"lost+found", _WORK}  # what a new disk has, and a killed restore leaves


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is restored, and where to. Both files may replace what the backup knows.

    `settings` is a letterdesk.toml to use instead of the backup's; `published` a public
    place of after the backup, or a copy of one.
    """

    file: Path
    folder: Path
    settings: Path | None = None
    published: Path | None = None


def restore(wanted: Wanted, passphrase: str, *, today: date, bar: Bar) -> Restored:
    """Give the newsroom in a backup, in a folder that is new or empty.

    Whatever fails, nothing is left behind, in the folder or in a PostgreSQL database that
    was empty. Letters that waited in the spool are collected at once: a spool elsewhere is
    not touched. Sets Django up. Raises PassphraseWrong, BackupBroken, SettingWrong,
    ToolFailed, PlaceFailed.
    """
    with _claimed(wanted.folder) as work:
        unpacked = work / "unpacked"
        about, manifest = _unpack(wanted.file, passphrase, to=unpacked, bar=bar)
        rooms = _lay_out(wanted, work, about=about)
        set_up(rooms.staged)
        from letterdesk.newsroom import returning  # noqa: PLC0415 -- after set_up

        with bar("Restoring the database", None), returning.database(unpacked, about):
            steps = returning.bring_up_to_date(about, manifest)
            letters = returning.collect_waiting(
                rooms.staged, unpacked / "spool", today=today
            )
            published = _published(rooms, wanted)
            since = returning.return_from(about, manifest, published, today=today)
            _fill_places(rooms, unpacked / "pictures")
            returning.let_go()
            _move(rooms)
            returning.use(rooms.final)
    return Restored(
        folder=wanted.folder,
        about=about,
        manifest=manifest,
        letters=letters,
        since=since,
        looked=published is not None,
        steps=steps,
        problems=returning.problems(rooms.final),
    )


@dataclass(frozen=True, kw_only=True)
class _Rooms:
    """A newsroom while it is restored in a folder of its own, and where it will be."""

    staged: Settings
    final: Settings

    def holds(self, place: Place) -> bool:
        """Say whether a place of the final newsroom lies in its folder."""
        return isinstance(place, Folder) and self._below(place) is not None

    def staged_place(self, place: Place) -> Place:
        """Give where a place of the final newsroom is made: what lies elsewhere, there."""
        if isinstance(place, Folder) and (below := self._below(place)) is not None:
            return replace(place, root=self.staged.folder / below)
        return place

    def _below(self, place: Folder) -> Path | None:
        root = Path(os.path.normpath(place.root))  # places.public may be ../public
        home = self.final.folder
        return root.relative_to(home) if root.is_relative_to(home) else None


@contextmanager
def _claimed(folder: Path) -> Iterator[Path]:
    """Give a folder to work in, inside `folder`, to one restore at a time; clean up."""
    is_new = not folder.exists()
    refuse_taken(folder)
    make_folder(folder)
    work = folder / _WORK
    try:
        with locked(folder, busy=f"Another restore into {folder} is going on."):
            refuse_taken(folder)
            shutil.rmtree(work, ignore_errors=True)
            try:  # a signal may come as soon as it is made
                work.mkdir(mode=0o700)
                yield work
            finally:
                shutil.rmtree(work, ignore_errors=True)
    except BaseException:
        if is_new:
            with suppress(OSError):
                folder.rmdir()
        raise


def refuse_taken(folder: Path) -> None:
    """Raise SettingWrong when there is something in the folder."""
    if not folder.exists():
        return
    found = sorted(path.name for path in folder.iterdir() if path.name not in _HARMLESS)
    if found:
        raise SettingWrong(
            f"{folder} is not empty: there is {found[0]} in it. A backup is restored into "
            "a folder that is new or empty, never over something that is there."
        )


def _unpack(file: Path, passphrase: str, *, to: Path, bar: Bar) -> tuple[About, Manifest]:
    to.mkdir(mode=0o700)

    @contextmanager
    def keep(name: str) -> Iterator[IO[bytes]]:
        path = to / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = 0o644 if name.endswith(".public") else 0o600
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "wb") as kept:
            yield kept
            kept.flush()
            os.fsync(handle)

    with file.open("rb") as raw, bar("Opening", file.stat().st_size) as step:
        return unpack(Opener(Counted(raw, step), passphrase), accept=_accept, keep=keep)


def _accept(about: About) -> None:
    """Raise SettingWrong when a later Letterdesk made the backup."""
    if about.format > FORMAT or _number(about.letterdesk) > _number(VERSION):
        raise too_new(about)


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def _lay_out(wanted: Wanted, work: Path, *, about: About) -> _Rooms:
    """Put settings, keys and a SQLite database where a newsroom has them."""
    unpacked, room = work / "unpacked", work / "newsroom"
    room.mkdir(mode=0o700)
    if wanted.settings:
        (unpacked / FILE).write_bytes(wanted.settings.read_bytes())
    for path in sorted(unpacked.iterdir()):
        if path.name not in _PARTS:
            path.rename(room / path.name)
    staged = settings.read(room)
    if kind(staged) != about.database:
        raise SettingWrong(
            f"The database in the backup is {about.database}, and desk.database in the "
            f"settings is {kind(staged)}. Give other settings with --settings FILE."
        )
    return _Rooms(
        staged=staged, final=msgspec.structs.replace(staged, folder=wanted.folder.resolve())
    )


def _published(rooms: _Rooms, wanted: Wanted) -> Place | None:
    """Give a public place that may be newer than the backup, if there is one."""
    if wanted.published:
        if not (wanted.published / "r").is_dir():
            raise SettingWrong(
                f"{wanted.published} is not a public place: there are no outcomes (r/) in "
                "it. Name the folder that index.html and counts.json lie in."
            )
        return Folder(root=wanted.published)
    place = choose.public(rooms.final)
    if isinstance(place, Folder) and (rooms.holds(place) or not place.root.is_dir()):
        return None
    return place


def _fill_places(rooms: _Rooms, pictures: Path) -> None:
    """Make the places, and put the pictures that are missing into the public one."""
    spool, public = (
        rooms.staged_place(place)
        for place in (choose.spool(rooms.final), choose.public(rooms.final))
    )
    for place, mode in ((spool, 0o700), (public, 0o755)):
        if isinstance(place, Folder):
            place.root.mkdir(mode=mode, parents=True, exist_ok=True)
    for picture in sorted(pictures.iterdir()) if pictures.is_dir() else ():
        name = f"assets/{picture.name}"
        try:
            public.read(name)
        except Missing:
            public.put(name, picture.read_bytes())


def _move(rooms: _Rooms) -> None:
    """Move all of it to where it belongs; the settings, which make it a newsroom, last."""
    room, home, moved = rooms.staged.folder, rooms.final.folder, list[str]()
    try:
        for path in sorted(room.iterdir(), key=lambda path: path.name == FILE):
            path.rename(home / path.name)
            moved.append(path.name)
            sync_folder(home)
    except BaseException:
        for name in moved:
            (home / name).rename(room / name)
        raise
