"""Decide on a comment."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from letterdesk.desk.actions.close_notices import close_notices, open_again
from letterdesk.desk.actions.edits import Edit, edit_of, less_of, standing
from letterdesk.desk.actions.enter import Entry, cite, earlier, enter, save_next
from letterdesk.desk.actions.evidence import (
    count_again,
    count_unwelcome,
    forget_unwelcome,
)
from letterdesk.desk.actions.lock import lock_comment
from letterdesk.desk.actions.names_shown import marking_names, require_seen
from letterdesk.desk.actions.one_of_two import drop_closed_first
from letterdesk.desk.actions.reasons import weigh
from letterdesk.desk.actions.rulings import (
    MAX_NOTE,
    DecidedAlone,
    OtherTerms,
    Outdated,
    Ruling,
)
from letterdesk.desk.actions.tally import count_decision
from letterdesk.desk.models import Comment, Decision
from letterdesk.desk.queries.confirmations import require_confirmed
from letterdesk.desk.queries.cuts import from_rows
from letterdesk.desk.queries.decisions import brought_back, standing_retraction
from letterdesk.desk.queries.notices import risk_of_more
from letterdesk.desk.queries.overruled import require_not_overruled
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.risks import risk_of
from letterdesk.desk.queries.terms import terms_for
from letterdesk.domain.errors import NotACut
from letterdesk.domain.rules import cited
from letterdesk.domain.statement import Measure
from letterdesk.domain.states import (
    NEEDS_RULE,
    SEEN_BY_READERS,
    UNDECIDED,
    Action,
    Risk,
    Standing,
    State,
    Step,
    after,
    after_name,
)
from letterdesk.domain.text import clean

_GIVING = frozenset({Action.APPROVE, Action.EDIT, Action.RESTORE})
_NOTHING = Edit(cuts=[], name_left_out=False)
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
    edit: Edit
    entry: Entry


@marking_names()
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
    of two moderators meets Outdated. Raises NotFound, NotYours, Overruled, Outdated,
    MoveNotAllowed, SecondPersonNeeded, AppealNeeded, NotConfirmed, DecidedAlone,
    OtherTerms, AsWritten, NotACut, NoteNames, RuleMissing, RuleUnknown,
    LetterRefused or NameNotShown.
    """
    require(by, Permission.DECIDE)
    comment = lock_comment(public_id)
    require(by, Permission.DECIDE, desk=comment.desk)
    if comment.version != version:
        raise Outdated(comment.version)
    drop_closed_first(comment)
    require_not_overruled(comment, action, by=by)
    if action is Action.RESTORE:
        comment.risk = risk_of_more(comment)
    step = _step(comment, action, by=by, ruling=ruling)
    proposal = _proposal(comment, action, by=by, ruling=ruling)
    step = _seconded(comment, proposal) or step
    if _is_one_of_two(comment, step):
        require_confirmed(by)
    decision = _take(comment, proposal, step, now=now)
    if _gives(decision, ruling):
        require_seen(comment, ruling.named)
    _teach(decision, proposal, today=now.date())
    _answer_notices(decision, by=by, now=now)
    return comment


def _teach(decision: Decision, proposal: _Proposal, *, today: date) -> None:
    """Count the comment among those that triage learns from as unwelcome, or no longer."""
    comment, action = decision.comment, proposal.action
    if action is Action.RESTORE:  # a cut that comes back with it counts as it did
        count_again(comment, brought_back(decision))
    elif action is Action.EDIT and proposal.edit.is_whole:
        forget_unwelcome([comment.pk])
    elif action in NEEDS_RULE:
        count_unwelcome(comment, today=today)


def _gives(decision: Decision, ruling: Ruling) -> bool:
    """Say whether a decision gives readers words, or is the first of two that do."""
    was_out = decision.before["state"] == State.PUBLISHED
    takes_name = was_out and ruling.is_of_name and ruling.name_left_out
    if decision.move not in _GIVING or takes_name:
        return False
    waits = decision.comment.approved_by_id is not None
    return decision.state in SEEN_BY_READERS or (decision.state == State.PENDING and waits)


def _answer_notices(decision: Decision, *, by: Person, now: datetime) -> None:
    """Answer a comment's notices when it goes; when it comes back, somebody does anew."""
    if decision.move == Action.RETRACT:
        close_notices(decision.comment, decision, by=by, now=now)
    elif decision.before["state"] == State.RETRACTED:
        open_again(standing_retraction(decision.comment))


def hold_for_name(
    comment: Comment, *, by: Person, ruling: Ruling, name: int, now: datetime
) -> None:
    """Hold a locked comment for somebody on the list whom it names, logged with it.

    Alone or with others, whatever its story's risk. `name` is the number on the list.
    """
    step = after(_standing(comment), Action.HOLD, by=by.id)
    proposal = _proposal(comment, Action.HOLD, by=by, ruling=ruling)
    entry = replace(proposal.entry, name=name)
    _take(comment, replace(proposal, entry=entry), step, now=now)


def _take(comment: Comment, proposal: _Proposal, step: Step, *, now: datetime) -> Decision:
    """Make a decision that nothing speaks against: the comment, its row, log, figures."""
    before, by = earlier(comment), proposal.by
    _apply(comment, proposal, step)
    save_next(comment)
    decision = enter(comment, proposal.entry, before=before, by=by, now=now)
    count_decision(comment, proposal.action.value, before=before.kept, by=by, now=now)
    return decision


def _step(comment: Comment, action: Action, *, by: Person, ruling: Ruling) -> Step:
    """Give where the action leads, before looking at what it says."""
    if action is Action.EDIT and ruling.is_of_name:
        standing, comes_back = _standing(comment), not ruling.name_left_out
        if comes_back:
            standing = replace(standing, risk=risk_of_more(comment))
        step = after_name(standing, by=by.id, comes_back=comes_back)
    else:
        step = after(_standing(comment), action, by=by.id)
    if ruling.group and risk_of(comment) is Risk.SENSITIVE:
        raise DecidedAlone
    if action is not Action.EDIT:
        _refuse_edit(action, ruling)
    return step


def _refuse_edit(action: Action, ruling: Ruling) -> None:
    if ruling.text is not None:
        raise NotACut(
            f"A changed text comes with “{Action.EDIT}”, not with “{action}”. "
            "Choose one of the two."
        )
    if ruling.name_left_out is not None:
        raise NotACut(
            f"A name is left out, or put back, with “{Action.EDIT}”, not with “{action}”. "
            "Choose one of the two."
        )


def _standing(comment: Comment) -> Standing:
    return Standing(
        state=State(comment.state),
        risk=risk_of(comment),
        approved_by=comment.approved_by_id,
    )


def _proposal(comment: Comment, action: Action, *, by: Person, ruling: Ruling) -> _Proposal:
    due = terms_for(comment.story.language, arrived=comment.arrived)
    if action in NEEDS_RULE and ruling.terms not in {"", due.version}:
        raise OtherTerms
    edit, rules = standing(comment), ruling.rules
    measure = _MEASURES.get(action)
    if action is Action.EDIT:
        edit = _edit(comment, ruling)
        rules = () if edit.is_whole else edit.rules
        measure = None if edit.is_whole else measure
    rules = cited(due, rules, due=measure is not None)
    note = clean(ruling.note, field="note", longest=MAX_NOTE)
    entry = Entry(
        move=action.value,
        rules=rules,
        terms=due,
        note=note,
        reasons=weigh(measure, ruling, terms=due, rules=rules) if measure else None,
        group=ruling.group,
    )
    return _Proposal(action=action, by=by, edit=edit, entry=entry)


def _edit(comment: Comment, ruling: Ruling) -> Edit:
    """Give what an edit wants: of words that readers have, only to take more away."""
    is_out = comment.state == State.PUBLISHED
    if is_out and not ruling.is_of_name:
        return less_of(comment, ruling)
    return edit_of(comment, ruling)


def _seconded(comment: Comment, proposal: _Proposal) -> Step | None:
    """Give where a second person's very same cut leads: it is the second approval."""
    edit = proposal.edit
    if (
        proposal.action is not Action.EDIT
        or comment.approved_by_id in {None, proposal.by.id}
        or from_rows(comment.cuts) != from_rows(edit.cuts)
        or comment.name_left_out != edit.name_left_out
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
        edit = _NOTHING if step.state is State.REJECTED else proposal.edit
        comment.cuts, comment.name_left_out = edit.cuts, edit.name_left_out
        cite(comment, proposal.entry)
    elif proposal.action is Action.RESTORE:
        _restore(comment, start)
    if step.state in UNDECIDED:
        comment.risk = risk_of(comment)
    if start is State.APPROVED:  # held before the press acted: tell again what was told
        comment.outcome_due = comment.acted_version > 1
    elif start not in UNDECIDED or step.state not in UNDECIDED:
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
        found = standing_retraction(comment).before
    comment.cuts = found.get("cuts", [])
    comment.name_left_out = bool(found.get("name_left_out"))
    comment.rules = found.get("rules", [])
    comment.terms = str(found.get("terms", ""))
    comment.statement = str(found.get("statement", ""))
    comment.reasons_id = found.get("reasons_id")
