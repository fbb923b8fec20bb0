"""Answer the notices about a comment that goes; open them again when it comes back."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from letterdesk.desk.actions.lock import lock_notices
from letterdesk.desk.actions.record import record
from letterdesk.desk.models import Comment, Decision, Fate, Notice
from letterdesk.desk.queries.cuts import gives_back
from letterdesk.desk.queries.decisions import standing_retraction
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import State


def close_notices(
    comment: Comment, taken_down: Decision, *, by: Person, now: datetime
) -> None:
    """Answer every open notice about a locked comment: it was taken down."""
    rows = Notice.objects.filter(comment=comment, is_open=True)
    ids = list(rows.order_by("id").values_list("public_id", flat=True))
    if not ids:
        return
    rows.update(
        is_open=False,
        fate=Fate.TAKEN_DOWN,
        decision=taken_down,
        decided_by=by.id or None,
        decided=now,
        outcome_due=True,
    )
    record(
        "notice-decided",
        who=by.username,
        day=now.date(),
        notices=ids,
        fate=Fate.TAKEN_DOWN.value,
    )


def open_again(decision: Decision) -> None:
    """Open the notices that `decision` answered, for it counts no more.

    What their senders were told goes at the next slot.
    """
    open_notices(Notice.objects.filter(decision=decision))


def open_what_is_lifted(
    comment: Comment, *, cuts: list[list[object]], name_left_out: bool
) -> None:
    """Open the notices again that were answered with what an appeal lifts.

    `cuts` and `name_left_out` are what stands from now on of a locked comment.
    """
    if comment.state == State.RETRACTED:
        open_again(standing_retraction(comment))
    elif gives_back(comment, cuts, name_left_out=name_left_out):
        open_notices(Notice.objects.filter(comment=comment, fate=Fate.CUT))


def erase_answered(comments: Collection[int]) -> None:
    """Erase the words of answered notices about withdrawn comments: they may quote them.

    Who sent one is told anew, without the line to her. One that nobody has answered keeps
    its words until that is told. In the caller's transaction. Locks them.
    """
    found = Notice.objects.filter(comment__in=comments, is_open=False)
    lock_notices(found)
    found.exclude(answer="").update(outcome_due=True)
    found.update(text="", answer="")


def open_notices(notices: QuerySet[Notice]) -> None:
    """Open locked notices again; what was told of their answers is due to go."""
    notices.update(
        is_open=True,
        fate="",
        decision=None,
        decided_by=None,
        decided=None,
        answer="",
        outcome_due=Q(outcome_parts__gt=0),
    )
