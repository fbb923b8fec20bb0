"""Ctrl+C, at every moment of a command."""

import signal
import subprocess
import sys

import pytest

_RUN = "from letterdesk.__main__ import run; sys.exit(run())"
_AS_IT_IS_IMPORTED = """
class Finder:
    def find_spec(self, name, path, target=None):
        if name == "letterdesk.cli":
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Finder())
"""
_AS_GARBAGE_IS_COLLECTED = """
import time
from letterdesk import cli

class Garbage:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)

def work():
    Garbage()
    time.sleep(60)
    return 0

cli.main = work
"""
_AS_IT_WORKS = """
from letterdesk import settings

settings.read = lambda folder: signal.raise_signal(signal.SIGINT)
"""
_WHEN_ALL_IS_SAID = """
import atexit

atexit.register(signal.raise_signal, signal.SIGINT)
"""


def _ended(first: str, *arguments: str) -> tuple[int, str, str]:
    code = f"import signal, sys\n{first}\n{_RUN}"
    ended = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return ended.returncode, ended.stdout.partition(" ")[0], ended.stderr.strip()


@pytest.mark.parametrize(
    ("first", "arguments", "out", "err"),
    [
        pytest.param(_AS_IT_IS_IMPORTED, ("--version",), "", "", id="import"),
        pytest.param(_AS_IT_WORKS, ("check", "x"), "", "Stopped.", id="work"),
        pytest.param(_AS_GARBAGE_IS_COLLECTED, (), "", "", id="garbage"),
        pytest.param(_WHEN_ALL_IS_SAID, ("--version",), "letterdesk", "", id="end"),
    ],
)
def test_ctrl_c_ends_a_command_by_its_signal_and_without_a_traceback(
    first: str, arguments: tuple[str, ...], out: str, err: str
) -> None:
    assert _ended(first, *arguments) == (-signal.SIGINT, out, err)


def test_who_ignores_ctrl_c_as_nohup_does_goes_on_ignoring_it() -> None:
    ignoring = "signal.signal(signal.SIGINT, signal.SIG_IGN)"

    assert _ended(ignoring + _AS_IT_IS_IMPORTED, "--version") == (0, "letterdesk", "")
