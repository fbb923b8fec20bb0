"""Hold comments back that readers were shown less of, last, than this desk knows."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time

from django.db.models import F

from letterdesk.desk.models import Comment, Decision, Move
from letterdesk.desk.queries.undoable import snapshot
from letterdesk.domain.states import State


def hold_back(comments: Collection[int], *, today: date) -> list[str]:
    """Give the ids of the comments that are held now, in the caller's transaction.

    The press shows a gap, and their receipts go on telling what they told last, until
    somebody decides. It is the undoing of their publication, in nobody's name: what readers
    saw before is that they were taken down. What readers never saw waited. Locks them.
    """
    found = Comment.objects.select_for_update(no_key=True).filter(pk__in=comments)
    rows = list(found.order_by("id"))
    midnight = datetime.combine(today, time(), UTC)
    Decision.objects.bulk_create(
        Decision(
            comment=row,
            version=row.version + 1,
            move=Move.UNDO,
            before={**snapshot(row), "state": _seen_as(row)},
            state=State.HELD,
            taken=midnight,
        )
        for row in rows
    )
    Comment.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=State.HELD,
        version=F("version") + 1,
        acted_version=F("version"),
        approved_by=None,
        seconded_by=None,
        outcome_due=False,
    )
    return [row.public_id for row in rows]


def _seen_as(row: Comment) -> State:
    return State.PENDING if row.place is None else State.RETRACTED
