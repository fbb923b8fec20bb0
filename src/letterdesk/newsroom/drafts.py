"""Large files that are there whole or not at all, and folders that one holds at a time."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from letterdesk.domain.errors import SettingWrong
from letterdesk.places.whole import sync_folder

_DRAFT = ".letterdesk-backup-"


@contextmanager
def locked(folder: Path, *, busy: str) -> Iterator[None]:
    """Hold a folder; who dies lets go. Raises SettingWrong when somebody else holds it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SettingWrong(f"{busy} Wait for it.") from error
        yield
    finally:
        os.close(handle)


@contextmanager
def drafted(file: Path) -> Iterator[Path]:
    """Give a draft that becomes `file` when all went well, and is removed when not."""
    _sweep(file.absolute().parent)
    draft = file.absolute().parent / f"{_DRAFT}{secrets.token_hex(8)}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with suppress(OSError):  # not every disk has locks; then nobody sweeps there
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield draft
        draft.rename(file)
        sync_folder(draft.parent)
    except OSError as error:
        error.filename = error.filename or str(file)
        raise
    finally:
        draft.unlink(missing_ok=True)
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Remove drafts that a killed backup left: nobody holds them."""
    for draft in folder.glob(f"{_DRAFT}*"):
        with suppress(OSError), draft.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            draft.unlink()
