"""Where no command writes a file: over the newsroom itself, or before everybody."""

import os
from collections.abc import Iterator
from pathlib import Path

from letterdesk import settings
from letterdesk.domain.errors import SettingWrong
from letterdesk.places import choose
from letterdesk.places.base import Place
from letterdesk.places.folder import Folder
from letterdesk.settings import FILE, Settings

_FILES = (
    *(FILE, "demo.toml", "letterbox.switch", "press.slot"),
    *("press.lock", "init.lock", "import.lock", "learning.lock", "mails.lock"),
)
_WORK = (".backup", ".restoring")
_BESIDE = ("", "-wal", "-shm", "-journal")  # SQLite's files


def refuse_own(newsroom: Settings, file: Path) -> None:
    """Raise SettingWrong where `file` is a part of the newsroom, or would lie in one.

    Also by way of links: what is written may take the place of a link, or of what it leads
    to.
    """
    meant = _meant(file)
    if any(_holds(root, meant) for root in _roots(choose.public(newsroom))):
        raise SettingWrong(
            f"{file} would lie in the public place, where everybody may fetch it. Choose "
            "another folder, on another disk."
        )
    if any(_holds(root, meant) for root in _roots(choose.spool(newsroom))):
        raise SettingWrong(
            f"{file} would lie in the spool, and be collected as if letters were in it. "
            "Choose another folder, on another disk."
        )
    for part in _parts(newsroom):
        if _holds(part, meant):
            raise SettingWrong(
                f"{file} is a part of the newsroom itself, or would lie in one "
                f"({part.name}): it would be lost. Choose another folder, on another disk."
            )


def refuse_for_backup(newsroom: Settings, file: Path) -> None:
    """Raise SettingWrong where a backup must not lie: in a folder's stead, over our own."""
    if file.is_dir():
        raise SettingWrong(f"{file} is a folder. Name the file that is to be written.")
    if not file.absolute().parent.is_dir():
        raise SettingWrong(f"There is no folder {file.parent}. Make it first.")
    refuse_own(newsroom, file)


def refuse_existing(file: Path) -> None:
    """Raise SettingWrong when the file is there."""
    if file.exists():
        raise SettingWrong(
            f"{file} is there already. Choose another name; --force writes over it."
        )


def refuse_in_any(file: Path) -> None:
    """Raise SettingWrong where `file` is a part of a newsroom whose folder holds it."""
    above = {*file.absolute().parents, *Path(os.path.realpath(file)).parents}
    for folder in sorted(above):
        if (folder / FILE).is_file():
            refuse_own(settings.read(folder), file)


def _roots(place: Place) -> tuple[Path, ...]:
    return (place.root,) if isinstance(place, Folder) else ()


def _parts(newsroom: Settings) -> Iterator[Path]:
    yield newsroom.private_keys.parent
    yield from (newsroom.folder / name for name in (*_FILES, *_WORK))
    database = newsroom.database_file
    yield from (database.with_name(database.name + beside) for beside in _BESIDE)
    if newsroom.tips.key:
        yield newsroom.folder / newsroom.tips.key


def _holds(part: Path, meant: set[Path]) -> bool:
    return any(one.is_relative_to(other) for one in meant for other in _meant(part))


def _meant(path: Path) -> set[Path]:
    """Give the places that a name may mean: its own, and the one that it leads to."""
    folder = os.path.realpath(path.parent)
    return {Path(folder, path.name), Path(os.path.realpath(path))}
