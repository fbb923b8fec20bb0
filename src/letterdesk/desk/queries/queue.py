"""What waits for a decision, oldest first, and the way through it.

The keys of comments are the order of the queue: letters get them as they are collected.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import QuerySet

from letterdesk.desk.models import Comment
from letterdesk.desk.queries.claims import claimed_by_others
from letterdesk.desk.queries.comments import seen
from letterdesk.desk.queries.copies import alike_among
from letterdesk.desk.queries.cuts import current_text
from letterdesk.desk.queries.merge import first_of
from letterdesk.desk.queries.noticed import Hint, hints
from letterdesk.desk.queries.parts import ALL, Part, lists_of
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.risks import risk_of
from letterdesk.desk.queries.waiting import days_waited
from letterdesk.domain.excerpt import excerpt
from letterdesk.domain.states import Risk, State


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """A comment that waits. `is_mine`: the person herself gave the first approval.

    `claimed_by` is the colleague who has it open, "" when none has.
    """

    id: str
    story: str
    headline: str
    story_language: str  # that the headline is in
    excerpt: str
    language: str
    desk: str
    risk: Risk
    days: int  # since it arrived
    approvals: int
    is_mine: bool
    is_reply: bool
    as_written: bool
    trapped: bool
    came_late: bool
    lost_parent: bool
    claimed_by: str
    hint: Hint = field(default_factory=Hint)  # what triage noticed
    alike: int = 0  # other rows of the page that are near-copies of it

    @property
    def is_free(self) -> bool:
        """Say whether the person could be given it now."""
        return not self.is_mine and not self.claimed_by


@dataclass(frozen=True, kw_only=True)
class QueuePage:
    """Some rows of the queue, and the cursor of the next ones."""

    rows: tuple[QueueRow, ...]
    next: int | None


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """The ids of what waits before and after; "" at either end."""

    previous: str
    next: str


def waiting(
    person: Person,
    *,
    now: datetime,
    part: Part = ALL,
    after: int | None = None,
    size: int = 50,
) -> QueuePage:
    """Give what waits at the person's desks, oldest first, `size` at a time."""
    found = _pending()
    if after is not None:
        found = found.filter(id__gt=after)
    rows = _oldest(person, found, part, size=size + 1)
    claimed = claimed_by_others(person, now=now)
    hinted, alike = hints(rows[:size]), alike_among(rows[:size])
    return QueuePage(
        rows=tuple(
            replace(
                _row(row, person, claimed, now), hint=hinted[row.pk], alike=alike[row.pk]
            )
            for row in rows[:size]
        ),
        next=rows[size - 1].pk if len(rows) > size else None,
    )


def first(
    person: Person,
    *,
    now: datetime,
    part: Part = ALL,
    skip: Collection[str] = (),
) -> str | None:
    """Give the id of the oldest comment that waits for this person; None when none does.

    What only waits for a second approval, when the first was hers, does not wait for her;
    nor does what a colleague has open.
    """
    found = _pending().exclude(approved_by_id=person.id).exclude(public_id__in=skip)
    found = found.exclude(pk__in=claimed_by_others(person, now=now))
    rows = _oldest(person, found, part, size=1)
    return rows[0].public_id if rows else None


def neighbours(
    person: Person, public_id: str, *, now: datetime, part: Part = ALL
) -> Neighbours:
    """Give the neighbours of a comment in the queue, which it need not be in itself.

    What colleagues have open is passed over.
    """
    here = Comment.objects.values_list("pk", flat=True).get(public_id=public_id)
    found = Comment.objects.only("public_id").filter(state=State.PENDING)
    found = found.exclude(pk__in=claimed_by_others(person, now=now))
    before = found.filter(id__lt=here).order_by("-id")
    after = found.filter(id__gt=here).order_by("id")
    earlier = lists_of(before, person, part)
    later = lists_of(after, person, part)
    return Neighbours(
        previous=_id(first_of(earlier, 1, key=lambda row: -row.pk)),
        next=_id(first_of(later, 1, key=lambda row: row.pk)),
    )


def _pending() -> QuerySet[Comment]:
    return seen().filter(state=State.PENDING).order_by("id")


def _oldest(
    person: Person, found: QuerySet[Comment], part: Part, *, size: int
) -> list[Comment]:
    require(person, Permission.READ)
    return first_of(lists_of(found, person, part), size, key=lambda row: row.pk)


def _id(rows: list[Comment]) -> str:
    return rows[0].public_id if rows else ""


def _row(
    row: Comment, person: Person, claimed: Mapping[int, str], now: datetime
) -> QueueRow:
    return QueueRow(
        id=row.public_id,
        story=row.story.public_id,
        headline=row.story.headline,
        story_language=row.story.language,
        excerpt=excerpt(current_text(row)),
        language=row.language,
        desk=row.desk,
        risk=risk_of(row),
        days=days_waited(row.arrived, today=now.date()),
        approvals=int(row.approved_by_id is not None),
        is_mine=row.approved_by_id == person.id,
        is_reply=row.reply_to_id is not None,
        as_written=row.as_written,
        trapped=row.trapped,
        came_late=row.came_late,
        lost_parent=row.lost_parent,
        claimed_by=claimed.get(row.pk, ""),
    )
