"""Stories: the list, the form for a new one, and what can be changed."""

from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from letterdesk.desk.actions.publish import publish_story
from letterdesk.desk.actions.stories import (
    StoryWrong,
    close_story,
    open_story,
    register,
    set_headline,
    set_risk,
)
from letterdesk.desk.forms.cursor import read_number
from letterdesk.desk.forms.story import StoryForm, read_risk, read_story
from letterdesk.desk.queries.locks import PressBusy
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.queries.stories import desks
from letterdesk.desk.queries.stories import stories as stories_of
from letterdesk.desk.queries.stories import story as one_story
from letterdesk.desk.views.door import door
from letterdesk.desk.views.pages import page, today
from letterdesk.desk.views.sentences import sentence
from letterdesk.domain.errors import LetterRefused, PlaceFailed
from letterdesk.domain.story import blocks
from letterdesk.places.choose import public


@door(Permission.READ, "GET")
def stories(request: HttpRequest, who: Person) -> HttpResponse:
    """List the stories of the person's desks, newest first."""
    found = stories_of(who, after=read_number(request.GET, "from"))
    next_ = f"?from={found.next}" if found.next else ""
    return page(request, who, "desk/stories.html", rows=found.rows, next=next_)


@door(Permission.STORIES, "GET", "POST")
def new_story(request: HttpRequest, who: Person) -> HttpResponse:
    """Register a story; what is refused comes back as it was filled in."""
    if request.method != "POST":
        return _form(request, who, StoryForm())
    form = read_story(request.POST)
    try:
        story, is_new = register(form.sheet, today=today(), by=who)
    except (StoryWrong, LetterRefused) as error:
        return _form(request, who, form, field=error.field, wrong=sentence(error))
    _press(story.id)
    return redirect(_done(story.id, "registered" if is_new else "known"))


@door(Permission.READ, "GET")
def story(request: HttpRequest, who: Person, public_id: str) -> HttpResponse:
    """Show one story and, to those who may, what can be changed."""
    return _story(request, who, public_id)


@door(Permission.STORIES, "POST")
def change_story(request: HttpRequest, who: Person, public_id: str) -> HttpResponse:
    """Open or close a story for letters, set its risk, correct its headline."""
    try:
        _change(public_id, request.POST, who=who)
    except (StoryWrong, LetterRefused) as error:
        return _story(request, who, public_id, wrong=sentence(error))
    _press(public_id)
    return redirect(_done(public_id, "saved"))


def _change(public_id: str, asked: QueryDict, *, who: Person) -> None:
    day = today()
    if "open" in asked:
        open_story(public_id, today=day, by=who)
    if "close" in asked:
        close_story(public_id, today=day, by=who)
    if "risk" in asked:
        set_risk(public_id, read_risk(str(asked["risk"])), today=day, by=who)
    if "headline" in asked:
        set_headline(public_id, str(asked["headline"]), today=day, by=who)


def _story(
    request: HttpRequest, who: Person, public_id: str, *, wrong: str = ""
) -> HttpResponse:
    found = one_story(who, public_id)
    return page(
        request,
        who,
        "desk/story.html",
        status=422 if wrong else 200,
        found=found,
        story=found.story,
        body=blocks(found.story.body),
        headline=request.POST.get("headline", found.story.headline),
        wrong=wrong,
    )


def _press(public_id: str) -> None:
    """Write the story's files now; no decision is acted on. If not now, the next slot."""
    newsroom = settings.NEWSROOM
    with suppress(PlaceFailed, PressBusy):
        publish_story(public_id, public(newsroom), newsroom=newsroom, today=today())


def _form(
    request: HttpRequest, who: Person, form: StoryForm, *, field: str = "", wrong: str = ""
) -> HttpResponse:
    return page(
        request,
        who,
        "desk/story_form.html",
        status=422 if wrong else 200,
        values=form.values,
        field=field,
        wrong=wrong,
        desks=sorted(who.desks) or tuple(desks()),
    )


def _done(public_id: str, what: str) -> str:
    return reverse("story", args=[public_id]) + f"?done={what}"
