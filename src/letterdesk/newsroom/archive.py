"""What is in a backup: files in a tar, zipped and sealed (`age -d FILE | tar xz`).

The first file says what it is; the last one has the digests of all the others, and what the
database held.
"""

import gzip
import hashlib
import io
import tarfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO, BinaryIO

import msgspec

from letterdesk.age import BackupBroken, Sealer, Source
from letterdesk.domain.errors import SettingWrong
from letterdesk.setting_values import SQLITE
from letterdesk.settings import Settings
from letterdesk.version import VERSION

FORMAT = 1
DATABASES = {SQLITE: "desk.db", "postgresql": "desk.pgdump"}  # kind, and the copy's name
Step = Callable[[int], object]  # is told of every few bytes that are done
Bar = Callable[[str, int | None], AbstractContextManager[Step]]  # of so many bytes

_ABOUT, _MANIFEST = "about.json", "manifest.json"
_BLOCK = 1 << 20
_QUICK = 1  # how hard gzip tries
_SECRET, _OPEN = 0o600, 0o644
_FOREIGN = (
    "The passphrase opens this file, but it is not a backup of Letterdesk. Choose the file "
    "that `letterdesk backup` wrote."
)
_UNLIKE = (
    "The backup does not hold what its own list says. Please report it, as CONTRIBUTING.md "
    "says, and take another backup."
)
_ERRORS = (
    tarfile.TarError,
    gzip.BadGzipFile,
    EOFError,
    zlib.error,
    msgspec.MsgspecError,
    UnicodeDecodeError,
)


@dataclass(frozen=True, kw_only=True)
class About:
    """What a backup is: of which newsroom, made when (UTC), by which Letterdesk."""

    letterdesk: str
    site: str
    made: str
    database: str  # a kind of DATABASES
    format: int = FORMAT


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What is in a backup: each file's SHA-256, and what the copied database held.

    `entries` and `head` are the end of the audit log. `lacks` names the files that were
    there, and could not be read; one that ends with a slash stands for all below it.
    """

    files: Mapping[str, str]
    counts: Mapping[str, int]
    entries: int
    head: str
    lacks: tuple[str, ...] = ()


def too_new(about: About) -> SettingWrong:
    """Give the error for a backup that a later Letterdesk made."""
    return SettingWrong(
        f"The backup was made by Letterdesk {about.letterdesk}, which is newer than this "
        f"one ({VERSION}). Update Letterdesk first, then restore."
    )


def kind(newsroom: Settings) -> str:
    """Give the kind of the desk's database, of DATABASES."""
    return SQLITE if newsroom.desk.database == SQLITE else "postgresql"


class Packer:
    """Writes files into a backup, one after the other."""

    def __init__(self, sealer: Sealer, about: About, *, made: int) -> None:
        self._zip = gzip.GzipFile(
            fileobj=sealer, mode="wb", filename="", compresslevel=_QUICK, mtime=0
        )  # type: ignore[call-overload] # it wants no more than `write` of a file
        self._tar = tarfile.TarFile(  # a stream ("w|") would write after a failure, too
            fileobj=self._zip, mode="w", copybufsize=_BLOCK
        )
        self._made = made
        self.files: dict[str, str] = {}
        self._put(_ABOUT, msgspec.json.encode(about))

    def add(self, name: str, raw: bytes, *, mode: int = _SECRET) -> None:
        """Put a small file in."""
        self.files[name] = hashlib.sha256(raw).hexdigest()
        self._put(name, raw, mode=mode)

    def add_large(self, name: str, file: BinaryIO, size: int, step: Step) -> None:
        """Put a file of `size` bytes in, whatever its size; tells `step` of them."""
        watched = _Watched(file, step=step)
        self._tar.addfile(self._member(name, size, _SECRET), watched)  # type: ignore[arg-type] # it wants no more than `read` of a file
        self.files[name] = watched.digest.hexdigest()

    def finish(
        self,
        *,
        counts: Mapping[str, int],
        entries: int,
        head: str,
        lacks: tuple[str, ...] = (),
    ) -> None:
        """Put the list of all files in, and of those that are not, and end the tar."""
        manifest = Manifest(
            files=self.files, counts=counts, entries=entries, head=head, lacks=lacks
        )
        self._put(_MANIFEST, msgspec.json.encode(manifest))
        self._tar.close()
        self._zip.close()

    def _put(self, name: str, raw: bytes, *, mode: int = _SECRET) -> None:
        self._tar.addfile(self._member(name, len(raw), mode), io.BytesIO(raw))

    def _member(self, name: str, size: int, mode: int) -> tarfile.TarInfo:
        member = tarfile.TarInfo(name)
        member.size, member.mode, member.mtime = size, mode, self._made
        return member


def unpack(
    source: Source,
    *,
    accept: Callable[[About], object],
    keep: Callable[[str], AbstractContextManager[IO[bytes]]],
) -> tuple[About, Manifest]:
    """Read a backup to its end, handing each file to `keep`; give what it is, and its list.

    `accept` may refuse it before anything is kept. Raises BackupBroken when it is not
    whole, or not what its list says: only afterwards can what was kept be trusted.
    """
    reader = _Reader(accept=accept, keep=keep)
    try:
        with gzip.GzipFile(fileobj=source, mode="rb") as plain:  # type: ignore[call-overload] # it wants no more than `read` of a file
            with tarfile.open(fileobj=plain, mode="r|", bufsize=_BLOCK) as tar:
                for name, file in _members(tar):
                    reader.take(name, file)
            while plain.read(_BLOCK):
                pass
        while source.read(_BLOCK):  # to the mark of the end
            pass
    except _ERRORS as error:
        raise BackupBroken(_FOREIGN) from error
    return reader.whole()


@dataclass(kw_only=True)
class _Reader:
    """Takes the files of a backup in their order."""

    accept: Callable[[About], object]
    keep: Callable[[str], AbstractContextManager[IO[bytes]]]
    about: About | None = None
    manifest: Manifest | None = None
    files: dict[str, str] = field(default_factory=dict)

    def take(self, name: str, file: IO[bytes]) -> None:
        if self.about is None:
            if name != _ABOUT:
                raise BackupBroken(_FOREIGN)
            self.about = msgspec.json.decode(file.read(), type=About)
            self.accept(self.about)
        elif name == _MANIFEST:
            self.manifest = msgspec.json.decode(file.read(), type=Manifest)
        else:
            watched = _Watched(file)
            with self.keep(name) as kept:
                while piece := watched.read(_BLOCK):
                    kept.write(piece)
            self.files[name] = watched.digest.hexdigest()

    def whole(self) -> tuple[About, Manifest]:
        if not self.about or not self.manifest or self.manifest.files != self.files:
            raise BackupBroken(_UNLIKE)
        return self.about, self.manifest


def _members(tar: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    """Give the files with their names, which lie inside the folder that they go to."""
    for member in tar:
        path = PurePosixPath(member.name)
        file = tar.extractfile(member) if member.isfile() else None
        if file is None or path.is_absolute() or ".." in path.parts:
            raise BackupBroken(_FOREIGN)
        yield member.name, file


class _Watched:
    """Passes a file on, adds its digest up, and says how far it is."""

    def __init__(self, file: Source, *, step: Step = int) -> None:
        self._file, self._step = file, step
        self.digest = hashlib.sha256()

    def read(self, size: int) -> bytes:
        """Give up to `size` bytes."""
        raw = self._file.read(size)
        self.digest.update(raw)
        self._step(len(raw))
        return raw


class Counted:
    """Passes a file on, and says how far it is."""

    def __init__(self, file: BinaryIO, step: Step) -> None:
        self._file, self._step = file, step

    def read(self, size: int, /) -> bytes:
        """Give up to `size` bytes."""
        raw = self._file.read(size)
        self._step(len(raw))
        return raw

    def readline(self, size: int, /) -> bytes:
        """Give up to `size` bytes of a line."""
        return self._file.readline(size)
