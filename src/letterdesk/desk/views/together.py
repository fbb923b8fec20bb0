"""Deciding on several letters at once, and taking it back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

from letterdesk.desk.actions.names_shown import NameNotShown
from letterdesk.desk.actions.rulings import TickedWithPage
from letterdesk.desk.actions.together import (
    LeftOut,
    Shown,
    Together,
    approve_civil,
    decide_together,
    undo_together,
)
from letterdesk.desk.forms.cursor import read_number
from letterdesk.desk.forms.decision import FormWrong
from letterdesk.desk.forms.filters import read_place
from letterdesk.desk.forms.together import TogetherWish, read_ticks, read_together
from letterdesk.desk.forms.words import read_word
from letterdesk.desk.queries.civil import civil as civil_of
from letterdesk.desk.queries.civil import civil_groups
from letterdesk.desk.queries.comments import one
from letterdesk.desk.queries.copies import copies as copies_of
from letterdesk.desk.queries.copies import copy_groups
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.together import GroupView, group_view
from letterdesk.desk.views.door import door
from letterdesk.desk.views.narrowed import narrowed
from letterdesk.desk.views.onward import civil_query, onward
from letterdesk.desk.views.pages import UNDO_LISTS, now, page
from letterdesk.desk.views.problems import problem
from letterdesk.desk.views.sentences import sentence
from letterdesk.desk.views.together_page import (
    FRESH,
    Back,
    Refused,
    last_group,
    left_out,
    lines_of,
    rules_of,
    ticks_of,
)
from letterdesk.domain.errors import LetterdeskError

_PAGES = frozenset({"copies", "civil"})  # where letters of a group wait


@door(Permission.READ, "GET")
def groups(request: HttpRequest, who: Person) -> HttpResponse:
    """List what could be decided together."""
    where = narrowed(request, who, "desk")
    return page(
        request,
        who,
        "desk/together/groups.html",
        where=where,
        copies=copy_groups(who, now=now(), desk=where.desk or None),
        civil=civil_groups(who, desk=where.desk or None),
    )


@door(Permission.READ, "GET", "POST")
def copies(request: HttpRequest, who: Person, public_id: str) -> HttpResponse:
    """Show a letter's near-copies, each in full, or decide on those that are ticked."""
    address = reverse("copies", args=[public_id])

    def show(back: Back = FRESH) -> HttpResponse:
        return _copies(request, who, public_id, back=back)

    def decide(wish: TogetherWish) -> Together:
        return decide_together(
            wish.letters, wish.action, by=who, ruling=wish.ruling, now=now()
        )

    if request.method == "POST":
        one(who, public_id)
        if "tick" in request.POST:
            return _tick(request, who, address, show=show)
        way = _Way(address=address, decide=decide)
        return _decision(request, who, way, show=show)
    return show()


@door(Permission.READ, "GET", "POST")
def civil(request: HttpRequest, who: Person) -> HttpResponse:
    """Show a desk's letters that read as civil, or approve those that are ticked."""
    if request.method == "POST":
        require(who, Permission.DECIDE)
    desk, language = read_word(request.GET, "desk"), read_word(request.GET, "language")
    if not desk or not language:
        return redirect("groups")
    if request.method != "POST":
        narrowed(request, who, "desk", "language")
    address = f"{reverse('civil')}?{civil_query(desk, language)}"

    def show(back: Back = FRESH) -> HttpResponse:
        return _civil(request, who, desk, language, address=address, back=back)

    def approve(wish: TogetherWish) -> Together:
        return approve_civil(wish.letters, desk=desk, language=language, by=who, now=now())

    if request.method == "POST":
        way = _Way(address=address, decide=approve)
        return _decision(request, who, way, show=show)
    return show()


@door(Permission.READ, "GET")
def group(request: HttpRequest, who: Person, group_id: str) -> HttpResponse:
    """Show what was decided together, and what became of each letter."""
    return _group(request, who, group_id)


@door(Permission.DECIDE, "POST")
def undo_group(request: HttpRequest, who: Person, group_id: str) -> HttpResponse:
    """Take back what still can be of a decision on several letters.

    Asks first where letters would be approved again that were held.
    """
    if "sure" not in request.POST:
        group = group_view(who, group_id)
        if group.releases:
            return _undo_question(request, who, group)
    found = undo_together(group_id, by=who, now=now())
    unseen = [one for one in found.left_out if isinstance(one.error, NameNotShown)]
    if not found.done and not unseen:
        wrong = sentence(found.left_out[0].error)
        return _group(request, who, group_id, wrong=wrong)
    back = request.POST.get("back", "")
    if back in UNDO_LISTS and not found.left_out:
        return redirect(f"{reverse(back)}?done={_done(who, found)}")
    if _is_page(back):
        return redirect(_and(back, _told(found)))
    done = [("done", _done(who, found))] if found.done else []
    query = urlencode([*done, *_left(unseen)])
    return redirect(f"{reverse('group', args=[group_id])}?{query}")


def _undo_question(request: HttpRequest, who: Person, group: GroupView) -> HttpResponse:
    """Ask before letters are approved again that somebody has held."""
    return page(
        request,
        who,
        "desk/together/undo_question.html",
        section="mine",
        group=group,
        back=request.POST.get("back", ""),
    )


def _is_page(address: str) -> bool:
    """Say whether an address of this desk is one where letters of a group wait."""
    path, _, _ = address.partition("?")
    try:
        return resolve(path).url_name in _PAGES
    except Resolver404:
        return False


def _and(address: str, query: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{query}"


def _done(who: Person, found: Together) -> str:
    """Give the code of what is said of a group that was undone."""
    if found.left_out:
        return "group-undone-in-part"
    is_first = group_view(who, found.group).leaves_first
    return "group-undone-to-first" if is_first else "group-undone"


@dataclass(frozen=True, kw_only=True)
class _Way:
    """How the letters of the page at an address are decided on."""

    address: str
    decide: Callable[[TogetherWish], Together]


def _decision(
    request: HttpRequest,
    who: Person,
    way: _Way,
    *,
    show: Callable[[Back], HttpResponse],
) -> HttpResponse:
    """Decide, then show the next letters: what was decided, and what was left out."""
    require(who, Permission.DECIDE)
    try:
        wish = read_together(request.POST, who, page=way.address)
        found = way.decide(wish)
    except FormWrong as error:
        return problem(request, 400, remedy=sentence(error))
    except (NotFound, NotYours):
        raise
    except TickedWithPage as error:
        alone = frozenset(one for one in wish.letters if not one.with_page)
        return show(_refused(request, error, ticked=alone))
    except LetterdeskError as error:
        return show(_refused(request, error, ticked=frozenset(wish.letters)))
    after = read_number(request.GET, "from")
    address = way.address if after is None else _and(way.address, f"from={after}")
    return redirect(_and(address, _told(found)))


def _tick(
    request: HttpRequest, who: Person, address: str, *, show: Callable[[Back], HttpResponse]
) -> HttpResponse:
    """Show the page again, all that it showed ticked, or nothing; decides nothing."""
    require(who, Permission.DECIDE)
    try:
        return show(Back(ticked=read_ticks(request.POST, who, page=address)))
    except FormWrong as error:
        return problem(request, 400, remedy=sentence(error))


def _refused(
    request: HttpRequest, error: LetterdeskError, *, ticked: frozenset[Shown]
) -> Back:
    refused = Refused(post=request.POST, wrong=sentence(error), code=error.code)
    return Back(ticked=ticked, refused=refused)


def _told(found: Together) -> str:
    """Give what became of a group as the end of an address."""
    done = [("group", found.group)] if found.done else []
    return urlencode([*done, *_left(found.left_out)])


def _left(letters: Iterable[LeftOut]) -> list[tuple[str, str]]:
    return [("left", f"{one.id}.{one.error.code}") for one in letters]


def _copies(
    request: HttpRequest, who: Person, public_id: str, *, back: Back
) -> HttpResponse:
    refused = back.refused
    found = copies_of(who, public_id, now=now(), after=read_place(request.GET, "from"))
    address = reverse("copies", args=[public_id])
    lines = lines_of(found.waiting, who, address=address, ticked=back.ticked)
    return page(
        request,
        who,
        "desk/together/copies.html",
        status=422 if refused else 200,
        section="queue",
        address=address,
        about=found.about,
        lines=lines,
        ticks=ticks_of(lines),
        onward=onward(who, lines, past=public_id),
        is_ticked_so=any(one.with_page for one in back.ticked),
        waits=found.waits,
        decided=found.decided,
        next=f"?from={found.next}" if found.next else "",
        refused=refused,
        choices=rules_of(found.terms, refused),
        terms=found.terms,
        last=None if refused else last_group(request, who),
        left_out=() if refused else left_out(request, who),
    )


def _civil(
    request: HttpRequest,
    who: Person,
    desk: str,
    language: str,
    *,
    address: str,
    back: Back,
) -> HttpResponse:
    refused = back.refused
    after = read_place(request.GET, "from")
    found = civil_of(who, desk=desk, language=language, now=now(), after=after)
    lines = lines_of(
        found.letters, who, address=address, ticked=back.ticked, is_compared=False
    )
    return page(
        request,
        who,
        "desk/together/civil.html",
        status=422 if refused else 200,
        group=found.group,
        address=address,
        lines=lines,
        ticks=ticks_of(lines),
        onward=onward(who, lines),
        next=f"{address}&from={found.next}" if found.next else "",
        refused=refused,
        last=None if refused else last_group(request, who),
        left_out=() if refused else left_out(request, who),
    )


def _group(
    request: HttpRequest, who: Person, group_id: str, *, wrong: str = ""
) -> HttpResponse:
    return page(
        request,
        who,
        "desk/together/group.html",
        status=409 if wrong else 200,
        group=group_view(who, group_id),
        wrong=wrong,
        left_out=() if wrong else left_out(request, who),
    )
