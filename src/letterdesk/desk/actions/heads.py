"""Choose the head of the audit log that the press publishes."""

import logging
from datetime import date

from django.db import transaction

from letterdesk.desk.actions.record import record
from letterdesk.desk.queries.audit import (
    BEGUN,
    KEPT,
    head,
    holds,
    last_mark,
    lost_by_return,
    published_head,
)
from letterdesk.domain.audit import Head
from letterdesk.domain.errors import PlaceFailed
from letterdesk.places.base import Place

_UNREAD = "head-unread"  # as docs/reference/errors.md has it
_log = logging.getLogger(__name__)


def next_head(place: Place, *, today: date) -> Head:
    """Give the head to publish: the log's, or once more the one that lies there.

    That one stays where it is no link of the chain, and no return from a backup tells why:
    whoever wrote the log anew cannot take it away through the press. The log gets an entry
    of it, once. Asks for a few rows, however long the log is. Locks the log's head.
    """
    published = _read(place)
    if published is None or holds(published):
        _begin(None, today=today)
        return head()
    if lost_by_return(published) is not None:
        _begin(published, today=today)
        return head()
    _keep(published, today=today)
    return published


def _read(place: Place) -> Head | None:
    """Give the head that is published; what cannot be read now keeps no slot from being."""
    try:
        return published_head(place)
    except PlaceFailed as error:
        _log.warning("audit=%s code=%s", _UNREAD, error.code)
        return None


def _begin(lost: Head | None, *, today: date) -> None:
    """Note that heads are published anew: a return loses one, and no second one."""
    last = last_mark()
    if last is None or last.what == BEGUN:
        return
    facts = _facts(lost) if lost else {}
    with transaction.atomic():
        record("head-begun", who="press", day=today, **facts)


def _keep(published: Head, *, today: date) -> None:
    _log.error("audit=head-kept number=%s", published.number)
    last = last_mark()
    facts = _facts(published)
    if last and last.what == KEPT and facts.items() <= last.facts.items():
        return
    with transaction.atomic():
        record("head-kept", who="press", day=today, **facts)


def _facts(found: Head) -> dict[str, int | str]:
    return {"head": found.number, "head_digest": found.digest}
