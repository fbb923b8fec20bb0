"""One pass of intake, of the press, of the audit: in a newsroom whose desk is open.

Imported once it is: Django's models need its settings.
"""

import time
from collections.abc import Callable
from datetime import date, datetime

from letterdesk import sealing
from letterdesk.desk.actions import learn
from letterdesk.desk.actions.collect import Collected, collect, reopen
from letterdesk.desk.actions.copies import forget_old_bands
from letterdesk.desk.actions.evidence import forget_old_evidence
from letterdesk.desk.actions.forget_vain import forget_vain
from letterdesk.desk.actions.learn import Learnt
from letterdesk.desk.actions.mails import send_due
from letterdesk.desk.actions.names_back import look_anew_under
from letterdesk.desk.actions.publish import Publication, publish, remove, renew
from letterdesk.desk.actions.reread import reread
from letterdesk.desk.actions.screen import screen
from letterdesk.desk.actions.spooled import Before
from letterdesk.desk.actions.verify import verify_more
from letterdesk.desk.queries.due import outdated_stories
from letterdesk.desk.queries.locks import learning_lock
from letterdesk.places import choose
from letterdesk.settings import Settings
from letterdesk.watch import Watch

_AT_ONCE = 8  # stories renewed under one lock: half a second of long threads


def collect_letters(
    newsroom: Settings, *, today: date, hour: int | None = None
) -> Collected:
    """Open what lies in the spool, with the keys as they are now; give how much it was.

    `hour` is the one of the day, UTC; None counts no load. Withdrawals and appeals on which
    nobody can act are forgotten in time, as long as nothing in the spool is passed over.
    """
    return _collect(newsroom, today=today, hour=hour, is_over=bool, before=None)


def collect_some(
    newsroom: Settings,
    *,
    seconds: float,
    today: date,
    hour: int | None = None,
    before: Before | None = None,
) -> Collected:
    """Do what `collect_letters` does for `seconds`; `left` is what waits for another time.

    `before` is what BatchesUnread or BatchesStuck said of the pass before.
    """
    end = time.monotonic() + seconds
    return _collect(
        newsroom,
        today=today,
        hour=hour,
        is_over=lambda: time.monotonic() >= end,
        before=before,
    )


def _collect(
    newsroom: Settings,
    *,
    today: date,
    hour: int | None,
    is_over: Callable[[], bool],
    before: Before | None,
) -> Collected:

    keys = sealing.read_private_keys(newsroom.private_keys)
    done = collect(
        choose.spool(newsroom),
        keys,
        today=today,
        hour=hour,
        is_over=is_over,
        before=before or Before(),
    )
    if not (done.unread or done.left):
        forget_vain(today=today)
    return done


def reopen_letters(newsroom: Settings, *, today: date) -> Collected:
    """Try again what did not open before: its key or its story may be there now."""
    return reopen(sealing.read_private_keys(newsroom.private_keys), today=today)


def screen_letters(newsroom: Settings, *, seconds: float, today: date) -> int:
    """Have triage look at letters that it has not seen, for `seconds`; give how many.

    With the time that is left, published comments are read again for protected names.
    """
    forget_old_bands(today=today)
    forget_old_evidence(today=today)
    key, end = newsroom.names_key, time.monotonic() + seconds
    look_anew_under(key)
    done = screen(seconds=seconds, key=key)
    return done + reread(seconds=end - time.monotonic(), key=key)


def publish_changes(
    newsroom: Settings, *, today: date, hour: int | None = None, watch: Watch = iter
) -> Publication:
    """Write what changed since the last pass to the public place; give how much it was.

    Pages of an earlier version stay until `renew_some` or `renew_all`. `hour` is the one
    of the day, UTC, at which it collects before; None counts no load.
    """
    place = choose.public(newsroom)
    return publish(place, newsroom=newsroom, today=today, hour=hour, watch=watch)


def remove_at_once(newsroom: Settings, *, today: date) -> Publication:
    """Take from readers what is to go before the next slot; give how much it was."""
    return remove(choose.public(newsroom), newsroom=newsroom, today=today)


def publish_all(
    newsroom: Settings, *, today: date, hour: int | None = None, watch: Watch = iter
) -> Publication:
    """Write every file to the public place, whatever lies there; give how much it was.

    `hour` is as for `publish_changes`.
    """
    place = choose.public(newsroom)
    return publish(place, newsroom=newsroom, today=today, hour=hour, anew=True, watch=watch)


def count_outdated() -> int:
    """Give how many stories have pages of an earlier version."""
    return len(outdated_stories())


def renew_some(newsroom: Settings, *, seconds: float, today: date) -> Publication:
    """Write pages of an earlier version anew, for `seconds`; give how much it was.

    The press is free for others in between.
    """
    place, done, end = choose.public(newsroom), Publication(), time.monotonic() + seconds
    while (found := outdated_stories(_AT_ONCE)) and time.monotonic() < end:
        done += renew(found, place, newsroom=newsroom, today=today)
    return done


def renew_all(newsroom: Settings, *, today: date, watch: Watch = iter) -> Publication:
    """Write all pages of an earlier version anew; stopped and called again, goes on."""
    place, done = choose.public(newsroom), Publication()
    for story in watch(outdated_stories()):
        done += renew([story], place, newsroom=newsroom, today=today)
    return done


def learning_is_due(*, today: date) -> bool:
    """Say whether there are enough decisions that nothing has been learnt from yet."""
    return learn.learning_is_due(today=today)


def learn_from_decisions(newsroom: Settings, *, today: date) -> list[Learnt] | None:
    """Learn what each desk's new decisions teach; None while another process does it."""
    with learning_lock(newsroom) as is_ours:
        return list(learn.learn_from_decisions(today=today)) if is_ours else None


def verify_log(*, today: date) -> None:
    """Verify the next piece of the audit log's chain; what is found is kept."""
    verify_more(today=today)


def send_mails(
    newsroom: Settings, *, now: datetime, is_over: Callable[[], bool] = bool
) -> int:
    """Tell by mail who asked for it that there is an answer; give how many were told.

    A mail server can take minutes; `is_over` may end it sooner.
    """
    return send_due(newsroom, now=now, is_over=is_over)
