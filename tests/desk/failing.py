"""What stands in for a machine that fails: a disk, and a database connection."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.db import connection

from letterdesk.domain.errors import PlaceFailed
from letterdesk.places.base import Place

_CHANGES = ("INSERT ", "UPDATE ", "DELETE ")


class Killed(BaseException):
    """The process would have died here: nothing that goes on after an error goes on."""


class FailingPlace:
    """A place that fails at its `at`-th change, counted from 1; reading always works."""

    def __init__(self, place: Place, *, at: int) -> None:
        self.place = place
        self.left = at

    def put(self, name: str, raw: bytes) -> None:
        self._count(name)
        self.place.put(name, raw)

    def remove(self, name: str) -> None:
        self._count(name)
        self.place.remove(name)

    def remove_all(self, names: Iterable[str]) -> None:
        for name in names:
            self.remove(name)

    def read(self, name: str) -> bytes:
        return self.place.read(name)

    def list(self, under: str = "") -> Iterator[str]:
        return self.place.list(under)

    def _count(self, name: str) -> None:
        self.left -= 1
        if not self.left:
            raise PlaceFailed(f"The disk failed at {name}.")


def killed_at_query(number: int) -> AbstractContextManager[None]:
    """Let the database connection fail at its `number`-th query, counted from 1."""
    return _killed_at(number, ("",))


def killed_at_change(number: int) -> AbstractContextManager[None]:
    """Let the database connection fail at its `number`-th query that changes rows.

    Killed at any other, a process leaves behind what it leaves when it is killed at the
    next change of rows or of a file.
    """
    return _killed_at(number, _CHANGES)


@contextmanager
def _killed_at(number: int, beginnings: tuple[str, ...]) -> Iterator[None]:
    left = number

    def wrapper(execute: Callable[..., Any], query: str, *args: Any) -> Any:
        nonlocal left
        if query.startswith(beginnings):
            left -= 1
            if not left:
                raise Killed
        return execute(query, *args)

    with connection.execute_wrapper(wrapper):
        yield


class Meanwhile(FailingPlace):
    """A place in which something else happens, once, after a file below `at` was put."""

    def __init__(self, place: Place, at: str, then: Callable[[], object]) -> None:
        super().__init__(place, at=-1)
        self.begins, self.then = at, [then]

    def put(self, name: str, raw: bytes) -> None:
        super().put(name, raw)
        if name.startswith(self.begins) and self.then:
            self.then.pop()()
