"""A place: files that are there whole or not at all. A folder and a bucket are two."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from letterdesk.domain.errors import PlaceFailed


class Missing(PlaceFailed):
    """There is no such file in the place."""

    code = "file-missing"


class Unfit(Missing):
    """What lies there is no plain file of the place, and is never read.

    A link that leads elsewhere, a pipe or a folder, more bytes than anything of ours has,
    or a file that we may not read.
    """

    code = "file-unfit"


class Unanswered(PlaceFailed):
    """The place did not answer in time: whether it did what it was asked is not known."""


class Place(Protocol):
    """What the spool and the public place can do. Names are relative, parted by slashes.

    Every method raises PlaceFailed when the place cannot be reached or is full.
    """

    def put(self, name: str, raw: bytes) -> None:
        """Store `raw`, replacing what was there; on return it survives a power cut."""

    def read(self, name: str) -> bytes:
        """Give the bytes of a file. Raises Missing when there is none, Unfit as above."""

    def list(self, under: str = "") -> Iterator[str]:
        """Give the names of the files below the folder `under`, in no order."""

    def remove(self, name: str) -> None:
        """Remove a file; nothing happens when there is none."""

    def remove_all(self, names: Iterable[str]) -> None:
        """Remove files, as `remove` does, with fewer waits for the disk."""

    def unfit(self) -> Iterator[str]:
        """Give the names of what lies there and is never read, in no order."""
