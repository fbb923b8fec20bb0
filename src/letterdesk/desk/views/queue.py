"""What waits: the start page, the queue, and the way through it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from letterdesk.desk.forms.decision import Where, read_where
from letterdesk.desk.forms.filters import read_place
from letterdesk.desk.queries.comments import one
from letterdesk.desk.queries.confirmations import count_unconfirmed
from letterdesk.desk.queries.failing import failing_of
from letterdesk.desk.queries.learning import better_candidates
from letterdesk.desk.queries.noticed import SOUGHT
from letterdesk.desk.queries.overview import count_held, overview
from letterdesk.desk.queries.own import OwnDecision, newest_open, own, veiled_among
from letterdesk.desk.queries.parts import SEARCHED, languages_waiting
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.queries.queue import first, waiting
from letterdesk.desk.queries.readers import count_dangers, count_open
from letterdesk.desk.queries.stories import story
from letterdesk.desk.queries.unopened import count_unopened
from letterdesk.desk.views.door import door
from letterdesk.desk.views.narrowed import PARTS, narrowed
from letterdesk.desk.views.pages import allowed, now, page
from letterdesk.desk.views.skipped import bring_back, put_off, skipped
from letterdesk.desk.views.told import last_decision

_LAST = 8  # of my decisions on the start page


@door(Permission.READ, "GET")
def start(request: HttpRequest, who: Person) -> HttpResponse:
    """Show what waits where, and what the person did last."""
    granted = allowed(who)
    desks = overview(who, now=now())
    decisions = _mine(who)
    return page(
        request,
        who,
        "desk/start.html",
        desks=desks,
        waits=any(desk.waiting.number for desk in desks),
        held=count_held(who),
        appeals=count_open(who, "appeal"),
        notices=count_open(who, "notice"),
        dangers=count_dangers(who),
        tips=count_open(who, "tip") if Permission.SEE_TIPS in granted else None,
        unconfirmed=count_unconfirmed(who) if Permission.PEOPLE in granted else 0,
        unopened=count_unopened(who) if Permission.UNOPENED in granted else 0,
        better_models=better_candidates(who) if Permission.LEARNING in granted else 0,
        failing=failing_of(who),
        decisions=decisions,
        newest=newest_open(decisions, now=now()),
        veiled=veiled_among(who, decisions),
    )


@door(Permission.READ, "GET")
def queue(request: HttpRequest, who: Person) -> HttpResponse:
    """Show what waits, oldest first."""
    where = narrowed(request, who, *PARTS)
    found = waiting(
        who,
        now=now(),
        part=where,
        after=read_place(request.GET, "from"),
    )
    return page(
        request,
        who,
        "desk/queue.html",
        rows=found.rows,
        is_free=any(row.is_free for row in found.rows),
        next=where.query_with(("from", str(found.next))) if found.next else "",
        where=where,
        languages=() if where.story else _languages(who, where),
        signals=() if where.story else tuple(SOUGHT),
        searched=SEARCHED,
        story=story(who, where.story).story if where.story else None,
        skipped=len(skipped(request)),
        last=last_decision(who, request.GET.get("after", "")),
    )


def _languages(who: Person, where: Where) -> list[str]:
    """Give the languages to choose from: those that wait, and the one that is chosen."""
    waiting_now = languages_waiting(who, desk=where.desk)
    is_decided = where.language and where.language not in waiting_now
    return sorted([*waiting_now, where.language]) if is_decided else list(waiting_now)


@door(Permission.READ, "GET")
def next_letter(request: HttpRequest, who: Person) -> HttpResponse:
    """Go to the oldest letter that waits for this person and was not put off."""
    return redirect(_next(request, who, narrowed(request, who, *PARTS)))


@door(Permission.DECIDE, "POST")
def skip(request: HttpRequest, who: Person, public_id: str) -> HttpResponse:
    """Put a letter off, and go on to the next one."""
    one(who, public_id)
    put_off(request, public_id)
    return redirect(_next(request, who, read_where(request.POST)))


@door(Permission.DECIDE, "POST")
def unskip(request: HttpRequest, who: Person) -> HttpResponse:
    """Go back to the letters that were put off."""
    bring_back(request)
    return redirect(_next(request, who, read_where(request.POST)))


def _next(request: HttpRequest, who: Person, where: Where) -> str:
    found = first(who, now=now(), part=where, skip=skipped(request))
    name, args = ("comment", [found]) if found else ("queue", [])
    return reverse(name, args=args) + where.query


def _mine(who: Person) -> tuple[OwnDecision, ...]:
    return own(who, size=_LAST) if Permission.DECIDE in allowed(who) else ()
