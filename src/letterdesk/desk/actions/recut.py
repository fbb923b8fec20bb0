"""Change a comment after it was decided on: for an appeal, or for a notice."""

from dataclasses import dataclass
from datetime import datetime

from letterdesk.desk.actions.decide import cuts_of, told
from letterdesk.desk.actions.reasons import Reasons, give_reasons, weigh
from letterdesk.desk.actions.record import record
from letterdesk.desk.actions.rulings import MAX_NOTE, AsWritten, Ruling
from letterdesk.desk.models import Comment, Decision, Move
from letterdesk.desk.queries.cuts import current_text
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.risks import risk_of
from letterdesk.desk.queries.terms import terms_for
from letterdesk.desk.queries.undoable import KEPT, snapshot
from letterdesk.domain.audit import commitment
from letterdesk.domain.rules import Terms, cited
from letterdesk.domain.statement import Measure, Verdict
from letterdesk.domain.text import clean


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a comment is to become, checked, and why."""

    move: Move
    state: str
    cuts: list[list[object]]
    rules: tuple[str, ...]
    terms: Terms
    reasons: Reasons
    note: str
    approvals: tuple[int | None, int | None] | None = None  # by whom; None: as they were


def cut_anew(comment: Comment, ruling: Ruling, *, verdict: Verdict | None = None) -> Change:
    """Give the change that publishes `comment` with the ruling's cuts instead of its own.

    Raises AsWritten, NotACut, RuleMissing, RuleUnknown or LetterRefused.
    """
    if comment.as_written:
        raise AsWritten
    in_force = terms_for(comment.story.language, arrived=comment.arrived)
    rules = cited(in_force, ruling.rules, due=True)
    return Change(
        move=Move.REVERSE if verdict else Move.EDIT,
        state=comment.state,
        cuts=cuts_of(comment, ruling),
        rules=rules,
        terms=in_force,
        reasons=weigh(Measure.CUT, ruling, terms=in_force, rules=rules, verdict=verdict),
        note=clean(ruling.note, field="note", longest=MAX_NOTE),
    )


def change(comment: Comment, wanted: Change, *, by: Person, now: datetime) -> Decision:
    """Give the decision that makes a locked comment what is wanted, with its log entry."""
    before, text = snapshot(comment), current_text(comment)
    comment.state, comment.cuts = wanted.state, wanted.cuts
    comment.rules = list(wanted.rules)
    comment.terms = wanted.terms.version
    comment.statement = told(wanted.reasons, wanted.note)
    comment.outcome_due = True
    if wanted.approvals:
        comment.approved_by_id, comment.seconded_by_id = wanted.approvals
        comment.risk = risk_of(comment)
    comment.version += 1
    comment.save(update_fields=[*KEPT, "version", "risk"])
    decision = Decision.objects.create(
        comment=comment,
        version=comment.version,
        move=wanted.move,
        moderator_id=by.id,
        rules=list(wanted.rules),
        terms=wanted.terms.version,
        note=wanted.note,
        before=before,
        state=comment.state,
        taken=now,
    )
    statement = give_reasons(decision, wanted.reasons)
    salt = bytes(comment.salt)
    record(
        wanted.move.value,
        who=by.username,
        day=now.date(),
        comment=comment.public_id,
        version=comment.version,
        state=str(comment.state),
        rules=list(wanted.rules),
        terms=wanted.terms.version,
        text_before=commitment(salt, text),
        text_after=commitment(salt, current_text(comment)),
        statement=statement.puid,
    )
    return decision
