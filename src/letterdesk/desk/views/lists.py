"""Comments in every state, and a person's own decisions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from letterdesk.desk.forms.cursor import read_number
from letterdesk.desk.forms.decision import read_where
from letterdesk.desk.queries.comments import listing, one
from letterdesk.desk.queries.errors import NotFound
from letterdesk.desk.queries.noticed import harsh_among
from letterdesk.desk.queries.own import newest_open, own, veiled_among
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.queries.stories import story
from letterdesk.desk.views.door import door
from letterdesk.desk.views.pages import now, page
from letterdesk.domain.states import State


@door(Permission.READ, "GET")
def comments(request: HttpRequest, who: Person) -> HttpResponse:
    """List comments by status, or go to the one with an id."""
    sought = request.GET.get("id", "").strip()
    if sought and _is_there(who, sought):
        return redirect("comment", public_id=sought)
    where = read_where(request.GET)
    status = _status(request.GET.get("status", ""))
    found = listing(
        who,
        status=status,
        desk=where.desk or None,
        story=where.story or None,
        after=read_number(request.GET, "from"),
    )
    more = (("status", status or ""), ("from", str(found.next)))
    return page(
        request,
        who,
        "desk/comments.html",
        status=404 if sought else 200,
        rows=found.rows,
        veiled=harsh_among([one.id for one in found.rows]) if who.veils else (),
        next=where.query_with(*more) if found.next else "",
        where=where,
        story=story(who, where.story).story if where.story else None,
        chosen=status or "",
        states=tuple(State),
        sought=sought,
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
    return State(written) if written in {state.value for state in State} else None


def _is_there(who: Person, public_id: str) -> bool:
    try:
        one(who, public_id)
    except NotFound:
        return False
    return True
