"""Stories: the list, the form for a new one, and what can be changed."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from letterdesk.desk.actions.pictures import PictureWrong, taken
from letterdesk.desk.actions.publish import publish_story
from letterdesk.desk.actions.risks import (
    RiskOutdated,
    SecondEditorNeeded,
    set_desk_risk,
)
from letterdesk.desk.actions.stories import (
    StoryOutdated,
    StorySheet,
    StoryWrong,
    check_sheet,
    close_story,
    open_story,
    register,
    set_headline,
    set_risk,
)
from letterdesk.desk.forms.filters import read_place
from letterdesk.desk.forms.story import (
    StoryForm,
    filled,
    read_risk,
    read_sought,
    read_story,
)
from letterdesk.desk.queries.errors import NotConfirmed
from letterdesk.desk.queries.failing import failing_of
from letterdesk.desk.queries.locks import PressBusy
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.queries.risks import desk_risks
from letterdesk.desk.queries.stories import desks
from letterdesk.desk.queries.stories import stories as stories_of
from letterdesk.desk.queries.stories import story as one_story
from letterdesk.desk.queries.story_names import StoryNames, named_by_story
from letterdesk.desk.views.door import door
from letterdesk.desk.views.pages import allowed, page, today
from letterdesk.desk.views.sentences import sentence
from letterdesk.domain.errors import LetterdeskError, LetterRefused, PlaceFailed
from letterdesk.domain.story import Story, blocks
from letterdesk.domain.text import printable
from letterdesk.places.choose import public

_TWO = (SecondEditorNeeded, NotConfirmed)
_OUTDATED = (StoryOutdated, RiskOutdated)
_REFUSALS = (*_OUTDATED, StoryWrong, LetterRefused, PictureWrong, *_TWO)


@door(Permission.READ, "GET")
def stories(request: HttpRequest, who: Person) -> HttpResponse:
    """List the stories of the person's desks, newest first, or those that are sought."""
    try:
        sought = read_sought(request.GET)
    except LetterRefused as error:
        typed = printable(request.GET["q"])
        return page(
            request,
            who,
            "desk/stories.html",
            status=422,
            sought=typed,
            wrong=sentence(error),
        )
    found = stories_of(who, sought=sought, after=read_place(request.GET, "from"))
    more = {"from": str(found.next)} | ({"q": sought} if sought else {})
    return page(
        request,
        who,
        "desk/stories.html",
        rows=found.rows,
        next=f"?{urlencode(more)}" if found.next else "",
        sought=sought,
    )


@door(Permission.STORIES, "GET", "POST")
def new_story(request: HttpRequest, who: Person) -> HttpResponse:
    """Register a story, or fill in what changed in one; what is refused comes back."""
    if request.method != "POST":
        known = request.GET.get("story", "")
        return _form(
            request, who, filled(one_story(who, known).story) if known else StoryForm()
        )
    form = StoryForm(values=request.POST.dict())
    try:
        form = read_story(request)
        if "preview" in request.POST:
            return _form(request, who, form)
        with _sheet(form) as sheet:
            story, is_new = register(sheet, today=today(), by=who)
    except StoryOutdated as error:
        there = error.story
        return _form(request, who, form.beside(there), error=error, status=409, there=there)
    except _REFUSALS as error:
        return _form(request, who, form, error=error)
    except PlaceFailed as error:
        return _form(request, who, form, error=error, status=503)
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
    except _REFUSALS as error:
        return _story(request, who, public_id, error=error)
    _press(public_id)
    return redirect(_done(public_id, "saved"))


@door(Permission.STORIES, "GET", "POST")
def risks(request: HttpRequest, who: Person) -> HttpResponse:
    """Show and set what new stories of each desk are: ordinary or sensitive."""
    wrong, status = "", 200
    if request.method == "POST":
        desk, wanted = request.POST.get("desk", ""), request.POST.get("risk", "")
        if desk not in {one.desk for one in desk_risks(who)}:
            return redirect(reverse("risks"))
        try:
            set_desk_risk(
                desk,
                read_risk(wanted),
                by=who,
                today=today(),
                seen=request.POST.get("risk_seen"),
            )
        except (RiskOutdated, *_TWO) as error:
            wrong, status = sentence(error), _status(error)
        else:
            return redirect(reverse("risks") + "?done=saved")
    rows = desk_risks(who)
    return page(request, who, "desk/risks.html", status=status, rows=rows, wrong=wrong)


@contextmanager
def _sheet(form: StoryForm) -> Iterator[StorySheet]:
    """Give the sheet with its picture, which is put in place when all else is right."""
    check_sheet(form.sheet)
    if not form.picture:
        yield form.with_words()
        return
    place = public(settings.NEWSROOM)
    with taken(form.picture, place=place, today=today()) as picture:
        yield form.with_picture(picture)


def _change(public_id: str, asked: QueryDict, *, who: Person) -> None:
    day = today()
    if "open" in asked:
        open_story(public_id, today=day, by=who)
    if "close" in asked:
        close_story(public_id, today=day, by=who)
    if "risk" in asked:
        risk, seen = read_risk(str(asked["risk"])), asked.get("risk_seen")
        set_risk(public_id, risk, today=day, by=who, seen=seen)
    if "headline" in asked:
        headline, seen = str(asked["headline"]), asked.get("seen")
        set_headline(public_id, headline, today=day, by=who, seen=seen)


def _story(
    request: HttpRequest,
    who: Person,
    public_id: str,
    *,
    error: LetterdeskError | None = None,
) -> HttpResponse:
    found = one_story(who, public_id)
    names = StoryNames()
    if Permission.STORIES in allowed(who):
        names = named_by_story(found.story, key=settings.NEWSROOM.names_key)
    return page(
        request,
        who,
        "desk/story.html",
        status=_status(error),
        found=found,
        story=found.story,
        body=blocks(found.story.body),
        story_names=names,
        failing=failing_of(who, story=public_id),
        headline=request.POST.get("headline", found.story.headline),
        wrong=sentence(error) if error else "",
        field="risk" if "risk" in request.POST else "headline",
    )


def _status(error: LetterdeskError | None) -> int:
    if error is None:
        return 200
    return 409 if isinstance(error, _OUTDATED) else 422


def _press(public_id: str) -> None:
    """Write the story's files now; no decision is acted on. If not now, the next slot."""
    newsroom = settings.NEWSROOM
    with suppress(PlaceFailed, PressBusy):
        publish_story(public_id, public(newsroom), newsroom=newsroom, today=today())


def _form(
    request: HttpRequest,
    who: Person,
    form: StoryForm,
    *,
    error: LetterdeskError | None = None,
    status: int = 422,
    there: Story | None = None,
) -> HttpResponse:
    preview = request.POST.get("body", "") if "preview" in request.POST else ""
    return page(
        request,
        who,
        "desk/story_form.html",
        status=status if error else 200,
        values=form.values,
        field=getattr(error, "field", "picture" if isinstance(error, PictureWrong) else ""),
        wrong=sentence(error) if error else "",
        there=there,
        desks=sorted(who.desks) or tuple(desks()),
        is_preview="preview" in request.POST,
        body=blocks(preview),
    )


def _done(public_id: str, what: str) -> str:
    return reverse("story", args=[public_id]) + f"?done={what}"
