"""`letterdesk triage serve`: the stand-in for the Perspective API as a process."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from letterdesk.domain.errors import SettingWrong
from letterdesk.serving.addresses import (
    Address,
    call_once_it_answers,
    must_be_free,
    read_address,
)
from letterdesk.serving.servers import serve_scores

KEY_FILE = "LETTERDESK_KEY_FILE"
_SHORTEST = 16  # characters


def serve_stand_in(
    listen: str, *, key_file: Path | None, workers: int, say: Callable[[str], object]
) -> None:
    """Serve until a signal comes; say where once it answers there.

    Raises SettingWrong when that cannot be.
    """
    address = read_address(listen, key="--listen")
    must_be_free(address, option="--listen")
    os.environ.pop(KEY_FILE, None)
    if key_file:
        read_key(key_file)  # says what is wrong before it is too late
        os.environ[KEY_FILE] = str(key_file.resolve())
    elif not _is_this_machine(address):
        say("Whoever reaches this address may ask: without --key-file nobody needs a key.")
    announce = partial(_announce, address, say)
    serve_scores(
        address,
        workers=workers,
        starts=partial(call_once_it_answers, address, "/healthz", announce),
    )


def _announce(address: Address, say: Callable[[str], object]) -> None:
    say(f"Instead of https://commentanalyzer.googleapis.com: {address.url}")
    say("Ctrl+C stops it.")


def read_key(file: Path) -> str:
    """Give the key in a file. Raises SettingWrong when it cannot be one."""
    try:
        key = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingWrong(f"The key in {file} cannot be read: {error}.") from error
    if len(key) < _SHORTEST or not key.isascii() or not key.isprintable():
        raise SettingWrong(
            f"{file} has no key that would do: one line of at least {_SHORTEST} letters, "
            "digits and signs. Make one: openssl rand -hex 16"
        )
    return key


def _is_this_machine(address: Address) -> bool:
    return address.ip.startswith("127.") or address.ip == "::1"
