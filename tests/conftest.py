"""What every test may use. Nothing here knows of Django."""

import gc
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from benchmarks import newsroom
from tests import warm

newsroom.run = warm.run  # what benchmarks measure from cold, tests need only done
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_NO_SKIP = os.environ.get("LETTERDESK_NO_SKIP") == "1"
gc.set_threshold(20_000)  # 700, Python's own, is for programs with little to go through


def pytest_collection_finish() -> None:
    """Keep what was imported and collected out of the search for garbage: it stays."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """With LETTERDESK_NO_SKIP=1, as in CI, a test that is skipped has failed."""
    report = yield
    if _NO_SKIP and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and here nothing may be skipped."
    return report


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of an S3-compatible server, a process of its own, on a free port."""
    moto = Path(sys.executable).with_name("moto_server")
    with server([moto, "-H", "127.0.0.1", "-p", "0"], ready="http://") as running:
        yield running.address


class Running:
    """A server of ours, a process of its own."""

    def __init__(self, process: subprocess.Popen[str], *, ready: str) -> None:
        assert process.stdout
        self.pid = process.pid
        self._lines: list[str] = []
        self._wait(process.stdout, ready)
        self.address = _ADDRESS.findall("".join(self._lines))[0]
        self._reader = Thread(target=lambda: self._lines.extend(process.stdout))
        self._reader.start()  # a server stops when nobody reads what it says

    def said(self) -> str:
        """Give all that it has printed; call when it has ended."""
        self._reader.join()
        return "".join(self._lines)

    def _wait(self, lines: Iterable[str], ready: str) -> None:
        for line in lines:
            self._lines.append(line)
            if ready in line:
                return
        pytest.fail("".join(self._lines))


@contextmanager
def server(
    command: Sequence[str | Path],
    *,
    ready: str,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Running]:
    """Run a server for as long as the context lasts.

    It prints its address, and then, perhaps on the same line, `ready`.
    """
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    ) as process:
        running = Running(process, ready=ready)
        try:
            yield running
        finally:
            process.terminate()
            running.said()
