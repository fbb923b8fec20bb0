"""What the worker does in its rounds; imported once the desk is open."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from functools import partial

from letterdesk.desk.queries.failing import Failing
from letterdesk.newsroom.opening import reconnect
from letterdesk.newsroom.passes import (
    learning_is_due,
    publish_changes,
    remove_at_once,
    renew_some,
    screen_letters,
    send_mails,
    verify_log,
)
from letterdesk.serving.aside import Aside
from letterdesk.serving.intake import Intake
from letterdesk.serving.learner import Learner
from letterdesk.serving.stop import stopped_by_signals
from letterdesk.serving.worker import Worker, log_failing
from letterdesk.settings import Settings

_AT_A_TIME = 3.0  # seconds that the worker collects, screens or renews at a time


def work(newsroom: Settings, say: Callable[[str], object]) -> None:
    """Run the worker until a signal comes."""
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


def _remove(newsroom: Settings, known: set[Failing]) -> None:
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
