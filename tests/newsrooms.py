"""Newsrooms made once for a whole run of the tests; whoever changes one takes a copy."""

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.processes import done

STORY = ("--url", "https://news.example/1", "--headline", "The ferry", "--language", "en")


def copy(newsroom: Path, to: Path) -> Path:
    """Give a copy of a newsroom that may be changed."""
    return Path(shutil.copytree(newsroom, to / "newsroom"))


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A newsroom as `init` makes it, with one story; its id is in `story`."""

    def make(folder: Path) -> None:
        done("init", folder / "newsroom")
        (folder / "story").write_text(done("story", "add", folder / "newsroom", *STORY))

    return _once("fresh", make, factory=tmp_path_factory, worker=worker_id) / "newsroom"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The demo newsroom; what was said when it was made is in `said` beside it."""

    def make(folder: Path) -> None:
        listen = ("--letterbox", "127.0.0.1:8790", "--desk", "127.0.0.1:8791")
        said = done("demo", folder / "newsroom", "--no-serve", *listen)
        (folder / "said").write_text(said)

    return _once("demo", make, factory=tmp_path_factory, worker=worker_id) / "newsroom"


def _once(
    name: str,
    make: Callable[[Path], None],
    *,
    factory: pytest.TempPathFactory,
    worker: str,
) -> Path:
    """Give a folder that `make` has filled, once for all workers of pytest-xdist."""
    base = factory.getbasetemp()
    folder = (base if worker == "master" else base.parent) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            folder.mkdir()
            make(folder)
            (folder / "done").touch()
    return folder
