"""A file under a name that a person chose, there whole or not at all, however large."""

import fcntl
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from letterdesk.domain.errors import LetterdeskError

_DRAFT = ".letterdesk-draft-"
_SECRET = 0o600
_UNNAMED = Path("/proc/self/fd")  # where a file without a name can be given one


class FileThere(LetterdeskError):
    """There is something under the name that a file was to get."""

    code = "file-there"


@contextmanager
def whole_file(path: Path, *, replaces: bool = False) -> Iterator[BinaryIO]:
    """Give a file to write and read; when the block ends well, it is at `path`, synced.

    Only its owner may read it. Until then it has no name at all where the disk can do
    that, so that even a process that is killed leaves nothing behind; elsewhere it is
    `.letterdesk-draft-…` beside `path`, and the next one removes it. Raises FileThere
    unless what is there may be replaced.
    """
    _refuse(path, replaces=replaces)
    _sweep(path.parent)
    draft: Path | None = None
    try:
        handle, draft = _open(path.parent)
        with os.fdopen(handle, "w+b") as file:
            with suppress(OSError):  # not every disk has locks; then nobody sweeps there
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield file
            file.flush()
            os.fsync(handle)
            _refuse(path, replaces=replaces)
            if draft is None:
                draft = _named(handle, _draft(path.parent) if replaces else path)
            if draft != path:
                draft.replace(path)
            draft = None
        sync_folder(path.parent)
    except OSError as error:
        if error.filename is None or Path(str(error.filename)).name.startswith(_DRAFT):
            error.filename = str(path)
        raise
    finally:
        if draft is not None:
            with suppress(OSError):
                draft.unlink()


def _refuse(path: Path, *, replaces: bool) -> None:
    if path.exists() and not path.is_file():
        raise FileThere(f"{path} is no plain file. Choose another name.")
    if os.path.lexists(path) and not replaces:
        raise FileThere(f"{path} is there already. Choose another name, or add --force.")


def _sweep(folder: Path) -> None:
    """Remove drafts of killed processes: nobody holds them."""
    for draft in folder.glob(f"{_DRAFT}*"):
        with suppress(OSError), draft.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            draft.unlink()


def _open(folder: Path) -> tuple[int, Path | None]:
    """Give a new file's handle, and its name where it has to have one."""
    if hasattr(os, "O_TMPFILE") and _UNNAMED.is_dir():
        with suppress(OSError):  # the disk cannot do it, or nothing can be made there
            return os.open(folder, os.O_TMPFILE | os.O_RDWR, _SECRET), None
    draft = _draft(folder)
    return os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, _SECRET), draft


def _named(handle: int, name: Path) -> Path:
    """Give a file that had no name this one. Raises FileExistsError.

    Any handle as `src_dir_fd` makes the system follow the link to the file itself.
    """
    os.link(_UNNAMED / str(handle), name, src_dir_fd=handle, follow_symlinks=True)
    return name


def _draft(folder: Path) -> Path:
    return folder / f"{_DRAFT}{secrets.token_hex(8)}"


def make_empty(path: Path) -> None:
    """Make an empty file that only its owner may read, from the start.

    Raises FileExistsError when there is one.
    """
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _SECRET))


def sync_folder(folder: Path) -> None:
    """See to it that what is in a folder survives a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(
    folder: Path, *, mode: int = 0o777, sync: Callable[[Path], None] = sync_folder
) -> None:
    """Make a folder, and what is missing above it, so that it survives a power cut.

    One that is there stays as it is. `mode` is the last one's; `sync` is called for each
    folder in which one was made.
    """
    if folder.is_dir():
        return
    make_folder(folder.parent, sync=sync)
    folder.mkdir(mode=mode, exist_ok=True)
    sync(folder.parent)
