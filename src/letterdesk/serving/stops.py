"""Signals to stop that a server cannot miss."""

import os
import signal
import threading
import time
from functools import partial

_STOPS = {signal.SIGINT, signal.SIGTERM}
_SOON = 0.1  # seconds


def heed_stops() -> None:
    """See to it that each SIGINT and SIGTERM from here on reaches its handler.

    Python runs handlers in the main thread, when that awakes next. granian's sleeps without
    limit: what came just as it fell asleep, or before its handler was there, was seen by
    nobody. So it is sent again until this process ends. To be called in the main thread.
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
