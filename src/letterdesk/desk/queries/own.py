"""A person's own decisions: which can still be taken back, until when, and why not."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Exists, F, OuterRef, Q

from letterdesk.desk.models import Comment, Decision, Move
from letterdesk.desk.queries.cuts import current_text
from letterdesk.desk.queries.decisions import DecisionView, decision_view
from letterdesk.desk.queries.noticed import harsh_among
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.removals import takes_away
from letterdesk.domain.excerpt import excerpt


class Fate(StrEnum):
    """What became of a decision."""

    SLOT = "slot"  # stands, and can be undone until the press acts on it
    SOON = "soon"  # so, within seconds: readers are to see it no more
    OPEN = "open"  # stands, and can be undone until somebody decides again
    ACTED = "acted"  # the press has acted
    UNDONE = "undone"
    REPLACED = "replaced"  # somebody decided again
    WITHDRAWN = "withdrawn"  # its author took the comment back
    UNDO = "undo"  # is an undo itself
    MIXED = "mixed"  # several letters, and not the same became of all


_NEAR = timedelta(hours=1)
_FEW = 60  # characters, by which a letter is known among others on its story
_OPEN = frozenset({Fate.SLOT, Fate.SOON, Fate.OPEN})


@dataclass(frozen=True, kw_only=True)
class OwnDecision:
    """A decision of hers. `since` is who decided after her, where somebody did.

    One on several letters at once is one entry: `letters` says how many, `undoable` how
    many of them she can still take back, and `decision` is the one on the last of them.
    """

    decision: DecisionView
    fate: Fate
    words: str  # how its letter begins, as it stands; "" when they are gone
    language: str  # of the words
    since: str = ""
    letters: int = 1
    undoable: int = 0

    @property
    def can_undo(self) -> bool:
        """Say whether she can take it back now, at least in part."""
        return self.undoable > 0


def own(person: Person, *, size: int = 50) -> tuple[OwnDecision, ...]:
    """Give her last decisions, newest first; a group of them is one.

    Indexes decision_of_person, decision_of_group.
    """
    require(person, Permission.DECIDE)
    later = Decision.objects.filter(group=OuterRef("group"), id__gt=OuterRef("id"))
    last = Q(group="") | ~Exists(later.exclude(group=""))
    rows = Decision.objects.select_related("moderator", "comment__story", "statement")
    mine = list(rows.filter(last, moderator_id=person.id).order_by("-id")[:size])
    groups = {row.group for row in mine if row.group}
    more = rows.filter(group__in=groups).exclude(group="").order_by("id")
    found = fates([*(row for row in mine if not row.group), *(more if groups else ())])
    by_group: dict[str, list[OwnDecision]] = {}
    for one in found.values():
        by_group.setdefault(one.decision.group, []).append(one)
    return tuple(
        _as_one(by_group[row.group]) if row.group else found[row.pk] for row in mine
    )


def veiled_among(person: Person, decisions: Iterable[OwnDecision]) -> frozenset[str]:
    """Give the ids of the letters of these whose words she wants veiled."""
    about = {one.decision.comment for one in decisions} if person.veils else set()
    return harsh_among(about) if about else frozenset()


def newest_open(decisions: Iterable[OwnDecision], *, now: datetime) -> OwnDecision | None:
    """Give the first that her key takes back now, of her decisions newest first."""
    near = (one for one in decisions if one.can_undo)
    return next((one for one in near if is_near(one.decision, now=now)), None)


def one_before(person: Person) -> OwnDecision | None:
    """Give what she decided last, of that which is neither an undo nor undone."""
    gone = {Fate.UNDO, Fate.UNDONE}
    return next((one for one in own(person) if one.fate not in gone), None)


def is_near(decision: DecisionView, *, now: datetime) -> bool:
    """Say whether a decision is so new that a key may undo it: she still knows of it.

    One that was taken while the clock was ahead may be old: the button undoes it.
    """
    return abs(now - decision.taken) <= _NEAR


def fates(rows: Collection[Decision]) -> dict[int, OwnDecision]:
    """Give what became of decisions, by their key; rows come with comment and story."""
    standing = _standing({row.comment_id for row in rows})
    return {row.pk: _own(row, standing.get(row.comment_id, [])) for row in rows}


def _as_one(members: list[OwnDecision]) -> OwnDecision:
    """Give the decisions of a group, in order, as one."""
    became = {one.fate for one in members}
    return replace(
        members[-1],
        fate=became.pop() if len(became) == 1 else Fate.MIXED,
        letters=len(members),
        undoable=sum(one.undoable for one in members),
    )


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
        fate = _until(row.comment, standing)
    elif last and last.moderator:
        fate, since = Fate.REPLACED, last.moderator.username
    else:
        fate = Fate.WITHDRAWN
    return OwnDecision(
        decision=decision_view(row),
        fate=fate,
        words=_beginning(row.comment),
        language=row.comment.language,
        since=since,
        undoable=int(fate in _OPEN),
    )


def _beginning(comment: Comment) -> str:
    try:
        return excerpt(current_text(comment), _FEW)
    except ValueError:  # a damaged row: the start page says that it cannot be published
        return ""


def _until(comment: Comment, standing: list[Decision]) -> Fate:
    """Give until when the last of the decisions that stand can be undone."""
    if not comment.outcome_due:
        return Fate.OPEN
    return Fate.SOON if takes_away(comment, standing[0].before) else Fate.SLOT
