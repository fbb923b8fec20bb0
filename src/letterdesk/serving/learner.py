"""Learning in a process of its own, which gives way to all others."""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from letterdesk.serving.hardening import PARENT

_PAUSE = 3_600.0  # seconds after a failure

_log = logging.getLogger(__name__)


@dataclass(kw_only=True)
class Learner:
    """Starts `letterdesk triage learn`, one at a time, and looks how it ended.

    A process that is killed, or fails, harms nothing; the next one is started later.
    """

    folder: Path
    command: Sequence[str] = (sys.executable, "-P", "-m", "letterdesk", "triage", "learn")
    pause: float = _PAUSE
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _not_before: float = 0.0  # monotonic seconds

    def is_busy(self) -> bool:
        """Say whether a process learns, or one has failed lately."""
        if self._process is not None:
            status = self._process.poll()
            if status is None:
                return True
            self._process = None
            if status:
                self._not_before = time.monotonic() + self.pause
                _log.error("step=learn ended with status %s and is tried later", status)
        return time.monotonic() < self._not_before

    def start(self) -> None:
        """Start a process, unless one is busy."""
        if self.is_busy():
            return
        self._process = subprocess.Popen(  # noqa: S603 -- our own interpreter and module
            (*self.command, str(self.folder)),
            stdin=subprocess.DEVNULL,
            env=os.environ | {PARENT: str(os.getpid())},
        )

    def close(self) -> None:
        """End the process that learns, if there is one."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None
