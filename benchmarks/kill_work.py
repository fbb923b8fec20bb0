"""Kill `collect` and `publish` again and again; runs in a process of its own.

The desk is opened once; each victim is a fork of this process, so that starting one costs
a few milliseconds and the kill meets its work, not its imports.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import newsroom


@dataclass(kw_only=True)
class Victim:
    """Work that is killed at random moments; `span` follows how long it takes."""

    work: Callable[[], object]
    chance: random.Random
    span: float = 0.0  # seconds
    hit: int = 0

    def kill(self) -> None:
        """Start the work in a fork and kill it at a moment within its span."""
        child = _fork(self.work)
        time.sleep(self.chance.uniform(0, self.span))
        os.kill(child, signal.SIGKILL)
        if _was_killed(child):
            self.hit += 1
            self.span *= 1.01
        else:
            self.span *= 0.97

    def finish(self) -> None:
        """Let the work run to its end in a fork, and take the time that it needs."""
        since = time.perf_counter()
        if _was_killed(_fork(self.work)):
            raise SystemExit("Somebody else killed the victim.")
        self.span = time.perf_counter() - since


def main() -> None:
    """Run the rounds; print what kill_rounds.Found has, as JSON."""
    folder, collects, publishes, seed, *stories = sys.argv[1:]
    newsroom.open_desk(Path(folder))
    from benchmarks import kill_rounds  # noqa: PLC0415 -- imports tables: after open_desk

    site = kill_rounds.Site(
        folder=Path(folder),
        stories=stories,
        chance=random.Random(int(seed)),  # noqa: S311 -- repeatable, not secret
        today=datetime.now(UTC).date(),
    )
    print(kill_rounds.run(site, int(collects), int(publishes)))


def _fork(work: Callable[[], object]) -> int:
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def _was_killed(child: int) -> bool:
    """Wait for a child; raise SystemExit when it failed by itself."""
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise SystemExit("A victim failed before it was killed.")
    return os.WIFSIGNALED(status)


if __name__ == "__main__":
    main()
