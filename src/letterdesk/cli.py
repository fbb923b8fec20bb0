"""The commands; each a few lines that call the parts.

What a command gives goes to stdout, what explains it to stderr. Parts are imported by the
command that needs them, so that no command waits for another's.
"""

import json
import os
import re
import signal
import sys
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

import click

from letterdesk import failures
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.story import Credit
from letterdesk.version import VERSION

if TYPE_CHECKING:
    from letterdesk.desk.queries.failing import Failing
    from letterdesk.interchange.portion import Portion

_DONE, _COULD_NOT, _WRONG_USAGE = 0, 1, 2
_PARTS = ("letterbox", "desk", "worker")
_HOST_AND_PORT = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s:\[\]]+):[0-9]{1,5}")
_ADDRESS = re.compile(r"https?://[^\s/?#]+[^\s?#]*")
_SYSTEMS = (
    *("artalk", "comentario", "commento", "coral", "disqus", "isso", "plone"),
    *("remark42", "wordpress", "letterdesk"),
)
_ROLES = ("moderator", "editor", "admin", "auditor")
_EXPORTS = ("letterdesk", "wordpress", "coral", "archive", "statements")

type_folder = click.Path(path_type=Path)
type_file = click.Path(path_type=Path, exists=True, dir_okay=False)
type_day = click.DateTime(["%Y-%m-%d"])
Form = Literal["text", "json"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; give its exit status: 0 done, 1 could not, 2 wrong usage."""
    try:
        letterdesk.main(arguments, prog_name="letterdesk", standalone_mode=False)
    except click.UsageError as error:
        error.show()
        return _WRONG_USAGE
    except click.Abort:
        click.echo("Stopped.", err=True)
        return _COULD_NOT
    except BrokenPipeError:  # whoever read our answer has enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _COULD_NOT
    except _Failed:
        return _COULD_NOT
    except Exception as error:  # noqa: BLE001 -- the last place where a person can be told
        if os.environ.get("LETTERDESK_DEBUG"):
            traceback.print_exc()
        _say_why(error, asked_json="--json" in (arguments or sys.argv[1:]))
        return _COULD_NOT
    return _DONE


def _say_why(error: Exception, *, asked_json: bool) -> None:
    """Tell a person what is wrong; and a program, where one is reading."""
    sentence = failures.explain(error) or failures.unexpected(error)
    if asked_json:
        code = error.code if isinstance(error, LetterdeskError) else LetterdeskError.code
        problem = {"code": code, "detail": sentence}
        click.echo(json.dumps({"problem": problem}, ensure_ascii=False))
    click.echo(sentence, err=True)


class _Failed(Exception):
    """A command has said what is wrong, and ends with status 1."""


def answers_json(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command the option --json."""
    return click.option(
        "--json", "form", flag_value="json", default="text", help="Answer as JSON."
    )(command)


def _host_and_port(context: click.Context, parameter: click.Parameter, written: str) -> str:
    """Give HOST:PORT as it is written. Raises BadParameter: that is wrong usage."""
    if written and not _HOST_AND_PORT.fullmatch(written):
        raise click.BadParameter(
            f"{written!r} is not HOST:PORT, such as 127.0.0.1:8000.", context, parameter
        )
    return written


def listens(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command the options that say where the servers listen."""
    for name, where in (("desk", "127.0.0.1:8001"), ("letterbox", "127.0.0.1:8000")):
        command = click.option(
            f"--{name}",
            default="",
            metavar="HOST:PORT",
            callback=_host_and_port,
            help=f"Where the {name} listens: {where} unless the settings say otherwise.",
        )(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, message="%(prog)s %(version)s")
def letterdesk() -> None:
    """Reader comments, run like a letters page.

    Begin with `letterdesk demo`, which shows all of it, or with `letterdesk init FOLDER`,
    which makes a newsroom of your own.
    """


@letterdesk.command()
@click.argument("folder", type=type_folder)
@answers_json
def init(folder: Path, form: Form) -> None:
    """Make a newsroom in FOLDER, or mend one.

    What is there stays as it is. Run it again after an update of Letterdesk, too: it brings
    the desk's tables up to date.
    """
    from letterdesk.newsroom.create import create
    from letterdesk.settings import Settings

    created = create(folder, Settings(), today=_today(), watch=_watched("Publishing"))
    if created.made:
        sentence = f"Made in {folder}: {', '.join(created.made)}."
    else:
        sentence = f"{folder} is a newsroom already and lacks nothing. Nothing was changed."
    facts = {"folder": str(created.newsroom.folder), "made": created.made}
    _answer(form, sentence, {**facts, "outdated": created.outdated})
    if created.outdated:
        told = _count(created.outdated, "story")
        click.echo(_OUTDATED.format(stories=told, folder=folder), err=True)
    if "letterdesk.toml" in created.made:
        click.echo(_NEXT.format(folder=folder), err=True)


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


@letterdesk.command()
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
    from letterdesk.serving.hardening import leave_no_core

    leave_no_core()
    if then == "stop":
        click.echo(build_only(folder, letterbox=letterbox, desk=desk, now=_now()))
    elif not build_and_serve(folder, letterbox=letterbox, desk=desk, now=_now()):
        raise _Failed


@letterdesk.command()
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
        raise _Failed


@letterdesk.command()
@click.argument("folder", type=type_folder)
@answers_json
def collect(folder: Path, form: Form) -> None:
    """Open the letters in the spool, once, and put them into the queue.

    What did not open before is tried again: its key may have been put back. Then triage
    looks at the letters that it has not seen, for a minute at the most. The worker does it
    all the time; this is for schedulers and tests.
    """
    from letterdesk.newsroom.opening import open_desk
    from letterdesk.newsroom.passes import collect_letters, reopen_letters, screen_letters

    newsroom, now = open_desk(folder), _now()
    done = collect_letters(newsroom, today=now.date(), hour=now.hour)
    done += reopen_letters(newsroom, today=now.date())
    screened = screen_letters(newsroom, seconds=_SCREENING, today=now.date())
    sentence = (
        f"Collected {_count(done.letters, 'letter')} from {_count(done.batches, 'batch')}. "
        f"Known already: {done.repeated}. Could not be opened: {done.unopened}. "
        f"Screened: {screened:,}."
    )
    _answer(form, sentence, {**vars(done), "screened": screened})


_SCREENING = 60.0  # seconds


@letterdesk.command()
@click.argument("folder", type=type_folder)
@click.option(
    "--all", "what", flag_value="all", default="changes", help="Write every file anew."
)
@answers_json
def publish(folder: Path, what: str, form: Form) -> None:
    """Publish what was decided, now, without waiting for the next slot.

    With --all every file is written anew, for a public place that was lost or moved. Pages
    of an earlier version of Letterdesk come last. Stopped and called again, it goes on.
    """
    from letterdesk.newsroom.opening import open_desk
    from letterdesk.newsroom.passes import publish_all, publish_changes, renew_all

    newsroom = open_desk(folder)
    press = {"all": publish_all, "changes": publish_changes}[what]
    done = press(newsroom, today=_today(), watch=_watched("Publishing"))
    done += renew_all(newsroom, today=_today(), watch=_watched("Renewing pages"))
    sentence = (
        f"Published {_count(done.comments, 'comment')} under "
        f"{_count(done.stories, 'changed story')}, and {_count(done.outcomes, 'outcome')}. "
        f"Files written: {done.files}, removed: {done.removed}."
        + (f" Renewed: {_count(done.renewed, 'story')}." if done.renewed else "")
    )
    from letterdesk.desk.queries.health import told_of_pictures
    from letterdesk.desk.queries.shelf import lost_pictures
    from letterdesk.places import choose

    lost = lost_pictures(choose.public(newsroom)) if what == "all" else []
    if lost:
        click.echo(told_of_pictures(lost), err=True)
    facts = {**vars(done), "failed": [_failing(one) for one in done.failed]}
    _answer(form, sentence, {**facts, "lost_pictures": [asdict(one) for one in lost]})
    _end_with(done.failed)


def _failing(one: "Failing") -> dict[str, object]:
    """Give what the press could not do for a story, as JSON has it."""
    return {**vars(one), "since": one.since.isoformat()}


def _end_with(failed: Sequence["Failing"]) -> None:
    """Say what the press could not do, if there is anything, and end with status 1."""
    from letterdesk.desk.queries.health import told_of_failing

    if failed:
        click.echo("\n".join(told_of_failing(failed)), err=True)
        raise _Failed


@letterdesk.group()
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
@click.option("--desk", help="The desk that answers for it; else its language.")
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
        added = add_story(newsroom, Written(**written), today=_today())
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
    _answer(form, added.id, {"id": added.id, "new": added.is_new})
    _end_with(added.failed)


@letterdesk.group()
def user() -> None:
    """Give people accounts at the desk."""


@user.command("add")
@click.argument("folder", type=type_folder)
@click.argument("name")
@click.option("--role", type=click.Choice(_ROLES), required=True)
@click.option("--desk", "desks", multiple=True, help="Her desk; again for more; none: all.")
@answers_json
def user_add(
    folder: Path, name: str, role: str, desks: tuple[str, ...], form: Form
) -> None:
    """Make an account for NAME, and print its first password: now or never."""
    from letterdesk.newsroom.opening import open_desk

    open_desk(folder)
    from letterdesk.desk.actions.people import add_user

    password = add_user(name, role, desks=desks, today=_today())
    click.echo(f"{name} can sign in with this first password; it is not kept:", err=True)
    _answer(form, password, {"name": name, "role": role, "password": password})


@user.command("list")
@click.argument("folder", type=type_folder)
@answers_json
def user_list(folder: Path, form: Form) -> None:
    """List every account: its role, desks, pseudonym, and whether it is open."""
    from letterdesk.newsroom.opening import open_desk

    open_desk(folder)
    from letterdesk.desk.queries.accounts import accounts, facts
    from letterdesk.desk.queries.people import COMMAND

    found = [facts(one) for one in accounts(COMMAND)]
    lines = ["\t".join(_cell(value) for value in one.values()) for one in found]
    _answer(
        form, "\n".join(["\t".join(found[0]), *lines] if found else []), {"users": found}
    )


@user.command("close")
@click.argument("folder", type=type_folder)
@click.argument("name")
@answers_json
def user_close(folder: Path, name: str, form: Form) -> None:
    """Close the account of NAME, its sign-ins and its tokens, now."""
    from letterdesk.newsroom.opening import open_desk

    open_desk(folder)
    from letterdesk.desk.actions.people import deactivate

    deactivate(name, today=_today())
    _answer(form, f"The account {name} is closed.", {"name": name, "open": False})


@user.command("reopen")
@click.argument("folder", type=type_folder)
@click.argument("name")
@answers_json
def user_reopen(folder: Path, name: str, form: Form) -> None:
    """Open the account of NAME again, with the password that it had."""
    from letterdesk.newsroom.opening import open_desk

    open_desk(folder)
    from letterdesk.desk.actions.people import reopen

    reopen(name, today=_today())
    _answer(form, f"The account {name} is open.", {"name": name, "open": True})


@user.command("reset")
@click.argument("folder", type=type_folder)
@click.argument("name")
@answers_json
def user_reset(folder: Path, name: str, form: Form) -> None:
    """Print a new first password for NAME, who lost hers; her second factors end."""
    from letterdesk.newsroom.opening import open_desk

    open_desk(folder)
    from letterdesk.desk.actions.people import reset

    password = reset(name, today=_today())
    click.echo(f"{name} can sign in with this first password; it is not kept:", err=True)
    _answer(form, password, {"name": name, "password": password})


@user.command("confirm")
@click.argument("folder", type=type_folder)
@click.argument("name")
@answers_json
def user_confirm(folder: Path, name: str, form: Form) -> None:
    """Let NAME count as a second person, where no other admin can confirm the account."""
    from letterdesk.newsroom.opening import open_desk

    open_desk(folder)
    from letterdesk.desk.actions.confirm import confirm

    confirm(name, today=_today())
    sentence = f"{name} counts as a person of her own where two people are needed."
    _answer(form, sentence, {"name": name, "confirmed": True})


@letterdesk.group()
def token() -> None:
    """Give programs access to the desk's API."""


@token.command("add")
@click.argument("folder", type=type_folder)
@click.argument("name")
@click.option("--role", type=click.Choice(_ROLES), required=True)
@answers_json
def token_add(folder: Path, name: str, role: str, form: Form) -> None:
    """Make a token that acts in the name of NAME, and print it: now or never."""
    from letterdesk.newsroom.opening import open_desk

    open_desk(folder)
    from letterdesk.desk.actions.people import add_token

    made = add_token(name, role, today=_today())
    click.echo(f"A token of {name}, as {role}; only its digest is kept:", err=True)
    _answer(form, made, {"name": name, "role": role, "token": made})


@token.command("list")
@click.argument("folder", type=type_folder)
@answers_json
def token_list(folder: Path, form: Form) -> None:
    """List the tokens: number, person, role, day. What opens them is not known."""
    from letterdesk.newsroom.opening import open_desk

    open_desk(folder)
    from letterdesk.desk.queries.accounts import accounts
    from letterdesk.desk.queries.people import COMMAND

    found = [
        {"id": one.id, "name": who.name, "role": one.role, "created": str(one.created)}
        for who in accounts(COMMAND)
        for one in who.tokens
    ]
    lines = ["\t".join(str(value) for value in one.values()) for one in found]
    _answer(form, "\n".join(lines), {"tokens": found})


@token.command("revoke")
@click.argument("folder", type=type_folder)
@click.argument("number", type=int)
@answers_json
def token_revoke(folder: Path, number: int, form: Form) -> None:
    """Take away the token that `token list` shows under NUMBER."""
    from letterdesk.newsroom.opening import open_desk

    open_desk(folder)
    from letterdesk.desk.actions.people import revoke_token

    revoke_token(number, today=_today())
    _answer(form, f"Token {number} opens nothing any more.", {"id": number})


@letterdesk.group()
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
    _answer(form, "\n".join(lines), {"unopened": found})


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

    gone = discard(frozenset(numbers), today=_today())
    _answer(form, f"Discarded {_count(gone, 'sealed letter')}.", {"discarded": gone})


@letterdesk.command()
@click.argument("folder", type=type_folder)
@answers_json
def check(folder: Path, form: Form) -> None:
    """Look whether all is well: keys, places, database, audit log, published files."""
    from letterdesk.newsroom.opening import DeskNotReady, open_desk

    try:
        newsroom = open_desk(folder)
    except DeskNotReady as error:
        facts = {"problems": [error.sentence], "warnings": [], "files": {}, "checked": []}
        _answer(form, error.sentence, facts)
        raise _Failed from error
    from letterdesk.desk.queries.health import CHECKED, health

    found = health(newsroom, watch=_watched)
    well = f"All is well. Checked: {', '.join(CHECKED)}."
    sentence = "\n".join([*(found.problems or [well]), *found.warnings])
    _answer(form, sentence, {**asdict(found), "checked": list(CHECKED)})
    if found.problems:
        raise _Failed


def asks_passphrase(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command the option --passphrase-file."""
    return click.option(
        "--passphrase-file",
        type=type_file,
        help="A file whose first line is the passphrase; else it is asked for.",
    )(command)


@letterdesk.command()
@click.argument("folder", type=type_folder)
@click.argument("file", type=type_folder)
@asks_passphrase
@click.option("--force", "over", flag_value="old", help="Write over FILE, if it is there.")
@answers_json
def backup(
    folder: Path, file: Path, passphrase_file: Path | None, over: str | None, form: Form
) -> None:
    """Write all that makes the newsroom in FOLDER whole into FILE, sealed.

    Nothing has to stop for it. A passphrase opens FILE; without it nobody does, so keep it
    apart. FILE is read back before it counts.
    """
    from letterdesk import settings
    from letterdesk.newsroom.backup import back_up, refuse_existing, refuse_place
    from letterdesk.newsroom.opening import open_desk
    from letterdesk.newsroom.passphrase import new_passphrase

    _end_in_good_order()
    refuse_place(settings.read(folder), file)
    if not over:
        refuse_existing(file)
    newsroom = open_desk(folder)
    passphrase = new_passphrase(passphrase_file)
    done = back_up(newsroom, file, passphrase, now=_now(), bar=_bar_of_bytes)
    _answer(form, done.sentence(), done.facts())


@letterdesk.command()
@click.argument("file", type=type_file)
@click.argument("folder", type=type_folder)
@asks_passphrase
@click.option(
    "--settings",
    type=type_file,
    help="A letterdesk.toml to use instead of the one in the backup.",
)
@click.option(
    "--published",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A newer public place, or a copy: what was taken back since is erased again.",
)
@answers_json
def restore(
    file: Path,
    folder: Path,
    passphrase_file: Path | None,
    settings: Path | None,
    published: Path | None,
    form: Form,
) -> None:
    """Make the newsroom of the backup FILE anew in FOLDER, which is new or empty.

    Whole, or not at all: whatever fails, nothing is left behind. Says at the end what is
    left to do.
    """
    from letterdesk.newsroom.passphrase import known_passphrase
    from letterdesk.newsroom.restore import Wanted, refuse_taken
    from letterdesk.newsroom.restore import restore as bring_back

    _end_in_good_order()
    refuse_taken(folder)
    wanted = Wanted(file=file, folder=folder, settings=settings, published=published)
    passphrase = known_passphrase(passphrase_file)
    done = bring_back(wanted, passphrase, today=_today(), bar=_bar_of_bytes)
    _answer(form, done.sentence(), done.facts())
    click.echo(done.next_steps(), err=True)


def _end_in_good_order() -> None:
    """Clean up after SIGTERM as after Ctrl+C, and leave no memory on the disk."""
    from letterdesk.serving.hardening import leave_no_core

    leave_no_core()
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@letterdesk.command()
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
    _answer(form, _LETTERBOX[chosen], {"state": chosen})


_LETTERBOX = {
    "open": "The letterbox is open, as far as its budgets go.",
    "slow": "The letterbox is slow: letters without a proof of work have to share the part "
    "of the budgets that is kept for them.",
    "closed": "The letterbox is closed: it takes no comments and no tips. It still takes "
    "notices, withdrawals and appeals.",
}


@letterdesk.group()
def audit() -> None:
    """Verify the log that shows that nobody rewrote history."""


@audit.command("verify")
@click.argument("folder", type=type_folder)
@answers_json
def audit_verify(folder: Path, form: Form) -> None:
    """Compute the whole chain anew, and say whether it holds."""
    from letterdesk.newsroom.opening import open_desk

    open_desk(folder)
    from letterdesk.desk.queries.audit import head, verify

    broken, (number, digest) = verify(), head()
    if broken is None:
        sentence = f"The audit log holds: {number} entries, the last one {digest}."
    else:
        sentence = (
            f"The audit log is broken from entry {broken} on: it was changed outside "
            "Letterdesk. Keep a copy, and compare it with a backup and the published heads."
        )
    _answer(form, sentence, {"entries": number, "head": digest, "broken": broken})
    if broken is not None:
        raise _Failed


@letterdesk.command()
@click.argument("name", metavar="FORMAT", type=click.Choice(_EXPORTS))
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
    from letterdesk.newsroom import exports
    from letterdesk.newsroom.exports import FORMATS
    from letterdesk.newsroom.opening import open_desk

    portion = _portion(name, FORMATS[name].takes, chosen)
    out = _export_file(file, is_text=FORMATS[name].is_text)
    target = exports.Target(file=out, replaces=chosen["replaces"])
    done = exports.export(
        open_desk(folder),
        name,
        target,
        portion=portion,
        today=_today(),
        watch=_watched("Exporting"),
    )
    amount = " and ".join(
        _count(done.counts[one], thing) for one, thing in _EXPORTED if one in done.counts
    )
    told = [f"Wrote {amount} into {file}.", *done.remarks, *done.problems]
    if not (FORMATS[name].is_public or portion.published_only):
        told.append(_NOT_PUBLISHED)
    facts = {**done.counts, "remarks": done.remarks, "problems": done.problems}
    _answer(form, "\n".join(told), facts, err=str(file) == "-")
    if done.problems:
        raise _Failed


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


def _tag(context: click.Context, parameter: click.Parameter, written: str) -> str:
    """Give a language's tag in the usual case. Raises BadParameter when nobody knows it."""
    from letterdesk.reader.tags import known_tag

    if written and not known_tag(written):
        raise click.BadParameter(
            f"{written!r} is no language that we know. Write it like en, ko or zh-Hans.",
            context,
            parameter,
        )
    return known_tag(written) if written else ""


def _site(_context: click.Context, _parameter: click.Parameter, written: str) -> str:
    """Give a site's address. Raises BadParameter for what is none."""
    if written and not _ADDRESS.fullmatch(written):
        raise click.BadParameter(f"{written!r} is not like https://news.example.")
    return written


@letterdesk.command("import")
@click.argument("what", metavar="FORMAT", type=click.Choice(_SYSTEMS))
@click.argument("folder", type=type_folder)
@click.argument("file", type=type_file)
@click.option("--site", default="", callback=_site, help="Where the file has only paths.")
@click.option("--urls", type=type_file, help="Lines OLD<TAB>NEW: where stories are now.")
@click.option("--language", default="", callback=_tag, help="Of new stories; else found.")
@click.option("--desk", help="The desk of new stories; else their language.")
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

    wish, bar = Wish(format=what, **written), _bar("Reading")
    if then == "look":
        report, verb = look_into(newsroom, wish, today=_today(), bar=bar), "Would import"
    else:
        watch = _watched("Putting threads together")
        report = import_file(newsroom, wish, today=_today(), bar=bar, watch=watch)
        verb = "Imported"
    sentence = "\n".join(lines(report, wish, verb=verb))
    _answer(form, sentence, {**facts(report), "dry_run": then == "look"})
    if report.imported["published"] and then == "take":
        click.echo(_IMPORTED.format(folder=folder), err=True)


_IMPORTED = """
Readers see them from the next slot on; at once: letterdesk publish {folder}"""


@letterdesk.group()
def imported() -> None:
    """Look at what was imported, and undo an import."""


@imported.command("list")
@click.argument("folder", type=type_folder)
@answers_json
def imported_list(folder: Path, form: Form) -> None:
    """List the imports: number, format, file, first day, last day, comments."""
    from letterdesk.newsroom.opening import open_desk

    open_desk(folder)
    from letterdesk.desk.queries.imports import runs
    from letterdesk.desk.queries.people import COMMAND

    found = [
        {
            **vars(one),
            "begun": one.begun.isoformat(),
            "finished": one.finished.isoformat() if one.finished else None,
        }
        for one in runs(COMMAND)
    ]
    lines = ["\t".join(str(value or "-") for value in one.values()) for one in found]
    _answer(form, "\n".join(lines), {"imports": found})


@imported.command("undo")
@click.argument("folder", type=type_folder)
@click.argument("number", type=int)
@answers_json
def imported_undo(folder: Path, number: int, form: Form) -> None:
    """Remove the comments of the import that `imported list` shows under NUMBER.

    What somebody here decided on, answered, reported or chose stays, and so do the stories.
    """
    from letterdesk.newsroom.opening import open_desk

    open_desk(folder)
    from letterdesk.desk.actions.import_undo import undo_import

    undone = undo_import(number, today=_today())
    sentence = (
        f"Removed {_count(undone.removed, 'comment')}. Kept, because somebody here has "
        f"touched them: {undone.kept:,}. Readers' pages change with the next publication."
    )
    _answer(form, sentence, vars(undone))


@letterdesk.group()
def tip() -> None:
    """Keep the key that tips are sealed to, and open what an editor handed over."""


@tip.command("key")
@click.argument("file", type=click.Path(path_type=Path))
def tip_key(file: Path) -> None:
    """Make a key pair: FILE.private, which opens tips, and FILE.public for `tips.key`.

    For whoever reads tips, on her own machine; no newsroom's folder is needed.
    """
    from letterdesk.newsroom.keys import make_pair

    for path in make_pair(file):
        click.echo(str(path))


@tip.command("open")
@click.argument("key", type=type_file)
@click.argument("file", type=type_file)
def tip_open(key: Path, file: Path) -> None:
    """Print the tip in FILE, which was sealed to the public half of KEY."""
    from letterdesk import sealing
    from letterdesk.domain.letter import as_sheet

    letter = sealing.open_letter(file.read_bytes(), sealing.read_private_keys(key))
    click.echo(as_sheet(letter), nl=False)


@letterdesk.group()
def keys() -> None:
    """List and renew the keys that seal and open letters."""


@keys.command("list")
@click.argument("folder", type=type_folder)
@answers_json
def keys_list(folder: Path, form: Form) -> None:
    """Print the ids of the keys, the one that seals first."""
    from letterdesk import sealing, settings

    found = sealing.read_public_keys(settings.read(folder).public_keys)
    ids = [key.id.hex() for key in found]
    _answer(form, "\n".join(ids), {"keys": ids})


@keys.command("rotate")
@click.argument("folder", type=type_folder)
@answers_json
def keys_rotate(folder: Path, form: Form) -> None:
    """Make a new key that seals from now on, and print its id; older ones still open."""
    from letterdesk import settings
    from letterdesk.newsroom.keys import rotate_keys

    new = rotate_keys(settings.read(folder))
    click.echo(
        "Copy keys/desk.public to the machines of the letterbox, and back up", err=True
    )
    click.echo("keys/desk.private. The new key:", err=True)
    _answer(form, new.id.hex(), {"key": new.id.hex()})


@letterdesk.group()
def triage() -> None:
    """Ask the signals about comments, and measure them on labelled ones."""


@triage.command("evaluate")
@click.argument("file", type=type_file)
@click.option("--language", default="", help="A tag such as en; else found out.")
@answers_json
def triage_evaluate(file: Path, language: str, form: Form) -> None:
    """Score FILE, rows of text<TAB>label (1 = unwelcome), plain or .xz.

    Prints how well the scores tell unwelcome from welcome: AUC, average precision, the
    share of good comments set apart at 95 % recall of the bad, comments per second.
    """
    from letterdesk.triage.evaluate import evaluate

    found = evaluate(file, language=language)
    _answer(form, "\n".join(found.sentences()), vars(found))


def _something(context: click.Context, parameter: click.Parameter, written: str) -> str:
    """Give TEXT. Raises BadParameter when there is nothing in it."""
    if not written.strip():
        raise click.BadParameter("there is nothing in it to explain.", context, parameter)
    return written


@triage.command("explain")
@click.argument("text", callback=_something)
@click.option(
    "--language", default="", callback=_tag, help="A tag such as en; else found out."
)
@answers_json
def triage_explain(text: str, language: str, form: Form) -> None:
    """Say what each signal makes of TEXT: its score, its reason, its words."""
    from letterdesk.triage.explain import explain, facts, told

    signals = explain(text, language=language)
    _answer(form, "\n".join(told(text, signals)), {"signals": facts(signals)})


@triage.command("serve")
@click.option(
    "--listen",
    default="127.0.0.1:8002",
    metavar="HOST:PORT",
    callback=_host_and_port,
    help="Where it listens: 127.0.0.1:8002 unless given.",
)
@click.option(
    "--key-file", type=type_file, help="A file with the key that clients have to give."
)
@click.option("--workers", default=1, type=click.IntRange(1, 64), help="Processes.")
def triage_serve(listen: str, key_file: Path | None, workers: int) -> None:
    """Answer as the Perspective API does, with our scores, until Ctrl+C.

    Clients of that API need another address, and nothing else. Nothing is stored.
    """
    from letterdesk.serving.stand_in import serve_stand_in

    serve_stand_in(listen, key_file=key_file, workers=workers, say=click.echo)


@triage.command("train")
@click.argument("data", type=type_folder)
@click.argument("out", type=type_folder)
@click.option("--work", type=type_folder, required=True, help="Where stages are kept.")
@click.option("--language", "languages", multiple=True, default=("en", "ko", "zh"))
def triage_train(data: Path, out: Path, work: Path, languages: tuple[str, ...]) -> None:
    """Learn the weights anew from the labelled files in DATA, into OUT.

    Stopped and run again with the same --work folder, it goes on where it was.
    """
    from letterdesk.triage.training.advertising import train_advertising
    from letterdesk.triage.training.train import train

    made = train(data, out, work=work, languages=languages, progress=_progress)
    made += train_advertising(data, out, languages=languages, progress=_progress)
    for file in made:
        click.echo(str(file))


@triage.command("learn")
@click.argument("folder", type=type_folder)
@answers_json
def triage_learn(folder: Path, form: Form) -> None:
    """Learn what the decisions of each desk in FOLDER teach, where there are new ones.

    Nothing changes at the desk: an editor looks at what came of it, and takes it into use
    or not. The worker does it by itself; this is for schedulers and tests.
    """
    from letterdesk.newsroom.opening import open_desk
    from letterdesk.newsroom.passes import learn_from_decisions
    from letterdesk.serving.hardening import give_way, keep_to_one_thread

    give_way()
    keep_to_one_thread()
    found = learn_from_decisions(open_desk(folder), today=_today())
    if found is None:
        _answer(form, "Another process is learning already.", {"learnt": None})
        return
    lines = [_learnt(vars(one)) for one in found] or ["There is nothing new to learn from."]
    _answer(form, "\n".join(lines), {"learnt": [vars(one) for one in found]})


def _learnt(facts: Mapping[str, Any]) -> str:
    came = "too few decisions, or too few of one kind"
    if facts["has_candidate"]:
        came = "a better model" if facts["is_better"] else "no better model"
    decisions = _count(facts["decisions"], "decision")
    about = f"{facts['desk']}, {facts['language']}, {facts['signal']}"
    return f"{about}: {decisions}, {came}."


def _progress(line: str) -> None:
    click.echo(line, err=True)


def _watched(what: str) -> Callable[[Sequence[int]], Iterable[int]]:
    """Give what shows on a terminal how far a long loop is."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return lambda ones: track(
        ones, what, console=console, transient=True, disable=not console.is_terminal
    )


@contextmanager
def _bar(what: str) -> Iterator[Callable[[float], None]]:
    """Give what shows on a terminal how much is done, told from 0 to 1."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    shown = Progress(console=console, transient=True, disable=not console.is_terminal)
    with shown:
        task = shown.add_task(what, total=1.0)
        yield lambda share: shown.update(task, completed=share)


@contextmanager
def _bar_of_bytes(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Show on a terminal how many of `total` bytes are done; None: that it goes on."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    shown = Progress(console=console, transient=True, disable=not console.is_terminal)
    with shown:
        task = shown.add_task(what, total=total)
        yield lambda done: shown.advance(task, done)


def _cell(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _answer(
    form: Form, sentence: str, facts: Mapping[str, object], *, err: bool = False
) -> None:
    said = json.dumps(facts, ensure_ascii=False) if form == "json" else sentence
    click.echo(said, err=err)


_MANY = {
    "batch": "batches",
    "story": "stories",
    "changed story": "changed stories",
    "statement of reasons": "statements of reasons",
}


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing if number == 1 else _MANY.get(thing, f'{thing}s')}"


def _now() -> datetime:
    return datetime.now(UTC)


def _today() -> date:
    return _now().date()
