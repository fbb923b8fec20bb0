"""A bound on how long a signal may take, whatever a reader wrote: in the main thread."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TooSlow(Exception):
    """The time is up."""


@contextmanager
def bounds() -> Iterator[None]:
    """Let the `within`s in the block share a handler: to set it costs more than a check."""
    if is_elsewhere() or signal.getsignal(signal.SIGPROF) is _ring:
        yield
        return
    before = signal.signal(signal.SIGPROF, _ring)
    try:
        yield
    finally:
        signal.signal(signal.SIGPROF, before)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise TooSlow in the block once it has taken `seconds` of the processor.

    Not of the wall's clock: on a busy machine nothing else is slower by itself. The signal
    also interrupts a search of `re`; only the main thread gets it, and in any other there
    is no bound: see `is_elsewhere`. A block within a block is no use.
    """
    if is_elsewhere():
        yield
        return
    with bounds():
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)


def is_elsewhere() -> bool:
    """Say whether nothing here is interrupted: a page's thread has to look at the clock."""
    return threading.current_thread() is not threading.main_thread()


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise TooSlow
