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
_WAKE = signal.SIGURG  # which means nothing to anybody here


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
    """See to it that each SIGINT and SIGTERM from here on reaches its handler, once.

    For granian, whose main thread sleeps without limit: what came just as it fell asleep
    was seen by nobody, and what came before its own handlers were there was forgotten. So
    it is woken until this process ends, and what came too early is sent again. To be called
    in the main thread.
    """
    early: set[int] = set()

    def remember(number: int, _frame: object) -> None:
        early.add(number)

    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    # What a child is sent is not its parent's.
    os.register_at_fork(after_in_child=partial(signal.set_wakeup_fd, -1))
    for name in _STOPS:
        signal.signal(name, remember)
    signal.signal(_WAKE, lambda *_: None)

    def see_to_it() -> None:
        main = threading.main_thread().ident or 0
        while os.read(reader, 1)[0] not in _STOPS:
            pass
        while True:
            time.sleep(_SOON)
            for number in [one for one in early if signal.getsignal(one) is not remember]:
                early.discard(number)
                signal.pthread_kill(main, number)
            signal.pthread_kill(main, _WAKE)

    threading.Thread(target=see_to_it, daemon=True).start()
