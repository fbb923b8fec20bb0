"""Back a newsroom up, and come back from a backup."""

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from letterdesk.cli.answers import Failed, answer, bar_of_bytes, now, today
from letterdesk.cli.options import (
    Form,
    answers_json,
    type_file,
    type_folder,
    type_folder_to_read,
)
from letterdesk.domain.errors import SettingWrong


def asks_passphrase(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command the option --passphrase-file."""
    return click.option(
        "--passphrase-file",
        type=type_file,
        help="A file whose first line is the passphrase; else it is asked for.",
    )(command)


@click.command()
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
    apart. FILE is read back before it counts. What cannot be read holds up nothing: it is
    named, and the exit status is 1.
    """
    from letterdesk import settings
    from letterdesk.newsroom.opening import open_desk
    from letterdesk.newsroom.outputs import refuse_existing, refuse_for_backup
    from letterdesk.newsroom.passphrase import new_passphrase

    _end_in_good_order()
    refuse_for_backup(settings.read(folder), file)
    if not over:
        refuse_existing(file)
    newsroom = open_desk(folder)
    if passphrase_file and file.exists() and file.samefile(passphrase_file):
        raise SettingWrong(
            f"{file} has the passphrase in it, and would be lost. Choose another file."
        )
    passphrase = new_passphrase(passphrase_file)
    from letterdesk.newsroom.backup import back_up

    done = back_up(newsroom, file, passphrase, now=now(), bar=bar_of_bytes)
    answer(form, done.sentence(), done.facts())
    if done.lacking:
        click.echo(done.lacking, err=True)
        raise Failed


@click.command()
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
    type=type_folder_to_read,
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
    done = bring_back(wanted, passphrase, today=today(), bar=bar_of_bytes)
    answer(form, done.sentence(), done.facts())
    click.echo(done.next_steps(), err=True)


def _end_in_good_order() -> None:
    """Clean up after SIGTERM as after Ctrl+C, and leave no memory on the disk."""
    from letterdesk.memory import leave_no_core

    leave_no_core()
    signal.signal(signal.SIGTERM, _end)


class _Ended(KeyboardInterrupt):
    """Somebody else than whoever sits at the keyboard ended the command."""


def _end(_number: int, _frame: object) -> None:
    raise _Ended
