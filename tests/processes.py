"""Real processes: start, wait for what they do, ask them things."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests import warm

LETTERDESK = (sys.executable, "-m", "letterdesk")
PATIENCE = 300  # seconds: where others compute, a demo takes two minutes


def letterdesk(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Give the end of a command: its status, stdout and stderr.

    With an environment of its own it starts from nothing: Python reads some of it then.
    """
    asked = list(map(str, arguments))
    if not environment:
        return warm.run(asked, seconds=PATIENCE)
    return subprocess.run(
        [*LETTERDESK, *asked],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env=os.environ | environment,
    )


def done(*arguments: object) -> str:
    """Give the stdout of a command that has to succeed."""
    ended = letterdesk(*arguments)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


def wait_until(is_so: Callable[[], object]) -> None:
    """Return as soon as `is_so`; fail when it never becomes so."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def runs(pid: int) -> bool:
    """Say whether a process is there; one that has ended unobserved is not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def get(port: int, path: str, **headers: str) -> tuple[int, str]:
    """Give status and body of a page; status 0 when nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()
