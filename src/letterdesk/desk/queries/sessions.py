"""Where a person is signed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from letterdesk.desk.models import Session
from letterdesk.desk.queries.people import Person

_SLACK = timedelta(minutes=1)  # by which a clock is put back in everyday life


@dataclass(frozen=True, kw_only=True)
class SessionView:
    """A sign-in, named by the hash of its key."""

    digest: str
    started: datetime  # UTC
    seen: datetime  # UTC, the hour
    is_this: bool


def running(now: datetime) -> QuerySet[Session]:
    """Give the sessions that have begun and have not ended."""
    return Session.objects.filter(expire_date__gt=now, started__lte=now + _SLACK)


def runs(session: Session, now: datetime) -> bool:
    """Say of a session at hand what `running` asks the database."""
    return session.expire_date > now and session.started <= now + _SLACK


def sessions_of(person: Person, *, current: str, now: datetime) -> tuple[SessionView, ...]:
    """Give the person's own sessions, the newest first; `current` is a key's digest."""
    found = running(now).filter(user_id=person.id)
    return tuple(
        SessionView(
            digest=row.session_key,
            started=row.started,
            seen=row.seen,
            is_this=row.session_key == current,
        )
        for row in found.order_by("-started")
    )
