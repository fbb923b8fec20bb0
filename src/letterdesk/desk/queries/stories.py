"""Stories, as the press and the screens need them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.db.models import Count, Exists, OuterRef, Q

from letterdesk.desk.models import (
    DeskRisk,
    PressFailure,
    PressPart,
    PublishedFile,
    UserDesk,
)
from letterdesk.desk.models import Story as Row
from letterdesk.desk.queries.errors import no_story
from letterdesk.desk.queries.merge import first_of
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.spelled import spelled
from letterdesk.domain.ids import is_id
from letterdesk.domain.states import Risk
from letterdesk.domain.story import Credit, Picture, Story
from letterdesk.domain.story_url import canonical
from letterdesk.domain.text import tame
from letterdesk.tags import language_and_script


@dataclass(frozen=True, kw_only=True)
class StoryView:
    """A story and how many of its comments readers can see.

    `ordinary_wanted_by`: who asked to call a sensitive one ordinary; `risk_mark` tells that
    and the risk from what they were.
    """

    story: Story
    comments: int
    ordinary_wanted_by: str = ""
    risk_mark: str = ""


@dataclass(frozen=True, kw_only=True)
class StoryPage:
    """Some stories, newest first, and the cursor of the next ones."""

    rows: tuple[StoryView, ...]
    next: int | None


def story_value(row: Row) -> Story:
    """Give a row as the value that the press knows."""
    return Story(
        id=row.public_id,
        url=row.url,
        headline=row.headline,
        language=row.language,
        desk=row.desk,
        risk=Risk(row.risk),
        is_open=row.is_open,
        registered=row.registered.isoformat(),
        credits=tuple(Credit(**credit) for credit in row.credits),
        picture=Picture(**row.picture) if row.picture else None,
        body=row.body,
    )


def stories(
    person: Person, *, sought: str = "", after: int | None = None, size: int = 50
) -> StoryPage:
    """Give the stories of the person's desks, newest first, `size` at a time.

    With `sought` those whose headline has all of these words in it, in any spelling, or
    whose address begins so: that reads the table once.
    """
    require(person, Permission.READ)
    found = Row.objects.select_related("ordinary_wanted_by").order_by("-id")
    if sought:
        has_words = reduce(and_, (spelled(word, "headline") for word in sought.split()))
        found = found.filter(has_words | Q(url__startswith=tame(sought)))
    if after is not None:
        found = found.filter(id__lt=after)
    narrowed = [found.filter(desk=desk) for desk in sorted(person.desks)] or [found]
    rows = first_of(narrowed, size + 1, key=lambda row: -row.pk)
    views = tuple(_view(row) for row in rows[:size])
    return StoryPage(rows=views, next=rows[size - 1].pk if len(rows) > size else None)


def story(person: Person, public_id: str) -> StoryView:
    """Give one story. Raises NotFound, NotYours."""
    return _one(person, public_id, to=Permission.READ)


def _one(person: Person, public_id: str, *, to: Permission) -> StoryView:
    require(person, to)
    rows = Row.objects.select_related("ordinary_wanted_by")
    row = rows.filter(public_id=public_id).first() if is_id(public_id) else None
    if row is None:
        raise no_story()
    require(person, to, desk=row.desk)
    return _view(row)


def registered(person: Person, public_id: str) -> StoryView:
    """Give a story to whoever registered it. Raises NotFound, NotYours."""
    return _one(person, public_id, to=Permission.REGISTER)


def known_by(url: str) -> Row | None:
    """Give the story of this address, as written or in canonical form; None without one.

    Stories of before keep the address that they were registered with.
    """
    rows = Row.objects.filter(url__in={url, canonical(url)})
    return min(rows, key=lambda row: row.url != url, default=None)


def picture_of(url: str) -> Picture | None:
    """Give the picture of the story with this address; None when there is none."""
    row = known_by(url)
    return Picture(**row.picture) if row and row.picture else None


def newest_open(size: int) -> list[tuple[Story, int]]:
    """Give the newest stories that are open, with their counts.

    Not those whose page fails and has never been there. They lack what no list shows: what
    hinders one page must not hinder the list. Index story_open_newest, whatever the number
    of stories.
    """
    fails = PressFailure.objects.filter(part=PressPart.PAGE, story=OuterRef("pk"))
    files = PublishedFile.objects.filter(story=OuterRef("pk"))
    rows = Row.objects.filter(~Exists(fails) | Exists(files), is_open=True)
    rows = rows.order_by("-registered", "-id").defer("body", "credits", "picture")
    return [(_head(row), row.published_comments) for row in rows[:size]]


def desks() -> Iterator[str]:
    """Give the desks that have stories, in order: one look into story_by_desk for each."""
    last = ""
    names = Row.objects.order_by("desk").values_list("desk", flat=True)
    while found := names.filter(desk__gt=last).first():
        yield found
        last = found


def has_desk(name: str) -> bool:
    """Say whether any story belongs to a desk of this name. Index story_by_desk."""
    return Row.objects.filter(desk=name).exists()


def desk_of(language: str) -> str:
    """Give the desk that most stories in a language belong to; without any, its own name.

    Where no story is in it, and nothing has its name, a desk of the same language and
    script comes before that: for zh-CN the one of zh-Hans, for zh-TW that of zh-Hant.
    Reads the table at most twice.
    """
    rows = Row.objects.filter(language=language).values_list("desk")
    most = rows.annotate(number=Count("pk")).order_by("-number", "desk").first()
    return str(most[0]) if most else _near_desk(language)


def _near_desk(language: str) -> str:
    """Give the desk of the same language and script, else a language's own name."""
    named = {
        *UserDesk.objects.values_list("desk", flat=True).distinct(),
        *DeskRisk.objects.values_list("desk", flat=True),
    }
    if language in named or has_desk(language):
        return language
    kin = language_and_script(language)
    numbers = Counter[str]()
    found = Row.objects.order_by().values_list("language", "desk").annotate(Count("pk"))
    for other, desk, number in found:
        if language_and_script(other) == kin:
            numbers[desk] += number
    near = [*numbers, *(one for one in named if language_and_script(one) == kin)]
    return min(near, key=lambda desk: (-numbers[desk], desk), default=language)


def _head(row: Row) -> Story:
    return Story(
        id=row.public_id,
        url=row.url,
        headline=row.headline,
        language=row.language,
        registered=row.registered.isoformat(),
    )


def risk_mark(row: Row | DeskRisk | None) -> str:
    """Give what tells a risk, and who asks to lower it, from what they were."""
    if row is None:
        return f"{Risk.ORDINARY} 0"
    return f"{row.risk} {row.ordinary_wanted_by_id or 0}"


def _view(row: Row) -> StoryView:
    wanted_by = row.ordinary_wanted_by
    return StoryView(
        story=story_value(row),
        comments=row.published_comments,
        ordinary_wanted_by=wanted_by.username if wanted_by else "",
        risk_mark=risk_mark(row),
    )
