"""The passphrase of a backup: typed by a person, or read from a file by a scheduler."""

import sys
from pathlib import Path

import click

from letterdesk.age import PassphraseWrong
from letterdesk.domain.errors import SettingWrong

SHORTEST = 12  # characters
_ASK = "The backup's passphrase"
_NOBODY = (
    "There is no terminal to ask for the passphrase on. Put it into a file that only this "
    "user can read, and give --passphrase-file FILE."
)


def new_passphrase(file: Path | None) -> str:
    """Give a passphrase to seal with, asked for twice. Raises PassphraseWrong."""
    given = _read(file) if file else _ask(is_new=True)
    if len(given) < SHORTEST:
        raise PassphraseWrong(
            f"The passphrase has {len(given)} characters, and needs {SHORTEST} at least: a "
            "thief of the file can try as many as he likes. Take five or six words."
        )
    return given


def known_passphrase(file: Path | None) -> str:
    """Give the passphrase to open with."""
    return _read(file) if file else _ask(is_new=False)


def _read(file: Path) -> str:
    """Give the first line of a file, without its end."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise SettingWrong(f"{file} is not text in UTF-8. Save it again.") from error
    if not lines or not lines[0]:
        raise SettingWrong(f"The first line of {file} is empty; it is the passphrase.")
    return lines[0]


def _ask(*, is_new: bool) -> str:
    if not sys.stdin.isatty():
        raise SettingWrong(_NOBODY)
    given: str = click.prompt(_ASK, hide_input=True, confirmation_prompt=is_new, err=True)
    return given
