"""The audit log: looked through, one entry, and verified."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from letterdesk.desk.actions.verify import verify_anew, verify_more
from letterdesk.desk.forms.filters import read_place
from letterdesk.desk.forms.log import asked_again, read_log
from letterdesk.desk.queries.audit import (
    break_after,
    holds,
    lost_by_return,
    published_head,
)
from letterdesk.desk.queries.log import look_up, one_entry, standing
from letterdesk.desk.queries.people import Person, usernames
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.views.door import door
from letterdesk.desk.views.log_facts import Fact, facts
from letterdesk.desk.views.log_words import ACTORS, KINDS, actor, told
from letterdesk.desk.views.pages import page, today
from letterdesk.domain.audit import Entry, filed
from letterdesk.domain.errors import LetterdeskError
from letterdesk.places.choose import public


@dataclass(frozen=True, kw_only=True)
class Line:
    """An entry as people read it. `comment` and `story` are what it is about, if so."""

    number: int
    day: date | str
    who: str
    told: str
    comment: str = ""
    story: str = ""


@dataclass(frozen=True, kw_only=True)
class Published:
    """The entry that was published as the last one, and whether the log has it.

    `back` is the day of the backup that the newsroom came back from, where that is why it
    has not; else "".
    """

    number: int
    is_known: bool
    back: str = ""


@door(Permission.SEE_AUDIT, "GET")
def audit(request: HttpRequest, who: Person) -> HttpResponse:
    """Show the entries that are sought, newest first, and whether the chain holds."""
    names = usernames()
    sought = read_log(request.GET, kinds=KINDS, names=names)
    found = look_up(who, sought, before=read_place(request.GET, "before"))
    return page(
        request,
        who,
        "desk/audit.html",
        rows=[_line(row) for row in found.rows],
        next=asked_again(sought, before=found.next) if found.next else "",
        sought=sought,
        people=_people(sought.who, names),
        kinds=sorted(KINDS.items(), key=lambda kind: str(kind[1])),
        standing=standing(),
        published=_published(),
    )


@door(Permission.SEE_AUDIT, "GET")
def entry(request: HttpRequest, who: Person, number: int) -> HttpResponse:
    """Show all the facts of one entry, and whether it follows from the one before."""
    found = one_entry(who, number)
    return page(
        request,
        who,
        "desk/entry.html",
        row=_line(found),
        facts=_facts(found),
        digest=found.digest,
        is_whole=break_after(number - 1, [found]) is None,
        last=standing().end.number,
    )


@door(Permission.SEE_AUDIT, "POST")
def verify(request: HttpRequest, who: Person) -> HttpResponse:
    """Verify the chain from its first entry, or go on where it stopped: a piece of it."""
    if "more" in request.POST:
        verify_more(today=today())
    else:
        verify_anew(by=who, today=today())
    return redirect(reverse("audit"))


def _people(sought: str, names: Sequence[str]) -> list[tuple[str, str]]:
    """Give whom the log can be asked about, and who is asked about, known or not."""
    known = [(name, str(words)) for name, words in ACTORS.items()]
    known += [(name, name) for name in names]
    is_known = not sought or sought in dict(known)
    return known if is_known else [*known, (sought, sought)]


def _line(row: Entry) -> Line:
    _, name, day = filed(row.facts)
    with suppress(ValueError):
        return Line(
            number=row.number,
            day=date.fromisoformat(day),
            who=actor(name),
            told=told(row.facts),
            comment=str(row.facts.get("comment", "")),
            story=str(row.facts.get("story", "")),
        )
    return Line(number=row.number, day=day, who=actor(name), told=told(row.facts))


def _facts(row: Entry) -> list[Fact]:
    return facts({name: fact for name, fact in row.facts.items() if name not in _SHOWN})


_SHOWN = {"what", "who", "day"}  # above the facts


def _published() -> Published | None:
    """Give what is published of the log; None without it, or where that cannot be asked."""
    try:
        known = published_head(public(settings.NEWSROOM))
    except LetterdeskError:
        return None
    if known is None or holds(known):
        return known and Published(number=known.number, is_known=True)
    back = ""
    with suppress(ValueError):
        back = datetime.fromisoformat(lost_by_return(known) or "").date().isoformat()
    return Published(number=known.number, is_known=False, back=back)
