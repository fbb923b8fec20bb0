"""Published files, kept in memory as long as they have not changed.

A folder is asked on every request whether the file is still the same (one `stat`); a bucket
every two seconds. Files are written whole, variants before the plain one, so what is read
after a change is always complete.
"""

import asyncio
import hashlib
import os
import re
import stat
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache

from letterdesk.domain.errors import PlaceFailed
from letterdesk.letterbox.refusals import Refused
from letterdesk.places.base import Missing, Place
from letterdesk.places.folder import Folder
from letterdesk.places.media import media_type
from letterdesk.reader.assets import assets

CAPACITY = 64 << 20  # bytes
VARIANTS = {"br": ".br", "gzip": ".gz"}
_FRESH = 2  # seconds
_ENTRY = 1024  # bytes that one entry costs beside its content
_SEGMENT = r"[A-Za-z0-9_\-][A-Za-z0-9_.\-]*"
_NAME = re.compile(rf"(?!r/)(?:{_SEGMENT}/)*{_SEGMENT}")


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, weakref_slot=True)
class Representation:
    """A published file in one encoding; `tag` is its strong ETag."""

    raw: bytes
    tag: str
    encoding: str = ""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False, weakref_slot=True)
class File:
    """A published file as read at one moment."""

    name: str
    media: str
    plain: Representation
    variants: dict[str, Representation] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return len(self.plain.raw) + sum(len(one.raw) for one in self.variants.values())


class Files:
    """The published files of `place`. Belongs to one event loop."""

    def __init__(
        self, place: Place, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._place = place
        self._held: OrderedDict[str, tuple[object, File | None]] = OrderedDict()
        self._loading: dict[tuple[str, object], asyncio.Task[File | None]] = {}
        self._size = 0
        self._clock = clock
        self._root = f"{place.root}/" if isinstance(place, Folder) else ""

    async def find(self, name: str) -> File | None:
        """Give the published file of this name, None when there is none.

        Raises Refused (`unavailable`) when the place cannot be reached.
        """
        held = self._held.get(name)
        if held is None and not _NAME.fullmatch(name):
            return None
        stamp = self._stamp(name)
        if held is not None and held[0] == stamp:
            self._held.move_to_end(name)
            return held[1]
        if stamp is None:
            self._forget(name)
            return None
        return await self._load(name, stamp)

    def _stamp(self, name: str) -> object | None:
        """Give what changes when the file does; None when a folder does not have it.

        The press rounds times of writing, so it is the one that nobody can set.
        """
        if not self._root:
            return self._clock() // _FRESH
        try:
            found = os.stat(self._root + name)  # noqa: PTH116 -- on every request's way
        except OSError:
            return None
        if not stat.S_ISREG(found.st_mode):
            return None
        return found.st_ctime_ns, found.st_size, found.st_ino

    async def _load(self, name: str, stamp: object) -> File | None:
        """Read a file in a thread; who asks for it meanwhile waits for the same reading.

        Not so when it has changed meanwhile: that reading may give what was there before.
        """
        task = self._loading.get((name, stamp))
        if task is None:
            task = asyncio.create_task(asyncio.to_thread(self._read, name))
            self._loading[name, stamp] = task
            task.add_done_callback(lambda _: self._loading.pop((name, stamp), None))
        try:
            file = await asyncio.shield(task)
        except PlaceFailed as error:
            raise Refused("unavailable") from error
        self._hold(name, stamp, file)
        return file

    def _read(self, name: str) -> File | None:
        try:
            plain = represent(self._place.read(name))
        except Missing:
            return None
        variants = self._variants(name) if self._root else {}
        return File(name=name, media=media_type(name), plain=plain, variants=variants)

    def _variants(self, name: str) -> dict[str, Representation]:
        """Give what lies beside a file in a folder; a bucket holds no variants."""
        found = {}
        for encoding, ending in VARIANTS.items():
            with suppress(Missing):
                raw = self._place.read(name + ending)
                found[encoding] = represent(raw, encoding)
        return found

    def _hold(self, name: str, stamp: object, file: File | None) -> None:
        self._forget(name)
        if file is not None and file.size > CAPACITY // 4:
            return
        self._held[name] = (stamp, file)
        self._size += _cost(name, file)
        while self._size > CAPACITY:
            self._forget(next(iter(self._held)))

    def _forget(self, name: str) -> None:
        if held := self._held.pop(name, None):
            self._size -= _cost(name, held[1])


@lru_cache(maxsize=1)
def of_this_version() -> Mapping[str, File]:
    """Give the assets that the letterbox's own pages name.

    After an update it takes a moment until the press has put them into the public place.
    """
    return {
        name: File(name=name, media=media_type(name), plain=represent(raw))
        for name, raw in assets().items()
    }


def represent(raw: bytes, encoding: str = "") -> Representation:
    """Give bytes with the tag that is theirs alone."""
    tag = f'"{hashlib.sha256(raw).hexdigest()[:32]}"'
    return Representation(raw=raw, tag=tag, encoding=encoding)


def _cost(name: str, file: File | None) -> int:
    return _ENTRY + len(name) + (file.size if file else 0)
