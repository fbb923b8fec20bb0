"""Sentences for a person: of many names the first few, and commands as she types them."""

import re
from collections.abc import Sequence
from shlex import quote

_NAMED = 5  # in one sentence
_COMMAND = re.compile(r"(\bletterdesk (?:[a-z]+ ){1,3})FOLDER\b")


def few(names: Sequence[str]) -> str:
    """Give the first few of these, with nothing that moves a terminal."""
    shown = [name if name.isprintable() else ascii(name) for name in names[:_NAMED]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f", and {more} more" if more else "")


def some(names: Sequence[str]) -> str:
    """Give how many these are, and the first few."""
    return f"{len(names)} ({few(names)})"


def typed(sentence: str, folder: object) -> str:
    """Give a sentence whose commands name this newsroom's folder instead of FOLDER."""
    return _COMMAND.sub(lambda found: found[1] + typed_folder(folder), sentence)


def typed_folder(folder: object) -> str:
    """Give a folder as she types it in a command: -x would be an option, ./-x is none."""
    name = str(folder)
    return quote(f"./{name}" if name.startswith("-") else name)
