"""Run the parts as processes: start them, hear them, restart what dies, stop them all."""

import os
import selectors
import signal
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from letterdesk.serving.child import Child

_TICK = 0.1  # seconds between two looks while something is awaited
_STOP = 10  # seconds for a part to end before it is killed
_AT_ONCE = 5  # seconds: a part that ends sooner has ended at once
_GIVE_UP = 5  # times in a row
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass(kw_only=True)
class Supervisor:
    """Keeps `children` running. `hear` gets a part's name and each line that it writes.

    `ready` is called once, when every part that has an address answers there. A part that
    dies is started again after `pause` seconds, twice as long each time that it dies at
    once; the fifth time in a row everything is stopped.
    """

    children: Sequence[Child]
    hear: Callable[[str, str], None]
    ready: Callable[[], None]
    pause: float = 0.25
    _selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    _signals: int = 0
    _is_ready: bool = False

    def run(self) -> bool:
        """Run until a signal comes; say whether it was that which ended it."""
        with self._woken_by_signals():
            try:
                return self._watch()
            finally:
                self._stop()

    def _watch(self) -> bool:
        for child in self.children:
            self._start(child)
        while not self._signals:
            for child in self.children:
                if not self._tend(child):
                    return False
            if not self._is_ready and all(child.answers() for child in self.children):
                self._is_ready = True
                self.ready()
            self._listen(None if self._is_settled() else _TICK)
        return True

    def _is_settled(self) -> bool:
        return self._is_ready and all(child.is_running() for child in self.children)

    def _start(self, child: Child) -> None:
        output = child.start()
        self._selector.register(output, selectors.EVENT_READ, child)

    def _tend(self, child: Child) -> bool:
        """Start `child` again when that is due; say no when there is no use in it."""
        if child.is_running():
            return True
        now = time.monotonic()
        if child.due is not None:
            if child.due <= now:
                self._start(child)
            return True
        quick = child.count_death(at_once=now - child.started < _AT_ONCE)
        if quick >= _GIVE_UP:
            self.hear(
                child.name,
                f"{child.death()} That was {quick} times in a row right after its start, "
                "so everything is stopped; what it said is above.",
            )
            return False
        child.due = now + self.pause * 2 ** max(0, quick - 1)
        self.hear(child.name, f"{child.death()} It is started again.")
        return True

    def _listen(self, patience: float | None) -> bool:
        """Wait for lines, signals and ends; say whether a part said something."""
        said = False
        for key, _ in self._selector.select(patience):
            if isinstance(key.data, Child):
                self._hear(key, key.data)
                said = True
            else:
                os.read(key.fd, 4096)
        return said

    def _hear(self, key: selectors.SelectorKey, child: Child) -> None:
        raw = os.read(key.fd, 65536)
        for line in child.lines(raw):
            self.hear(child.name, line)
        if not raw:
            self._selector.unregister(key.fd)
            os.close(key.fd)

    def _stop(self) -> None:
        """End all parts: politely, and after _STOP seconds or a second signal by force."""
        for child in self.children:
            child.end()
        asked, deadline = self._signals, time.monotonic() + _STOP
        while any(child.is_running() for child in self.children):
            if time.monotonic() > deadline or self._signals > asked:
                for child in self.children:
                    child.kill()
            self._listen(_TICK)
        while self._listen(0):
            pass

    @contextmanager
    def _woken_by_signals(self) -> Iterator[None]:
        """Count stop signals, and wake the selector by them and when a child ends."""
        inside, outside = socket.socketpair()
        for end in (inside, outside):
            end.settimeout(0)
        self._selector.register(inside, selectors.EVENT_READ)
        woken = signal.set_wakeup_fd(outside.fileno(), warn_on_full_buffer=False)
        before = {name: signal.signal(name, self._count) for name in _SIGNALS}
        before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        try:
            yield
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)
            signal.set_wakeup_fd(woken)
            self._selector.unregister(inside)
            inside.close()
            outside.close()
            for key in list(self._selector.get_map().values()):
                os.close(key.fd)
            self._selector.close()

    def _count(self, *_: object) -> None:
        self._signals += 1
