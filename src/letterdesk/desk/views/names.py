"""The people who must not be named: labels, and a form that forgets what it is told."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from letterdesk.desk.actions.names import protect, unprotect
from letterdesk.desk.forms.decision import read_where
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.names import listed
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.queries.stories import story
from letterdesk.desk.views.door import door
from letterdesk.desk.views.pages import page, today
from letterdesk.desk.views.sentences import sentence
from letterdesk.domain.errors import LetterdeskError


@door(Permission.STORIES, "GET", "POST")
def names(request: HttpRequest, who: Person) -> HttpResponse:
    """Show the labels listed for a story or the site, or put somebody on the list."""
    where = read_where(request.POST if request.method == "POST" else request.GET)
    if request.method != "POST":
        return _page(request, who, where.story)
    label = request.POST.get("label", "")
    try:
        protect(
            label,
            request.POST.get("names", "").splitlines(),
            story=where.story,
            key=settings.NEWSROOM.names_key,
            by=who,
            today=today(),
        )
    except (NotFound, NotYours):
        raise
    except LetterdeskError as error:
        return _page(request, who, where.story, label=label, wrong=sentence(error))
    return redirect(_address(where.story))


@door(Permission.STORIES, "POST")
def forget_name(request: HttpRequest, who: Person, number: int) -> HttpResponse:
    """Take somebody off the list."""
    where = read_where(request.POST)
    unprotect(number, story=where.story, by=who, today=today())
    return redirect(_address(where.story))


def _address(story_id: str) -> str:
    return f"{reverse('names')}?{f'story={story_id}&' if story_id else ''}done=saved"


def _page(
    request: HttpRequest, who: Person, story_id: str, *, label: str = "", wrong: str = ""
) -> HttpResponse:
    rows = listed(who, story=story_id, key=settings.NEWSROOM.names_key)
    return page(
        request,
        who,
        "desk/names.html",
        status=422 if wrong else 200,
        rows=rows,
        is_any_lost=any(row.is_lost for row in rows),
        story=story(who, story_id).story if story_id else None,
        label=label,
        wrong=wrong,
        may_see_all=not who.desks,
    )
