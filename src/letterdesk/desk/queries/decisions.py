"""What was decided, by whom."""

from dataclasses import dataclass
from datetime import datetime

from letterdesk.desk.models import Comment, Decision
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require


@dataclass(frozen=True, kw_only=True)
class DecisionView:
    """One move. `by` is empty when it was the author's."""

    comment: str
    headline: str
    move: str
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


def decisions_on(comment: Comment) -> tuple[DecisionView, ...]:
    """Give all that was decided on a comment, oldest first."""
    rows = comment.decisions.select_related("moderator", "comment__story")
    return tuple(decision_view(row) for row in rows.order_by("version"))


def mine(person: Person, *, size: int = 50) -> tuple[DecisionView, ...]:
    """Give the person's own last decisions, newest first. Index decision_of_person."""
    require(person, Permission.DECIDE)
    rows = Decision.objects.select_related("moderator", "comment__story")
    found = rows.filter(moderator_id=person.id).order_by("-id")[:size]
    return tuple(decision_view(row) for row in found)


def decision_view(row: Decision) -> DecisionView:
    """Give a row, with its comment and its moderator, as the value that people see."""
    return DecisionView(
        comment=row.comment.public_id,
        headline=row.comment.story.headline,
        move=row.move,
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
    )
