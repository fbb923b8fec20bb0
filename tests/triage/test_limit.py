"""Whatever a reader wrote, a signal is over in time."""

import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from letterdesk.triage.limit import TooSlow, within
from tests.triage.letters import ENDLESS


def test_a_search_that_never_ends_is_ended() -> None:
    begun = time.monotonic()

    with pytest.raises(TooSlow), within(0.05):
        ENDLESS.search("a" * 60 + "b")

    assert time.monotonic() - begun < 5
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


def test_what_is_quick_is_left_alone_and_no_alarm_rings_later() -> None:
    handler = signal.getsignal(signal.SIGPROF)

    with within(60):
        found = 1

    assert (found, signal.getitimer(signal.ITIMER_PROF)) == (1, (0.0, 0.0))
    assert signal.getsignal(signal.SIGPROF) == handler


def test_an_error_in_the_block_is_its_own() -> None:
    with pytest.raises(ZeroDivisionError), within(60):
        _ = 1 // 0


def test_in_another_thread_there_is_no_bound() -> None:
    def quick() -> int:
        with within(0.000001):
            return sum(range(100_000))

    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(quick).result() == 4999950000
