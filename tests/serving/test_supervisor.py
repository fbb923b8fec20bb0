import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from letterdesk.serving import supervisor as module
from letterdesk.serving.child import Child
from letterdesk.serving.supervisor import Supervisor
from tests.processes import runs, wait_until

WAITS = "import signal\nprint('up', flush=True)\nsignal.pause()"
STUBBORN = """
import signal
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
print("up", flush=True)
while signal.sigwait([signal.SIGTERM]):
    print("no", flush=True)
"""


def child(name: str, program: str, **more: object) -> Child:
    return Child(name=name, command=(sys.executable, "-c", program), **more)  # type: ignore[arg-type]


def ask_to_stop() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


@pytest.fixture
def heard() -> list[tuple[str, str]]:
    return []


def supervisor(
    heard: list[tuple[str, str]],
    *children: Child,
    ready: Callable[[], None] = ask_to_stop,
    then: Callable[[str, str], None] = lambda *_: None,
) -> Supervisor:
    def hear(name: str, line: str) -> None:
        heard.append((name, line))
        then(name, line)

    return Supervisor(children=children, hear=hear, ready=ready, pause=0.01)


def test_a_signal_ends_all_parts_and_counts_as_a_good_end(
    heard: list[tuple[str, str]],
) -> None:
    def stop(name: str, line: str) -> None:
        if {("one", "up"), ("two", "up")} <= set(heard):
            ask_to_stop()

    one, two = child("one", WAITS), child("two", WAITS)
    before = signal.getsignal(signal.SIGTERM)

    ended_well = supervisor(heard, one, two, ready=lambda: None, then=stop).run()

    assert ended_well
    assert (one.is_running(), two.is_running()) == (False, False)
    assert sorted(heard) == [("one", "up"), ("two", "up")]
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_part_that_is_killed_comes_back(heard: list[tuple[str, str]]) -> None:
    program = "import os, signal\nprint(os.getpid(), flush=True)\nsignal.pause()"
    pids: list[int] = []

    def kill_once(name: str, line: str) -> None:
        if not line.isdigit():
            return
        pids.append(int(line))
        if len(pids) == 1:
            os.kill(pids[0], signal.SIGKILL)
        else:
            ask_to_stop()

    ended_well = supervisor(
        heard, child("box", program), ready=lambda: None, then=kill_once
    ).run()

    assert ended_well
    assert heard == [
        ("box", str(pids[0])),
        ("box", "The process was ended by SIGKILL. It is started again."),
        ("box", str(pids[1])),
    ]


@pytest.mark.parametrize(
    ("number", "name"),
    [(signal.SIGTERM, "SIGTERM"), (signal.SIGRTMIN + 1, f"signal {signal.SIGRTMIN + 1}")],
)
def test_a_part_that_any_signal_ends_comes_back(
    heard: list[tuple[str, str]], number: int, name: str
) -> None:
    def stop(_: str, line: str) -> None:
        if line.startswith("The process"):
            ask_to_stop()

    program = f"import os; os.kill(os.getpid(), {number:d})"

    assert supervisor(heard, child("box", program), ready=lambda: None, then=stop).run()
    assert ("box", f"The process was ended by {name}. It is started again.") in heard


def test_a_part_that_cannot_start_ends_everything(heard: list[tuple[str, str]]) -> None:
    # No Python: on a busy machine that takes longer to end than what counts as at once.
    script = "echo The setting is wrong. >&2; exit 1"
    broken = Child(name="broken", command=("/bin/sh", "-c", script))
    sound = child("sound", WAITS)

    ended_well = supervisor(heard, sound, broken, ready=lambda: None).run()

    assert not ended_well
    assert not sound.is_running()
    said = [line for name, line in heard if name == "broken"]
    assert said[:2] == [
        "The process ended with status 1. It is started again.",
        "The setting is wrong.",
    ] or said[:2] == [
        "The setting is wrong.",
        "The process ended with status 1. It is started again.",
    ]
    assert said.count("The setting is wrong.") == 5
    assert (
        "The process ended with status 1. That was 5 times in a row right after its start, "
        "so everything is stopped; what it said is above."
    ) in said


def test_ready_is_told_once_and_only_when_every_part_answers(
    heard: list[tuple[str, str]],
) -> None:
    told: list[int] = []
    asked: list[int] = []

    def answers() -> bool:
        asked.append(1)
        return len(asked) >= 3

    def ready() -> None:
        told.append(len(asked))
        ask_to_stop()

    supervisor(heard, child("box", WAITS, answers=answers), ready=ready).run()

    assert told == [3]


def test_a_second_signal_ends_a_stubborn_part(
    heard: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_STOP", 120)  # seconds without a second signal
    stubborn = child("stubborn", STUBBORN)
    begun = time.monotonic()

    ended_well = supervisor(
        heard, stubborn, ready=lambda: None, then=lambda *_: ask_to_stop()
    ).run()

    assert ended_well
    assert heard == [("stubborn", "up"), ("stubborn", "no")]
    assert not stubborn.is_running()
    assert time.monotonic() - begun < module._STOP


def test_lines_come_whole_even_without_an_end(heard: list[tuple[str, str]]) -> None:
    program = (
        "import os, time\n"
        "os.write(1, b'one\\ntwo, ')\nos.write(1, '안녕\\n'.encode())\n"
        "os.write(2, b'\\xff odd bytes\\nno end')\n"
    )
    calls: list[str] = []

    def stop(name: str, line: str) -> None:
        if line.startswith("The process ended") and not calls:
            calls.append(line)
            ask_to_stop()

    supervisor(heard, child("box", program), ready=lambda: None, then=stop).run()

    assert [line for _, line in heard if not line.startswith("The process")][:4] == [
        "one",
        "two, 안녕",
        "\ufffd odd bytes",
        "no end",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends orphans")
def test_parts_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    from_folder = tmp_path / "pids"
    from_folder.touch()
    part = (
        "import os, signal\n"
        "from letterdesk.serving.hardening import PARENT, end_with\n"
        "end_with(int(os.environ[PARENT]))\n"
        f"open({str(from_folder)!r}, 'a').write(f'{{os.getpid()}}\\n')\n"
        "signal.pause()\n"
    )
    program = (
        "import sys\n"
        "from letterdesk.serving.child import Child\n"
        "from letterdesk.serving.supervisor import Supervisor\n"
        f"part = Child(name='p', command=(sys.executable, '-c', {part!r}))\n"
        "Supervisor(children=[part], hear=print, ready=lambda: None).run()\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program])
    wait_until(lambda: from_folder.read_text().endswith("\n"))
    pid = int(from_folder.read_text())

    parent.kill()
    parent.wait()

    wait_until(lambda: not runs(pid))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends orphans")
def test_a_server_s_worker_that_hears_no_request_to_end_dies_with_its_parent(
    tmp_path: Path,
) -> None:
    told = tmp_path / "pid"
    told.touch()
    worker = (
        "import os, signal\n"
        "from letterdesk.serving.hardening import die_with\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "die_with(os.getppid())\n"
        f"open({str(told)!r}, 'a').write(f'{{os.getpid()}}\\n')\n"
        "signal.pause()\n"
    )
    program = (
        f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {worker!r}])\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program])
    wait_until(lambda: told.read_text().endswith("\n"))
    pid = int(told.read_text())

    parent.kill()
    parent.wait()

    wait_until(lambda: not runs(pid))
