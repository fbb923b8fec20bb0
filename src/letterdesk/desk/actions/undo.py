"""Take a decision back."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from letterdesk.desk.actions.close_notices import close_notices, open_again
from letterdesk.desk.actions.enter import earlier, record_move, save_next
from letterdesk.desk.actions.evidence import count_again
from letterdesk.desk.actions.lock import lock_comment
from letterdesk.desk.actions.names_shown import marking_names, require_seen
from letterdesk.desk.actions.one_of_two import drop_closed_first
from letterdesk.desk.actions.rulings import NothingToUndo
from letterdesk.desk.actions.tally import count_decision
from letterdesk.desk.models import Appeal, Comment, Decision, Move
from letterdesk.desk.queries.appeals import VERDICTS
from letterdesk.desk.queries.arrivals import arrivals
from letterdesk.desk.queries.cuts import gives_back
from letterdesk.desk.queries.decisions import standing_retraction
from letterdesk.desk.queries.errors import NotYours
from letterdesk.desk.queries.overruled import Overruled, overrules
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, may, require
from letterdesk.desk.queries.risks import risk_of
from letterdesk.desk.queries.undoable import KEPT, snapshot, undoable
from letterdesk.domain.states import SEEN_BY_READERS, Risk, State

_WAITS, _HALF_WAY, _SEEN = range(3)  # how far a comment is on its way to readers


@marking_names()
def undo(
    public_id: str,
    *,
    by: Person,
    now: datetime,
    version: int | None = None,
    group: str = "",
    named: Collection[str] | None = None,
) -> Comment:
    """Give the comment as it was before the last decision that still stands.

    Whoever took it may, until the press has acted on it; an editor may undo anybody's, but
    no answer to an appeal against what she had a part in, nor what others gave readers
    since.
    `version` is that of the decision that is meant, where one is: no other is undone.
    `group` is the id that decisions undone together share; `named` the labels of protected
    names that the page said the letter gives. None: there was no page.
    Locks story and comment. Raises NotFound, NotYours, Overruled, NothingToUndo,
    NameNotShown.
    """
    require(by, Permission.DECIDE)
    comment = lock_comment(public_id)
    require(by, Permission.DECIDE, desk=comment.desk)
    decision = undoable(comment)
    if decision is None or version not in {None, decision.version}:
        raise NothingToUndo
    if decision.moderator_id != by.id and not may(by, Permission.UNDO_OTHERS):
        raise NotYours("Somebody else decided this. Ask her, or an editor, to undo it.")
    if overrules(decision, by=by):
        if decision.move not in VERDICTS:
            raise Overruled
        raise NotYours("You took part in this decision. Somebody else answers the appeal.")
    before, is_more = snapshot(comment), _is_more(comment, decision)
    put_back(comment, decision, by=by, now=now, group=group)
    if _gives(before, snapshot(comment), is_more=is_more):
        require_seen(comment, named)
    return comment


def _is_more(comment: Comment, decision: Decision) -> bool:
    """Say whether an undo of `decision` gives back a word that it cut, or the name."""
    name_left_out = bool(decision.before.get("name_left_out"))
    return gives_back(comment, decision.before["cuts"], name_left_out=name_left_out)


def _gives(before: Mapping[str, Any], after: Mapping[str, Any], *, is_more: bool) -> bool:
    """Say whether an undo brings readers a comment, or nearer to them, or more of it."""
    was, far = _far(before), _far(after)
    return far > was or (far == was != _WAITS and is_more)


def _far(kept: Mapping[str, Any]) -> int:
    """Give how far a comment is on its way to readers: half-way, one of two approved it."""
    if kept["state"] in SEEN_BY_READERS:
        return _SEEN
    is_approved = kept["state"] == State.PENDING and kept["approved_by_id"] is not None
    return _HALF_WAY if is_approved else _WAITS


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
    drop_closed_first(comment)
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
    _open_appeals(decision)
    open_again(decision)
    record_move(undone, before=before, by=by, facts={"undone": decision.version})
    if comment.state == State.RETRACTED:  # what had come back is down again
        close_notices(comment, standing_retraction(comment), by=by, now=now)
    count_again(comment, decision.before)
    if by.id:
        count_decision(comment, Move.UNDO.value, before=before.kept, by=by, now=now)


def take_back(comment: Comment, *, by: Person, now: datetime) -> None:
    """Undo decisions on a locked comment until readers get no more of it at the slot."""
    while arrivals([comment]) and (decision := undoable(comment)):
        put_back(comment, decision, by=by, now=now)


def _open_appeals(decision: Decision) -> None:
    """Open the appeals that `decision` answered, and those that came too late for it."""
    answered = Appeal.objects.filter(decision=decision)
    if answered.update(is_open=True, verdict="", decision=None):
        late = Appeal.objects.filter(comment=decision.comment_id, is_open=False, verdict="")
        late.exclude(text="").update(is_open=True)


def _lacks_second(comment: Comment) -> bool:
    """Say whether one person approved what needs two since its story became sensitive."""
    return comment.seconded_by_id is None and risk_of(comment) is Risk.SENSITIVE
