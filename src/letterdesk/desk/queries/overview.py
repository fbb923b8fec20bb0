"""Where letters wait: the desks and stories of the start page, whatever their number."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from letterdesk.desk.models import Comment, Story
from letterdesk.desk.queries.claims import at_work
from letterdesk.desk.queries.copies import count_groups
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.promises import Kept, kept_by_desk
from letterdesk.desk.queries.stories import desks
from letterdesk.desk.queries.waiting import days_waited
from letterdesk.domain.states import Risk, State

MAX_AT_DESK = 1_000  # letters: counting further would cost more than it tells
MAX_OF_STORY = 500  # letters, likewise
MAX_STORIES = 50  # of a desk: the newest ones

# From story to story, one look into comment_waiting_of_story for each; the letters of each
# by comment_queue_of_story. What is in no way shown is not read.
_STORIES = """
WITH RECURSIVE waiting (story, number) AS (
    SELECT (SELECT one.story_id FROM desk_comment one
            WHERE one.state = 'pending' AND one.desk = %s
            ORDER BY one.story_id DESC LIMIT 1), 1
    UNION ALL
    SELECT (SELECT one.story_id FROM desk_comment one
            WHERE one.state = 'pending' AND one.desk = %s
            AND one.story_id < waiting.story
            ORDER BY one.story_id DESC LIMIT 1), waiting.number + 1
    FROM waiting WHERE waiting.story IS NOT NULL AND waiting.number <= %s
)
SELECT waiting.story,
    (SELECT one.id FROM desk_comment one
     WHERE one.story_id = waiting.story AND one.state = 'pending'
     ORDER BY one.id LIMIT 1),
    (SELECT count(*) FROM
        (SELECT 1 FROM desk_comment one
         WHERE one.story_id = waiting.story AND one.state = 'pending' LIMIT %s) AS counted)
FROM waiting WHERE waiting.story IS NOT NULL
"""


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many letters wait; `is_more` when it is only known that there are more."""

    number: int
    is_more: bool


@dataclass(frozen=True, kw_only=True)
class StoryWaits:
    """A story with letters that wait, and who has one of them open."""

    id: str
    headline: str
    language: str
    risk: Risk
    waiting: Count
    days: int  # since the oldest of them arrived
    people: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DeskWaits:
    """What waits at a desk: the story with the oldest letter first.

    `days` since the oldest letter arrived, None when none waits; `is_more` when there are
    older stories with letters that wait.
    """

    desk: str
    waiting: Count
    days: int | None
    stories: tuple[StoryWaits, ...]
    is_more: bool
    groups: int  # of near-copies
    civil: Mapping[str, Kept]  # by language: what is promised of letters that read so


def overview(person: Person, *, now: datetime) -> tuple[DeskWaits, ...]:
    """Give what waits at each of the person's desks."""
    require(person, Permission.READ)
    people = at_work(now=now)
    found = sorted(person.desks) or desks()
    civil, today = kept_by_desk(), now.date()
    return tuple(
        _desk(desk, people, civil=civil.get(desk, {}), today=today) for desk in found
    )


def count_held(person: Person) -> Count:
    """Give how many letters are put aside at her desks. Index comment_queue_of_desk."""
    require(person, Permission.READ)
    held = Comment.objects.filter(state=State.HELD)
    if person.desks:
        held = held.filter(desk__in=person.desks)
    return _counted(held.order_by("id")[: MAX_AT_DESK + 1].count(), MAX_AT_DESK)


def _desk(
    desk: str,
    people: dict[int, tuple[str, ...]],
    *,
    civil: Mapping[str, Kept],
    today: date,
) -> DeskWaits:
    found = _found(desk)
    shown = found[:MAX_STORIES]
    stories = _stories(shown, people, today=today)
    return DeskWaits(
        desk=desk,
        waiting=_count(desk),
        days=_oldest(desk, today=today),
        stories=tuple(stories),
        is_more=len(found) > MAX_STORIES,
        groups=count_groups(desk) if found else 0,
        civil=civil,
    )


def _found(desk: str) -> list[tuple[int, int, int]]:
    """Give story, oldest letter and count, of one story more than is shown."""
    with connection.cursor() as cursor:
        cursor.execute(_STORIES, [desk, desk, MAX_STORIES, MAX_OF_STORY + 1])
        return list(cursor.fetchall())


def _stories(
    found: Iterable[tuple[int, int, int]],
    people: dict[int, tuple[str, ...]],
    *,
    today: date,
) -> Iterator[StoryWaits]:
    by_age = sorted(found, key=lambda one: one[1])
    known = Story.objects.defer("body", "credits", "picture").in_bulk(
        [story for story, _, _ in by_age]
    )
    arrived = Comment.objects.values_list("id", "arrived")
    days = dict(arrived.filter(pk__in=[oldest for _, oldest, _ in by_age]))
    for story, oldest, number in by_age:
        yield StoryWaits(
            id=known[story].public_id,
            headline=known[story].headline,
            language=known[story].language,
            risk=Risk(known[story].risk),
            waiting=_counted(number, MAX_OF_STORY),
            days=days_waited(days[oldest], today=today),
            people=people.get(story, ()),
        )


def _count(desk: str) -> Count:
    found = Comment.objects.filter(state=State.PENDING, desk=desk).order_by("id")
    return _counted(found[: MAX_AT_DESK + 1].count(), MAX_AT_DESK)


def _counted(number: int, most: int) -> Count:
    return Count(number=min(number, most), is_more=number > most)


def _oldest(desk: str, *, today: date) -> int | None:
    found = Comment.objects.filter(state=State.PENDING, desk=desk).order_by("id")
    arrived = found.values_list("arrived", flat=True).first()
    return None if arrived is None else days_waited(arrived, today=today)
