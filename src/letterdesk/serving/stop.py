"""Wait, in the main thread, for some time or for a signal to stop."""

import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager

_STOPS = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """Says whether a signal to stop has come, and sleeps no longer than until then.

    The signal's number is written into a pipe in the moment that it comes, whichever thread
    it finds. A handler would run later; one that sets a `threading.Event` can meet that
    event's own lock, taken by the wait that it interrupts, and stand still for ever.
    """

    def __init__(self, reader: int) -> None:
        self._reader = reader
        self._has_come = False

    def wait(self, seconds: float) -> bool:
        """Say whether a signal has come, within `seconds` at the latest."""
        ready, _, _ = select.select([self._reader], [], [], seconds)
        if ready:
            self._has_come |= any(one in _STOPS for one in os.read(self._reader, 512))
        return self._has_come


@contextmanager
def stopped_by_signals() -> Iterator[Stop]:
    """Give what waits for SIGINT and SIGTERM; to be called in the main thread."""
    reader, writer = os.pipe()
    for end in (reader, writer):
        os.set_blocking(end, False)
    woken = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    before = {name: signal.signal(name, lambda *_: None) for name in _STOPS}
    try:
        yield Stop(reader)
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
        signal.set_wakeup_fd(woken)
        os.close(reader)
        os.close(writer)
