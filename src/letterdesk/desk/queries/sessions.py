"""Where a person is signed in."""

from dataclasses import dataclass
from datetime import datetime

from letterdesk.desk.models import Session
from letterdesk.desk.queries.people import Person


@dataclass(frozen=True, kw_only=True)
class SessionView:
    """A sign-in, named by the hash of its key."""

    digest: str
    started: datetime  # UTC
    seen: datetime  # UTC, the hour
    is_this: bool


def sessions_of(person: Person, *, current: str, now: datetime) -> tuple[SessionView, ...]:
    """Give the person's own sessions, the newest first; `current` is a key's digest."""
    found = Session.objects.filter(user_id=person.id, expire_date__gt=now)
    return tuple(
        SessionView(
            digest=row.session_key,
            started=row.started,
            seen=row.seen,
            is_this=row.session_key == current,
        )
        for row in found.order_by("-started")
    )
