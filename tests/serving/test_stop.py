"""Each case is a process of its own, for what it does to signals."""

import subprocess
import sys

import pytest

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

_BEGIN = """
import os, signal, sys, threading
from letterdesk.serving.stop import heed_stops
done = threading.Event()
heed_stops()
"""
_MISSED = {
    # A handler runs in the main thread alone; a signal to another one does not wake it.
    "as the main thread fell asleep": """
signal.signal(signal.SIGTERM, lambda *_: done.set())
main = threading.main_thread()
def waits():
    frame = sys._current_frames()[main.ident]
    return frame.f_back and frame.f_back.f_locals.get("self") is done
def sleeps():
    state = open(f"/proc/self/task/{main.native_id}/stat").read().rpartition(")")[2]
    return state.split()[0] == "S"
def send():
    while not (waits() and sleeps()):
        pass
    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
threading.Thread(target=send).start()
""",
    "before the handler was there": """
os.kill(os.getpid(), signal.SIGTERM)
signal.signal(signal.SIGTERM, lambda *_: done.set())
""",
}


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


@pytest.mark.parametrize("case", _MISSED.values(), ids=_MISSED)
def test_a_signal_that_came_at_a_bad_time_is_heeded(case: str) -> None:
    run(_BEGIN + case + "done.wait()")


def test_a_handler_is_called_once_however_long_it_takes_to_stop() -> None:
    run(
        _BEGIN
        + """
calls, woken = [], []
signal.signal(signal.SIGTERM, lambda *_: calls.append(1))
signal.signal(signal.SIGURG, lambda *_: woken.append(1))
os.kill(os.getpid(), signal.SIGTERM)
while len(woken) < 4:
    signal.pause()
assert calls == [1], calls
"""
    )


def test_a_child_s_signals_are_not_its_parent_s() -> None:
    run(
        _BEGIN
        + """
child = os.fork()
if not child:
    os._exit(signal.set_wakeup_fd(-1) != -1)
assert os.waitpid(child, 0)[1] == 0
"""
    )
