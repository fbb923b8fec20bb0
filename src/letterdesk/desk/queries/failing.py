"""What the press could not do for which story, and tries again at every slot."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from letterdesk.desk.models import PressFailure, PressPart
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require

UNFINISHED = "unfinished"  # why a page fails that nothing has come to write yet


@dataclass(frozen=True, kw_only=True)
class Failing:
    """A story whose page, or whose outcomes, the press could not write.

    `part` is a PressPart; `why` a code, or a type and a place in our code.
    """

    story: str
    url: str
    headline: str
    language: str
    part: str
    why: str
    since: date


def failing() -> tuple[Failing, ...]:
    """Give all of it, the longest first."""
    return tuple(_views(_rows()))


def failing_among(stories: Collection[int]) -> tuple[Failing, ...]:
    """Give what fails for the stories with these keys."""
    return tuple(_views(_rows().filter(story__in=stories)))


def failing_of(person: Person, *, story: str = "") -> tuple[Failing, ...]:
    """Give what fails at the person's desks, or for one story. Raises NotYours."""
    require(person, Permission.READ)
    rows = _rows().filter(story__public_id=story) if story else _rows()
    return tuple(
        _views(rows.filter(story__desk__in=person.desks) if person.desks else rows)
    )


def failing_pages() -> QuerySet[PressFailure, int]:
    """Give the keys of the stories whose page fails."""
    found = PressFailure.objects.filter(part=PressPart.PAGE)
    return found.values_list("story_id", flat=True)


def _rows() -> QuerySet[PressFailure]:
    found = PressFailure.objects.select_related("story").order_by("since", "pk")
    return found.defer("story__body", "story__credits", "story__picture")


def _views(rows: QuerySet[PressFailure]) -> Iterator[Failing]:
    for row in rows:
        yield Failing(
            story=row.story.public_id,
            url=row.story.url,
            headline=row.story.headline,
            language=row.story.language,
            part=row.part,
            why=row.why,
            since=row.since,
        )
