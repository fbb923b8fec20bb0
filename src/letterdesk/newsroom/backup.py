"""Make a backup: everything that makes the newsroom whole, in one sealed file.

Imported once its desk is open.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from letterdesk.age import Opener, Sealer
from letterdesk.desk.actions.come_back import note_backup
from letterdesk.desk.queries.factors import factors_lost
from letterdesk.desk.queries.health_of_places import unread_in_spool
from letterdesk.desk.queries.names import names_lost
from letterdesk.desk.queries.snapshot import Held, take_snapshot
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.story import is_picture
from letterdesk.domain.told import few
from letterdesk.failures import explain, unexpected
from letterdesk.newsroom.archive import (
    DATABASES,
    About,
    Bar,
    Counted,
    Manifest,
    Packer,
    kind,
    unpack,
)
from letterdesk.newsroom.gathering import Gathering
from letterdesk.newsroom.holding import locked
from letterdesk.places import choose
from letterdesk.places.base import Missing, Place
from letterdesk.places.whole import make_empty, whole_file
from letterdesk.settings import FILE, Settings
from letterdesk.version import VERSION

_SMALL = (FILE, "letterbox.switch", "demo.toml")  # of the newsroom's folder, where they are
_WORK = ".backup"  # where the database's copy lies meanwhile


@dataclass(frozen=True, kw_only=True)
class BackedUp:
    """A backup that was read back and found whole; `size` in bytes.

    `problems` are what it lacks because the newsroom does. `lacking` says what could not be
    read; "" where all could.
    """

    file: Path
    size: int
    about: About
    manifest: Manifest
    problems: tuple[str, ...]
    lacking: str

    @property
    def batches(self) -> int:
        """How many batches of sealed letters are in it."""
        return sum(name.startswith("spool/") for name in self.manifest.files)

    @property
    def pictures(self) -> int:
        """How many pictures are in it."""
        return sum(name.startswith("pictures/") for name in self.manifest.files)

    def sentence(self) -> str:
        """Give what was backed up; what could not be read is for `lacking` to say."""
        counts = self.manifest.counts
        wrote = (
            f"Wrote {self.file}, {self.size / 1e6:,.1f} MB, and read it back. In it: "
            f"stories {counts['stories']:,}, comments {counts['comments']:,}, decisions "
            f"{counts['decisions']:,}, pictures {self.pictures:,}, batches of sealed "
            f"letters {self.batches:,}; the audit log up to its entry "
            f"{self.manifest.entries:,}."
        )
        return "\n".join([wrote, *self.problems])

    def facts(self) -> dict[str, object]:
        """Give all of it, for a program."""
        problems = [*filter(None, [self.lacking]), *self.problems]
        told = {"file": str(self.file), "size": self.size, "problems": problems}
        return {**told, **asdict(self.about), **asdict(self.manifest)}


def back_up(
    newsroom: Settings, file: Path, passphrase: str, *, now: datetime, bar: Bar
) -> BackedUp:
    """Write a backup of a newsroom whose desk is open; what was in `file` is replaced.

    Nothing has to stop for it. The spool is read before the database is copied: a letter
    that is collected in between is in both. Keys come last: what is in the spool opens. The
    file is there whole, read back, or not at all. Raises SettingWrong, PlaceFailed,
    ToolFailed.
    """
    about = About(
        letterdesk=VERSION,
        site=newsroom.site.name,
        made=now.isoformat(timespec="minutes"),
        database=kind(newsroom),
    )
    with _alone(newsroom) as work, whole_file(file, replaces=True) as out:
        sealer = Sealer(out, passphrase)
        packer = Packer(sealer, about, made=int(now.timestamp()))
        copy = work / DATABASES[about.database]
        why = _pack(packer, newsroom, copy=copy, bar=bar)
        sealer.finish()
        size = out.tell()
        manifest = _read_back(out, size, passphrase, bar=bar)
    note_backup(entries=manifest.entries, today=now.date())
    return BackedUp(
        file=file,
        size=size,
        about=about,
        manifest=manifest,
        problems=tuple(_problems(newsroom)),
        lacking=_lacking(manifest, why),
    )


def _lacking(manifest: Manifest, why: str) -> str:
    if not manifest.lacks:
        return ""
    return (
        f"This backup lacks what could not be read: {few(manifest.lacks)}. {why} All else "
        "is in it. Put that right, and make another one."
    )


def _problems(newsroom: Settings) -> Iterator[str]:
    """Say what the newsroom lacks, or why that cannot be found out."""
    for check in (names_lost, factors_lost, unread_in_spool):
        try:
            yield from check(newsroom)
        except (LetterdeskError, OSError) as error:
            yield explain(error) or unexpected(error)


def _pack(packer: Packer, newsroom: Settings, *, copy: Path, bar: Bar) -> str:
    """Put everything in; give why something could not be read, if anything could not."""
    spool, public = choose.spool(newsroom), choose.public(newsroom)
    gathering = Gathering(packer=packer)
    gathering.place(spool, "spool", gathering.listed(spool, "", "spool"))
    _pack_pictures(gathering, public)
    with bar("Copying the database", None):
        held = _copy_database(copy)
    size = copy.stat().st_size
    with copy.open("rb") as database, bar("Sealing", size) as step:
        packer.add_large(copy.name, database, size, step)
    copy.unlink()
    _pack_pictures(gathering, public)  # what was taken in, and saved, in between
    gathering.expect([_packed(path) for path in held.pictures])
    for path in _own_files(newsroom):
        gathering.file(path, path.relative_to(newsroom.folder).as_posix())
    key = newsroom.private_keys.relative_to(newsroom.folder).as_posix()
    if key not in packer.files and key not in gathering.lacks:
        gathering.lack(key, Missing(f"There is no {key}: without it no letter opens."))
    packer.finish(
        counts=held.counts,
        entries=held.entries,
        head=held.head,
        lacks=tuple(sorted(gathering.lacks)),
    )
    return gathering.why


def _pack_pictures(gathering: Gathering, public: Place) -> None:
    listed = gathering.listed(public, "assets", "pictures")
    gathering.place(public, "pictures", filter(is_picture, listed))


def _packed(path: str) -> str:
    return f"pictures/{path.removeprefix('assets/')}"


def _copy_database(file: Path) -> Held:
    make_empty(file)
    return take_snapshot(file)


def _own_files(newsroom: Settings) -> Iterator[Path]:
    """Give settings, keys and switches. A session's key is made anew: all sign in again."""
    keys = newsroom.private_keys.parent
    yield from (newsroom.folder / name for name in _SMALL)
    yield from (path for path in sorted(keys.iterdir()) if path != newsroom.session_file)
    tips = (newsroom.folder / newsroom.tips.key).resolve()
    is_ours = newsroom.tips.key and tips.is_relative_to(newsroom.folder)
    if is_ours and not tips.is_relative_to(keys):
        yield tips


def _read_back(file: BinaryIO, size: int, passphrase: str, *, bar: Bar) -> Manifest:
    """Read the whole backup as it was written. Raises BackupBroken."""
    file.seek(0)
    with bar("Reading back", size) as step:
        return unpack(
            Opener(Counted(file, step), passphrase),
            accept=bool,
            keep=lambda _: Path(os.devnull).open("wb"),
        )[1]


@contextmanager
def _alone(newsroom: Settings) -> Iterator[Path]:
    """Give a folder beside the database for a moment, to one backup at a time.

    What a killed backup left there is removed: its copy of the database is not sealed.
    """
    work = newsroom.folder / _WORK
    with locked(newsroom.folder, busy="Another backup of this newsroom is being made."):
        shutil.rmtree(work, ignore_errors=True)
        try:  # a signal may come as soon as it is made
            work.mkdir(mode=0o700)
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)
