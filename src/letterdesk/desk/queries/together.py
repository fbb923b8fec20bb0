"""Decisions that were taken together, by the id that they share."""

from dataclasses import dataclass

from letterdesk.desk.models import AuditMention, Decision, Move, ProtectedName
from letterdesk.desk.queries.cuts import current_name
from letterdesk.desk.queries.decisions import DecisionView, decision_view
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.noticed import hints
from letterdesk.desk.queries.own import OwnDecision, fates
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, may, require
from letterdesk.desk.queries.undoable import took_approval, took_first_approval
from letterdesk.domain.excerpt import excerpt
from letterdesk.domain.ids import is_id


@dataclass(frozen=True, kw_only=True)
class Member:
    """A letter of a group: what became of the decision on it, and how it begins."""

    became: OwnDecision
    name: str
    excerpt: str
    language: str
    is_harsh: bool


@dataclass(frozen=True, kw_only=True)
class GroupView:
    """What was decided together; `undoable` counts what the person can take back now.

    `releases` says whether letters would be approved again then, `halves` whether some of
    them only by the first of two people, their story being sensitive by now; `name` is the
    label of whom they were held for, "" for any other reason, or when she is on no list
    any more.
    """

    id: str
    decision: DecisionView  # the one on the first letter; what it says goes for all
    members: tuple[Member, ...]
    undoable: int
    releases: bool
    halves: bool
    name: str

    @property
    def is_undo(self) -> bool:
        """Say whether it took decisions back."""
        return self.decision.move == Move.UNDO

    @property
    def leaves_first(self) -> bool:
        """Say whether a letter waits, since it was undone, for the second of two."""
        return self.is_undo and any(one.became.decision.is_first for one in self.members)


def members(group: str) -> tuple[DecisionView, ...]:
    """Give the decisions of a group, in order. Index decision_of_group. Raises NotFound."""
    return tuple(decision_view(row) for row in _rows(group))


def name_of_hold(group: str) -> str:
    """Give the label of whom letters were held for together, as `GroupView.name` is.

    Index mention_of_subject.
    """
    held = AuditMention.objects.filter(subject=group, entry__what=Move.HOLD)
    facts = held.order_by("entry").values_list("entry__facts", flat=True).first() or {}
    named = ProtectedName.objects.filter(pk=facts.get("name", 0))
    return named.values_list("label", flat=True).first() or ""


def group_view(person: Person, group: str) -> GroupView:
    """Give a group, as far as it is at the person's desks. Raises NotFound, NotYours."""
    require(person, Permission.READ)
    rows = [row for row in _rows(group) if person.sees(row.comment.desk)]
    if not rows:
        raise NotYours("These letters belong to desks that are not yours.")
    found, hinted = fates(rows), hints([row.comment for row in rows])
    is_hers = rows[0].moderator_id == person.id or may(person, Permission.UNDO_OTHERS)
    can_undo = is_hers and may(person, Permission.DECIDE)
    open_ = [row for row in rows if found[row.pk].undoable] if can_undo else []
    return GroupView(
        id=group,
        decision=decision_view(rows[0]),
        members=tuple(
            _member(row, found[row.pk], is_harsh=hinted[row.comment_id].is_harsh)
            for row in rows
        ),
        undoable=len(open_),
        releases=any(took_approval(row) for row in open_),
        halves=any(took_first_approval(row) for row in open_),
        name=name_of_hold(group) if rows[0].move == Move.HOLD else "",
    )


def _rows(group: str) -> list[Decision]:
    found = Decision.objects.select_related("moderator", "comment__story", "statement")
    rows = found.filter(group=group).exclude(group="").order_by("id")
    known = list(rows) if is_id(group) else []
    if not known:
        raise NotFound("group-unknown", "There is no such decision on several letters.")
    return known


def _member(row: Decision, became: OwnDecision, *, is_harsh: bool) -> Member:
    return Member(
        became=became,
        name=current_name(row.comment),
        excerpt=excerpt(row.comment.text),
        language=row.comment.language,
        is_harsh=is_harsh,
    )
