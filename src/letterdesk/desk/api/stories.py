"""Stories."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Status

from letterdesk.desk.actions.publish import publish_story
from letterdesk.desk.actions.stories import (
    StoryChange,
    StorySheet,
    change_story,
    register,
)
from letterdesk.desk.api.cursor import pack, unpack
from letterdesk.desk.api.door import asking, newsroom, public_place, today
from letterdesk.desk.api.values import (
    Listed,
    Problem,
    Size,
    StoryChangeIn,
    StoryIn,
    StoryOut,
    Word,
)
from letterdesk.desk.queries.stories import StoryView, registered
from letterdesk.desk.queries.stories import stories as stories_of
from letterdesk.desk.queries.stories import story as story_of
from letterdesk.domain.story import Credit

router = Router(tags=["stories"])
_WRONG = {401: Problem, 403: Problem, 422: Problem}
_ONE = {**_WRONG, 404: Problem}
_CHANGED = {**_ONE, 400: Problem, 413: Problem, 503: Problem}


@router.get("", response={200: Listed[StoryOut], **_WRONG})
def stories(request: HttpRequest, cursor: Word = "", size: Size = 50) -> Listed[StoryOut]:
    """Give the stories of your desks, newest first."""
    page = stories_of(asking(request), after=unpack(cursor), size=size)
    return Listed(items=[_out(row) for row in page.rows], next=pack(page.next))


@router.get("/{story}", response={200: StoryOut, **_ONE})
def story(request: HttpRequest, story: str) -> StoryOut:
    """Give one story."""
    return _out(story_of(asking(request), story))


@router.post("", response={201: StoryOut, 200: StoryOut, **_CHANGED})
def add_story(request: HttpRequest, sheet: StoryIn) -> Status[StoryOut]:
    """Register a story and publish its page; 200 when its URL is known already."""
    person = asking(request)
    given = sheet.model_dump(exclude={"credits"})
    credits_ = sheet.credits
    made = None if credits_ is None else tuple(Credit(**vars(one)) for one in credits_)
    story, is_new = register(StorySheet(**given, credits=made), today=today(), by=person)
    _publish(story.id)
    return Status(201 if is_new else 200, _out(registered(person, story.id)))


@router.patch("/{story}", response={200: StoryOut, **_CHANGED})
def edit_story(request: HttpRequest, story: str, change: StoryChangeIn) -> StoryOut:
    """Open or close a story, set its risk, or change its headline.

    What is sensitive is called ordinary by two editors: the first one's request leaves it
    sensitive, with `ordinary_wanted`; the same editor cannot be the second (403).
    """
    person = asking(request)
    wanted = StoryChange(headline=change.headline, risk=change.risk, is_open=change.open)
    change_story(story, wanted, today=today(), by=person)
    _publish(story)
    return _out(story_of(person, story))


def _publish(story: str) -> None:
    publish_story(story, public_place(), newsroom=newsroom(), today=today())


def _out(seen: StoryView) -> StoryOut:
    return StoryOut(
        id=seen.story.id,
        url=seen.story.url,
        headline=seen.story.headline,
        language=seen.story.language,
        desk=seen.story.desk,
        risk=seen.story.risk,
        ordinary_wanted=bool(seen.ordinary_wanted_by),
        open=seen.story.is_open,
        registered=date.fromisoformat(seen.story.registered),
        comments=seen.comments,
        page=f"{newsroom().site.url}/t/{seen.story.id}/",
    )
