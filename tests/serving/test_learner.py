"""Learning beside the worker: one process at a time, and none of them does harm."""

import logging
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from letterdesk.serving.learner import Learner
from tests.newsrooms import copy, fresh
from tests.processes import PATIENCE

__all__ = ["fresh"]  # a fixture

WAITS = (sys.executable, "-c", "import time; time.sleep(60)")
NOTES = (
    sys.executable,
    "-c",
    "import os, pathlib, sys; "
    "(pathlib.Path(sys.argv[1]) / 'told').write_text(os.environ['LETTERDESK_PARENT'])",
)


def test_one_process_at_a_time_and_none_is_left_behind(tmp_path: Path) -> None:
    learner = Learner(folder=tmp_path, command=WAITS)

    learner.start()
    first = learner._process
    learner.start()

    assert learner.is_busy()
    assert learner._process is first
    learner.close()
    assert first is not None
    assert first.poll() is not None
    assert not learner.is_busy()


def test_the_process_learns_in_the_folder_and_knows_its_parent(
    tmp_path: Path,
) -> None:

    learner = Learner(folder=tmp_path, command=NOTES)
    learner.start()
    assert learner._process is not None
    learner._process.wait(timeout=PATIENCE)

    assert not learner.is_busy()
    assert (tmp_path / "told").read_text() == str(os.getpid())


def test_one_that_fails_is_told_and_tried_later(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    learner = Learner(
        folder=tmp_path, command=(sys.executable, "-c", "raise SystemExit(3)")
    )
    learner.start()
    assert learner._process is not None
    learner._process.wait(timeout=PATIENCE)

    with caplog.at_level(logging.ERROR):
        learner.start()

    assert learner.is_busy()
    assert learner._process is None
    assert "ended with status 3" in caplog.text


def test_the_real_command_gives_way_and_leaves_a_mark(fresh: Path, tmp_path: Path) -> None:
    newsroom = copy(fresh, tmp_path)
    learner = Learner(folder=newsroom)

    learner.start()
    assert learner._process is not None
    learner._process.wait(timeout=PATIENCE)

    assert not learner.is_busy()
    with closing(sqlite3.connect(newsroom / "desk.db")) as database:
        marks = database.execute("SELECT decision FROM desk_learningmark").fetchall()
    assert marks == [(0,)]
