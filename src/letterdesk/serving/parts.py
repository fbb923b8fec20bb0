"""What each part runs in its own process."""

import logging
import os
import secrets
from collections.abc import Callable
from enum import StrEnum
from functools import partial

import click

from letterdesk import sealing
from letterdesk.domain.errors import LetterdeskError
from letterdesk.failures import reason
from letterdesk.letterbox.floods import KEY
from letterdesk.memory import keep_private
from letterdesk.newsroom.opening import FOLDER, open_desk, reconnect
from letterdesk.serving.addresses import Address, call_once_it_answers
from letterdesk.serving.hardening import PARENT, end_with
from letterdesk.settings import Settings

_log = logging.getLogger(__name__)
_Say = Callable[[str], object]


class Part(StrEnum):
    """The processes of a newsroom."""

    LETTERBOX = "letterbox"
    DESK = "desk"
    WORKER = "worker"


PROBES = {Part.LETTERBOX: "/.well-known/letterdesk.json", Part.DESK: "/sign-in/"}


def run_part(part: Part, newsroom: Settings, *, letterbox: Address, desk: Address) -> None:
    """Run one part in this process until a signal comes."""
    if parent := os.environ.pop(PARENT, ""):
        end_with(int(parent))
        say: _Say = _nothing
    else:  # alone; otherwise the supervisor says where to go
        say = click.echo
    keep_private()
    os.environ[FOLDER] = str(newsroom.folder)
    if part is Part.LETTERBOX:
        _letterbox(newsroom, letterbox, say)
    elif part is Part.DESK:
        _desk(newsroom, desk, say)
    else:
        _worker(newsroom, say)


def _nothing(sentence: str) -> None:
    """Say nothing: somebody else does."""


def _letterbox(newsroom: Settings, address: Address, say: _Say) -> None:
    from letterdesk.serving import servers  # noqa: PLC0415 -- granian, which others do without

    sealing.read_public_keys(newsroom.public_keys)  # what is wrong is said before it serves
    os.environ.setdefault(KEY, secrets.token_hex(32))  # one for all workers
    starts = _announcement(Part.LETTERBOX, address, say)
    servers.serve_letterbox(address, workers=newsroom.letterbox.workers, starts=starts)


def _desk(newsroom: Settings, address: Address, say: _Say) -> None:
    from letterdesk.serving import servers  # noqa: PLC0415 -- granian, which others do without

    open_desk(newsroom.folder)
    _seal_factors(newsroom)
    reconnect(newsroom)  # what is open now would be shared by the processes to come
    starts = _announcement(Part.DESK, address, say)
    servers.serve_desk(address, threads=newsroom.desk.threads, starts=starts)


def _seal_factors(newsroom: Settings) -> None:
    """Make the key of second factors where an earlier version ran without one.

    Where that cannot be, the desk serves all the same: passkeys open without it, and
    `letterdesk check` says what is wrong.
    """
    from letterdesk.newsroom.desk_keys import make_factors_key  # noqa: PLC0415 -- after open_desk

    try:
        make_factors_key(newsroom)
    except (LetterdeskError, OSError) as error:
        _log.warning(reason(error))


def _announcement(part: Part, address: Address, say: _Say) -> Callable[[], object]:
    """Give what makes a server say where it is, once it answers there."""
    if say is _nothing:
        return partial(_nothing, "")
    told = partial(say, f"{part.capitalize()}: {address.url}")
    return partial(call_once_it_answers, address, PROBES[part], told)


def _worker(newsroom: Settings, say: _Say) -> None:
    open_desk(newsroom.folder)
    from letterdesk.serving import rounds  # noqa: PLC0415 -- after open_desk

    rounds.work(newsroom, say)
