"""Close what readers asked: appeals and notices."""

from datetime import date

from django.db import transaction

from letterdesk.desk.actions.record import record
from letterdesk.desk.models import Appeal, Notice
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require


@transaction.atomic
def close_appeal(public_id: str, *, by: Person, today: date) -> None:
    """Mark an appeal as answered, by somebody who took no part in the decision.

    Raises NotFound, NotYours.
    """
    require(by, Permission.DECIDE)
    row = Appeal.objects.select_for_update(of=("self",)).filter(public_id=public_id).first()
    if row is None or row.comment is None:
        raise NotFound("appeal-unknown", "There is no such appeal. Go back to the letters.")
    require(by, Permission.DECIDE, desk=row.comment.desk)
    if row.comment.decisions.filter(
        moderator_id=by.id, taken__date__lte=row.arrived
    ).exists():
        raise NotYours("You took part in this decision. Somebody else answers the appeal.")
    row.is_open = False
    row.save(update_fields=["is_open"])
    record("appeal-closed", who=by.username, day=today, appeal=row.public_id)


@transaction.atomic
def close_notice(public_id: str, *, by: Person, today: date) -> None:
    """Mark a notice as answered. Raises NotFound, NotYours."""
    require(by, Permission.DECIDE)
    row = Notice.objects.select_for_update(of=("self",)).filter(public_id=public_id).first()
    if row is None:
        raise NotFound("notice-unknown", "There is no such notice. Go back to the letters.")
    require(by, Permission.DECIDE, desk=row.story.desk)
    row.is_open = False
    row.save(update_fields=["is_open"])
    record("notice-closed", who=by.username, day=today, notice=row.public_id)
