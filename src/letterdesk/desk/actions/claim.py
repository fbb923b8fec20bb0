"""Take hold of a letter for as long as one looks at it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from letterdesk.desk.models import Claim, Comment
from letterdesk.desk.queries.claims import CLAIMED_FOR, standing
from letterdesk.desk.queries.errors import no_comment
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.domain.ids import is_id
from letterdesk.domain.states import UNDECIDED


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """What became of a claim: `by` is who has the letter open, "" when nobody else has.

    `version` is the comment's now, by which a page that is open learns that it is old.
    """

    by: str
    version: int


def claim(public_id: str, *, by: Person, now: datetime, page: str) -> Claimed:
    """Claim a letter that waits, for five minutes, unless somebody else has it open.

    `page` is the id of the page that shows it. A person has one claim; taking another
    lets go of the first. Each statement commits alone, so that people who change places
    never wait for each other, and nothing is in the audit log. Raises NotFound, NotYours.
    """
    require(by, Permission.DECIDE)
    comment = _find(public_id)
    require(by, Permission.DECIDE, desk=comment.desk)
    if comment.state not in UNDECIDED:
        release_all(by)
        return Claimed(by="", version=comment.version)
    held_by = _hold(comment, by=by, now=now, page=page)
    return Claimed(by=held_by, version=comment.version)


def renew(public_id: str, *, by: Person, now: datetime, page: str) -> Claimed:
    """Claim a letter anew for a page that shows it still; a newer page of hers keeps it.

    Raises as `claim` does.
    """
    hers = Claim.objects.filter(comment__public_id=public_id, moderator_id=by.id)
    newest = hers.values_list("page", flat=True).first()
    return claim(public_id, by=by, now=now, page=newest or page)


def release(*, by: Person, page: str) -> None:
    """Let go of what a page of hers had open, unless another page has taken it since."""
    Claim.objects.filter(moderator_id=by.id, page=page).delete()


def release_all(by: Person) -> None:
    """Let go of whatever she has open: for somebody who leaves."""
    Claim.objects.filter(moderator_id=by.id).delete()


def _find(public_id: str) -> Comment:
    found = Comment.objects.only("id", "desk", "state", "version")
    comment = found.filter(public_id=public_id).first() if is_id(public_id) else None
    if comment is None:
        raise no_comment()
    return comment


def _hold(comment: Comment, *, by: Person, now: datetime, page: str) -> str:
    """Give who has the letter open; "" when from now on it is `by`."""
    others = Claim.objects.filter(comment=comment).exclude(moderator_id=by.id)
    theirs = others.select_related("moderator").first()
    if theirs and standing(now).filter(pk=theirs.pk, comment=comment).exists():
        release_all(by)
        return theirs.moderator.username
    if theirs:  # she left without a word; what she opens in this very moment stays hers
        others.filter(pk=theirs.pk, until=theirs.until).delete()
    try:
        _take(comment, by=by, until=now + CLAIMED_FOR, page=page)
    except IntegrityError:  # somebody opened it in this very moment
        return others.values_list("moderator__username", flat=True).first() or ""
    return ""


def _take(comment: Comment, *, by: Person, until: datetime, page: str) -> None:
    with transaction.atomic():
        hers = Claim.objects.filter(moderator_id=by.id)
        if not hers.update(comment=comment, until=until, page=page):
            Claim.objects.create(
                comment=comment, moderator_id=by.id, until=until, page=page
            )
