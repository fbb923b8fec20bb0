"""A program in a terminal, driven as a person drives it: by keys, seeing a screen."""

import os
import pty
import re
import select
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

import pyte
import pytest

_PATIENCE = 120.0  # seconds: where others compute
_ROWS, _COLUMNS = 200, 100  # high enough for a whole page


class Terminal:
    """What a running program shows, and the keys that it is sent."""

    def __init__(self, master: int, process: subprocess.Popen[bytes]) -> None:
        self._master = master
        self._process = process
        self._screen = pyte.Screen(_COLUMNS, _ROWS)
        self._stream = pyte.ByteStream(self._screen)

    def press(self, keys: str) -> None:
        """Send keys."""
        os.write(self._master, keys.encode())

    def wait_for(self, pattern: str) -> str:
        """Give what matches the pattern once it is on the screen; fail if it never is."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            found = re.search(pattern, "\n".join(self._screen.display))
            if found:
                return found[0]
            if select.select([self._master], [], [], 0.1)[0] and not self._heard():
                break  # the program has ended
        seen = "\n".join(line.rstrip() for line in self._screen.display if line.strip())
        return pytest.fail(f"{pattern!r} did not appear{self._end()}. The screen:\n{seen}")

    def _end(self) -> str:
        """Say how the program ended, where it did; one that hung up may be about to."""
        with suppress(subprocess.TimeoutExpired):
            return f"; the program ended with {self._process.wait(1)}"
        return ""

    def _heard(self) -> bool:
        """Take what the program wrote; say whether it still runs."""
        try:
            self._stream.feed(os.read(self._master, 65536))
        except OSError:
            return False
        return True


@contextmanager
def running(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[Terminal]:
    """Run a command in a terminal of its own; end it afterwards."""
    master, slave = pty.openpty()
    size = ["stty", "rows", str(_ROWS), "cols", str(_COLUMNS)]
    subprocess.run(size, stdin=slave, check=True)
    process = subprocess.Popen(
        command,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**os.environ, "TERM": "vt100", **environment},
        start_new_session=True,
    )
    os.close(slave)
    try:
        yield Terminal(master, process)
    finally:
        process.kill()
        process.wait()
        os.close(master)
