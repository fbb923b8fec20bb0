"""A benchmark's result: printed, and written to benchmarks/results."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import machine

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table under its title; `remarks` are the sentences below it."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[object]]
    remarks: Sequence[str] = ()


def publish(name: str, title: str, *, tables: Sequence[Table], versions: str) -> None:
    """Print the tables and write them to results/NAME.md."""
    text = "\n".join(
        [
            f"# {title}",
            "",
            f"{datetime.now(UTC).date()} · {machine.machine()} · load before "
            f"{_load_before} · commit {machine.revision()}",
            "",
            f"{versions}",
            "",
            f"    {machine.command()}",
            "",
            *(line for table in tables for line in _lines(table)),
        ]
    )
    print(text)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.md").write_text(text)


def number(value: float) -> str:
    """Give a figure as people read it: three digits that mean something."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _lines(table: Table) -> list[str]:
    rows = [[str(cell) for cell in row] for row in table.rows]
    lines = [f"## {table.title}", "", _row(table.head), _row(["---"] * len(table.head))]
    lines += [_row(row) for row in rows]
    for remark in table.remarks:
        lines += ["", remark]
    return [*lines, ""]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


_load_before = machine.load_average()
