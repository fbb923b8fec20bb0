"""Letters that are not comments: appeals, notices, tips."""

from dataclasses import dataclass
from datetime import date

from letterdesk.desk.models import Appeal, Notice, Tip
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require

_SIZE = 100


@dataclass(frozen=True, kw_only=True)
class ReaderLetter:
    """A letter to the newsroom. `comment` is what it is about, "" when nothing certain."""

    id: str
    kind: str  # appeal, notice or tip
    story: str
    headline: str
    comment: str
    text: str
    name: str
    contact: str
    arrived: date


def open_appeals(person: Person) -> tuple[ReaderLetter, ...]:
    """Give the appeals nobody has answered, oldest first. Index appeal_open."""
    require(person, Permission.READ)
    rows = Appeal.objects.select_related("comment__story").filter(
        is_open=True, comment__isnull=False
    )
    if person.desks:
        rows = rows.filter(comment__desk__in=person.desks)
    return tuple(_appeal(row) for row in rows.order_by("id")[:_SIZE])


def open_notices(person: Person) -> tuple[ReaderLetter, ...]:
    """Give the notices nobody has answered, oldest first. Index notice_open."""
    require(person, Permission.READ)
    rows = Notice.objects.select_related("story", "comment").filter(is_open=True)
    if person.desks:
        rows = rows.filter(story__desk__in=person.desks)
    return tuple(_letter("notice", row) for row in rows.order_by("id")[:_SIZE])


def tips(person: Person, *, size: int = _SIZE) -> tuple[ReaderLetter, ...]:
    """Give the newest tips. Raises NotYours: they are for editors only."""
    require(person, Permission.SEE_TIPS)
    rows = Tip.objects.select_related("story")
    if person.desks:
        rows = rows.filter(story__desk__in=person.desks)
    return tuple(_letter("tip", row) for row in rows.order_by("-id")[:size])


def _appeal(row: Appeal) -> ReaderLetter:
    assert row.comment  # noqa: S101 -- the query leaves the others out
    return ReaderLetter(
        id=row.public_id,
        kind="appeal",
        story=row.comment.story.public_id,
        headline=row.comment.story.headline,
        comment=row.comment.public_id,
        text=row.text,
        name="",
        contact="",
        arrived=row.arrived,
    )


def _letter(kind: str, row: Notice | Tip) -> ReaderLetter:
    comment = row.comment if isinstance(row, Notice) else None
    return ReaderLetter(
        id=row.public_id,
        kind=kind,
        story=row.story.public_id,
        headline=row.story.headline,
        comment=comment.public_id if comment else "",
        text=row.text,
        name=row.name,
        contact=row.contact,
        arrived=row.arrived,
    )
