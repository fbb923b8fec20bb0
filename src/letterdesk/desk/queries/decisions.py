"""What was decided, by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from letterdesk.desk.models import Comment, Decision, Move, Statement
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.undoable import not_undone
from letterdesk.domain.statement import Part
from letterdesk.domain.states import State


@dataclass(frozen=True, kw_only=True)
class DecisionView:
    """One move. `by` is empty when it was the author's."""

    comment: str
    headline: str
    story_language: str  # that the headline is in
    move: str
    deed: str  # the move, said better of a cut that took the name, or gave it back
    by: str
    pseudonym: str
    rules: tuple[str, ...]
    terms: str
    note: str
    state: str  # that it led to
    taken: datetime  # UTC
    version: int
    is_last: bool  # nothing was decided since
    is_acted_on: bool  # by the press: no undo any more
    group: str = ""  # the id that it shares with those decided together with it
    is_first: bool = False  # it leaves the first of two approvals, and waits for the second


def decisions_on(comment: Comment) -> tuple[DecisionView, ...]:
    """Give all that was decided on a comment, oldest first."""
    rows = comment.decisions.select_related("moderator", "comment__story", "statement")
    return tuple(decision_view(row) for row in rows.order_by("version"))


def last_by(person: Person) -> DecisionView | None:
    """Give what the person decided last, if anything. Index decision_of_person."""
    require(person, Permission.DECIDE)
    rows = Decision.objects.select_related("moderator", "comment__story", "statement")
    found = rows.filter(moderator_id=person.id).order_by("-id").first()
    return decision_view(found) if found else None


def standing_retraction(comment: Comment) -> Decision:
    """Give the decision by which a comment is down: the last one that nobody has undone.

    Of an undone one neither what it replaced nor what it answered counts any more.
    """
    taken = not_undone(comment.decisions.order_by("-version"))
    return next(one for one in taken if one.move == Move.RETRACT)


def brought_back(decision: Decision) -> Mapping[str, Any]:
    """Give what the retraction had replaced that a decision lifts; nothing of any other."""
    is_down = decision.before["state"] == State.RETRACTED
    return standing_retraction(decision.comment).before if is_down else {}


def deed(row: Decision) -> str:
    """Give what a decision did: its move, or "edit-name" and kin of one about the name."""
    if row.move != Move.EDIT:
        return row.move
    statement: Statement | None = getattr(row, "statement", None)
    if statement is None:
        return "edit-back" if row.before.get("name_left_out") else row.move
    if Part.NAME not in statement.parts:
        return row.move
    return "edit-both" if Part.WORDS in statement.parts else "edit-name"


def decision_view(row: Decision) -> DecisionView:
    """Give a row, with comment, moderator and statement, as the value that people see."""
    return DecisionView(
        comment=row.comment.public_id,
        headline=row.comment.story.headline,
        story_language=row.comment.story.language,
        move=row.move,
        deed=deed(row),
        by=row.moderator.username if row.moderator else "",
        pseudonym=row.moderator.pseudonym if row.moderator else "",
        rules=tuple(row.rules),
        terms=row.terms,
        note=row.note,
        state=row.state,
        taken=row.taken,
        version=row.version,
        is_last=row.version == row.comment.version,
        is_acted_on=row.version <= row.comment.acted_version,
        group=row.group,
        is_first=_leaves_first(row),
    )


def _leaves_first(row: Decision) -> bool:
    """Say whether a comment waits, since this decision, for the second of two approvals."""
    is_last = row.version == row.comment.version
    is_approved = row.comment.approved_by_id is not None
    return is_last and row.state == State.PENDING and is_approved
