import os
import re
import signal
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

from benchmarks.ports import free_port
from letterdesk import settings
from tests.newsrooms import copy, fresh, put_letters, story
from tests.processes import LETTERDESK, PATIENCE, get, runs, wait_until

__all__ = ["fresh", "story"]

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
            with suppress(FileNotFoundError, ProcessLookupError):  # it has just ended
                command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
                if part.encode() in command:
                    return pid
        return None

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)


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


@contextmanager
def serve(folder: Path, output: IO[str], *more: str, **ports: int) -> Iterator[Served]:
    letterbox, desk = (
        ports.get("letterbox") or free_port(),
        ports.get("desk") or free_port(),
    )
    command = [
        *(*LETTERDESK, "serve", str(folder), *more),
        *("--letterbox", f"localhost:{letterbox}", "--desk", f"127.0.0.1:{desk}"),
    ]
    process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, text=True)
    try:
        yield Served(
            process=process, output=Path(output.name), letterbox=letterbox, desk=desk
        )
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def folder(fresh: Path, tmp_path: Path) -> Path:
    return copy(fresh, tmp_path)


@pytest.fixture
def output(tmp_path: Path) -> Iterator[IO[str]]:
    with (tmp_path / "output").open("w") as file:
        yield file


@pytest.fixture
def served(folder: Path, output: IO[str]) -> Iterator[Served]:
    (folder / "keys" / "desk.factors").unlink()  # as an earlier version has none
    with serve(folder, output) as served:
        wait_until(
            lambda: "Moderators" in served.said() or served.process.poll() is not None
        )
        assert served.process.poll() is None, served.said()
        yield served


def test_everything_runs_comes_back_and_ends(served: Served, folder: Path) -> None:
    # It says where it is, and there it is.
    assert f"Readers      http://localhost:{served.letterbox}\n" in served.said()
    assert f"Moderators   http://127.0.0.1:{served.desk}\n" in served.said()
    assert get(served.letterbox, "/healthz")[0] == 200
    assert get(served.letterbox, "/")[0] == 200
    assert get(served.desk, "/sign-in/")[0] == 200
    # The desk makes the key that an earlier version did without.
    assert len(settings.read(folder).factors_key) == 32
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
    path = {"letterbox": "/healthz", "desk": "/sign-in/"}[part]
    with serve(folder, output, "--only", part) as alone:
        here, there = alone.letterbox, alone.desk
        if part == "desk":
            here, there = there, here

        wait_until(lambda: alone.said().endswith("\n"))

        assert (get(here, path)[0], get(there, "/")[0]) == (200, 0)  # at once
        assert alone.stop() == 0
        assert re.fullmatch(rf"{part.title()}: http://\S+:{here}\n", alone.said())


def test_the_letterbox_needs_no_secret_and_leaves_no_trace_of_memory(
    folder: Path, output: IO[str]
) -> None:
    (folder / "keys" / "desk.private").unlink()
    (folder / "desk.db").unlink()
    with serve(folder, output, "--only", "letterbox") as alone:
        wait_until(lambda: get(alone.letterbox, "/healthz")[0] == 200)

        for pid in [alone.process.pid, *offspring(alone.process.pid)]:
            limits = Path(f"/proc/{pid}/limits").read_text()
            assert re.search(r"Max core file size +0 +0 ", limits)
            assert "Umask:\t0077" in Path(f"/proc/{pid}/status").read_text()


def test_a_taken_port_is_refused_before_anything_starts(
    folder: Path, output: IO[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with serve(folder, output, desk=port) as refused:
            assert refused.process.wait(PATIENCE) == 1

    assert refused.said() == (
        f"Port {port} of 127.0.0.1 cannot be used: address already in use. "
        f"Choose another one: --desk 127.0.0.1:{port + 10}\n"
    )


def test_a_part_that_cannot_start_says_why_in_one_sentence(
    folder: Path, output: IO[str]
) -> None:
    (folder / "keys" / "desk.public").write_text("{}")

    with serve(folder, output, "--only", "letterbox") as broken:
        assert broken.process.wait(PATIENCE) == 1

    key_file = folder.resolve() / "keys" / "desk.public"
    assert broken.said() == (
        f"The key file {key_file} cannot be read. Put it back from a backup.\n"
    )


def test_the_worker_stores_letters_in_a_database_that_was_put_back(
    folder: Path, story: str, output: IO[str]
) -> None:
    file = folder / settings.FILE
    file.write_text(
        file.read_text().replace("#collect_seconds = 10", "collect_seconds = 1")
    )
    with serve(folder, output, "--only", "worker") as worker:
        wait_until((folder / "press.slot").exists)
        put_back_from_backup(folder / "desk.db")

        put_letters(folder, 1, story=story)

        wait_until(lambda: not list((folder / "spool").iterdir()))
        assert count_comments(folder) == 1
        assert worker.stop() == 0


def put_back_from_backup(database: Path) -> None:
    """Replace the database by a copy of itself: another file under the same name."""
    copied = database.with_suffix(".backup")
    with closing(sqlite3.connect(database)) as old, closing(sqlite3.connect(copied)) as new:
        old.backup(new)
    for name in ("desk.db-wal", "desk.db-shm"):
        database.with_name(name).unlink(missing_ok=True)
    copied.replace(database)


def count_comments(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "desk.db")) as connection:
        ((number,),) = connection.execute("SELECT count(*) FROM desk_comment").fetchall()
    return int(number)
