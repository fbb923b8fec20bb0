"""The page of one letter: everything that a decision needs, on one screen."""

import re
from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from letterdesk.desk.actions.claim import claim
from letterdesk.desk.forms.decision import Wish, keep, read_ruling, read_where
from letterdesk.desk.queries.account_names import alike
from letterdesk.desk.queries.comment_view import Card, card
from letterdesk.desk.queries.comments import CommentView
from letterdesk.desk.queries.noticed import noticed
from letterdesk.desk.queries.our_marks import our_mark_in_name, our_mark_in_text
from letterdesk.desk.queries.own import is_near
from letterdesk.desk.queries.people import Person, pseudonyms
from letterdesk.desk.queries.queue import neighbours
from letterdesk.desk.queries.waiting import days_waited
from letterdesk.desk.views.care import MANY, harsh_in_a_row
from letterdesk.desk.views.drafts import Conflict, Draft, again, choices, fresh
from letterdesk.desk.views.meanwhile import are_all_hers, decided_elsewhere, decided_since
from letterdesk.desk.views.pages import named, now, page, today
from letterdesk.desk.views.sentences import sentence
from letterdesk.desk.views.shown import looks_ahead, shown
from letterdesk.desk.views.told import told
from letterdesk.desk.views.word_places import word_places
from letterdesk.domain.edit import Piece, apply_cuts, find_cuts, has_own_brackets
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.ids import new_id
from letterdesk.domain.statement import Category
from letterdesk.domain.states import Action, State
from letterdesk.domain.text import clean

_UNHEEDED = re.compile(
    r"^the\s+|[\W_]|\d+$", re.IGNORECASE
)  # in a name that passes for ours
_LONGEST = 20_000  # characters: far more than a letter with notes in it
_APPROVALS = frozenset({Action.APPROVE, Action.EDIT, Action.RESTORE})
_PANELS = frozenset({"approve", "edit", "name", "reject", "hold", "retract", "restore"})


def show(
    request: HttpRequest, who: Person, public_id: str, *, after: str = ""
) -> HttpResponse:
    """Give the page with its forms as they begin; `after` a decision on another letter."""
    found = card(who, public_id)
    asked = request.GET.get("do", "")
    draft = fresh(found, panel=asked if asked in _PANELS else "")
    return _page(request, who, found, draft=draft, after=after)


def show_refused(
    request: HttpRequest, who: Person, public_id: str, *, wish: Wish, wrong: str
) -> HttpResponse:
    """Give the page with what was filled in and why it was refused."""
    found = card(who, public_id)
    return _page(request, who, found, draft=again(found, wish, wrong=wrong), status=422)


def show_conflict(
    request: HttpRequest, who: Person, public_id: str, *, wish: Wish, wrong: str
) -> HttpResponse:
    """Give the page with both versions: the one that stands, and the one wanted.

    Of a letter that its author took back meanwhile no word is shown.
    """
    found = card(who, public_id)
    is_gone = found.comment.status is State.WITHDRAWN
    is_own = _decided_herself(found, who, since=wish.version)
    if is_gone:
        wrong = taken_back()
    elif is_own:
        wrong = _decided_elsewhere(found)
    text = "" if is_gone else wish.ruling.text
    conflict = Conflict(
        now=found.decisions[-1] if found.decisions else None,
        action=wish.action,
        rules=wish.ruling.rules,
        note=wish.ruling.note,
        pieces=_pieces_or_none(found.comment.original, text) if text else (),
        name_left_out=wish.ruling.name_left_out,
        kept=keep(request.POST) if _can_hold_first(found, wish) else (),
        is_own=is_own,
    )
    draft = replace(again(found, wish, wrong=wrong), conflict=conflict)
    return _page(request, who, found, draft=draft, status=409)


def _decided_herself(found: Card, who: Person, *, since: int) -> bool:
    """Say whether all that was decided after the version `since` was decided by `who`."""
    return are_all_hers(decided_since(found.decisions, since), who)


def _decided_elsewhere(found: Card) -> str:
    """Give what a moderator reads when she decided in another tab, and her way back."""
    if found.undo:
        return gettext(
            "You have decided this in another tab or window. Nothing of this page was "
            "stored; what you decided there can be undone under “What was decided”."
        )
    return decided_elsewhere()


def taken_back() -> str:
    """Give what a moderator reads when the author was quicker than she."""
    return gettext(
        "Its author took this letter back while you had it open. Nothing of yours was "
        "stored, and there is nothing left to decide."
    )


def show_kept(
    request: HttpRequest, who: Person, public_id: str, *, wish: Wish
) -> HttpResponse:
    """Give the page of a letter that was held, with what she had wanted to do with it."""
    found = card(who, public_id)
    return _page(request, who, found, draft=again(found, wish, wrong=""), after=public_id)


def show_not_undone(
    request: HttpRequest, who: Person, public_id: str, *, wrong: str
) -> HttpResponse:
    """Give the page as it stands, and why nothing could be undone."""
    found = card(who, public_id)
    draft = replace(fresh(found, panel=""), wrong=wrong)
    return _page(request, who, found, draft=draft, status=409)


def show_undo_question(
    request: HttpRequest, who: Person, public_id: str, *, is_first: bool
) -> HttpResponse:
    """Ask before an undo lets a letter be published that somebody has held.

    `is_first`: its approval would only count as the first of two by now.
    """
    where = read_where(request.POST)
    answer = page(
        request,
        who,
        "desk/undo_question.html",
        section="comments",
        undone=named(who, public_id),
        is_first=is_first,
        where=where,
        version=request.POST.get("version", ""),
        back=request.POST.get("back", ""),
        named=request.POST.getlist("named"),
    )
    answer.headers["Content-Location"] = reverse("comment", args=[public_id]) + where.query
    return answer


def show_preview(request: HttpRequest, who: Person, public_id: str) -> HttpResponse:
    """Give the page with the cut as readers would get it. Raises as `cut_pieces` does."""
    found = card(who, public_id)
    text = request.POST.get("text", "")
    draft = Draft(
        panel="edit",
        text=text,
        rules=tuple(request.POST.getlist("rules")),
        note=request.POST.get("note", ""),
        name_left_out=read_ruling(request.POST, with_text=True).name_left_out or False,
        pieces=cut_pieces(found.comment.original, text),
    )
    return _page(request, who, found, draft=draft)


def cut_pieces(original: str, text: str) -> tuple[Piece, ...]:
    """Give `text` as what stays of `original` and what is cut. Raises NotACut."""
    proposed = clean(text, field="text", longest=_LONGEST)
    return apply_cuts(original, find_cuts(original, proposed))


def _pieces_or_none(original: str, text: str) -> tuple[Piece, ...]:
    """Give the pieces of a cut; none when it is not one."""
    try:
        return cut_pieces(original, text)
    except LetterdeskError:
        return ()


def _page(
    request: HttpRequest,
    who: Person,
    found: Card,
    *,
    draft: Draft,
    status: int = 200,
    after: str = "",
) -> HttpResponse:
    where = read_where(request.POST if request.method == "POST" else request.GET)
    comment = found.comment
    seen = noticed(who, comment.id)
    row = harsh_in_a_row(request, comment.id, is_harsh=seen.is_harsh)
    page_id = new_id()
    is_asked = bool(draft.panel or draft.conflict or request.GET.get("open"))
    letter = shown(
        request, who, seen, comment=comment, story=found.story, is_asked=is_asked
    )
    return page(
        request,
        who,
        "desk/card.html",
        status=status,
        section="queue" if comment.status is State.PENDING else "comments",
        card=found,
        comment=comment,
        story=found.story,
        opening=where.query_with(("after", after), ("open", "1")),
        harsh=row if row >= MANY else 0,
        days=days_waited(comment.arrived, today=today()),
        overruled=sentence(found.overruled) if found.overruled else "",
        draft=draft,
        choices=choices(found.terms, draft),
        categories=tuple(Category),
        where=where,
        page_id=page_id,
        claimed_by=_claim(request, who, found, page_id=page_id),
        beside=neighbours(who, comment.id, now=now(), part=where),
        **told(who, after),
        is_near=bool(found.decisions) and is_near(found.decisions[-1], now=now()),
        words=word_places(comment.original) if Action.EDIT in found.possible else "",
        first_approval=_first_approval(found),
        has_own_brackets=found.origin is None and _has_own_brackets(comment),
        signed_like=_signed_like(comment.original_name),
        written_like=our_mark_in_text(comment.original),
        **letter,
    )


def _has_own_brackets(comment: CommentView) -> bool:
    return has_own_brackets(comment.original) or has_own_brackets(comment.original_name)


def _signed_like(name: str) -> str:
    """Give our name, a pseudonym or a mark of ours that a reader's name looks like; or "".

    Spaces, signs, a number at the end and a "The" before it are no difference to readers.
    """
    names = (*reversed(pseudonyms()), settings.NEWSROOM.site.name)
    ours = {_bare(one): one for one in names}
    found = ours.get(alike(_bare(name), ours), "") if name else ""
    return found or our_mark_in_name(name)


def _bare(name: str) -> str:
    return _UNHEEDED.sub("", name) or name


def _claim(request: HttpRequest, who: Person, found: Card, *, page_id: str) -> str:
    """Claim what somebody opens who can decide; give who has it open already, or "".

    A browser that only looks ahead claims nothing.
    """
    if not found.possible or looks_ahead(request):
        return ""
    return claim(found.comment.id, by=who, now=now(), page=page_id).by


def _can_hold_first(found: Card, wish: Wish) -> bool:
    """Say whether what she wants is possible once the letter, approved, is held."""
    is_later = wish.action in {Action.EDIT, Action.REJECT}
    is_approved = found.comment.status is State.APPROVED
    return is_later and is_approved and Action.HOLD in found.possible


def _first_approval(found: Card) -> str:
    """Give who gave the first of two approvals, while the second is missing."""
    if not found.comment.approvals:
        return ""
    given = (one.by for one in reversed(found.decisions) if one.move in _APPROVALS)
    return next(given, "")
