from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as django_settings

from letterdesk.desk.actions import sessions
from letterdesk.desk.actions.sessions import (
    SessionStore,
    digest,
    end_other_sessions,
    end_session,
)
from letterdesk.desk.models import AuditEntry, Session
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.sessions import runs, sessions_of
from letterdesk.settings import Desk, Settings
from tests.values import TODAY

NOW = datetime(2026, 11, 23, 9, 40, 30, tzinfo=UTC)
IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)


class Clock:
    """The time that sessions are told."""

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        return self.time


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, newsroom: Settings) -> Clock:
    clock = Clock()
    monkeypatch.setattr(sessions, "timezone", clock)
    return clock


def begin(who: Person) -> SessionStore:
    store = SessionStore()
    store["_auth_user_id"] = str(who.id)
    store.save()
    return store


def again(store: SessionStore) -> SessionStore:
    """Give the session as the next request finds it."""
    found = SessionStore(store.session_key)
    found.get("anything")
    return found


def test_who_reads_the_table_cannot_sign_in_with_it(
    clock: Clock, moderator: Person
) -> None:
    store = begin(moderator)

    row = Session.objects.get()
    key = store.session_key
    assert key is not None
    assert len(key) == 43  # 256 bits
    assert row.session_key == digest(key)
    assert key not in str(Session.objects.values())
    assert (row.user_id, row.started) == (moderator.id, NOW)
    assert row.seen == NOW.replace(minute=0, second=0)
    assert SessionStore(row.session_key).load() == {}
    assert again(store)["_auth_user_id"] == str(moderator.id)


def test_a_session_ends_when_nobody_uses_it(clock: Clock, moderator: Person) -> None:
    store = begin(moderator)

    clock.time += IDLE - timedelta(seconds=1)
    used = again(store)
    used.stay(now=clock.time)
    clock.time += IDLE - timedelta(seconds=1)
    assert again(store).get("_auth_user_id")
    clock.time += timedelta(seconds=1)

    ended = again(store)
    assert (ended.get("_auth_user_id"), ended.session_key) == (None, None)


def test_a_session_that_begins_later_than_now_has_ended(
    clock: Clock, moderator: Person
) -> None:
    clock.time += timedelta(days=365)
    ahead = begin(moderator)
    clock.time = NOW + timedelta(days=365, seconds=-30)  # as clocks are set every day
    assert again(ahead).get("_auth_user_id")

    clock.time = NOW

    assert again(ahead).get("_auth_user_id") is None
    assert sessions_of(moderator, current="", now=NOW) == ()
    assert not runs(Session.objects.get(), NOW)


def test_a_session_that_was_used_ahead_of_time_is_idle_as_soon_as_others(
    clock: Clock, moderator: Person
) -> None:
    store = begin(moderator)
    again(store).stay(now=NOW + timedelta(hours=11))

    clock.time = NOW + timedelta(minutes=5)
    again(store).stay(now=clock.time)
    clock.time += IDLE

    assert again(store).get("_auth_user_id") is None


def test_a_session_ends_half_a_day_after_it_began(clock: Clock, moderator: Person) -> None:
    store = begin(moderator)
    while clock.time < NOW + LONGEST - timedelta(minutes=20):
        clock.time += timedelta(minutes=20)
        found = again(store)
        found.stay(now=clock.time)
        found["seen"] = clock.time.isoformat()
        found.save()

    assert again(store).get("_auth_user_id")
    clock.time = NOW + LONGEST
    assert again(store).get("_auth_user_id") is None


def test_a_busy_session_is_noted_once_a_minute(
    clock: Clock, moderator: Person, django_assert_num_queries
) -> None:
    store = again(begin(moderator))

    with django_assert_num_queries(0):
        store.stay(now=NOW + timedelta(seconds=59))
    with django_assert_num_queries(1):
        store.stay(now=NOW + timedelta(seconds=60))
    SessionStore().stay(now=NOW)  # nobody's


def test_limits_are_the_newsrooms(
    clock: Clock, moderator: Person, newsroom: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Settings(folder=newsroom.folder, desk=Desk(idle_minutes=5, session_hours=1))
    monkeypatch.setattr(django_settings, "NEWSROOM", made)

    begin(moderator)

    assert Session.objects.get().expire_date == NOW + timedelta(minutes=5)


def test_a_new_key_leaves_the_age_as_it_was(clock: Clock, moderator: Person) -> None:
    store = begin(moderator)
    old = store.session_key
    clock.time += timedelta(minutes=9)

    store.cycle_key()

    row = Session.objects.get()
    assert store.session_key != old
    assert (row.session_key, row.started) == (digest(store.session_key or ""), NOW)
    assert not SessionStore().exists(old or "")
    assert SessionStore().exists(store.session_key or "")


def test_ended_sessions_are_swept_out(clock: Clock, moderator: Person) -> None:
    begin(moderator)
    clock.time += IDLE

    begin(moderator)

    assert Session.objects.count() == 1
    clock.time += IDLE
    SessionStore.clear_expired()
    assert Session.objects.count() == 0


def test_a_person_ends_her_own_sessions_only(
    clock: Clock, moderator: Person, colleague: Person
) -> None:
    here, there, third = (begin(moderator) for _ in range(3))
    hers = begin(colleague)

    end_session(digest(hers.session_key or ""), by=moderator, today=TODAY)
    end_session(digest(there.session_key or ""), by=moderator, today=TODAY)
    end_other_sessions(here.session_key or "", by=moderator, today=TODAY)
    end_other_sessions(here.session_key or "", by=moderator, today=TODAY)

    left = {row.session_key for row in Session.objects.all()}
    assert left == {digest(one.session_key or "") for one in (here, hers)}
    assert again(third).get("_auth_user_id") is None
    facts = AuditEntry.objects.order_by("number").values_list("facts", flat=True)
    assert [one["what"] for one in facts] == ["session-ended", "sessions-ended"]


def test_sessions_are_listed_newest_first(clock: Clock, moderator: Person) -> None:
    first = begin(moderator)
    clock.time += timedelta(minutes=25)
    second = begin(moderator)

    found = sessions_of(moderator, current=digest(first.session_key or ""), now=clock.time)

    assert [(one.digest, one.is_this) for one in found] == [
        (digest(second.session_key or ""), False),
        (digest(first.session_key or ""), True),
    ]
    assert sessions_of(moderator, current="", now=NOW + LONGEST) == ()
