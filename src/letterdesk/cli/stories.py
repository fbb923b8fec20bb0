"""Register stories."""

from pathlib import Path
from typing import Any

import click

from letterdesk.cli.answers import answer, end_with, today
from letterdesk.cli.options import Form, answers_json, type_file, type_folder
from letterdesk.domain.story import Credit


@click.group()
def story() -> None:
    """Register the stories that readers comment on."""


def _credits(
    _context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]
) -> tuple[Credit, ...] | None:
    """Give the credits in "ROLE; NAME; DESK"; the desk may be missing."""
    found = []
    for credit in given:
        parts = [part.strip() for part in credit.split(";")]
        if len(parts) not in _CREDIT or not all(parts):
            raise click.BadParameter(f"{credit!r} is not like 'Reported by; NAME; DESK'.")
        found.append(Credit(role=parts[0], name=parts[1], desk=(*parts, "")[2]))
    return tuple(found) or None


_CREDIT = (2, 3)  # parts


@story.command("add")
@click.argument("folder", type=type_folder)
@click.option("--url", required=True, help="The story's canonical address.")
@click.option("--headline", required=True)
@click.option("--language", required=True, help="A tag such as en, ko or zh-Hans.")
@click.option("--desk", help="The desk that answers for it; else its language's.")
@click.option(
    "--body", type=type_file, help="Plain text: blank lines, ## headings, > quotes."
)
@click.option("--picture", type=type_file, help="JPEG, PNG or WebP; it is made small.")
@click.option("--caption", help="The line below the picture.")
@click.option("--alt", help="What the picture shows, for who cannot see it.")
@click.option(
    "--credit", multiple=True, callback=_credits, help="'ROLE; NAME; DESK', again."
)
@click.option("--risk", type=click.Choice(["ordinary", "sensitive"]))
@answers_json
def story_add(folder: Path, form: Form, **written: Any) -> None:
    """Register a story, or what changed in it, and print its id.

    A story is known by its URL: the same URL gives the same id.
    """
    from letterdesk.newsroom.opening import open_desk

    newsroom = open_desk(folder)
    from letterdesk.newsroom.stories import PictureMissing, Written, add_story

    try:
        added = add_story(newsroom, Written(**written), today=today())
    except PictureMissing as missing:
        raise click.UsageError(missing.sentence) from missing
    if not added.is_new:
        click.echo("This story was registered before; it keeps its id.", err=True)
    if added.stays_sensitive:
        click.echo(
            "The story stays sensitive. To make it ordinary takes two editors, on its page "
            "at the desk.",
            err=True,
        )
    if added.is_new and not written["desk"]:
        click.echo(f"It belongs to the desk “{added.desk}” (--desk).", err=True)
    answer(form, added.id, {"id": added.id, "desk": added.desk, "new": added.is_new})
    end_with(added.failed)
