"""What each part runs in its own process."""

import logging
import os
import secrets
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

import click

from letterdesk import sealing
from letterdesk.domain.errors import LetterdeskError
from letterdesk.failures import reason
from letterdesk.letterbox.floods import KEY
from letterdesk.memory import keep_private
from letterdesk.newsroom.keys import make_factors_key
from letterdesk.newsroom.opening import FOLDER, open_desk, reconnect
from letterdesk.newsroom.passes import (
    learning_is_due,
    publish_changes,
    remove_at_once,
    renew_some,
    screen_letters,
    send_mails,
    verify_log,
)
from letterdesk.serving.addresses import Address, call_once_it_answers
from letterdesk.serving.aside import Aside
from letterdesk.serving.hardening import PARENT, end_with
from letterdesk.serving.intake import Intake
from letterdesk.serving.learner import Learner
from letterdesk.serving.stop import stopped_by_signals
from letterdesk.serving.worker import Worker, log_failing
from letterdesk.settings import Settings

if TYPE_CHECKING:
    from letterdesk.desk.queries.failing import Failing

_log = logging.getLogger(__name__)
_Say = Callable[[str], object]
_AT_A_TIME = 3.0  # seconds that the worker collects, screens or renews at a time


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
    often, slots = newsroom.worker.collect_seconds, newsroom.press.slot_minutes
    say(f"Worker: collects every {often} s, publishes every {slots} min.")
    learner = Learner(folder=newsroom.folder)
    mail = Aside(action=partial(_mail, newsroom))
    worker = Worker(
        folder=newsroom.folder,
        collect=partial(_collect, newsroom, Intake(newsroom)),
        remove=partial(_remove, newsroom, set()),
        publish=partial(_publish, newsroom),
        mail=mail,
        learn=partial(_learn, newsroom, learner),
        verify=partial(_verify, newsroom),
        screen=partial(_screen, newsroom),
        renew=partial(_renew, newsroom),
        collect_seconds=often,
        slot_minutes=slots,
    )
    with closing(learner), closing(mail), stopped_by_signals() as stop:
        worker.run(clock=_now, wait=stop.wait)


def _mail(newsroom: Settings, is_over: Callable[[], bool]) -> None:
    """Send mails; in a thread, which has connections to the database of its own."""
    if not newsroom.site.answers_by_mail:
        return
    reconnect(newsroom)
    try:
        send_mails(newsroom, now=_now(), is_over=is_over)
    finally:
        reconnect(newsroom)


def _collect(newsroom: Settings, intake: Intake) -> int:
    reconnect(newsroom)
    return intake.collect(seconds=_stretch(newsroom), now=_now())


def _remove(newsroom: Settings, known: "set[Failing]") -> None:
    """Remove what is due; `known` is what failed in the round before, and was logged."""
    reconnect(newsroom)
    failed = set(remove_at_once(newsroom, today=_today()).failed)
    log_failing(failed - known)
    known.clear()
    known.update(failed)


def _publish(newsroom: Settings) -> None:
    reconnect(newsroom)
    now = _now()  # once: at midnight the day and the hour would be of two days
    log_failing(publish_changes(newsroom, today=now.date(), hour=now.hour).failed)


def _verify(newsroom: Settings) -> None:
    reconnect(newsroom)
    verify_log(today=_today())


def _screen(newsroom: Settings) -> int:
    reconnect(newsroom)
    return screen_letters(newsroom, seconds=_stretch(newsroom), today=_today())


def _learn(newsroom: Settings, learner: Learner) -> None:
    if not learner.is_busy():
        reconnect(newsroom)
        if learning_is_due(today=_today()):
            learner.start()


def _renew(newsroom: Settings) -> int:
    reconnect(newsroom)
    done = renew_some(newsroom, seconds=_stretch(newsroom), today=_today())
    log_failing(done.failed)
    return done.renewed


def _stretch(newsroom: Settings) -> float:
    """Give the seconds that the worker does one thing before it looks at the others."""
    return min(newsroom.worker.collect_seconds, _AT_A_TIME)


def _now() -> datetime:
    return datetime.now(UTC)


def _today() -> date:
    return _now().date()
