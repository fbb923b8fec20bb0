"""How long a backup takes, and coming back from it, with up to a million letters.

For each size a newsroom is filled, with letters that wait in the spool as well, backed up
by the command, restored into another folder and checked there. The most memory that each
command had counts, too.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from benchmarks import databases, machine, newsroom, report

SIZES = ((1_000, 10), (100_000, 1_000), (1_000_000, 10_000))  # comments, threads
_WAITING = 1_000  # letters in the spool
_BATCH = 64
_WORDS = "measured with a passphrase that everybody knows"


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What a command took: seconds, and megabytes of memory at the most."""

    seconds: float
    megabytes: float


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.backup", description=__doc__
    )
    parser.add_argument("--database", choices=databases.KINDS, default="sqlite")
    parser.add_argument(
        "--sizes", type=int, default=len(SIZES), help="how many of the sizes"
    )
    parser.add_argument("--fill", nargs=3, metavar=("FOLDER", "COMMENTS", "THREADS"))
    chosen = parser.parse_args()
    if chosen.fill:
        folder, comments, threads = chosen.fill
        _fill(Path(folder), int(comments), int(threads))
        return
    sizes = SIZES[: chosen.sizes]
    rows = list(_every(chosen.database, sizes))
    report.publish(
        "backup" if chosen.database == "sqlite" else f"backup-{chosen.database}",
        f"Backups and what comes back from them ({chosen.database})",
        versions=machine.versions("letterdesk", "cryptography", "django", "psycopg"),
        tables=[_table(sizes, rows)],
    )


def _fill(folder: Path, comments: int, threads: int) -> None:
    newsroom.open_desk(folder)
    from benchmarks import growth_work as work  # noqa: PLC0415 -- after open_desk

    site = work.fill(folder, comments=comments, threads=threads, targets=0)
    work.post(site, _WAITING, _BATCH, spread=True)


def _every(
    database: str, sizes: Sequence[tuple[int, int]]
) -> Iterator[tuple[dict[str, int], list[Cost]]]:
    for comments, threads in sizes:
        with (
            tempfile.TemporaryDirectory(prefix="backup-") as folder,
            databases.address(database, Path(folder)) as address,
        ):
            yield _one(Path(folder), address, comments=comments, threads=threads)


def _one(
    folder: Path, address: str, *, comments: int, threads: int
) -> tuple[dict[str, int], list[Cost]]:
    """Give the sizes in bytes, and the costs of `backup`, `restore` and `check`."""
    room = newsroom.make(folder / "newsroom", settings={"desk": {"database": address}})
    me = [sys.executable, "-m", "benchmarks.backup", "--fill"]
    subprocess.run([*me, room.folder, str(comments), str(threads)], check=True)
    (folder / "words").write_text(_WORDS)
    file, back = folder / "backup.age", folder / "back"
    given = ("--passphrase-file", folder / "words", "--json")
    other = folder / "other.toml"
    other.write_text((room.folder / "letterdesk.toml").read_text())
    if address != "sqlite":
        other.write_text(other.read_text().replace(address, _beside(address)))
    saved, made = _timed("backup", room.folder, file, *given)
    restored, found = _timed("restore", file, back, *given, "--settings", other)
    checked, _ = _timed("audit", "verify", back, "--json")
    if found["counts"] != made["counts"] or found["letters"] != _WAITING:
        raise SystemExit(f"What came back is not what was backed up: {found}")
    sizes = {"file": file.stat().st_size, "comments": made["counts"]["comments"]}
    return sizes, [saved, restored, checked]


def _beside(address: str) -> str:
    """Give the address of a new database on the same server."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE DATABASE restored")
    before, mark, options = address.partition("?")
    return f"{before.rpartition('/')[0]}/restored{mark}{options}"


def _timed(*arguments: object) -> tuple[Cost, dict[str, Any]]:
    """Run a command; give its cost, and its answer."""
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "letterdesk", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        said = process.stdout.read() if process.stdout else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"letterdesk {arguments[0]} failed: {said.decode()}")
    seconds = time.perf_counter() - begun
    return Cost(seconds=seconds, megabytes=used.ru_maxrss / 1024), json.loads(said)


def _table(
    sizes: Sequence[tuple[int, int]], rows: Sequence[tuple[dict[str, int], list[Cost]]]
) -> report.Table:
    return report.Table(
        title="Time, size and memory",
        head=[
            "letters at the desk",
            "backup, s",
            "restore, s",
            "verify the log, s",
            "file, MB",
            "memory of backup, MB",
            "of restore, MB",
        ],
        rows=[
            [
                f"{comments:,}",
                *(report.number(cost.seconds) for cost in costs),
                report.number(found["file"] / 1e6),
                *(report.number(cost.megabytes) for cost in costs[:2]),
            ]
            for (comments, _), (found, costs) in zip(sizes, rows, strict=True)
        ],
        remarks=[
            f"{_WAITING:,} letters more wait in the spool, and end up in the queue. "
            "`backup` reads the file back before it counts; `restore` checks the newsroom. "
            "256 MB of memory are scrypt's, which makes a key of the passphrase.",
            "The comments have no history: a desk's audit log and decisions add to each "
            "figure as much as they add to the database.",
        ],
    )


if __name__ == "__main__":
    main()
