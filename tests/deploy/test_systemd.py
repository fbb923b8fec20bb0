"""The systemd units that we ship, read by systemd itself."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

UNITS = sorted((Path(__file__).parents[2] / "deploy" / "systemd").glob("*.service"))
_WORST = 2.0  # of 10, on systemd's own scale of exposure
_ABSENT = "is not executable: No such file or directory"  # we are not installed in /opt

pytestmark = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)


def test_there_is_a_unit_for_each_part_and_for_backups() -> None:
    assert [unit.stem for unit in UNITS] == [
        "letterdesk-backup",
        "letterdesk-desk",
        "letterdesk-letterbox",
        "letterdesk-worker",
    ]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_understands_every_line(unit: Path) -> None:
    done = subprocess.run(
        ["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False
    )

    complaints = [line for line in done.stderr.splitlines() if _ABSENT not in line]
    assert complaints == []


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_unit_is_shut_in(unit: Path) -> None:
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", unit],
        capture_output=True,
        text=True,
        check=False,
    )

    found = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    assert found, done.stderr
    assert float(found[1]) <= _WORST


def test_letterbox_cannot_see_what_opens_a_letter() -> None:
    unit = next(unit for unit in UNITS if unit.stem == "letterdesk-letterbox").read_text()

    (hidden,) = re.findall(r"^InaccessiblePaths=(.*)$", unit, re.MULTILINE)
    writable = re.findall(r"^ReadWritePaths=(.*)$", unit, re.MULTILINE)
    (command,) = re.findall(r"^ExecStart=(.*)$", unit, re.MULTILINE)
    assert "-/var/lib/letterdesk" in hidden.split()  # whole: files in it are replaced
    assert command.endswith(" serve /var/lib/letterdesk-letterbox --only letterbox")
    assert writable == ["-/var/spool/letterdesk"]


def denied_calls(unit: str) -> set[str]:
    """Give the system calls that a unit's filters take away again."""
    denied: set[str] = set()
    for line in re.findall(r"^SystemCallFilter=(.*)$", unit, re.MULTILINE):
        if line.startswith("~"):
            denied |= set().union(*map(calls, line[1:].split()))
        else:
            denied -= set().union(*map(calls, line.split()))
    return denied


def calls(name: str) -> set[str]:
    """Give the system calls of a group, such as @resources, as systemd knows them."""
    if not name.startswith("@"):
        return {name}
    done = subprocess.run(
        ["systemd-analyze", "syscall-filter", name],
        capture_output=True,
        text=True,
        check=True,
    )
    listed = {line.strip() for line in done.stdout.splitlines()[1:]}
    members = {line for line in listed if line and not line.startswith("#")}
    return set().union(*map(calls, members))


def test_the_worker_may_let_others_go_first() -> None:
    units = {unit.stem: denied_calls(unit.read_text()) for unit in UNITS}

    assert "setpriority" not in units["letterdesk-worker"]
    assert "setpriority" in units["letterdesk-letterbox"]
