"""A step of the worker that nothing else waits for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Thread

_LAST = 5.0  # seconds to end in good order


@dataclass(kw_only=True)
class Aside:
    """Calls `action` in a thread of its own, one at a time.

    `action` is given what says whether it is to come to an end. What it raised last is
    raised here, until it goes well.
    """

    action: Callable[[Callable[[], bool]], object]
    _over: Event = field(default_factory=Event)
    _thread: Thread | None = None
    _error: Exception | None = None

    def __call__(self) -> None:
        """Start it, unless it is going on. Raises what the one before has raised."""
        before = self._error
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._run, daemon=True)
            self._thread.start()
        if before:
            raise before

    def close(self) -> None:
        """Have it end, and wait some seconds; longer nobody waits for it."""
        self._over.set()
        if self._thread is not None:
            self._thread.join(_LAST)

    def _run(self) -> None:
        try:
            self.action(self._over.is_set)
        except Exception as error:  # noqa: BLE001 -- the worker says what it is
            self._error = error
        else:
            self._error = None
