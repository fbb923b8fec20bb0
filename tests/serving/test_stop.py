"""A process of its own, for what it does to signals."""

import subprocess
import sys

from tests.processes import PATIENCE

# A signal comes before each line of `wait` in turn, also of what it calls in Python.
_AT_EVERY_LINE = """
import os, signal, sys
from letterdesk.serving.stop import stopped_by_signals

def before_line(number):
    def trace(frame, event, what):
        nonlocal number
        if event == "line":
            number -= 1
            if not number:
                os.kill(os.getpid(), signal.SIGTERM)
        return trace
    return trace

tried = 0
while True:
    with stopped_by_signals() as stop:
        tried += 1
        sys.settrace(before_line(tried))
        came = stop.wait(0)
        sys.settrace(None)
        if not stop.wait(0):
            break
assert tried > 3, tried
"""


def run(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, timeout=PATIENCE)


def test_a_signal_at_whatever_line_is_heeded_and_nobody_stands_still() -> None:
    run(_AT_EVERY_LINE)


def test_a_signal_that_came_before_is_not_slept_over() -> None:
    run(
        """
import os, signal, threading
from letterdesk.serving.stop import stopped_by_signals
with stopped_by_signals() as stop:
    os.kill(os.getpid(), signal.SIGINT)
    assert stop.wait(10_000)
    assert stop.wait(10_000)
with stopped_by_signals() as stop:
    assert not stop.wait(0)
    other = threading.Thread(
        target=lambda: signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
    )
    other.start()
    assert stop.wait(10_000)
"""
    )
