"""A zip file whose bytes depend on nothing but what is in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can tell
_MODE = 0o644 << 16
_UNIX = 3
_LEVEL = 6


@contextmanager
def packed(file: BinaryIO) -> Iterator[ZipFile]:
    """Give a zip file to fill; `file` need not be one that can be wound back."""
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        yield archive


@contextmanager
def member(archive: ZipFile, name: str) -> Iterator[IO[bytes]]:
    """Give a file within a zip file to write into, however large; one at a time."""
    with archive.open(_entry(name), "w", force_zip64=True) as inside:
        yield inside


def put(archive: ZipFile, name: str, raw: bytes) -> None:
    """Put a whole file into a zip file."""
    archive.writestr(_entry(name), raw, compresslevel=_LEVEL)


def _entry(name: str) -> ZipInfo:
    info = ZipInfo(name, _EPOCH)
    info.compress_type = ZIP_DEFLATED
    info.external_attr, info.create_system = _MODE, _UNIX
    return info
