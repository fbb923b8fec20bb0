"""What came in and did not open."""

from pathlib import Path

import click

from letterdesk.cli.answers import answer, count, today
from letterdesk.cli.options import Form, answers_json, type_folder


@click.group()
def unopened() -> None:
    """Look at what came in and did not open, and discard what is no letter."""


@unopened.command("list")
@click.argument("folder", type=type_folder)
@answers_json
def unopened_list(folder: Path, form: Form) -> None:
    """List it: number, reason, batch, day, size in bytes. What is in it is not known."""
    from letterdesk.newsroom.opening import open_desk

    open_desk(folder)
    from letterdesk.desk.queries.people import COMMAND
    from letterdesk.desk.queries.unopened import everything

    found = [{**vars(one), "found": one.found.isoformat()} for one in everything(COMMAND)]
    lines = ["\t".join(str(value) for value in one.values()) for one in found]
    answer(form, "\n".join(lines), {"unopened": found})


@unopened.command("discard")
@click.argument("folder", type=type_folder)
@click.argument("numbers", type=int, nargs=-1, required=True, metavar="NUMBER...")
@answers_json
def unopened_discard(folder: Path, numbers: tuple[int, ...], form: Form) -> None:
    """Delete for good what `unopened list` shows under these NUMBERs: all, or none.

    What was sealed to a missing key may be a reader's letter: put the key back first.
    """
    from letterdesk.newsroom.opening import open_desk

    open_desk(folder)
    from letterdesk.desk.actions.discard import discard

    gone = discard(frozenset(numbers), today=today())
    answer(form, f"Discarded {count(gone, 'sealed letter')}.", {"discarded": gone})
