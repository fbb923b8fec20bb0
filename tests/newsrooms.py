"""Newsrooms made once for a whole run of the tests; whoever changes one takes a copy."""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from benchmarks.newsroom import Newsroom, call, describe
from benchmarks.ports import free_port
from letterdesk import sealing, settings
from letterdesk.domain.envelope import pack_batch
from letterdesk.domain.ids import new_id
from letterdesk.places import choose
from tests.processes import done, letterdesk
from tests.values import a_letter

_LETTERBOX, _DESK = 8790, 8791  # where the demo listens: nobody starts it there
STORY = ("--url", "https://news.example/1", "--headline", "The ferry", "--language", "en")


def query(folder: Path, sql: str) -> list[tuple[object, ...]]:
    """Give what the database of a newsroom in `folder` says to it; what it writes stays."""
    with closing(sqlite3.connect(folder / "desk.db")) as database, database:
        return database.execute(sql).fetchall()


def make(
    folder: Path, *, settings: Mapping[str, Mapping[str, object]] | None = None
) -> Newsroom:
    """Make a newsroom in `folder`, on a copy of tables that were made before."""
    made = describe(folder, settings=settings)
    (folder / "desk.db").touch(mode=0o600)
    (folder / "desk.db").write_bytes(_tables())
    call("init", str(folder))
    return made


@cache
def _tables() -> bytes:
    """Give a desk.db as its migrations leave it, which are most of the work of `init`."""
    with TemporaryDirectory() as folder:
        described = describe(Path(folder) / "newsroom").folder
        migrate = ["-m", "django", "migrate", "--settings", "letterdesk.desk.config"]
        subprocess.run(
            [sys.executable, *migrate, "--verbosity", "0"],
            env=os.environ | {"LETTERDESK_FOLDER": str(described)},
            check=True,
        )
        return (described / "desk.db").read_bytes()


def copy(newsroom: Path, to: Path) -> Path:
    """Give a copy of a newsroom that may be changed, taken while others may read it."""
    made = to / "newsroom"
    shutil.copytree(newsroom, made, ignore=shutil.ignore_patterns("desk.db*"))
    (made / "desk.db").touch(mode=0o600)
    with (
        closing(sqlite3.connect(newsroom / "desk.db")) as source,
        closing(sqlite3.connect(made / "desk.db")) as target,
    ):
        source.backup(target)
    return made


def move(newsroom: Path) -> Newsroom:
    """Let a copied demo listen at free ports, and its pages lead there."""
    letterbox, desk = free_port(), free_port()
    file = newsroom / "letterdesk.toml"
    text = file.read_text()
    for old, new in ((_LETTERBOX, letterbox), (_DESK, desk)):
        assert str(old) in text
        text = text.replace(f"127.0.0.1:{old}", f"127.0.0.1:{new}")
    file.write_text(text)
    call("publish", str(newsroom), "--all")
    return Newsroom(folder=newsroom, letterbox=letterbox, desk=desk)


def put_letters(newsroom: Path, number: int, **changes: object) -> None:
    """Put letters into the spool, as one batch, sealed to the newest key."""
    found = settings.read(newsroom)
    key = sealing.read_public_keys(found.public_keys)[0]
    letters = [a_letter(id=new_id(), **changes) for _ in range(number)]
    batch = pack_batch([sealing.seal(letter, key) for letter in letters])
    choose.spool(found).put(new_id(), batch)


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A newsroom as `init` makes it, with one story; its id is in `story`."""

    def make(folder: Path) -> None:
        done("init", folder / "newsroom")
        (folder / "story").write_text(done("story", "add", folder / "newsroom", *STORY))

    return _once("fresh", make, factory=tmp_path_factory, worker=worker_id) / "newsroom"


@pytest.fixture
def story(fresh: Path) -> str:
    """The id of the story in `fresh`."""
    return (fresh.parent / "story").read_text()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The demo newsroom; what was said when it was made is in `said` beside it.

    What it told on the way, on standard error, is in `told`.
    """

    def make(folder: Path) -> None:
        listen = ("--letterbox", f"127.0.0.1:{_LETTERBOX}", "--desk", f"127.0.0.1:{_DESK}")
        made = letterdesk("demo", folder / "newsroom", "--no-serve", *listen)
        assert made.returncode == 0, made.stderr
        (folder / "said").write_text(made.stdout.strip())
        (folder / "told").write_text(made.stderr.strip())

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
