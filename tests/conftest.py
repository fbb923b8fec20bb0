"""What every test may use. Nothing here knows of Django."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_NO_SKIP = os.environ.get("LETTERDESK_NO_SKIP") == "1"


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
    with server([moto, "-H", "127.0.0.1", "-p", "0"]) as address:
        yield address


@contextmanager
def server(command: Sequence[str | Path]) -> Iterator[str]:
    """Run a server for as long as the context lasts; give the address that it prints."""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout
        found = next(filter(None, map(_ADDRESS.search, process.stdout)))
        reader = Thread(target=process.stdout.read)  # else it stops when the pipe is full
        reader.start()
        try:
            yield found[0]
        finally:
            process.terminate()
            reader.join()
