"""A foreign file, opened: what kind of file it is, and how far it has been read."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from letterdesk.domain.errors import LetterdeskError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LARGEST = 32 << 20  # bytes of one comment, or of one line: what is larger is none
MOST = 2_000_000  # values and keys in one object: each “0,” costs forty times its length
_PARTS = b",[{"  # one of them stands before nearly every value
_HEAD = 512  # bytes that tell what a file is
_UNDAMAGED = 8  # bytes; a NUL behind them is damage, in text
_CHUNK = 1 << 16
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class ImportFailed(LetterdeskError):
    """A file that cannot be read, or not to its end."""

    code = "import-failed"


class Kind(StrEnum):
    """What a file is, by how it begins."""

    XML = "an XML file"
    JSON = "a JSON file"
    SQLITE = "an SQLite database"
    TEXT = "a text file"
    UTF16 = "a text file in UTF-16"
    EMPTY = "empty"
    ZIP = "a zip archive"
    OTHER = "neither text nor a database"


class Source:
    """One file. What is compressed with gzip is read as if it were not.

    `site` is the address to which paths in the file belong, "" where nobody said.
    """

    def __init__(self, path: Path, *, today: date, site: str = "") -> None:
        self.path, self.today, self.site = path, today, site
        self._file: BinaryIO | None = None
        self._size = 0
        self.passes = 1  # how often the file is read; a reader that knows better says so
        self._passed = 0
        self.counted: float | None = None  # the share, by who reads no bytes
        self.pages = 0  # that comments can stand under, by a reader that meets them
        self.ampersands = 0  # that XML does not allow, and that were read as in HTML

    @property
    def share(self) -> float:
        """How much of the file has been read: 0 to 1."""
        if self.counted is not None:
            return self.counted
        if not self._file or not self._size:
            return 0.0
        at = self._size if self._file.closed else self._file.tell()
        return min(1.0, (self._passed - 1 + at / self._size) / self.passes)

    def beside(self, old: str, new: str) -> "Source":
        """Give the file of the same folder with another word in its name.

        Raises ImportFailed when there is none.
        """
        path = self.path.with_name(self.path.name.replace(old, new))
        if path == self.path or not path.is_file():
            raise ImportFailed(
                f"{self.path} is read together with a file of {new}, and there is no "
                f"{path.name if path != self.path else new} beside it. Put both into one "
                f"folder, with “{old}” and “{new}” in their names."
            )
        return Source(path, today=self.today, site=self.site)

    def kind(self) -> Kind:
        """Give what the file is, by how it begins. Raises ImportFailed."""
        with self.open() as stream:
            return _kind(stream.read(_HEAD))

    @contextmanager
    def open(self) -> Iterator["Stream"]:
        """Give the bytes of the file, without the mark that says that it is UTF-8.

        Raises ImportFailed for what is said to be compressed and is damaged.
        """
        with self.path.open("rb") as file:
            self._file, self._size = file, self.path.stat().st_size
            self._passed += 1
            is_packed = file.peek(2)[:2] == b"\x1f\x8b"
            stream = Stream(
                gzip.GzipFile(fileobj=file) if is_packed else file, path=self.path
            )
            stream.skip_mark()
            yield stream

    def rewind(self) -> None:
        """Forget that the file was looked into, before it is read in earnest."""
        self._passed = 0


class Stream(io.RawIOBase):
    """Bytes, as many as one asks for; who reads says when a whole comment was in them."""

    def __init__(self, raw: io.BufferedIOBase, *, path: Path) -> None:
        super().__init__()
        self._raw, self._path = raw, path
        self._ahead = b""
        self._since = self._parts = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Put the next bytes into a buffer; give how many. As `read`."""
        view = memoryview(buffer).cast("B")
        some = self.read(len(view))
        view[: len(some)] = some
        return len(some)

    def skip_mark(self) -> None:
        """Step over the mark of UTF-8, if the file begins with it."""
        self._ahead = self._more(len(_UTF8_MARK)).removeprefix(_UTF8_MARK)

    def came_along(self) -> None:
        """Count anew: a comment has ended."""
        self._since = self._parts = 0

    def read(self, size: int = -1, /) -> bytes:
        """Give the next bytes. Raises ImportFailed when one comment has far too many."""
        if size < 0:
            size = _CHUNK
        some, self._ahead = self._ahead[:size], self._ahead[size:]
        if len(some) < size:
            some += self._more(size - len(some))
        self._since += len(some)
        if self._since > LARGEST:
            raise too_large(self._path)
        return some

    def lines(self) -> Iterator[bytes]:
        """Give the lines, one by one; a comment may be one or several.

        Raises ImportFailed when one comment is too large, or has far too many values.
        """
        begun = bytearray()
        while some := self.read(_CHUNK):
            *whole, rest = some.split(b"\n")
            for line in whole:
                yield self._of_few(bytes(begun) + line)
                begun.clear()
            begun += rest
        if begun:
            yield self._of_few(bytes(begun))

    def _of_few(self, line: bytes) -> bytes:
        self._parts += sum(map(line.count, _PARTS))
        if self._parts > MOST:
            raise damaged(self._path, f"in a comment of more than {MOST} values")
        return line

    def _more(self, size: int) -> bytes:
        try:
            return self._raw.read(size)
        except EOFError as error:
            raise cut_off(self._path) from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise ImportFailed(
                f"{self._path} is compressed, and damaged: it cannot be unpacked to its "
                "end. Export it again."
            ) from error


def cut_off(path: Path) -> ImportFailed:
    """Give what to say of a file that ends too early."""
    return ImportFailed(
        f"{path} ends in the middle: a part of it is missing. Export or copy it again, and "
        "run the import once more: what was imported already stays, and is not taken twice."
    )


def damaged(path: Path, where: str) -> ImportFailed:
    """Give what to say of a file that does not keep to its own rules."""
    return ImportFailed(
        f"{path} is damaged {where}, or not in the encoding that it claims. Export it "
        "again, and run the import once more: what was imported already stays, and is not "
        "taken twice."
    )


def too_large(path: Path) -> ImportFailed:
    """Give what to say of a file in which one piece is longer than any comment."""
    return ImportFailed(
        f"There is a single piece of more than {LARGEST >> 20} megabytes in {path}: no "
        "comment is that large. Look at how the file was made."
    )


def _kind(head: bytes) -> Kind:
    if not head.strip():
        return Kind.EMPTY
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind.ZIP
    if head.startswith(b"SQLite format 3\0"):
        return Kind.SQLITE
    if head.startswith(_UTF16_MARKS):
        return Kind.XML if _is_xml(head.decode("utf-16", "replace")) else Kind.UTF16
    if b"\0" not in head[:_UNDAMAGED] and _is_xml(head.decode("latin-1")):
        return Kind.XML
    if b"\0" not in head[:_UNDAMAGED] and head.lstrip()[:1] in {b"{", b"["}:
        return Kind.JSON
    return Kind.OTHER if b"\0" in head else Kind.TEXT


def _is_xml(head: str) -> bool:
    """Say whether it is XML; other programs may have left something in front of it."""
    return head.lstrip().startswith("<") or "<?xml" in head
