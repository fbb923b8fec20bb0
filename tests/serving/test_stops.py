"""Each case is a process of its own, for what it does to signals."""

import subprocess
import sys

import pytest

from tests.processes import PATIENCE

_BEGIN = """
import os, signal, threading, time
from letterdesk.serving.stops import heed_stops
done = threading.Event()
heed_stops()
"""
_MISSED = {
    # A handler runs in the main thread alone; a signal to another one does not wake it.
    "as the main thread fell asleep": """
signal.signal(signal.SIGTERM, lambda *_: done.set())
def send():
    time.sleep(0.2)
    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
threading.Thread(target=send).start()
""",
    "before the handler was there": """
signal.signal(signal.SIGTERM, lambda *_: None)
os.kill(os.getpid(), signal.SIGTERM)
signal.signal(signal.SIGTERM, lambda *_: done.set())
""",
}


@pytest.mark.parametrize("case", _MISSED.values(), ids=_MISSED)
def test_a_signal_that_came_at_a_bad_time_is_heeded(case: str) -> None:
    run(_BEGIN + case + "done.wait()")


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


def run(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, timeout=PATIENCE)
