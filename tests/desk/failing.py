"""What stands in for a machine that fails: a disk, and a database connection."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from letterdesk.domain.errors import PlaceFailed
from letterdesk.places.base import Place


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


@contextmanager
def killed_at_query(number: int) -> Iterator[None]:
    """Let the database connection fail at its `number`-th query, counted from 1."""
    left = number

    def wrapper(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal left
        left -= 1
        if not left:
            raise Killed
        return execute(*args)

    with connection.execute_wrapper(wrapper):
        yield
