"""A step that nothing waits for."""

from collections.abc import Callable
from threading import Event, get_ident

import pytest

from letterdesk.serving.aside import Aside
from tests.processes import PATIENCE, wait_until


class Slow:
    """A step that takes as long as it is let; `goes` says that it is at it."""

    def __init__(self) -> None:
        self.goes, self.done = Event(), Event()
        self.threads: list[int] = []
        self.fails: list[Exception] = []

    def __call__(self, is_over: Callable[[], bool]) -> None:
        self.threads.append(get_ident())
        self.goes.set()
        wait_until(lambda: self.done.is_set() or is_over())
        if self.fails:
            raise self.fails.pop(0)


def ended(aside: Aside) -> None:
    assert aside._thread
    aside._thread.join(PATIENCE)


def test_nobody_waits_for_it_and_it_goes_on_once_at_a_time() -> None:
    slow = Slow()
    aside = Aside(action=slow)

    aside()
    assert slow.goes.wait(PATIENCE)
    aside()
    slow.done.set()
    ended(aside)
    aside()
    ended(aside)

    assert len(slow.threads) == 2
    assert get_ident() not in slow.threads


def test_what_it_raised_is_told_until_it_goes_well() -> None:
    slow = Slow()
    slow.fails = [OSError("first"), OSError("second")]
    slow.done.set()
    aside = Aside(action=slow)

    aside()
    ended(aside)
    for told in ("first", "second"):
        with pytest.raises(OSError, match=told):
            aside()
        ended(aside)
    aside()


def test_it_is_asked_to_end_and_waited_for() -> None:
    slow = Slow()
    aside = Aside(action=slow)
    aside()

    aside.close()

    assert slow.goes.is_set()
    ended(aside)
