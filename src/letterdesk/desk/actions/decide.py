"""Decide on a comment."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from letterdesk.desk.actions.enter import Entry, cite, earlier, enter, save_next
from letterdesk.desk.actions.evidence import count_unwelcome, forget_unwelcome
from letterdesk.desk.actions.lock import lock_comment
from letterdesk.desk.actions.reasons import weigh
from letterdesk.desk.actions.rulings import (
    MAX_NOTE,
    AsWritten,
    DecidedAlone,
    Outdated,
    Ruling,
)
from letterdesk.desk.actions.tally import count_decision
from letterdesk.desk.models import Comment
from letterdesk.desk.queries.confirmations import require_confirmed
from letterdesk.desk.queries.cuts import from_rows, to_rows
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.risks import risk_of
from letterdesk.desk.queries.terms import terms_for
from letterdesk.domain.edit import find_cuts
from letterdesk.domain.errors import NotACut
from letterdesk.domain.letter import MAX_TEXT
from letterdesk.domain.rules import cited
from letterdesk.domain.statement import Measure
from letterdesk.domain.states import (
    NEEDS_RULE,
    Action,
    Risk,
    Standing,
    State,
    Step,
    after,
)
from letterdesk.domain.text import clean

_LONGEST = 2 * MAX_TEXT  # characters: the letter, and the notes in brackets
_UNDECIDED = frozenset({State.PENDING, State.HELD})
_MEASURES = {
    Action.EDIT: Measure.CUT,
    Action.REJECT: Measure.NOT_PUBLISHED,
    Action.RETRACT: Measure.TAKEN_DOWN,
}


@dataclass(frozen=True, kw_only=True)
class _Proposal:
    """What a moderator wants, checked."""

    action: Action
    by: Person
    cuts: list[list[object]]
    entry: Entry


@transaction.atomic
def decide(
    public_id: str,
    action: Action,
    *,
    by: Person,
    version: int,
    ruling: Ruling,
    now: datetime,
) -> Comment:
    """Give the comment after `action`, logged with it or not at all.

    `version` is the one that the moderator saw. Locks story and comment, so that the second
    of two moderators meets Outdated. Raises NotFound, NotYours, Outdated, MoveNotAllowed,
    SecondPersonNeeded, NotConfirmed, DecidedAlone, AsWritten, NotACut, RuleMissing,
    RuleUnknown or LetterRefused.
    """
    require(by, Permission.DECIDE)
    comment = lock_comment(public_id)
    require(by, Permission.DECIDE, desk=comment.desk)
    if comment.version != version:
        raise Outdated(comment.version)
    step = _step(comment, action, by=by, ruling=ruling)
    proposal = _proposal(comment, action, by=by, ruling=ruling)
    step = _seconded(comment, proposal) or step
    if _is_one_of_two(comment, step):
        require_confirmed(by)
    before = earlier(comment)
    _apply(comment, proposal, step)
    save_next(comment)
    enter(comment, proposal.entry, before=before, by=by, now=now)
    count_decision(comment, proposal.action.value, before=before.kept, by=by, now=now)
    if action in NEEDS_RULE:
        count_unwelcome(comment, today=now.date())
    elif action is Action.RESTORE:
        forget_unwelcome([comment.pk])
    return comment


def _step(comment: Comment, action: Action, *, by: Person, ruling: Ruling) -> Step:
    """Give where the action leads, before looking at what it says."""
    step = after(_standing(comment), action, by=by.id)
    if ruling.group and risk_of(comment) is Risk.SENSITIVE:
        raise DecidedAlone
    if action is Action.EDIT and comment.as_written:
        raise AsWritten
    if action is not Action.EDIT and ruling.text is not None:
        raise NotACut(
            f"A changed text comes with “{Action.EDIT}”, not with “{action}”. "
            "Choose one of the two."
        )
    return step


def _standing(comment: Comment) -> Standing:
    return Standing(
        state=State(comment.state),
        risk=risk_of(comment),
        approved_by=comment.approved_by_id,
        is_seconded=comment.seconded_by_id is not None,
    )


def _proposal(comment: Comment, action: Action, *, by: Person, ruling: Ruling) -> _Proposal:
    due = terms_for(comment.story.language, arrived=comment.arrived)
    rules = cited(due, ruling.rules, due=action in NEEDS_RULE)
    measure = _MEASURES.get(action)
    note = clean(ruling.note, field="note", longest=MAX_NOTE)
    cuts = cuts_of(comment, ruling) if action is Action.EDIT else comment.cuts
    entry = Entry(
        move=action.value,
        rules=rules,
        terms=due,
        note=note,
        reasons=weigh(measure, ruling, terms=due, rules=rules) if measure else None,
        group=ruling.group,
    )
    return _Proposal(action=action, by=by, cuts=cuts, entry=entry)


def cuts_of(comment: Comment, ruling: Ruling) -> list[list[object]]:
    """Give the cuts that a ruling wants, as a comment keeps them. Raises NotACut."""
    proposed = clean(ruling.text or "", field="text", longest=_LONGEST)
    cuts = find_cuts(comment.text, proposed)
    if not cuts:
        raise NotACut("Nothing was cut. Approve the comment if it may stay as it is.")
    return to_rows(cuts)


def _seconded(comment: Comment, proposal: _Proposal) -> Step | None:
    """Give where a second person's very same cut leads: it is the second approval."""
    if (
        proposal.action is not Action.EDIT
        or comment.approved_by_id in {None, proposal.by.id}
        or from_rows(comment.cuts) != from_rows(proposal.cuts)
        or tuple(comment.rules) != proposal.entry.rules
    ):
        return None
    return after(_standing(comment), Action.APPROVE, by=proposal.by.id)


def _is_one_of_two(comment: Comment, step: Step) -> bool:
    """Say whether the move is an approval that counts only beside another person's."""
    is_approval = step.state is State.APPROVED or step.approved_by is not None
    return is_approval and risk_of(comment) is Risk.SENSITIVE


def _apply(comment: Comment, proposal: _Proposal, step: Step) -> None:
    start, comment.state = State(comment.state), step.state
    _approve(comment, step, by=proposal.by)
    if proposal.action in NEEDS_RULE:
        comment.cuts = [] if step.state is State.REJECTED else proposal.cuts
        cite(comment, proposal.entry)
    elif proposal.action is Action.RESTORE:
        _restore(comment, start)
    if step.state in _UNDECIDED:
        comment.risk = risk_of(comment)
    if start is State.APPROVED:  # held before the press acted: tell again what was told
        comment.outcome_due = comment.acted_version > 1
    elif start not in _UNDECIDED or step.state not in _UNDECIDED:
        comment.outcome_due = True


def _approve(comment: Comment, step: Step, *, by: Person) -> None:
    if step.state is State.APPROVED:
        is_second = comment.approved_by_id not in {None, by.id}
        comment.seconded_by_id = by.id if is_second else None
        comment.approved_by_id = comment.approved_by_id if is_second else by.id
    elif step.state in {State.PENDING, State.HELD, State.REJECTED}:
        comment.approved_by_id, comment.seconded_by_id = step.approved_by, None


def _restore(comment: Comment, start: State) -> None:
    """Put back what a retraction replaced; otherwise begin anew."""
    found: dict[str, Any] = {}
    if start is State.RETRACTED:
        retraction = comment.decisions.filter(move=Action.RETRACT).latest("version")
        found = retraction.before
    comment.cuts = found.get("cuts", [])
    comment.rules = found.get("rules", [])
    comment.terms = str(found.get("terms", ""))
    comment.statement = str(found.get("statement", ""))
    comment.reasons_id = found.get("reasons_id")
