"""What waits for a decision, oldest first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from letterdesk.desk.models import Comment
from letterdesk.desk.queries.comments import seen, within
from letterdesk.desk.queries.cuts import current_text
from letterdesk.desk.queries.merge import first_of
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.risks import risk_of
from letterdesk.desk.queries.stories import desks
from letterdesk.domain.states import Risk, State
from letterdesk.domain.text import one_line

MAX_COUNT = 1_000  # comments: counting further would cost more than it tells
_EXCERPT = 160  # characters


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """A comment that waits. `is_mine`: the person herself gave the first approval."""

    id: str
    story: str
    headline: str
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


@dataclass(frozen=True, kw_only=True)
class QueuePage:
    """Some rows of the queue, and the cursor of the next ones."""

    rows: tuple[QueueRow, ...]
    next: int | None


@dataclass(frozen=True, kw_only=True)
class DeskCount:
    """How many comments wait at a desk; `is_more` than MAX_COUNT."""

    desk: str
    waiting: int
    is_more: bool


def waiting(
    person: Person,
    *,
    today: date,
    desk: str | None = None,
    story: str | None = None,
    after: int | None = None,
    size: int = 50,
) -> QueuePage:
    """Give what waits at the person's desks, oldest first, `size` at a time."""
    found = _pending()
    if after is not None:
        found = found.filter(id__gt=after)
    rows = _oldest(person, found, desk=desk, story=story, size=size + 1)
    return QueuePage(
        rows=tuple(_row(row, person, today) for row in rows[:size]),
        next=rows[size - 1].pk if len(rows) > size else None,
    )


def first(
    person: Person,
    *,
    desk: str | None = None,
    story: str | None = None,
    skip: Collection[str] = (),
) -> str | None:
    """Give the id of the oldest comment that waits for this person; None when none does.

    What only waits for a second approval, when the first was hers, does not wait for her.
    """
    found = _pending().exclude(approved_by_id=person.id).exclude(public_id__in=skip)
    rows = _oldest(person, found, desk=desk, story=story, size=1)
    return rows[0].public_id if rows else None


def desks_overview(person: Person) -> tuple[DeskCount, ...]:
    """Give how many comments wait at each of the person's desks."""
    require(person, Permission.READ)
    return tuple(_count(desk) for desk in sorted(person.desks) or desks())


def _count(desk: str) -> DeskCount:
    found = Comment.objects.filter(state=State.PENDING, desk=desk)
    number = found.order_by("id")[: MAX_COUNT + 1].count()
    return DeskCount(desk=desk, waiting=min(number, MAX_COUNT), is_more=number > MAX_COUNT)


def _pending() -> QuerySet[Comment]:
    return seen().filter(state=State.PENDING).order_by("id")


def _oldest(
    person: Person,
    found: QuerySet[Comment],
    *,
    desk: str | None,
    story: str | None,
    size: int,
) -> list[Comment]:
    require(person, Permission.READ)
    narrowed = within(found, person, desk=desk, story=story)
    return first_of(narrowed, size, key=lambda row: row.pk)


def _row(row: Comment, person: Person, today: date) -> QueueRow:
    text = one_line(current_text(row))
    return QueueRow(
        id=row.public_id,
        story=row.story.public_id,
        headline=row.story.headline,
        excerpt=text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…",
        language=row.language,
        desk=row.desk,
        risk=risk_of(row),
        days=(today - row.arrived).days,
        approvals=int(row.approved_by_id is not None),
        is_mine=row.approved_by_id == person.id,
        is_reply=row.reply_to_id is not None,
        as_written=row.as_written,
        trapped=row.trapped,
    )
