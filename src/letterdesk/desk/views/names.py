"""The people who must not be named: labels, and a form that forgets what it has listed."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from letterdesk.desk.actions.names import NameWrong, NewName, protect, unprotect
from letterdesk.desk.forms.decision import read_where
from letterdesk.desk.forms.filters import read_place
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.names import listed
from letterdesk.desk.queries.naming import naming
from letterdesk.desk.queries.noticed import harsh_among
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.queries.stories import story
from letterdesk.desk.queries.story_names import named_by_story
from letterdesk.desk.views.door import door
from letterdesk.desk.views.narrowed import narrowed
from letterdesk.desk.views.pages import now, page, today
from letterdesk.desk.views.sentences import sentence
from letterdesk.desk.views.together_page import last_group
from letterdesk.desk.views.ways_of_names import ways
from letterdesk.domain.errors import LetterdeskError, LetterRefused
from letterdesk.domain.text import printable


@door(Permission.STORIES, "GET", "POST")
def names(request: HttpRequest, who: Person) -> HttpResponse:
    """Show the labels listed for a story or the site, or put somebody on the list."""
    if request.method != "POST":
        return _page(request, who, narrowed(request, who, "story").story)
    where = read_where(request.POST)
    new = NewName(
        label=request.POST.get("label", ""),
        spellings=request.POST.get("names", "").splitlines(),
        note=gettext("It seems to give a name that was put on the list while it waited."),
    )
    try:
        held = protect(
            new, story=where.story, key=settings.NEWSROOM.names_key, by=who, now=now()
        )
    except (NotFound, NotYours):
        raise
    except LetterdeskError as error:
        return _page(request, who, where.story, refused=_refused(new, error))
    return redirect(_address(where.story, group=held))


@door(Permission.STORIES, "POST")
def forget_name(request: HttpRequest, who: Person, number: int) -> HttpResponse:
    """Take somebody off the list."""
    where = read_where(request.POST)
    key = settings.NEWSROOM.names_key
    unprotect(number, story=where.story, key=key, by=who, today=today())
    return redirect(_address(where.story))


def _address(story_id: str, *, group: str = "") -> str:
    said = {"story": story_id, "done": "saved", "group": group}
    return (
        f"{reverse('names')}?{urlencode({name: one for name, one in said.items() if one})}"
    )


@dataclass(frozen=True, kw_only=True)
class _Refused:
    """What was typed, for the answer that refuses it and nothing else, and why.

    `line` is the one that is wrong, counted from 1; 0 where none is.
    """

    label: str = ""
    names: str = ""
    wrong: str = ""
    line: int = 0


def _refused(new: NewName, error: LetterdeskError) -> _Refused:
    line = error.line if isinstance(error, NameWrong) else 0
    if isinstance(error, LetterRefused):
        line = int(str(error.facts.get("line", 0)))
    return _Refused(
        label=printable(new.label),
        names=printable("\n".join(new.spellings)),
        wrong=sentence(error),
        line=line,
    )


def _page(
    request: HttpRequest, who: Person, story_id: str, *, refused: _Refused = _Refused()
) -> HttpResponse:
    rows = listed(who, story=story_id, key=settings.NEWSROOM.names_key)
    about = story(who, story_id).story if story_id else None
    found = naming(who, story=story_id, start=read_place(request.GET, "start") or 0)
    return page(
        request,
        who,
        "desk/names.html",
        status=422 if refused.wrong else 200,
        rows=[(row, ways(row.kinds)) for row in rows],
        is_any_lost=any(row.is_lost for row in rows),
        story=about,
        story_names=named_by_story(about, key=settings.NEWSROOM.names_key)
        if about
        else None,
        held=last_group(request, who),
        naming=found,
        veiled=harsh_among([one.comment.id for one in found.comments]) if who.veils else (),
        typed=refused,
        wrong=refused.wrong,
        may_see_all=not who.desks,
    )
