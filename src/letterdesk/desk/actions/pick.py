"""Choose published comments for their readers, and unchoose them."""

from datetime import date

from django.db import transaction

from letterdesk.desk.actions.lock import lock_comment
from letterdesk.desk.actions.record import record
from letterdesk.desk.models import Comment
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.domain.errors import MoveNotAllowed
from letterdesk.domain.states import State


@transaction.atomic
def pick(public_id: str, *, by: Person, today: date) -> None:
    """Mark a published comment as chosen by the editors; its readers see it at the slot.

    Locks story and comment. Raises NotFound, NotYours, MoveNotAllowed.
    """
    comment = _lock(public_id, by=by)
    if comment.state != State.PUBLISHED:
        raise MoveNotAllowed("Only a published comment can be chosen. Approve it first.")
    if not comment.is_pick:
        _mark(comment, "picked", by=by, today=today)


@transaction.atomic
def unpick(public_id: str, *, by: Person, today: date) -> None:
    """Take that mark back. Locks story and comment. Raises NotFound, NotYours."""
    comment = _lock(public_id, by=by)
    if comment.is_pick:
        _mark(comment, "unpicked", by=by, today=today)


def _lock(public_id: str, *, by: Person) -> Comment:
    require(by, Permission.STORIES)
    comment = lock_comment(public_id)
    require(by, Permission.STORIES, desk=comment.desk)
    return comment


def _mark(comment: Comment, what: str, *, by: Person, today: date) -> None:
    comment.is_pick = what == "picked"
    comment.save(update_fields=["is_pick"])
    comment.story.changed = True
    comment.story.save(update_fields=["changed"])
    record(what, who=by.username, day=today, comment=comment.public_id)
