"""Signals to stop: none is slept over.

Python notes a signal when it comes, and runs its handler in the main thread, when that
awakes next.
"""

import os
import select
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

_STOPS = (signal.SIGINT, signal.SIGTERM)
_SOON = 0.1  # seconds


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
        patience = 0 if self._has_come else seconds
        ready, _, _ = select.select([self._reader], [], [], patience)
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


def heed_stops() -> None:
    """See to it that each SIGINT and SIGTERM from here on reaches its handler.

    For granian, whose main thread sleeps without limit: what came just as it fell asleep,
    or before its handler was there, was seen by nobody. So it is sent again until this
    process ends. To be called in the main thread.
    """
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    # What a child is sent is not its parent's.
    os.register_at_fork(after_in_child=partial(signal.set_wakeup_fd, -1))
    threading.Thread(target=_repeat, args=(reader,), daemon=True).start()


def _repeat(reader: int) -> None:
    """Send the main thread again what it was sent; each time that is written down anew."""
    main = threading.main_thread().ident or 0
    while True:
        number = os.read(reader, 1)[0]
        if number in _STOPS:
            time.sleep(_SOON)
            signal.pthread_kill(main, number)
