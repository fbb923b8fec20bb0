"""Comments in every state, and a person's own decisions."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from letterdesk.desk.forms.decision import read_where
from letterdesk.desk.forms.filters import read_choice, read_place
from letterdesk.desk.forms.search import (
    WordsUnread,
    hidden,
    read_hidden,
    read_id,
    read_sought,
)
from letterdesk.desk.queries.comments import CommentView, listing, one
from letterdesk.desk.queries.errors import NotFound
from letterdesk.desk.queries.noticed import harsh_among
from letterdesk.desk.queries.own import newest_open, own, veiled_among
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.queries.search import search, spans
from letterdesk.desk.queries.stories import story
from letterdesk.desk.views.door import door
from letterdesk.desk.views.narrowed import narrowed
from letterdesk.desk.views.pages import now, page
from letterdesk.desk.views.sentences import sentence
from letterdesk.domain.errors import LetterRefused
from letterdesk.domain.excerpt import excerpt, excerpt_at
from letterdesk.domain.marks import shaded
from letterdesk.domain.states import State
from letterdesk.domain.text import Html, inline, one_line, printable

_STATES = frozenset(state.value for state in State)


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A comment of a list, and the part of its words that stands there."""

    comment: CommentView
    words: Html


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A list of comments; `next` is the end of the address at which it goes on.

    `sought` are the words that they have, `hidden` how an address has those; `is_full` says
    that there are more for certain. `missing` is an id that no comment has, `wrong` what
    is wrong with the words, `typed` how those came.
    """

    lines: tuple[Listed, ...] = ()
    next: str = ""
    sought: str = ""
    hidden: str = ""
    is_full: bool = False
    missing: str = ""
    wrong: str = ""
    typed: str = ""


@door(Permission.READ, "GET", "POST")
def comments(request: HttpRequest, who: Person) -> HttpResponse:
    """List comments by status or words; go to the one with an id."""
    if request.method == "POST":
        return _look_for(request, who)
    sought = request.GET.get("id", "").strip()
    if (known := read_id(sought)) and _is_there(who, known):
        return redirect("comment", public_id=known)
    try:
        words = read_hidden(request.GET, who)
    except WordsUnread as error:
        return _list(request, who, Shown(wrong=sentence(error)), status=404)
    if words:
        return _found(request, who, words)
    where = narrowed(request, who, "desk", "story")
    status = _status(read_choice(request.GET, "status", _STATES))
    found = listing(
        who,
        status=status,
        desk=where.desk or None,
        story=where.story or None,
        after=read_place(request.GET, "from"),
    )
    more = (("status", status or ""), ("from", str(found.next)))
    shown = Shown(
        lines=tuple(_begun(one) for one in found.rows),
        missing=sought,
        next=where.query_with(*more) if found.next else "",
    )
    return _list(request, who, shown, status=404 if sought else 200)


def _look_for(request: HttpRequest, who: Person) -> HttpResponse:
    """Go to the comment with an id, or to those with some words, which no address says."""
    try:
        sought = read_sought(request.POST)
    except LetterRefused as error:
        typed = printable(str(request.POST.get("q", "")))
        shown = Shown(wrong=sentence(error), typed=typed)
        return _list(request, who, shown, status=422)
    if (known := read_id(sought)) and _is_there(who, known):
        return redirect("comment", public_id=known)
    where = read_where(request.POST)
    words = hidden(sought, who) if sought else ""
    status = _status(request.POST.get("status", "")) or ""
    query = where.query_with(("status", status), ("words", words))
    return redirect(reverse("comments") + query)


def _found(request: HttpRequest, who: Person, sought: str) -> HttpResponse:
    where = narrowed(request, who, "desk", "story")
    status = _status(read_choice(request.GET, "status", _STATES))
    found = search(
        who,
        sought,
        status=status,
        desk=where.desk or None,
        story=where.story or None,
        before=read_place(request.GET, "from"),
    )
    words = request.GET["words"]
    more = (("status", status or ""), ("words", words), ("from", str(found.next)))
    shown = Shown(
        lines=tuple(_around(one, sought) for one in found.rows),
        sought=sought,
        hidden=words,
        is_full=found.is_full,
        next=where.query_with(*more) if found.next else "",
    )
    return _list(request, who, shown)


def _begun(comment: CommentView) -> Listed:
    return Listed(comment=comment, words=inline(excerpt(comment.text)))


def _around(comment: CommentView, sought: str) -> Listed:
    """Give a comment with what stands around the first of the words, each set apart."""
    line = one_line(comment.original)
    places = spans(line, sought)
    said = excerpt_at(line, places[0][0] if places else 0)
    return Listed(comment=comment, words=shaded(said, (), other=spans(said, sought)))


def _list(
    request: HttpRequest, who: Person, shown: Shown, *, status: int = 200
) -> HttpResponse:
    ids = [one.comment.id for one in shown.lines]
    sent = request.POST if request.method == "POST" else request.GET
    where = read_where(sent)
    return page(
        request,
        who,
        "desk/comments.html",
        status=status,
        shown=shown,
        veiled=harsh_among(ids) if who.veils and ids else (),
        where=where,
        whole=where.query_with(("words", shown.hidden)),
        story=story(who, where.story).story if where.story else None,
        chosen=_status(sent.get("status", "")) or "",
        states=[one for one in State if not shown.sought or one is not State.WITHDRAWN],
    )


@door(Permission.DECIDE, "GET")
def mine(request: HttpRequest, who: Person) -> HttpResponse:
    """List the person's own last decisions: which can be undone, until when, why not."""
    decisions = own(who)
    newest = newest_open(decisions, now=now())
    return page(
        request,
        who,
        "desk/mine.html",
        decisions=decisions,
        newest=newest,
        veiled=veiled_among(who, decisions),
    )


def _status(written: str) -> State | None:
    return State(written) if written in _STATES else None


def _is_there(who: Person, public_id: str) -> bool:
    try:
        one(who, public_id)
    except NotFound:
        return False
    return True
