"""What is run warm is a process of its own, as one that is started from nothing."""

import json
import subprocess
from pathlib import Path

import pytest

from tests import warm

_TELL = """
import json, os, sys
print(json.dumps([sys.argv, os.getcwd(), os.environ["FERRY"], os.getpid()]))
print("explained", file=sys.stderr)
sys.exit(7)
"""


def test_it_has_the_folder_and_environment_of_now_and_is_another_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        monkeypatch.setenv("FERRY", name)
        ended = warm.run(["story", name], first=_TELL)
        assert (ended.returncode, ended.stderr) == (7, "explained\n")
        told.append(json.loads(ended.stdout))

    assert [one[:3] for one in told] == [
        [["letterdesk", "story", name], str(tmp_path / name), name]
        for name in ("one", "two")
    ]
    assert told[0][3] != told[1][3]


def test_a_command_that_goes_on_for_ever_is_ended_and_the_next_one_runs() -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        warm.run([], first="while True: pass", seconds=0.5)

    assert warm.run(["--version"]).returncode == 0


def test_a_command_that_is_killed_has_the_signal_for_its_status() -> None:
    killed = warm.run([], first="import os; os.kill(os.getpid(), 9)")

    assert killed.returncode == -9
