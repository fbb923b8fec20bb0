import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

from letterdesk import settings
from letterdesk.newsroom.settings_file import settings_file
from letterdesk.settings import Settings, Worker
from tests.processes import LETTERDESK, done, free_port, get, runs, wait_until

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="looks at processes in /proc"
)


@dataclass(kw_only=True)
class Served:
    """`letterdesk serve`, running."""

    process: subprocess.Popen[str]
    output: Path
    letterbox: int  # port
    desk: int

    def said(self) -> str:
        return self.output.read_text()

    def child(self, part: str) -> int | None:
        """Give the process id of a part."""
        for pid in children(self.process.pid):
            command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            if part.encode() in command:
                return pid
        return None

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(timeout=20)


def children(pid: int) -> list[int]:
    try:
        return [
            int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        ]
    except (FileNotFoundError, ProcessLookupError):
        return []


def offspring(pid: int) -> list[int]:
    direct = children(pid)
    return direct + [grand for child in direct for grand in offspring(child)]


def serve(folder: Path, output: IO[str], *more: str, **ports: int) -> Served:
    letterbox, desk = (
        ports.get("letterbox") or free_port(),
        ports.get("desk") or free_port(),
    )
    process = subprocess.Popen(
        [
            *(*LETTERDESK, "serve", str(folder), *more),
            *("--letterbox", f"localhost:{letterbox}", "--desk", f"127.0.0.1:{desk}"),
        ],
        stdout=output,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return Served(process=process, output=Path(output.name), letterbox=letterbox, desk=desk)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "newsroom"
    folder.mkdir()
    wanted = Settings(worker=Worker(collect_seconds=1))
    (folder / settings.FILE).write_text(settings_file(wanted))
    done("init", folder)
    return folder


@pytest.fixture
def output(tmp_path: Path) -> Iterator[IO[str]]:
    with (tmp_path / "output").open("w") as file:
        yield file


@pytest.fixture
def served(folder: Path, output: IO[str]) -> Iterator[Served]:
    served = serve(folder, output)
    try:
        wait_until(
            lambda: "Moderators" in served.said() or served.process.poll() is not None
        )
        assert served.process.poll() is None, served.said()
        yield served
    finally:
        served.process.kill()
        served.process.wait()


def test_everything_runs_comes_back_and_ends(served: Served, folder: Path) -> None:
    # It says where it is, and there it is.
    assert f"Readers      http://localhost:{served.letterbox}\n" in served.said()
    assert f"Moderators   http://127.0.0.1:{served.desk}\n" in served.said()
    assert get(served.letterbox, "/healthz")[0] == 200
    assert get(served.letterbox, "/")[0] == 200
    assert get(served.desk, "/sign-in/")[0] == 200
    # The worker makes up the slot that passed before it ran.
    wait_until((folder / "press.slot").exists)

    # Each part that is killed comes back as another process.
    for part, port in (
        ("letterbox", served.letterbox),
        ("desk", served.desk),
        ("worker", 0),
    ):
        pid = served.child(part)
        assert pid is not None
        below = offspring(pid)
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda part=part, pid=pid: served.child(part) not in {None, pid})
        # What it had started ends with it, so that nobody answers who is not watched.
        wait_until(lambda below=below: not any(map(runs, below)))
        wait_until(lambda port=port: not port or get(port, "/sign-in/")[0] in {200, 404})
        expected = rf"{part} +\| The process was ended by SIGKILL. It is started again."
        assert re.search(expected, served.said())

    # A polite signal ends all of it, well.
    everybody = offspring(served.process.pid)
    assert len(everybody) >= 5  # three parts, and a process of granian's below two of them
    assert served.stop() == 0
    wait_until(lambda: not any(map(runs, everybody)))
    assert "Traceback" not in served.said()


def test_ctrl_c_ends_it_well(served: Served) -> None:
    everybody = offspring(served.process.pid)

    assert served.stop(signal.SIGINT) == 0

    wait_until(lambda: not any(map(runs, everybody)))
    assert "Traceback" not in served.said()


def test_everything_ends_when_the_supervisor_is_killed(served: Served) -> None:
    everybody = offspring(served.process.pid)

    served.process.kill()

    wait_until(lambda: not any(map(runs, everybody)))


@pytest.mark.parametrize("part", ["letterbox", "desk"])
def test_one_part_alone_runs_and_ends_well(
    part: str, folder: Path, output: IO[str]
) -> None:
    alone = serve(folder, output, "--only", part)
    here, there = alone.letterbox, alone.desk
    if part == "desk":
        here, there = there, here
    path = {"letterbox": "/healthz", "desk": "/sign-in/"}[part]
    try:
        wait_until(lambda: get(here, path)[0] == 200)

        assert get(there, "/")[0] == 0
        assert alone.stop() == 0
        assert alone.said() == ""
    finally:
        alone.process.kill()


def test_the_letterbox_needs_neither_private_key_nor_database(
    folder: Path, output: IO[str]
) -> None:
    (folder / "keys" / "desk.private").unlink()
    (folder / "desk.db").unlink()
    alone = serve(folder, output, "--only", "letterbox")
    try:
        wait_until(lambda: get(alone.letterbox, "/healthz")[0] == 200)

        assert alone.stop() == 0
    finally:
        alone.process.kill()


def test_a_letterbox_leaves_no_core_and_lets_nobody_read_along(
    folder: Path, output: IO[str]
) -> None:
    alone = serve(folder, output, "--only", "letterbox")
    try:
        wait_until(lambda: get(alone.letterbox, "/healthz")[0] == 200)

        for pid in [alone.process.pid, *offspring(alone.process.pid)]:
            limits = Path(f"/proc/{pid}/limits").read_text()
            status = Path(f"/proc/{pid}/status").read_text()
            assert re.search(r"Max core file size +0 +0 ", limits)
            assert "Umask:\t0077" in status
    finally:
        alone.process.kill()


def test_a_taken_port_is_refused_before_anything_starts(
    folder: Path, output: IO[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        refused = serve(folder, output, desk=port)

        assert refused.process.wait(timeout=20) == 1

    assert refused.said() == (
        f"Port {port} of 127.0.0.1 cannot be used: address already in use. "
        f"Choose another one: --desk 127.0.0.1:{port + 10}\n"
    )


def test_a_part_that_cannot_start_is_heard_and_ends_everything(
    folder: Path, output: IO[str]
) -> None:
    (folder / "keys" / "desk.public").write_text("{}")

    broken = serve(folder, output)

    assert broken.process.wait(timeout=60) == 1
    assert (
        broken.said().count("desk.public cannot be read. Put it back from a backup.") == 5
    )
    assert "so everything is stopped; what it said is above." in broken.said()
    assert "Traceback" not in broken.said()
