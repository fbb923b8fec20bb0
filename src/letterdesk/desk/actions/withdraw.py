"""Take comments, notices and tips back for those who sent them."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time

from django.db.models import F

from letterdesk.desk.actions.lock import lock_notices
from letterdesk.desk.models import Comment, Decision, Fate, Move, Notice, Tip
from letterdesk.desk.queries.undoable import snapshot
from letterdesk.domain.states import State, may_withdraw


def withdraw(comments: Collection[int], *, today: date) -> list[str]:
    """Give the ids of the comments that are withdrawn now, in the caller's transaction.

    Locks them. Their text goes when the press has acted. The decision carries the day only:
    the hour at which an author comes back is hers.
    """
    found = Comment.objects.select_for_update(no_key=True).filter(pk__in=comments)
    rows = [row for row in found.order_by("id") if may_withdraw(State(row.state))]
    midnight = datetime.combine(today, time(), UTC)
    Decision.objects.bulk_create(
        Decision(
            comment=row,
            version=row.version + 1,
            move=Move.WITHDRAW,
            before=snapshot(row),
            state=State.WITHDRAWN,
            taken=midnight,
        )
        for row in rows
    )
    Comment.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=State.WITHDRAWN, version=F("version") + 1, outcome_due=True
    )
    return [row.public_id for row in rows]


def withdraw_notices(notices: Collection[int], *, today: date) -> None:
    """Close notices that nobody has decided on, and erase them.

    In the caller's transaction. Locks them.
    """
    midnight = datetime.combine(today, time(), UTC)
    found = Notice.objects.filter(pk__in=notices)
    lock_notices(found)
    found.filter(is_open=True).update(
        text="",
        name="",
        contact="",
        is_open=False,
        fate=Fate.WITHDRAWN,
        decided=midnight,
        outcome_due=True,
    )


def withdraw_tips(tips: Collection[int]) -> None:
    """Erase tips that are still here, in the caller's transaction."""
    Tip.objects.filter(pk__in=tips, is_open=True).update(
        text="", name="", contact="", is_open=False, is_withdrawn=True, outcome_due=True
    )
