"""One letter: look at it, decide, undo, try a cut."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from letterdesk.desk.actions.decide import decide
from letterdesk.desk.actions.edits import try_out
from letterdesk.desk.actions.names_shown import NameNotShown
from letterdesk.desk.actions.rulings import NothingToUndo, Outdated
from letterdesk.desk.actions.undo import undo
from letterdesk.desk.forms.cursor import read_number
from letterdesk.desk.forms.decision import (
    FormWrong,
    Where,
    Wish,
    read_kept,
    read_ruling,
    read_where,
    read_wish,
)
from letterdesk.desk.queries.comments import find
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.queue import first
from letterdesk.desk.queries.undoable import lacks_second, releases_approval
from letterdesk.desk.views.card_page import (
    cut_pieces,
    show,
    show_conflict,
    show_kept,
    show_not_undone,
    show_preview,
    show_refused,
    show_undo_question,
    taken_back,
)
from letterdesk.desk.views.care import require_opened
from letterdesk.desk.views.door import door
from letterdesk.desk.views.pages import UNDO_LISTS, now
from letterdesk.desk.views.problems import problem
from letterdesk.desk.views.sentences import sentence
from letterdesk.desk.views.skipped import skipped
from letterdesk.domain.edit import Piece
from letterdesk.domain.errors import LetterdeskError, MoveNotAllowed
from letterdesk.domain.states import Action, State

_STAYS = frozenset({Action.RETRACT, Action.RESTORE})  # after these the same letter is shown
_IN_PLACE = "X-Letterdesk-Swap"  # of our script: it puts the answer where the letter was


@door(Permission.READ, "GET", "POST")
def comment(request: HttpRequest, who: Person, public_id: str) -> HttpResponse:
    """Show one letter with everything that a decision needs, or decide on it."""
    if request.method == "POST":
        return _decision(request, who, public_id)
    return show(request, who, public_id, after=request.GET.get("after", ""))


def _decision(request: HttpRequest, who: Person, public_id: str) -> HttpResponse:
    """Decide, then go on to the next letter; what is refused comes back as it was."""
    require(who, Permission.DECIDE)
    try:
        wish, kept = read_wish(request.POST), read_kept(request.POST)
        require_opened(request, who, public_id)
        _decide(who, public_id, wish)
    except FormWrong as error:
        return problem(request, 400, remedy=sentence(error))
    except (NotFound, NotYours):
        raise
    except (Outdated, MoveNotAllowed) as error:
        wrong = sentence(error)
        return show_conflict(request, who, public_id, wish=kept or wish, wrong=wrong)
    except LetterdeskError as error:
        return show_refused(request, who, public_id, wish=wish, wrong=sentence(error))
    where = read_where(request.POST)
    if kept and wish.action is Action.HOLD:
        answer = show_kept(request, who, public_id, wish=kept)
        return _at(answer, public_id, where)
    if wish.action in _STAYS or "stay" in request.POST:
        return _go_to(request, who, public_id, where, after=public_id)
    found = first(
        who,
        now=now(),
        part=where,
        skip=skipped(request),
    )
    if found is None:
        return redirect(reverse("queue") + where.query_with(("after", public_id)))
    return _go_to(request, who, found, where, after=public_id)


@door(Permission.DECIDE, "POST")
def undo_last(request: HttpRequest, who: Person, public_id: str) -> HttpResponse:
    """Take back the last decision on a letter; show the letter, or the list it was in."""
    version = read_number(request.POST, "version")
    named = request.POST.getlist("named")
    if "sure" not in request.POST and releases_approval(row := find(who, public_id)):
        return show_undo_question(request, who, public_id, is_first=lacks_second(row))
    try:
        undo(public_id, by=who, now=now(), version=version, named=named)
    except (NothingToUndo, NameNotShown) as error:
        return show_not_undone(request, who, public_id, wrong=sentence(error))
    back = request.POST.get("back", "")
    if back in UNDO_LISTS:
        return redirect(f"{reverse(back)}?undone={public_id}")
    return _go_to(request, who, public_id, read_where(request.POST), after=public_id)


@door(Permission.DECIDE, "POST")
def preview(request: HttpRequest, who: Person, public_id: str) -> HttpResponse:
    """Show a cut as readers would get it, or as JSON to scripts; nothing is stored.

    What saving would refuse for what it says, or gives readers back, is refused here, too.
    """
    is_script = request.headers.get("Accept") == "application/json"
    ruling = read_ruling(request.POST, with_text=True)
    try:
        row = find(who, public_id)
        if is_script and row.state == State.WITHDRAWN:
            return JsonResponse({"wrong": taken_back()}, status=409)
        try_out(row, ruling)
        if not is_script:
            return show_preview(request, who, public_id)
        pieces = cut_pieces(row.text, request.POST.get("text", ""))
    except (NotFound, NotYours):
        raise
    except LetterdeskError as error:
        wrong = sentence(error)
        if is_script:
            return JsonResponse({"wrong": wrong}, status=422)
        wish = Wish(action=Action.EDIT, version=1, ruling=ruling)
        return show_refused(request, who, public_id, wish=wish, wrong=wrong)
    return JsonResponse({"pieces": [_row(piece) for piece in pieces]})


def _decide(who: Person, public_id: str, wish: Wish) -> None:
    decide(
        public_id, wish.action, by=who, version=wish.version, ruling=wish.ruling, now=now()
    )


def _go_to(
    request: HttpRequest, who: Person, public_id: str, where: Where, *, after: str
) -> HttpResponse:
    """Lead to a letter, `after` what was done with one; our script gets it at once."""
    address = reverse("comment", args=[public_id]) + where.query_with(("after", after))
    if _IN_PLACE not in request.headers:
        return redirect(address)
    answer = show(request, who, public_id, after=after)
    answer.headers["Content-Location"] = address
    return answer


def _at(answer: HttpResponse, public_id: str, where: Where) -> HttpResponse:
    """Give an answer to a form as the page of the letter, where our script puts it."""
    answer.headers["Content-Location"] = reverse("comment", args=[public_id]) + where.query
    return answer


def _row(piece: Piece) -> dict[str, object]:
    return {"text": piece.text, "cut": piece.is_cut, "note": piece.note}
