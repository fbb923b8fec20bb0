"""Enter a decision: its row, its statement of reasons, its link in the audit log."""

from dataclasses import dataclass
from datetime import datetime

from letterdesk.desk.actions.evidence import counted
from letterdesk.desk.actions.reasons import Reasons, give_reasons
from letterdesk.desk.actions.record import record
from letterdesk.desk.models import Comment, Decision
from letterdesk.desk.queries.cuts import current_text
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.undoable import KEPT, snapshot
from letterdesk.domain.audit import commitment
from letterdesk.domain.rules import Terms


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A comment before a decision: what an undo puts back, and the text as it was."""

    kept: dict[str, object]
    text: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is kept of a decision besides the comment that it led to."""

    move: str
    rules: tuple[str, ...]
    terms: Terms
    note: str
    reasons: Reasons | None
    group: str = ""  # the id that decisions taken together share
    name: int = 0  # the number on the list of whom a held letter names


def cite(comment: Comment, entry: Entry) -> None:
    """Keep with a comment the rules it was decided under, and what its author is told.

    The statement in force is the decision's own; without one, none is.
    """
    explanation = entry.reasons.explanation if entry.reasons else ""
    comment.rules, comment.terms = list(entry.rules), entry.terms.version
    comment.statement = "\n\n".join(part for part in (explanation, entry.note) if part)
    if entry.reasons is None:
        comment.reasons_id = None


def save_next(comment: Comment) -> None:
    """Save what a decision may change of a locked comment, as its next version."""
    comment.version += 1
    comment.save(update_fields=[*KEPT, "version", "risk"])


def earlier(comment: Comment) -> Earlier:
    """Give a comment as it is, before it is changed, with what it says of groups."""
    kept = {**snapshot(comment), **counted(comment)}
    return Earlier(kept=kept, text=current_text(comment))


def enter(
    comment: Comment, entry: Entry, *, before: Earlier, by: Person, now: datetime
) -> Decision:
    """Give the decision that made a locked and saved comment what it is."""
    decision = Decision.objects.create(
        comment=comment,
        version=comment.version,
        move=entry.move,
        moderator_id=by.id or None,
        rules=list(entry.rules),
        terms=entry.terms.version,
        note=entry.note,
        before=before.kept,
        state=comment.state,
        taken=now,
        group=entry.group,
    )
    facts: dict[str, object] = {"rules": list(entry.rules), "terms": entry.terms.version}
    if entry.name:
        facts["name"] = entry.name
    if entry.reasons:
        facts["statement"] = give_reasons(decision, entry.reasons).puid
    record_move(decision, before=before, by=by, facts=facts)
    return decision


def record_move(
    decision: Decision, *, before: Earlier, by: Person, facts: dict[str, object]
) -> None:
    """Add a move to the audit log: which comment, and the seals of both texts.

    Where a name is left out, or was before, also whether it is from now on.
    """
    comment, salt = decision.comment, bytes(decision.comment.salt)
    is_of_name = comment.name_left_out or before.kept["name_left_out"]
    record(
        decision.move,
        who=by.username,
        day=decision.taken.date(),
        comment=comment.public_id,
        version=comment.version,
        state=str(comment.state),
        text_before=commitment(salt, before.text),
        text_after=commitment(salt, current_text(comment)),
        **({"name_left_out": comment.name_left_out} if is_of_name else {}),
        **({"group": decision.group} if decision.group else {}),
        **facts,
    )
