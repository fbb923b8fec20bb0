"""Export, import, and look back at imports."""

import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from letterdesk.cli.answers import Failed, answer, bar, count, table, today, watched
from letterdesk.cli.options import (
    Form,
    answers_json,
    at_desk,
    known_language,
    type_day,
    type_file,
    type_folder,
)
from letterdesk.domain.story_url import wrong_with
from letterdesk.domain.told import typed, typed_folder
from letterdesk.interchange.export_formats import FORMATS

if TYPE_CHECKING:
    from letterdesk.desk.queries.imports import RunView
    from letterdesk.interchange.portion import Portion

_SYSTEMS = (
    *("artalk", "comentario", "commento", "coral", "disqus", "isso", "plone"),
    *("remark42", "wordpress", "letterdesk"),
)


@click.command()
@click.argument("name", metavar="FORMAT", type=click.Choice(tuple(FORMATS)))
@click.argument("folder", type=type_folder)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--story", default="", metavar="ID", help="Only this story.")
@click.option("--from", "start", type=type_day, help="The first day, as 2026-01-31.")
@click.option("--to", "end", type=type_day, help="The last day.")
@click.option("--published-only", is_flag=True, help="Only what readers can see.")
@click.option("--force", "replaces", is_flag=True, help="Replace FILE if it is there.")
@answers_json
def export(name: str, folder: Path, file: Path, form: Form, **chosen: Any) -> None:
    """Write what the newsroom in FOLDER has into FILE; "-" is stdout.

    \b
    FORMAT is one of
      letterdesk  all of it, a line of JSON each: to leave, or to compute with
      wordpress   stories and comments as WordPress imports them (WXR)
      coral       stories and comments as coral-importer reads them (CSV, zipped)
      archive     the published site, to be read without a server (zip)
      statements  statements of reasons, for the Commission's Transparency Database (CSV)

    FILE is there whole or not at all, and only its owner may read it.
    """
    from letterdesk.newsroom.opening import open_desk

    portion = _portion(name, FORMATS[name].takes, chosen)
    out = _export_file(file, is_text=FORMATS[name].is_text)
    newsroom = open_desk(folder)
    from letterdesk.newsroom import exports

    target = exports.Target(file=out, replaces=chosen["replaces"])
    done = exports.export(
        newsroom,
        name,
        target,
        portion=portion,
        today=today(),
        watch=watched("Exporting"),
    )
    amount = " and ".join(
        count(done.counts[one], thing) for one, thing in _EXPORTED if one in done.counts
    )
    told = [f"Wrote {amount} into {file}.", *done.remarks, *done.problems]
    if not (FORMATS[name].is_public or portion.published_only):
        told.append(_NOT_PUBLISHED)
    facts = {**done.counts, "remarks": done.remarks, "problems": done.problems}
    answer(form, "\n".join(told), facts, err=str(file) == "-")
    if done.problems:
        raise Failed


_EXPORTED = (
    ("stories", "story"),
    ("comments", "comment"),
    ("statements", "statement of reasons"),
)
_NOT_PUBLISHED = (
    "There are letters in it that were not published. Keep it as you keep the desk's "
    "database, and delete it when it has done its work: nobody can take a letter back from "
    "there."
)


def _portion(name: str, takes: Collection[str], chosen: Mapping[str, Any]) -> "Portion":
    """Give the part that was chosen. Raises UsageError when the format has no such part."""
    from letterdesk.interchange.portion import Portion

    start, end = (day.date() if day else None for day in (chosen["start"], chosen["end"]))
    for part, is_chosen in (
        ("--story", chosen["story"]),
        ("--from and --to", start or end),
        ("--published-only", chosen["published_only"]),
    ):
        if is_chosen and part not in takes:
            raise click.UsageError(f"FORMAT {name} knows no {part}: leave it out.")
    if start and end and start > end:
        raise click.UsageError(
            f"From {start} to {end} there is no day. Give the earlier one with --from."
        )
    return Portion(
        story=chosen["story"],
        start=start,
        end=end,
        published_only=chosen["published_only"],
    )


def _export_file(file: Path, *, is_text: bool) -> "Path | BinaryIO":
    """Give where to write. Raises UsageError: a terminal shows no zip file."""
    if str(file) != "-":
        return file
    if sys.stdout.isatty() and not is_text:
        raise click.UsageError("This FORMAT is no text. Name a FILE, or add `> FILE`.")
    return sys.stdout.buffer


def _site(_context: click.Context, _parameter: click.Parameter, written: str) -> str:
    """Give a site's address. Raises BadParameter for what is none."""
    if written and ("?" in written or wrong_with(written)):
        raise click.BadParameter(f"{written!r} is not like https://news.example.")
    return written


@click.command("import")
@click.argument("what", metavar="FORMAT", type=click.Choice(_SYSTEMS))
@click.argument("folder", type=type_folder)
@click.argument("file", type=type_file)
@click.option("--site", default="", callback=_site, help="Where the file has only paths.")
@click.option("--urls", type=type_file, help="Lines OLD<TAB>NEW: where stories are now.")
@click.option(
    "--language", default="", callback=known_language, help="Of new stories; else found."
)
@click.option("--desk", help="The desk of new stories; else their language.")
@click.option(
    "--take-held",
    "takes_held",
    is_flag=True,
    help="Publish, too, what earlier imports brought that broke off.",
)
@click.option(
    "--skip-alike",
    "skips_alike",
    is_flag=True,
    help="Leave out what another system's file has brought.",
)
@click.option(
    "--dry-run", "then", flag_value="look", default="take", help="Only report; keep all."
)
@answers_json
def import_(what: str, folder: Path, then: str, form: Form, **written: Any) -> None:
    """Take the comments in FILE over, which another system exported as FORMAT.

    Published, pending and rejected ones stay that, with their threads and dates. Run it
    again, also after it was stopped: nothing comes in twice, nothing is missing.
    """
    from letterdesk.newsroom.opening import open_desk

    newsroom = open_desk(folder)
    from letterdesk.newsroom.imports import Wish, facts, import_file, lines, look_into

    wish, reading = Wish(format=what, **written), bar("Reading")
    if then == "look":
        report, verb = look_into(newsroom, wish, today=today(), bar=reading), "Would import"
    else:
        watch = watched("Putting threads together")
        report = import_file(newsroom, wish, today=today(), bar=reading, watch=watch)
        verb = "Imported"
    sentence = "\n".join(typed(one, folder) for one in lines(report, wish, verb=verb))
    answer(form, sentence, {**facts(report), "dry_run": then == "look"})
    if report.imported["published"] and then == "take":
        click.echo(_IMPORTED.format(folder=typed_folder(folder)), err=True)


_IMPORTED = """
Readers see them from the next slot on; at once: letterdesk publish {folder}"""


@click.group()
def imported() -> None:
    """Look at what was imported, and undo an import."""


@imported.command("list")
@at_desk
@answers_json
def imported_list(form: Form) -> None:
    """List the imports: number, format, file, first day, last day, comments, gaps."""
    from letterdesk.desk.queries.imports import runs
    from letterdesk.desk.queries.people import COMMAND

    found = [_run(one) for one in runs(COMMAND)]
    answer(form, table(found), {"imports": found})


def _run(one: "RunView") -> dict[str, object]:
    finished = one.finished.isoformat() if one.finished else None
    return {**vars(one), "begun": one.begun.isoformat(), "finished": finished}


@imported.command("undo")
@click.argument("folder", type=type_folder)
@click.argument("number", type=int)
@answers_json
def imported_undo(folder: Path, number: int, form: Form) -> None:
    """Remove the comments of the import that `imported list` shows under NUMBER.

    What somebody here decided on, answered, reported or chose stays, and what another
    import has brought answers to: undo that one first. Stories that it brought and that
    are empty then are closed, until an import brings comments to them.
    """
    from letterdesk.newsroom.opening import open_desk

    newsroom = open_desk(folder)
    from letterdesk.newsroom.imports import undo

    undone = undo(newsroom, number, today=today())
    touched = undone.kept - undone.answered
    told = [
        f"Removed {count(undone.removed, 'comment')}. Kept, because somebody here has "
        f"touched them: {touched:,}. Closed, because nothing is left in them: "
        f"{count(undone.closed, 'story')}. "
        "Readers' pages change with the next publication."
    ]
    first = [_run(one) for one in undone.undo_first]
    if first:
        told.append(_ANSWERED.format(number=undone.answered, first=table(first)))
    answer(form, "\n".join(told), {**vars(undone), "undo_first": first})


_ANSWERED = """\
Kept, because answers to them came with other imports: {number:,}. Undo those imports first,
from the top down, and then this one again. In `letterdesk imported list` they are:
{first}"""
