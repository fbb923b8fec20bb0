"""Sign-ins: kept under a hash of their key, ended when idle, too old, or revoked."""

import hashlib
import secrets
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DjangoStore
from django.db import transaction
from django.utils import timezone

from letterdesk.desk.actions.record import record
from letterdesk.desk.models import Session
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.sessions import running

_STARTED = "_started"
_PAUSE = timedelta(minutes=1)  # between two notes that a session is in use


class SessionStore(DjangoStore):
    """Django's sessions in our table: who reads the table cannot sign in with it.

    A session ends `desk.idle_minutes` after its last request, and in any case
    `desk.session_hours` after it began. One that begins later than now is of a clock that
    has been put back: it has ended.
    """

    row: Session | None = None  # as it was read

    @classmethod
    def get_model_class(cls) -> type[Session]:  # type: ignore[override] # of the same shape
        """Give our table."""
        return Session

    def _get_new_session_key(self) -> str:
        return secrets.token_urlsafe(32)

    def _get_session_from_db(self) -> Session | None:
        found = (
            running(timezone.now())
            .filter(session_key=digest(self.session_key or ""))
            .first()
        )
        if found is None:
            self._session_key = None
        self.row = found
        return found

    def stay(self, *, now: datetime) -> None:
        """Let the session go on: it was used now. Writes once a minute at the most."""
        if self.row is None:
            return
        end = _end(self.row.started, now)
        if abs(end - self.row.expire_date) >= _PAUSE:
            Session.objects.filter(pk=self.row.pk).update(expire_date=end, seen=_hour(now))

    def exists(self, session_key: str) -> bool:
        """Say whether there is a session with this key."""
        return Session.objects.filter(session_key=digest(session_key)).exists()

    def create(self) -> None:
        """Begin a session, and sweep out those that have ended."""
        Session.objects.filter(expire_date__lte=timezone.now()).delete()
        super().create()

    def create_model_instance(  # type: ignore[override] # of the same shape
        self, data: dict[str, Any]
    ) -> Session:
        """Give the row of this session as it is now, in use."""
        now = timezone.now()
        started = datetime.fromtimestamp(data.setdefault(_STARTED, now.timestamp()), UTC)
        key: str = self._get_or_create_session_key()  # type: ignore[attr-defined] # Django's
        return Session(
            session_key=digest(key),
            session_data=self.encode(data),
            expire_date=_end(started, now),
            user_id=data.get("_auth_user_id"),
            started=started,
            seen=_hour(now),
        )

    def delete(self, session_key: str | None = None) -> None:
        """End this session, or the one with a key."""
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(session_key=digest(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """Sweep out sessions that have ended."""
        Session.objects.filter(expire_date__lte=timezone.now()).delete()


def digest(key: str) -> str:
    """Give what is kept of a session's key: 256 random bits need no slow hash."""
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def end_session(key_digest: str, *, by: Person, today: date) -> None:
    """End one of the person's own sessions; none of anybody else's."""
    ended, _ = Session.objects.filter(user_id=by.id, session_key=key_digest).delete()
    if ended:
        record("session-ended", who=by.username, day=today, person=by.username)


@transaction.atomic
def end_other_sessions(key: str, *, by: Person, today: date) -> None:
    """End all of the person's own sessions but the one with this key."""
    others = Session.objects.filter(user_id=by.id).exclude(session_key=digest(key))
    if others.delete()[0]:
        record("sessions-ended", who=by.username, day=today, person=by.username)


def _end(started: datetime, now: datetime) -> datetime:
    desk = settings.NEWSROOM.desk
    return min(
        started + timedelta(hours=desk.session_hours),
        now + timedelta(minutes=desk.idle_minutes),
    )


def _hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)
