"""Take a decision back."""

from datetime import datetime

from django.db import transaction

from letterdesk.desk.actions.close_notices import close_notices, open_again
from letterdesk.desk.actions.enter import earlier, record_move, save_next
from letterdesk.desk.actions.evidence import forget_unwelcome
from letterdesk.desk.actions.lock import lock_comment
from letterdesk.desk.actions.rulings import NothingToUndo
from letterdesk.desk.actions.tally import count_decision
from letterdesk.desk.models import Appeal, Comment, Decision, Move
from letterdesk.desk.queries.decisions import last_retraction
from letterdesk.desk.queries.errors import NotYours
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, may, require
from letterdesk.desk.queries.risks import risk_of
from letterdesk.desk.queries.undoable import KEPT, undoable
from letterdesk.domain.states import NEEDS_RULE, Risk, State


@transaction.atomic
def undo(
    public_id: str,
    *,
    by: Person,
    now: datetime,
    version: int | None = None,
    group: str = "",
) -> Comment:
    """Give the comment as it was before the last decision that still stands.

    Whoever took it may, until the press has acted on it; an editor may undo anybody's.
    `version` is that of the decision that is meant, where one is: no other is undone.
    `group` is the id that decisions undone together share.
    Locks story and comment. Raises NotFound, NotYours, NothingToUndo.
    """
    require(by, Permission.DECIDE)
    comment = lock_comment(public_id)
    require(by, Permission.DECIDE, desk=comment.desk)
    decision = undoable(comment)
    if decision is None or version not in {None, decision.version}:
        raise NothingToUndo
    if decision.moderator_id != by.id and not may(by, Permission.UNDO_OTHERS):
        raise NotYours("Somebody else decided this. Ask her, or an editor, to undo it.")
    put_back(comment, decision, by=by, now=now, group=group)
    return comment


def put_back(
    comment: Comment, decision: Decision, *, by: Person, now: datetime, group: str = ""
) -> None:
    """Undo `decision` on a locked comment, with its entry in the log."""
    before = earlier(comment)
    for name, unknown in KEPT.items():
        setattr(comment, name, decision.before.get(name, unknown))
    if comment.state == State.PUBLISHED and comment.seconded_by_id is None:
        comment.risk = Risk.ORDINARY  # as it was when one person approved it
    if comment.state == State.APPROVED and _lacks_second(comment):
        comment.state, comment.outcome_due = State.PENDING, comment.acted_version > 1
    save_next(comment)
    undone = Decision.objects.create(
        comment=comment,
        version=comment.version,
        move=Move.UNDO.value,
        moderator_id=by.id or None,
        before=before.kept,
        state=comment.state,
        taken=now,
        group=group,
    )
    Appeal.objects.filter(decision=decision).update(is_open=True, verdict="", decision=None)
    open_again(decision)
    record_move(undone, before=before, by=by, facts={"undone": decision.version})
    if comment.state == State.RETRACTED:  # what had come back is down again
        close_notices(comment, last_retraction(comment), by=by, now=now)
    if decision.move in NEEDS_RULE:
        forget_unwelcome([comment.pk])
    if by.id:
        count_decision(comment, Move.UNDO.value, before=before.kept, by=by, now=now)


def _lacks_second(comment: Comment) -> bool:
    """Say whether one person approved what needs two since its story became sensitive."""
    return comment.seconded_by_id is None and risk_of(comment) is Risk.SENSITIVE
