"""A folder that a stranger may write into: whoever took the letterbox over."""

import errno
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from letterdesk.domain.errors import PlaceFailed
from letterdesk.places.base import Missing, Unfit
from letterdesk.places.folder import DRAFT, Folder, failed
from letterdesk.places.plain import NO_LINK, opened_plain, read_plain, unfit

_NOBODYS = (DRAFT, "lost+found")  # the second is what the root of a new disk has
_ODD = {errno.ELOOP, errno.ENXIO, errno.EACCES, errno.EPERM, errno.ENAMETOOLONG}


@dataclass(frozen=True, kw_only=True)
class Inbox(Folder):
    """A folder whose files lie directly in it, each of `most` bytes at the most.

    What else is there (links, pipes, folders, files that are too large or not ours to
    read, names that no program of ours gives) is listed, never read, and holds up nothing.
    """

    most: int

    def read(self, name: str) -> bytes:
        """Give the bytes of the file `name`. Raises Missing, Unfit."""
        path = self._path(name)
        try:
            return read_plain(path, flags=NO_LINK, most=self.most)
        except OSError as error:
            raise _told(path, error) from error

    def list(self, under: str = "") -> Iterator[str]:
        """Give the names of what is there but drafts; below a folder is nothing."""
        self.must_be_there()
        try:
            names = [] if under else sorted(path.name for path in self.root.iterdir())
        except OSError as error:
            raise failed("list", ".", error) from error
        yield from (name for name in names if not name.startswith(_NOBODYS))

    def unfit(self) -> Iterator[str]:
        """Give the names of what is never read."""
        for name in self.list():
            try:
                self._look(name)
            except Unfit:
                yield name
            except Missing:  # it was collected meanwhile
                continue

    def oldest(self) -> float | None:
        """Give when the oldest file was written, rounded as `grain` says; None: no file."""
        times = []
        for path in map(self._path, self._fit()):
            with suppress(OSError):  # it was collected meanwhile
                times.append(path.lstat().st_mtime)
        return min(times, default=None)

    def _fit(self) -> Iterator[str]:
        odd = set(self.unfit())
        return (name for name in self.list() if name not in odd)

    def _look(self, name: str) -> None:
        path = self._path(name)
        try:
            with opened_plain(path, flags=NO_LINK, most=self.most):
                return
        except OSError as error:
            raise _told(path, error) from error

    def _path(self, name: str) -> Path:
        path = super()._path(name)
        if "/" in name or not name.isprintable():
            raise unfit(path)
        return path


def _told(path: Path, error: OSError) -> PlaceFailed:
    if isinstance(error, FileNotFoundError):
        return Missing(f"There is no file {path.name} in {path.parent}.")
    return unfit(path) if error.errno in _ODD else failed("read", path.name, error)
