"""Isso from its package, in an environment of its own, behind gunicorn with 4 workers."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import load, newsroom
from benchmarks.ports import free_port

REQUIREMENTS = Path(__file__).parent / "requirements" / "isso.txt"
VERSIONS = "Isso 0.14.0 on gunicorn 27.0.1, 4 sync workers"
_SETTINGS = """\
[general]
dbpath = {folder}/comments.db
host = http://127.0.0.1:{port}/
[moderation]
enabled = {moderated}
[server]
listen = http://127.0.0.1:{port}
[guard]
enabled = false
"""
WAITING, SHOWN = 2, 1  # Isso's comments.mode


@dataclass(frozen=True, kw_only=True)
class Isso:
    """A running Isso."""

    folder: Path
    port: int

    def stored(self) -> set[str]:
        """Give the texts in its database."""
        with sqlite3.connect(self.folder / "comments.db") as database:
            return {text for (text,) in database.execute("SELECT text FROM comments")}

    def fill(self, uri: str, texts: Iterable[str]) -> None:
        """Put published comments under `uri`, directly into its database."""
        with sqlite3.connect(self.folder / "comments.db") as database:
            thread = database.execute(
                "INSERT INTO threads (uri, title) VALUES (?, ?)", (uri, "A story")
            ).lastrowid
            database.executemany(
                "INSERT INTO comments"
                " (tid, created, mode, remote_addr, text, author, voters)"
                " VALUES (?, ?, ?, '127.0.0.0', ?, 'A reader', x'00')",
                [(thread, time.time(), SHOWN, text) for text in texts],
            )


@contextmanager
def serving(folder: Path, *, cores: Sequence[int] = ()) -> Iterator[Isso]:
    """Run Isso with moderation on and its rate limit off; stop it afterwards."""
    python = _installed(folder.parent / "isso-environment")
    port = free_port()
    settings = folder / "isso.cfg"
    settings.write_text(_SETTINGS.format(folder=folder, port=port, moderated="true"))
    pinned = ["taskset", "-c", ",".join(map(str, cores))] if cores else []
    with (folder / "isso.log").open("wb") as log:
        process = subprocess.Popen(
            [
                *pinned,
                python,
                "-m",
                "gunicorn",
                "-w",
                "4",
                "-b",
                f"127.0.0.1:{port}",
                "isso.run",
            ],
            stdout=log,
            stderr=log,
            env={**os.environ, "ISSO_SETTINGS": str(settings)},
            start_new_session=True,
        )
    try:
        newsroom.wait_for(f"http://127.0.0.1:{port}/?uri=/none", process)
        yield Isso(folder=folder, port=port)
    finally:
        newsroom.stop(process)


def letters(texts: Iterable[str]) -> Iterator[load.Request]:
    """Give the requests that send `texts` to it, as its own form does."""
    for text in texts:
        body = json.dumps({"text": text, "author": "A reader", "title": "A story"})
        raw = load.post("/new?uri=/story", body.encode(), kind="application/json")
        yield load.Request(raw=raw, label=text)


def _installed(folder: Path) -> Path:
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "-r", REQUIREMENTS],
            check=True,
            stderr=subprocess.DEVNULL,
        )
    return python
