"""Places that fail, count or wait: stand-ins for a disk and a network that do."""

import threading
from collections import Counter
from collections.abc import Iterator

from letterdesk.domain.errors import PlaceFailed
from letterdesk.places.base import Missing, Unanswered
from letterdesk.places.folder import Folder
from tests.processes import PATIENCE


class FailingPlace:
    """A disk that fails as often as it is told to; it keeps what it was given."""

    def __init__(self, *, fails: int, stores: bool = False) -> None:
        self.fails = fails
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.removed: list[str] = []
        self._stores_first = stores

    def put(self, name: str, raw: bytes) -> None:
        self.asked.append(name)
        if self.fails:
            self.fails -= 1
            if self._stores_first:
                self.files[name] = raw
            raise PlaceFailed("The disk is full.")
        self.files[name] = raw

    def read(self, name: str) -> bytes:
        return self.files[name]

    def list(self, under: str = "") -> Iterator[str]:
        return (name for name in self.files if name.startswith(under))

    def remove(self, name: str) -> None:
        self.removed.append(name)
        self.files.pop(name, None)


class SlowPlace(FailingPlace):
    """A disk that writes when it is let."""

    def __init__(self) -> None:
        super().__init__(fails=0)
        self.writing = threading.Event()
        self.may_go_on = threading.Event()

    def put(self, name: str, raw: bytes) -> None:
        self.writing.set()
        assert self.may_go_on.wait(PATIENCE)
        super().put(name, raw)


class HangingPlace(FailingPlace):
    """A bucket that stores what it is given, and does not say so in time."""

    def __init__(self, *, hangs: int) -> None:
        super().__init__(fails=0)
        self.hangs = hangs

    def put(self, name: str, raw: bytes) -> None:
        super().put(name, raw)
        if self.hangs:
            self.hangs -= 1
            raise Unanswered("The bucket did not answer in time.")


class WriteOnlyPlace(FailingPlace):
    """A bucket in which the letterbox may write, and not remove."""

    def remove(self, name: str) -> None:
        raise PlaceFailed(f"{name} may not be removed.")


class DownPlace(FailingPlace):
    """A bucket that does not answer."""

    def __init__(self) -> None:
        super().__init__(fails=0)

    def read(self, name: str) -> bytes:
        raise PlaceFailed(f"{name} cannot be read.")


class BrokenPlace(FailingPlace):
    """A place with a fault that nobody foresaw, which says what it should not."""

    def __init__(self, says: str) -> None:
        super().__init__(fails=0)
        self._says = says

    def read(self, name: str) -> bytes:
        raise ValueError(f"{name}: {self._says}")


class SlowFolder(Folder):
    """A folder whose first reading takes until the file has changed under it."""

    reading = threading.Event()
    may_go_on = threading.Event()

    def read(self, name: str) -> bytes:
        raw = super().read(name)
        if not self.reading.is_set():
            self.reading.set()
            assert self.may_go_on.wait(PATIENCE)
        return raw


class CountingPlace:
    """A place that is no folder, and counts what is asked of it."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.read_names: Counter[str] = Counter()
        self.is_down = False

    def read(self, name: str) -> bytes:
        self.read_names[name] += 1
        if self.is_down:
            raise PlaceFailed("The bucket does not answer.")
        if name not in self.files:
            raise Missing("There is no such file.")
        return self.files[name]

    def put(self, name: str, raw: bytes) -> None:
        self.files[name] = raw

    def list(self, under: str = "") -> Iterator[str]:
        return (name for name in self.files if name.startswith(under))

    def remove(self, name: str) -> None:
        del self.files[name]
