"""Take hold of a letter for as long as one looks at it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from letterdesk.desk.models import Claim, Comment
from letterdesk.desk.queries.claims import CLAIMED_FOR, standing
from letterdesk.desk.queries.errors import no_comment
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.domain.ids import is_id
from letterdesk.domain.states import State

_WAITS = frozenset({State.PENDING, State.HELD})


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """What became of a claim: `by` is who has the letter open, "" when nobody else has.

    `version` is the comment's now, by which a page that is open learns that it is old.
    """

    by: str
    version: int


def claim(public_id: str, *, by: Person, now: datetime) -> Claimed:
    """Claim a letter that waits, for five minutes, unless somebody else has it open.

    A person has one claim; taking another lets go of the first. Each statement commits
    alone, so that people who change places never wait for each other, and nothing is in
    the audit log. Raises NotFound, NotYours.
    """
    require(by, Permission.DECIDE)
    comment = _find(public_id)
    require(by, Permission.DECIDE, desk=comment.desk)
    if comment.state not in _WAITS:
        release_all(by)
        return Claimed(by="", version=comment.version)
    return Claimed(by=_hold(comment, by=by, now=now), version=comment.version)


def release(public_id: str, *, by: Person) -> None:
    """Let go of a letter, if it was hers."""
    Claim.objects.filter(comment__public_id=public_id, moderator_id=by.id).delete()


def release_all(by: Person) -> None:
    """Let go of whatever she has open: for somebody who leaves."""
    Claim.objects.filter(moderator_id=by.id).delete()


def _find(public_id: str) -> Comment:
    found = Comment.objects.only("id", "desk", "state", "version")
    comment = found.filter(public_id=public_id).first() if is_id(public_id) else None
    if comment is None:
        raise no_comment()
    return comment


def _hold(comment: Comment, *, by: Person, now: datetime) -> str:
    """Give who has the letter open; "" when from now on it is `by`."""
    rows = Claim.objects.select_related("moderator")
    known = list(rows.filter(Q(comment=comment) | Q(moderator_id=by.id)))
    theirs = next((one for one in known if one.moderator_id != by.id), None)
    mine = next((one for one in known if one.moderator_id == by.id), None)
    if theirs and standing(now).filter(pk=theirs.pk).exists():
        release_all(by)
        return theirs.moderator.username
    if theirs:
        theirs.delete()  # she left without a word
    try:
        _move(mine, comment, by=by, until=now + CLAIMED_FOR)
    except IntegrityError:  # somebody opened it in this very moment
        return _name(comment, by=by)
    return ""


def _move(mine: Claim | None, comment: Comment, *, by: Person, until: datetime) -> None:
    with transaction.atomic():
        if mine is None:
            Claim.objects.create(comment=comment, moderator_id=by.id, until=until)
        else:
            Claim.objects.filter(pk=mine.pk).update(comment=comment, until=until)


def _name(comment: Comment, *, by: Person) -> str:
    found = Claim.objects.filter(comment=comment).exclude(moderator_id=by.id)
    return found.values_list("moderator__username", flat=True).first() or ""
