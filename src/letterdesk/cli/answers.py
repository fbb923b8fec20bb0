"""What commands say: answers, counts, and how far they are."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from letterdesk.cli.options import Form

if TYPE_CHECKING:
    from letterdesk.desk.queries.failing import Failing


class Failed(Exception):
    """A command has said what is wrong, and ends with status 1."""


def answer(
    form: Form, sentence: str, facts: Mapping[str, object], *, err: bool = False
) -> None:
    """Answer a person with the sentence, a program with the facts."""
    said = json.dumps(facts, ensure_ascii=False) if form == "json" else sentence
    click.echo(said, err=err)


def count(number: int, thing: str) -> str:
    """Give "1 letter", "2 letters"."""
    return f"{number:,} {thing if number == 1 else _MANY.get(thing, f'{thing}s')}"


_MANY = {
    "batch": "batches",
    "story": "stories",
    "changed story": "changed stories",
    "statement of reasons": "statements of reasons",
}


def table(rows: Iterable[Mapping[str, object]]) -> str:
    """Give rows as lines whose values are parted by tabs; "-" for what is not there."""
    return "\n".join("\t".join(map(_cell, row.values())) for row in rows)


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "-" if value is None else str(value)


def now() -> datetime:
    """Give the time, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Give the day, in UTC."""
    return now().date()


def progress(line: str) -> None:
    """Say how far a long work is, in a line of its own."""
    click.echo(line, err=True)


def watched(what: str) -> Callable[[Sequence[int]], Iterable[int]]:
    """Give what shows on a terminal how far a long loop is."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return lambda ones: track(
        ones, what, console=console, transient=True, disable=not console.is_terminal
    )


@contextmanager
def bar(what: str) -> Iterator[Callable[[float], None]]:
    """Give what shows on a terminal how much is done, told from 0 to 1."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    shown = Progress(console=console, transient=True, disable=not console.is_terminal)
    with shown:
        task = shown.add_task(what, total=1.0)
        yield lambda share: shown.update(task, completed=share)


@contextmanager
def bar_of_bytes(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Show on a terminal how many of `total` bytes are done; None: that it goes on."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    shown = Progress(console=console, transient=True, disable=not console.is_terminal)
    with shown:
        task = shown.add_task(what, total=total)
        yield lambda done: shown.advance(task, done)


def failing(one: "Failing") -> dict[str, object]:
    """Give what the press could not do for a story, as JSON has it."""
    return {**vars(one), "since": one.since.isoformat()}


def end_with(failed: Sequence["Failing"]) -> None:
    """Say what the press could not do, if there is anything, and end with status 1."""
    from letterdesk.desk.queries.health import told_of_failing

    if failed:
        click.echo("\n".join(told_of_failing(failed)), err=True)
        raise Failed
