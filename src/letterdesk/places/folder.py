"""A place on this machine's disk."""

import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from letterdesk.domain.errors import PlaceFailed
from letterdesk.places.base import Missing
from letterdesk.places.plain import read_plain, unfit
from letterdesk.places.whole import make_folder

DRAFT = ".draft-"
_READING = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH


@dataclass(frozen=True, kw_only=True)
class Folder:
    """Files below `root`: written beside their name, synced, renamed, synced again.

    `mode` is the files' permission. With `grain` above 1 (seconds) times of files and
    folders are rounded down, so that they do not tell when a letter came. Where versions
    of a file must differ in time as well (nginx makes its ETag of time and size, rsync
    compares both), `varied` gives a file a time within the grain before, by its bytes.
    Nobody can set the time of a file's last change of status (`ctime`).
    """

    root: Path
    mode: int = 0o644
    grain: int = 1
    varied: bool = False

    def put(self, name: str, raw: bytes) -> None:
        """Store `raw` under `name`: whole or not at all."""
        final = self._path(name)
        draft = final.parent / f"{DRAFT}{secrets.token_hex(8)}"
        try:
            make_folder(final.parent, sync=self._sync_folder)
            self._write(draft, raw)
            draft.rename(final)
            self._sync_folder(final.parent)
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            raise failed("store", name, error) from error

    def read(self, name: str) -> bytes:
        """Give the bytes of the file `name`. Raises Missing, Unfit.

        Links within the folder are followed: whoever copies it may make some.
        """
        path = self._path(name)
        try:
            if not self._is_inside(path):
                raise unfit(path)
            return read_plain(path)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise Missing(f"There is no file {name} in {self.root}.") from error
        except OSError as error:
            raise failed("read", name, error) from error

    def list(self, under: str = "") -> Iterator[str]:
        """Give the names below `under`; drafts are not files yet."""
        self.must_be_there()
        try:
            for folder, _, names in os.walk(self._path(under), onerror=_unless_missing):
                for name in names:
                    if not name.startswith(DRAFT):
                        yield (Path(folder) / name).relative_to(self.root).as_posix()
        except OSError as error:
            raise failed("list", under or ".", error) from error

    def must_be_there(self) -> None:
        """Raise PlaceFailed where the folder itself is not: a disk that is not mounted."""
        try:
            mode = self.root.stat().st_mode
        except FileNotFoundError:
            mode = 0
        except OSError as error:
            raise failed("list", ".", error) from error
        if not stat.S_ISDIR(mode):
            raise PlaceFailed(
                f"There is no folder {self.root}. Is its disk mounted, and the name right "
                "in letterdesk.toml? `letterdesk init` makes one that was never there."
            )

    def remove(self, name: str) -> None:
        """Remove the file `name`, if it is there."""
        self.remove_all([name])

    def remove_all(self, names: Iterable[str]) -> None:
        """Remove these files, those that are there; then sync each folder once.

        Where one cannot be removed the others are all the same.
        """
        changed: set[Path] = set()
        refused: PlaceFailed | None = None
        for name in names:
            path = self._path(name)
            try:
                path.unlink()
                changed.add(path.parent)
            except (FileNotFoundError, NotADirectoryError):
                continue
            except OSError as error:
                refused = failed("remove", name, error)
        for folder in changed:
            self._sync_removed(folder)
        if refused:
            raise refused

    def unfit(self) -> Iterator[str]:
        """Give the names of links that lead out of the folder, of pipes and the like."""
        self.must_be_there()
        try:
            for folder, folders, names in os.walk(self.root, onerror=_unless_missing):
                for path in (Path(folder) / name for name in (*folders, *names)):
                    if not self._is_fit(path):
                        yield path.relative_to(self.root).as_posix()
        except OSError as error:
            raise failed("list", ".", error) from error

    def closed(self) -> Iterator[str]:
        """Give the names of what some may not read who may read the folder it lies in."""
        for folder, folders, names in os.walk(self.root):
            given = _readers(Path(folder))
            for path in (Path(folder) / name for name in (*folders, *names)):
                if not path.name.startswith(DRAFT) and given & ~_readers(path):
                    yield path.relative_to(self.root).as_posix()

    def sweep(self) -> int:
        """Remove drafts that a killed process left; give how many. Call before writing."""
        drafts = list(self.root.rglob(f"{DRAFT}*"))
        for draft in drafts:
            draft.unlink(missing_ok=True)
        return len(drafts)

    def free_bytes(self) -> int:
        """Give the bytes that can still be written here."""
        try:
            found = os.statvfs(self.root)
        except OSError as error:
            raise failed("measure", ".", error) from error
        return found.f_bavail * found.f_frsize

    def is_read_only(self) -> bool:
        """Say whether nobody can write here, as the disk is mounted read-only."""
        try:
            return bool(os.statvfs(self.root).f_flag & os.ST_RDONLY)
        except OSError as error:
            raise failed("measure", ".", error) from error

    def _is_fit(self, path: Path) -> bool:
        if path.is_symlink():
            return self._is_inside(path)
        return path.is_file() or path.is_dir() or not path.exists()

    def _is_inside(self, path: Path) -> bool:
        """Say whether what a path leads to, link after link, lies in the folder."""
        root = os.path.realpath(self.root)
        return os.path.realpath(path).startswith(f"{root.rstrip('/')}/")

    def _path(self, name: str) -> Path:
        if name.startswith("/") or ".." in name.split("/") or "\0" in name:
            raise PlaceFailed(f"{name!r} is not a name inside {self.root}.")
        return self.root / name

    def _write(self, draft: Path, raw: bytes) -> None:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, self.mode)
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            if self.grain > 1:
                written = self._rounded(handle)
                if self.varied:
                    digest = hashlib.sha256(raw).digest()
                    written += int.from_bytes(digest) % self.grain - self.grain
                os.utime(handle, (written, written))
            os.fsync(handle)

    def _sync_removed(self, folder: Path) -> None:
        try:
            self._sync_folder(folder)
        except FileNotFoundError:  # the folder went as well
            return
        except OSError as error:
            raise failed("remove files from", folder.name, error) from error

    def _sync_folder(self, folder: Path) -> None:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            if self.grain > 1:
                written = self._rounded(handle)
                with suppress(PermissionError):  # a folder may be another user's
                    os.utime(handle, (written, written))
            os.fsync(handle)
        finally:
            os.close(handle)

    def _rounded(self, handle: int) -> int:
        return int(os.fstat(handle).st_mtime) // self.grain * self.grain


def _readers(path: Path) -> int:
    """Give who may read a file, or read and enter a folder, as the bits of reading.

    Everybody, where it is gone meanwhile or is a link.
    """
    try:
        mode = path.lstat().st_mode
    except OSError:
        return _READING
    if stat.S_ISLNK(mode):
        return _READING
    return mode & (mode << 2 if stat.S_ISDIR(mode) else mode) & _READING


def _unless_missing(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def failed(verb: str, name: str, error: OSError) -> PlaceFailed:
    """Give the error for what a disk would not do."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return PlaceFailed(f"Could not {verb} {name}: the disk is full. Make room on it.")
    return PlaceFailed(f"Could not {verb} {name}: {error.strerror}.{_remedy(error)}")


def _remedy(error: OSError) -> str:
    if error.errno == errno.EROFS:
        return (
            " Its disk is mounted for reading alone. Mount it for writing; systems mount a "
            "disk so by themselves when it fails."
        )
    if error.errno in {errno.EACCES, errno.EPERM} and error.filename:
        path = Path(os.fsdecode(error.filename))
        path = path.parent if path.name.startswith(DRAFT) else path
        return f" Let the user that Letterdesk runs as use {path}."
    return ""
