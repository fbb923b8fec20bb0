"""A place in an S3 bucket, below a prefix."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import obstore
from obstore.exceptions import BaseError, InvalidPathError, NotFoundError
from obstore.store import S3Store

from letterdesk.domain.errors import PlaceFailed
from letterdesk.places.base import Missing, Unanswered, Unfit
from letterdesk.places.keeping import nobody_keeps
from letterdesk.places.media import media_type

_MISSING = (NotFoundError, FileNotFoundError)
_ERRORS = (BaseError, OSError)  # obstore raises some of Python's own
_NO_ANSWER = "kind: Timeout"  # in what obstore says; it has no class for it
_KEY = re.compile(r'path: "((?:[^"\\]|\\.)*)"')  # in what obstore says, escaped


@dataclass(frozen=True, kw_only=True)
class Bucket:
    """Objects in `store`; S3 shows an object whole or not at all by itself.

    With `most`, an object of more bytes is never read: whoever took the letterbox over may
    have put it there. `keeps` gives, by its name, how long an object may be kept.
    """

    store: S3Store
    keeps: Callable[[str], str] = nobody_keeps
    most: int = sys.maxsize

    def put(self, name: str, raw: bytes) -> None:
        """Store `raw` under `name`, with the headers that it is to be served with."""
        headers = {"Content-Type": media_type(name), "Cache-Control": self.keeps(name)}
        try:
            obstore.put(self.store, name, raw, attributes=headers)
        except _ERRORS as error:
            raise _failed("store", name, error) from error

    def read(self, name: str) -> bytes:
        """Give the bytes of the object `name`. Raises Missing, Unfit."""
        try:
            found = obstore.get(self.store, name)
            if found.meta["size"] > self.most:
                raise Unfit(f"{name} in the bucket is too large to be one of ours.")
            return bytes(found.bytes())
        except _MISSING as error:
            raise Missing(f"There is no file {name} in the bucket.") from error
        except _ERRORS as error:
            raise _failed("read", name, error) from error

    def list(self, under: str = "") -> Iterator[str]:
        """Give the names below `under`."""
        try:
            for page in obstore.list(self.store, prefix=under or None):
                yield from (found["path"] for found in page)
        except _ERRORS as error:
            raise _failed("list", under or ".", error) from error

    def unfit(self) -> Iterator[str]:
        """Give the names of objects that are too large."""
        try:
            for page in obstore.list(self.store):
                yield from (found["path"] for found in page if found["size"] > self.most)
        except _ERRORS as error:
            raise _failed("list", ".", error) from error

    def oldest(self) -> float | None:
        """Give when the oldest object that is read was written; None: there is none."""
        try:
            return min(
                (
                    found["last_modified"].timestamp()
                    for page in obstore.list(self.store)
                    for found in page
                    if found["size"] <= self.most
                ),
                default=None,
            )
        except _ERRORS as error:
            raise _failed("list", ".", error) from error

    def remove(self, name: str) -> None:
        """Remove the object `name`, if it is there."""
        try:
            obstore.delete(self.store, name)
        except _MISSING:
            return
        except _ERRORS as error:
            raise _failed("remove", name, error) from error

    def remove_all(self, names: Iterable[str]) -> None:
        """Remove objects; not every S3 removes many in one request."""
        for name in names:
            self.remove(name)


def _failed(verb: str, name: str, error: Exception) -> PlaceFailed:
    if isinstance(error, InvalidPathError) and (key := _KEY.search(str(error))):
        return PlaceFailed(
            f"Could not {verb} {name} in the bucket: an object in it has a name that no "
            f"file of ours has (the key “{key[1]}”), and nothing can be listed beside it. "
            "Find out who put it there, and remove it with the bucket's own tools, by this "
            "key. Nothing is lost meanwhile."
        )
    if _NO_ANSWER in str(error):
        return Unanswered(
            f"Could not {verb} {name} in the bucket: it did not answer in time. Look "
            "whether its server is well, and whether it can be reached from here."
        )
    return PlaceFailed(
        f"Could not {verb} {name} in the bucket: {type(error).__name__}. Check the "
        "endpoint, the bucket's name and the keys in letterdesk.toml."
    )
