"""What every screen shows around its own part."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from letterdesk.desk.queries.comments import one
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.noticed import harsh_among
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import PERMISSIONS, Permission
from letterdesk.domain.excerpt import excerpt
from letterdesk.domain.slots import next_slot
from letterdesk.domain.states import State

_LINKS = (
    ("start", gettext_lazy("Start"), Permission.READ),
    ("queue", gettext_lazy("Queue"), Permission.READ),
    ("comments", gettext_lazy("Comments"), Permission.READ),
    ("letters", gettext_lazy("Letters"), Permission.READ),
    ("stories", gettext_lazy("Stories"), Permission.READ),
    ("rules", gettext_lazy("Rules"), Permission.READ),
    ("mine", gettext_lazy("My decisions"), Permission.DECIDE),
    ("people", gettext_lazy("People"), Permission.PEOPLE),
    ("audit", gettext_lazy("Audit log"), Permission.SEE_AUDIT),
    ("figures", gettext_lazy("Figures"), Permission.SEE_REPORTS),
    ("report", gettext_lazy("Report"), Permission.SEE_REPORTS),
)
UNDO_LISTS = frozenset({"mine", "start"})  # of her decisions, each with its undo
_FEW = 60  # characters of a letter, in a sentence about it
_KEYS = {"mine": "u"}  # undo: of what no button on the page undoes
_ELSEWHERE = {
    "groups": "queue",
    "learning": "figures",
    "names": "stories",
    "publish": "start",
    "unopened": "start",
    "help": "account",
}
_DONE = {
    "password": gettext_lazy("Your password is changed."),
    "saved": gettext_lazy("Saved."),
    "again": gettext_lazy(
        "Thank you. What you pressed before that is not done yet: press it once more."
    ),
    "shown-once": gettext_lazy(
        "This form was sent already, and nothing was done a second time. Recovery codes "
        "are shown only once: if you have not kept yours, make ten new ones."
    ),
    "confirmed": gettext_lazy("Confirmed. It counts as a person of its own now."),
    "registered": gettext_lazy("The story is registered."),
    "known": gettext_lazy("This story was known already; it is brought up to date."),
    "group-undone": gettext_lazy("Undone: the letters are as they were before."),
    "group-undone-to-first": gettext_lazy(
        "Undone. A letter that has the first of two approvals now waits until somebody "
        "else gives the second."
    ),
    "group-undone-in-part": gettext_lazy(
        "Undone in part: the list says which letters could not be put back, and why."
    ),
    "answered": gettext_lazy("Answered. Who wrote it can read it after the next slot."),
    "first-reversal": gettext_lazy(
        "Noted. On a sensitive story somebody else must want the same before it counts."
    ),
    "reopened": gettext_lazy("Taken back: it waits for a decision again."),
    "wiped": gettext_lazy("Wiped. Nothing of the tip is kept here."),
    "draft": gettext_lazy("The draft is begun. Nothing of it is public yet."),
    "discarded": gettext_lazy("The draft is discarded."),
    "discarded-unopened": gettext_lazy("Discarded. The audit log keeps what it was."),
    "in-force": gettext_lazy(
        "It is in force from today. Readers see it from the next slot on."
    ),
    "preferences": gettext_lazy("Saved."),
    "model": gettext_lazy(
        "It is in use. Letters that wait are looked over again, the oldest first."
    ),
}


@dataclass(frozen=True, kw_only=True)
class Link:
    """A place in the navigation; `current`: "page" there, "true" on the pages below."""

    url: str
    words: str
    current: str
    key: str = ""  # that leads there where it does nothing else


def page(
    request: HttpRequest,
    who: Person,
    template: str,
    *,
    status: int = 200,
    section: str = "",
    **values: object,
) -> HttpResponse:
    """Give a screen: the template's own values, and the frame around them.

    `section` is the place in the navigation that it belongs to, where its address does not
    tell.
    """
    here = request.resolver_match.url_name if request.resolver_match else ""
    frame: dict[str, object] = {
        "person": who,
        "here": here,
        "in_account": _section(request.path) == "account",
        "links": links(who, here=here or "", within=section or _section(request.path)),
        "allowed": allowed(who),
        "slot": next_slot(now(), settings.NEWSROOM.press.slot_minutes),
        "undone": _undone(request, who),
        "done": _DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, template, {**frame, **values}, status=status)


@dataclass(frozen=True, kw_only=True)
class Named:
    """A letter as a sentence names it; its words are veiled from whom harsh ones are."""

    id: str
    words: str
    language: str  # of the words; "" where they are ours
    headline: str
    story_language: str
    status: State
    is_first: bool  # of two approvals: the second is missing


def named(who: Person, public_id: str) -> Named:
    """Give what a sentence calls a letter by. Raises NotFound, NotYours."""
    found = one(who, public_id)
    is_veiled = who.veils and bool(harsh_among([public_id]))
    return Named(
        id=found.id,
        words=gettext("a veiled letter") if is_veiled else excerpt(found.text, _FEW),
        language="" if is_veiled else found.language,
        headline=found.headline,
        story_language=found.story_language,
        status=found.status,
        is_first=bool(found.approvals),
    )


def _undone(request: HttpRequest, who: Person) -> Named | None:
    """Give the letter of which a decision was just undone, as the address says."""
    if not (public_id := request.GET.get("undone", "")):
        return None
    try:
        return named(who, public_id)
    except (NotFound, NotYours):
        return None


def links(who: Person, *, here: str, within: str) -> tuple[Link, ...]:
    """Give the places that this person may go to."""
    granted = allowed(who)
    current = {within: "true", here: "page"}
    return tuple(
        Link(
            url=reverse(name),
            words=str(words),
            current=current.get(name, ""),
            key=_KEYS.get(name, ""),
        )
        for name, words, needed in _LINKS
        if needed in granted
    )


def _section(path: str) -> str:
    """Give the place in the navigation to which an address belongs."""
    first = path.strip("/").partition("/")[0]
    return _ELSEWHERE.get(first, first)


def allowed(who: Person) -> frozenset[Permission]:
    """Give what the person may do, for templates to ask."""
    return PERMISSIONS[who.role]


def now() -> datetime:
    """Give the time, in UTC."""
    return timezone.now()


def today() -> date:
    """Give the day, in UTC."""
    return now().date()
