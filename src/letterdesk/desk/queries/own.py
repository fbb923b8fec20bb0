"""A person's own decisions: which can still be taken back, until when, and why not."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F

from letterdesk.desk.models import Decision, Move
from letterdesk.desk.queries.decisions import DecisionView, decision_view
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require


class Fate(StrEnum):
    """What became of a decision."""

    SLOT = "slot"  # stands, and can be undone until the press acts on it
    OPEN = "open"  # stands, and can be undone until somebody decides again
    ACTED = "acted"  # the press has acted
    UNDONE = "undone"
    REPLACED = "replaced"  # somebody decided again
    WITHDRAWN = "withdrawn"  # its author took the comment back
    UNDO = "undo"  # is an undo itself


@dataclass(frozen=True, kw_only=True)
class OwnDecision:
    """A decision of hers. `since` is who decided after her, where somebody did."""

    decision: DecisionView
    fate: Fate
    since: str = ""

    @property
    def can_undo(self) -> bool:
        """Say whether she can take it back now."""
        return self.fate in {Fate.SLOT, Fate.OPEN}


def own(person: Person, *, size: int = 50) -> tuple[OwnDecision, ...]:
    """Give her last decisions, newest first. Index decision_of_person."""
    require(person, Permission.DECIDE)
    rows = Decision.objects.select_related("moderator", "comment__story")
    mine = list(rows.filter(moderator_id=person.id).order_by("-id")[:size])
    standing = _standing({row.comment_id for row in mine})
    return tuple(_own(row, standing.get(row.comment_id, [])) for row in mine)


def _standing(comments: Iterable[int]) -> dict[int, list[Decision]]:
    """Give, for each comment, what stands of the decisions that the press has not seen."""
    rows = Decision.objects.select_related("moderator").filter(
        comment__in=comments, version__gt=F("comment__acted_version")
    )
    found: dict[int, list[Decision]] = {}
    for row in rows.order_by("version"):
        stack = found.setdefault(row.comment_id, [])
        if row.move != Move.UNDO:
            stack.append(row)
        elif stack:
            stack.pop()
    return found


def _own(row: Decision, standing: list[Decision]) -> OwnDecision:
    last = standing[-1] if standing else None
    since = ""
    if row.move == Move.UNDO:
        fate = Fate.UNDO
    elif row.version <= row.comment.acted_version:
        fate = Fate.ACTED
    elif row not in standing:
        fate = Fate.UNDONE
    elif row == last:
        fate = Fate.SLOT if row.comment.outcome_due else Fate.OPEN
    elif last and last.moderator:
        fate, since = Fate.REPLACED, last.moderator.username
    else:
        fate = Fate.WITHDRAWN
    return OwnDecision(decision=decision_view(row), fate=fate, since=since)
