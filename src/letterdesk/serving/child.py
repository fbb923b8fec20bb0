"""One part as a process of its own, started again when it must be."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from letterdesk.serving.hardening import PARENT


@dataclass(kw_only=True)
class Child:
    """A process that runs `command`; `answers` says whether it does its work already."""

    name: str
    command: Sequence[str]
    answers: Callable[[], bool] = lambda: True
    started: float = 0.0  # monotonic seconds
    due: float | None = None  # when it is started again
    _quick: int = 0
    _rest: bytes = b""
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> int:
        """Start the process; give the file descriptor from which its lines are read."""
        reading, writing = os.pipe()
        try:
            # A group of its own: Ctrl+C on the terminal reaches the supervisor only, which
            # then ends all parts in good order.
            self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter and module
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=writing,
                stderr=writing,
                env=os.environ | {PARENT: str(os.getpid()), "PYTHONUNBUFFERED": "1"},
                process_group=0,
            )
        finally:
            os.close(writing)
        self.started, self.due = time.monotonic(), None
        return reading

    def is_running(self) -> bool:
        """Say whether the process is there."""
        return self._process is not None and self._process.poll() is None

    def count_death(self, *, at_once: bool) -> int:
        """Give how often in a row it has ended at once, this time included."""
        self._quick = self._quick + 1 if at_once else 0
        return self._quick

    def death(self) -> str:
        """Give how it ended, as a sentence."""
        status = self._process.returncode if self._process else 0
        if status < 0:
            return f"The process was ended by {_name(-status)}."
        return f"The process ended with status {status}."

    def lines(self, raw: bytes) -> Iterator[str]:
        """Give the lines that `raw` completes; empty `raw` completes the last one."""
        *whole, self._rest = (self._rest + raw).split(b"\n")
        if not raw and self._rest:
            whole, self._rest = [self._rest], b""
        for line in whole:
            yield line.decode(errors="replace")

    def end(self) -> None:
        """Ask the process to end."""
        if self._process and self.is_running():
            self._process.terminate()

    def kill(self) -> None:
        """End the process and those that it started."""
        if self._process and self.is_running():
            os.killpg(self._process.pid, signal.SIGKILL)


def _name(number: int) -> str:
    """Give a signal's name. Those of real time have none: the system numbers them."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
