"""Make a newsroom, run it, and look whether all is well."""

from dataclasses import asdict, replace
from pathlib import Path

import click

from letterdesk.cli.answers import (
    Failed,
    answer,
    count,
    end_with,
    failing,
    now,
    today,
    watched,
)
from letterdesk.cli.options import Form, answers_json, listens, type_folder
from letterdesk.domain.told import typed, typed_folder

_PARTS = ("letterbox", "desk", "worker")


@click.command()
@click.argument("folder", type=type_folder)
@answers_json
def init(folder: Path, form: Form) -> None:
    """Make a newsroom in FOLDER, or mend one.

    What is there stays as it is. Run it again after an update of Letterdesk, too: it brings
    the desk's tables up to date.
    """
    from letterdesk.newsroom.create import create
    from letterdesk.settings import Settings

    created = create(folder, Settings(), today=today(), watch=watched("Publishing"))
    if created.made:
        sentence = f"Made in {folder}: {', '.join(created.made)}."
    else:
        sentence = f"{folder} is a newsroom already and lacks nothing. Nothing was changed."
    facts = {"folder": str(created.newsroom.folder), "made": created.made}
    answer(form, sentence, {**facts, "outdated": created.outdated})
    if created.outdated:
        told = count(created.outdated, "story")
        click.echo(_OUTDATED.format(stories=told, folder=typed_folder(folder)), err=True)
    if "letterdesk.toml" in created.made:
        click.echo(_NEXT.format(folder=typed_folder(folder)), err=True)


_OUTDATED = """
The pages of {stories} are of an earlier version, or of other settings, and stay readable.
`letterdesk serve` writes them anew bit by bit; at once: letterdesk publish {folder}"""
_NEXT = """
What to do next:
  1. Put your newsroom's name and address into {folder}/letterdesk.toml.
  2. Make an account:    letterdesk user add {folder} NAME --role admin
  3. Register a story:   letterdesk story add {folder} --url … --headline … --language …
  4. Start everything:   letterdesk serve {folder}
Keep a backup from the first day on: letterdesk backup {folder} FILE
When the disk is lost, no letter opens without {folder}/keys/desk.private."""


@click.command()
@click.argument("folder", type=type_folder, default="demo-newsroom")
@listens
@click.option(
    "--no-serve", "then", flag_value="stop", default="serve", help="Only build it."
)
def demo(folder: Path, letterbox: str, desk: str, then: str) -> None:
    """Make a newsroom with stories and comments in FOLDER, and serve it.

    FOLDER is demo-newsroom unless given. The second time it is only served.
    """
    from letterdesk.demo.show import build_and_serve, build_only
    from letterdesk.memory import leave_no_core

    leave_no_core()
    if then == "stop":
        click.echo(build_only(folder, letterbox=letterbox, desk=desk, now=now()))
    elif not build_and_serve(folder, letterbox=letterbox, desk=desk, now=now()):
        raise Failed


@click.command()
@click.argument("folder", type=type_folder)
@click.option(
    "--only", type=click.Choice(_PARTS), help="Run this part alone, in this very process."
)
@listens
def serve(folder: Path, only: str | None, letterbox: str, desk: str) -> None:
    """Run the letterbox, the desk and the worker of FOLDER until Ctrl+C."""
    from letterdesk import settings
    from letterdesk.serving.serve import find_addresses, refuse_taken_alone, serve_all

    newsroom = settings.read(folder)
    addresses = find_addresses(newsroom, letterbox=letterbox, desk=desk)
    if only:
        from letterdesk.serving.parts import Part, run_part

        refuse_taken_alone(Part(only), addresses)
        run_part(Part(only), newsroom, letterbox=addresses.letterbox, desk=addresses.desk)
    elif not serve_all(newsroom, addresses):
        raise Failed


@click.command()
@click.argument("folder", type=type_folder)
@answers_json
def collect(folder: Path, form: Form) -> None:
    """Open the letters in the spool, once, and put them into the queue.

    What did not open before is tried again: its key may have been put back. Then triage
    looks at the letters that it has not seen, for a minute at the most. The worker does it
    all the time; this is for schedulers and tests. Batches that cannot be read hold up
    nothing else; they are named, and the command could not do its work.
    """
    from letterdesk.newsroom.opening import open_desk

    newsroom, moment, broken = open_desk(folder), now(), None
    from letterdesk.desk.actions.collect import BatchesStuck, BatchesUnread
    from letterdesk.newsroom.passes import collect_letters, reopen_letters, screen_letters

    try:
        done = collect_letters(newsroom, today=moment.date(), hour=moment.hour)
    except (BatchesUnread, BatchesStuck) as error:
        done, broken = error.done, error
    done += reopen_letters(newsroom, today=moment.date())
    screened = screen_letters(newsroom, seconds=_SCREENING, today=moment.date())
    sentence = (
        f"Collected {count(done.letters, 'letter')} from {count(done.batches, 'batch')}. "
        f"Known already: {done.repeated}. Could not be opened: {done.unopened}. "
        f"Screened: {screened:,}."
    )
    from letterdesk.desk.queries.health_of_places import told_of_unread

    if done.unread:
        click.echo(told_of_unread(done.unread), err=True)
    facts = {name: value for name, value in vars(done).items() if name != "left"}  # none
    answer(form, sentence, {**facts, "screened": screened})
    if broken:
        click.echo(broken.sentence, err=True)
        raise Failed


_SCREENING = 60.0  # seconds


@click.command()
@click.argument("folder", type=type_folder)
@click.option(
    "--all", "what", flag_value="all", default="changes", help="Write every file anew."
)
@answers_json
def publish(folder: Path, what: str, form: Form) -> None:
    """Publish what was decided, now, without waiting for the next slot.

    It collects before: what is taken back in the spool is not published, and where the
    spool cannot be read, nothing new is.
    With --all every file is written anew, for a public place that was lost or moved. Pages
    of an earlier version of Letterdesk come last. Stopped and called again, it goes on.
    """
    from letterdesk.newsroom.opening import open_desk

    newsroom, moment = open_desk(folder), now()
    from letterdesk.newsroom.passes import publish_all, publish_changes, renew_all

    press = {"all": publish_all, "changes": publish_changes}[what]
    done = press(
        newsroom, today=moment.date(), hour=moment.hour, watch=watched("Publishing")
    )
    done += renew_all(newsroom, today=today(), watch=watched("Renewing pages"))
    sentence = (
        f"Published {count(done.stories, 'changed story')}, with "
        f"{count(done.comments, 'comment')} decided since, and "
        f"{count(done.outcomes, 'outcome')}. "
        f"Files written: {done.files}, removed: {done.removed}."
        + (f" Renewed: {count(done.renewed, 'story')}." if done.renewed else "")
    )
    from letterdesk.desk.queries.health import told_of_pictures
    from letterdesk.desk.queries.shelf import lost_pictures
    from letterdesk.places import choose

    lost = lost_pictures(choose.public(newsroom)) if what == "all" else []
    if lost:
        click.echo(typed(told_of_pictures(lost), folder), err=True)
    facts = {**vars(done), "failed": [failing(one) for one in done.failed]}
    answer(form, sentence, {**facts, "lost_pictures": [asdict(one) for one in lost]})
    end_with(done.failed)


@click.command()
@click.argument("folder", type=type_folder)
@answers_json
def check(folder: Path, form: Form) -> None:
    """Look whether all is well: keys, places, database, audit log, published files."""
    from letterdesk.domain.errors import KeyTooShort
    from letterdesk.newsroom.opening import DeskNotReady, open_desk

    try:
        newsroom = open_desk(folder)
    except (DeskNotReady, KeyTooShort) as error:
        facts = {"problems": [error.sentence], "warnings": [], "files": {}, "checked": []}
        answer(form, error.sentence, facts)
        raise Failed from error
    from letterdesk.desk.queries.health import CHECKED, health

    looked = health(newsroom, now=now(), watch=watched)
    found = replace(
        looked,
        problems=[typed(one, folder) for one in looked.problems],
        warnings=[typed(one, folder) for one in looked.warnings],
    )
    well = f"All is well. Checked: {', '.join(CHECKED)}."
    sentence = "\n".join([*(found.problems or [well]), *found.warnings])
    answer(form, sentence, {**asdict(found), "checked": list(CHECKED)})
    if found.problems:
        raise Failed


@click.command()
@click.argument("folder", type=type_folder)
@click.argument(
    "state", type=click.Choice(("open", "slow", "closed")), metavar="[STATE]", default=None
)
@answers_json
def letterbox(folder: Path, state: str | None, form: Form) -> None:
    """Slow down or close the letterbox of FOLDER, or open it again.

    STATE is open, slow or closed; without it, says what was chosen. It counts at once,
    without a restart, on this machine.
    """
    from letterdesk.letterbox.budgets import State
    from letterdesk.letterbox.switch import Switch, turn
    from letterdesk.settings import read

    switch = read(folder).switch
    if state:
        turn(switch, State(state))
    chosen = Switch(switch).state()
    answer(form, _LETTERBOX[chosen], {"state": chosen})
    if state:
        click.echo(_OF_FOLDER.format(folder=typed_folder(folder)), err=True)


# A letterbox mostly has a folder of its own; the newsroom's is the one that people know.
_OF_FOLDER = (
    "So is the one that runs on {folder}, and no other. What yours does, it says itself: "
    "curl ADDRESS/.well-known/letterdesk.json"
)
_LETTERBOX = {
    "open": "The letterbox is open, as far as its budgets go.",
    "slow": "The letterbox is slow: letters without a proof of work have to share the part "
    "of the budgets that is kept for them.",
    "closed": "The letterbox is closed: it takes no comments and no tips. It still takes "
    "notices, withdrawals and appeals.",
}
