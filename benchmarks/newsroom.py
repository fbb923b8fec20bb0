"""A newsroom of a benchmark's own: made, served on free ports, stopped."""

import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.ports import free_port
from letterdesk.newsroom import opening

_ID = re.compile(r"(?<![0-9a-z])[0-9a-hjkmnp-tv-z]{26}(?![0-9a-z])")
_TOKEN = re.compile(r"ld_[A-Za-z0-9_-]{43}")
_PATIENCE = 30.0  # seconds for a process to stop
_START = 120.0  # seconds: on a busy machine Django alone takes half a minute to import


@dataclass(frozen=True, kw_only=True)
class Newsroom:
    """A newsroom's folder, and the ports that its settings name."""

    folder: Path
    letterbox: int
    desk: int

    @property
    def spool(self) -> Path:
        """The folder of sealed letters."""
        return self.folder / "spool"

    @property
    def public(self) -> Path:
        """The folder of published files."""
        return self.folder / "public"


@dataclass(frozen=True, kw_only=True)
class Serving:
    """Running processes of a newsroom."""

    process: subprocess.Popen[bytes]
    output: Path


def make(
    folder: Path, *, settings: Mapping[str, Mapping[str, object]] | None = None
) -> Newsroom:
    """Make a newsroom in `folder`; `settings` are tables and keys that differ."""
    made = describe(folder, settings=settings)
    call("init", str(folder))
    return made


def describe(
    folder: Path, *, settings: Mapping[str, Mapping[str, object]] | None = None
) -> Newsroom:
    """Write the settings alone of a newsroom that `letterdesk init` then makes."""
    letterbox, desk = free_port(), free_port()
    tables: dict[str, dict[str, object]] = {
        "site": {"url": f"http://127.0.0.1:{letterbox}"},
        "letterbox": {"listen": f"127.0.0.1:{letterbox}"},
        "desk": {"listen": f"127.0.0.1:{desk}"},
    }
    for table, keys in (settings or {}).items():
        tables.setdefault(table, {}).update(keys)
    folder.mkdir()
    (folder / "letterdesk.toml").write_text(_toml(tables))
    return Newsroom(folder=folder, letterbox=letterbox, desk=desk)


def _run(arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "letterdesk", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


run: Callable[[Sequence[str]], subprocess.CompletedProcess[str]] = (
    _run  # tests have another
)


def call(*arguments: str) -> str:
    """Run one letterdesk command; give what it prints. Raises when it fails."""
    done = run(arguments)
    if done.returncode:
        raise SystemExit(f"letterdesk {' '.join(arguments)} failed: {done.stderr}")
    return done.stdout


def add_story(
    newsroom: Newsroom,
    number: object,
    *,
    language: str = "en",
    desk: str = "",
    risk: str = "ordinary",
) -> str:
    """Register a story; give its id."""
    said = call(
        "story", "add", str(newsroom.folder),
        "--url", f"https://news.test/story-{number}",
        "--headline", f"Story {number}",
        "--language", language,
        "--risk", risk,
        *(["--desk", desk] if desk else []),
    )  # fmt: skip
    return str(_ID.findall(said)[-1])


def add_person(newsroom: Newsroom, name: str, *, role: str) -> str:
    """Give the password that a new person has chosen instead of her first one."""
    call("user", "add", str(newsroom.folder), name, "--role", role)
    password = secrets.token_urlsafe(12)
    subprocess.run(
        [sys.executable, "-c", CHOOSE, str(newsroom.folder), name, password], check=True
    )
    return password


CHOOSE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from letterdesk.newsroom.opening import open_desk
open_desk(Path(sys.argv[1]))
from letterdesk.desk.actions.own_account import choose_password
from letterdesk.desk.queries.people import by_name
choose_password(by_name(sys.argv[2]), new=sys.argv[3], today=datetime.now(UTC).date())
"""


def add_token(newsroom: Newsroom, name: str, *, role: str = "admin") -> str:
    """Give a new API token."""
    said = call("token", "add", str(newsroom.folder), name, "--role", role)
    return str(_TOKEN.findall(said)[-1])


@contextmanager
def serving(
    newsroom: Newsroom,
    *,
    only: Sequence[str] = (),
    cores: Sequence[int] = (),
    environment: Mapping[str, str] | None = None,
) -> Iterator[Serving]:
    """Serve the newsroom, on `cores` alone where some are named; stop it afterwards."""
    running = start(newsroom, only=only, cores=cores, environment=environment)
    try:
        wait_until_up(newsroom, running.process, only=only)
        yield running
    finally:
        stop(running.process)


def start(
    newsroom: Newsroom,
    *,
    only: Sequence[str] = (),
    cores: Sequence[int] = (),
    environment: Mapping[str, str] | None = None,
) -> Serving:
    """Start `letterdesk serve` in a group of its own; its output goes to a file."""
    output = newsroom.folder.with_suffix(".log")
    with output.open("ab") as log:
        process = subprocess.Popen(
            [
                *(["taskset", "-c", ",".join(map(str, cores))] if cores else []),
                *[sys.executable, "-m", "letterdesk", "serve", str(newsroom.folder)],
                *(part for name in only for part in ("--only", name)),
            ],
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env={**os.environ, **(environment or {})},
        )
    return Serving(process=process, output=output)


def wait_until_up(
    newsroom: Newsroom, process: subprocess.Popen[bytes], *, only: Sequence[str] = ()
) -> None:
    """Return when what is served answers. Raises as `wait_for` does."""
    if not only or "letterbox" in only:
        wait_for(f"http://127.0.0.1:{newsroom.letterbox}/healthz", process)
    if not only or "desk" in only:
        wait_for(f"http://127.0.0.1:{newsroom.desk}/api/v1/openapi.json", process)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Return when a GET of `address`, which `process` serves, answers below 500.

    Raises SystemExit at once when the process ends, and when it does not answer in time.
    """
    end = time.monotonic() + _START
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=20):  # noqa: S310 -- our own server
                return
        except urllib.error.HTTPError as error:
            if error.code < 500:
                return
        except OSError:
            if process.poll() is not None:
                raise SystemExit(
                    f"Nobody answers at {address}: its process ended "
                    f"with status {process.returncode}."
                ) from None
        time.sleep(0.02)
    raise SystemExit(f"{address} did not answer within {_START:.0f} s.")


def wait_until_silent(port: int) -> None:
    """Return when nobody listens on a port. Raises SystemExit when somebody goes on."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.02)
    raise SystemExit(f"Something still listens on port {port} after it was killed.")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the process to end, and end all of it when it does not."""
    process.terminate()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and all that it started, at once."""
    kill_all(family(process))
    process.wait(_PATIENCE)


def family(process: subprocess.Popen[bytes]) -> list[int]:
    """Give a process and all that it started, the youngest first."""
    return [*reversed(descendants(process.pid)), process.pid]


def kill_all(identities: Iterable[int]) -> None:
    """End these processes at once: SIGKILL, in this order."""
    for identity in identities:
        with suppress(ProcessLookupError):
            os.kill(identity, signal.SIGKILL)


def descendants(identity: int) -> list[int]:
    """Give the processes that a process started, and those that these started."""
    parents = dict(_parents())
    found, generation = list[int](), {identity}
    while generation:
        generation = {child for child, parent in parents.items() if parent in generation}
        found += sorted(generation)
    return found


def _parents() -> Iterator[tuple[int, int]]:
    """Give every process with its parent; `children` in /proc may leave some out."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(FileNotFoundError, ProcessLookupError):
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                yield int(folder.name), int(fields[1])


def open_desk(folder: Path) -> None:
    """Let this process work on the newsroom's database, as the commands do."""
    opening.open_desk(folder)


def _toml(tables: Mapping[str, Mapping[str, Any]]) -> str:
    return "\n".join(
        line
        for table, keys in tables.items()
        for line in (
            f"[{table}]",
            *(f"{key} = {_value(kept)}" for key, kept in keys.items()),
        )
    )


def _value(value: object) -> str:
    return json.dumps(value)  # strings, numbers, booleans and lists are written alike
