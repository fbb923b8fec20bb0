"""What came in and did not open."""

import click

from letterdesk.cli.answers import answer, count, table, today
from letterdesk.cli.options import Form, answers_json, at_desk


@click.group()
def unopened() -> None:
    """Look at what came in and did not open, and discard what is no letter."""


@unopened.command("list")
@at_desk
@answers_json
def unopened_list(form: Form) -> None:
    """List it: number, reason, batch, day, size in bytes. What is in it is not known."""
    from letterdesk.desk.queries.people import COMMAND
    from letterdesk.desk.queries.unopened import everything

    found = [{**vars(one), "found": one.found.isoformat()} for one in everything(COMMAND)]
    answer(form, table(found), {"unopened": found})


@unopened.command("discard")
@at_desk
@click.argument("numbers", type=int, nargs=-1, metavar="[NUMBER...]")
@click.option("--reason", metavar="CODE", help="All with this reason instead.")
@answers_json
def unopened_discard(numbers: tuple[int, ...], reason: str | None, form: Form) -> None:
    """Delete for good what `unopened list` shows under these NUMBERs: all, or none.

    What was sealed to a missing key may be a reader's letter: put the key back first.
    """
    from letterdesk.desk.actions.discard import discard, discard_all

    if bool(numbers) == bool(reason):
        raise click.UsageError("Give either numbers or --reason CODE.")
    gone = (
        discard_all(reason, today=today())
        if reason
        else discard(frozenset(numbers), today=today())
    )
    answer(form, f"Discarded {count(gone, 'sealed letter')}.", {"discarded": gone})
