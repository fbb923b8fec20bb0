"""Letters to the newsroom: appeals, notices and tips."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from letterdesk.desk.actions.appeals import answer_appeal
from letterdesk.desk.actions.notices import decide_notice, reopen_notice
from letterdesk.desk.actions.rulings import (
    Answered,
    AnsweredHerself,
    MoreWritten,
    NothingToUndo,
    Outdated,
    TakenBack,
)
from letterdesk.desk.actions.tips import TipNotTaken, take_tip, wipe_tip
from letterdesk.desk.forms.cursor import read_number
from letterdesk.desk.forms.decision import FormWrong, read_ruling
from letterdesk.desk.forms.filters import read_choice, read_place
from letterdesk.desk.forms.letters import read_answer, read_notice_ruling
from letterdesk.desk.queries.appeals import AppealView, appeal_view
from letterdesk.desk.queries.comments import CommentView
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.noticed import harsh_among, noticed
from letterdesk.desk.queries.notices import NoticeView, notice_view
from letterdesk.desk.queries.overruled import overruled_about
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.readers import (
    Beside,
    ReaderLetters,
    beside_appeal,
    beside_notice,
    beside_tip,
    count_open,
    open_appeals,
    open_notices,
    open_tips,
)
from letterdesk.desk.queries.tips import tip_view
from letterdesk.desk.views.care import NotOpened, require_opened
from letterdesk.desk.views.door import door
from letterdesk.desk.views.drafts import Draft, choices
from letterdesk.desk.views.meanwhile import decided_since, said_of, wanted_by
from letterdesk.desk.views.pages import allowed, now, page, today
from letterdesk.desk.views.remarks import story_blocks
from letterdesk.desk.views.sentences import sentence
from letterdesk.desk.views.shown import Shown, shown
from letterdesk.desk.views.tip_file import tip_file
from letterdesk.desk.views.told import last_decision
from letterdesk.domain.errors import LetterdeskError, MoveNotAllowed
from letterdesk.domain.statement import Category
from letterdesk.domain.story import Story

_LISTS: dict[str, Callable[..., ReaderLetters]] = {
    "appeal": open_appeals,
    "notice": open_notices,
    "tip": open_tips,
}


# What stands as it is by now, whatever a form says.
_PASSED = (
    Answered,
    AnsweredHerself,
    MoreWritten,
    MoveNotAllowed,
    NothingToUndo,
    Outdated,
    TakenBack,
    TipNotTaken,
)


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A kind of letters, and how many wait."""

    kind: str
    count: int
    is_current: bool


@door(Permission.READ, "GET")
def letters(request: HttpRequest, who: Person) -> HttpResponse:
    """List what readers ask, a kind at a time; tips only to those who may see them."""
    kinds = [one for one in _LISTS if one != "tip" or Permission.SEE_TIPS in allowed(who)]
    asked = read_choice(request.GET, "kind", _LISTS)
    if asked == "tip":
        require(who, Permission.SEE_TIPS)
    counts = {kind: count_open(who, kind) for kind in kinds}
    waits = next((kind for kind in kinds if counts[kind]), kinds[0])
    chosen = asked or waits
    found = _LISTS[chosen](who, after=read_place(request.GET, "from"))
    about = [row.comment for row in found.rows if row.comment] if who.veils else []
    return page(
        request,
        who,
        "desk/letters.html",
        tabs=[
            Tab(kind=kind, count=count, is_current=kind == chosen)
            for kind, count in counts.items()
        ],
        kind=chosen,
        rows=found.rows,
        veiled=harsh_among(about) if about else frozenset(),
        next=f"?kind={chosen}&from={found.next}" if found.next else "",
        last=last_decision(who, request.GET.get("after", "")),
    )


@door(Permission.READ, "GET", "POST")
def appeal(request: HttpRequest, who: Person, public_id: str) -> HttpResponse:
    """Show an appeal beside what it is about, or answer it."""
    found = appeal_view(who, public_id)
    if request.method != "POST":
        return _appeal(request, who, found)
    require(who, Permission.DECIDE)
    try:
        require_opened(request, who, found.comment.id)
        answer = read_answer(request.POST)
        answered = answer_appeal(public_id, answer, by=who, now=now())
    except (NotFound, NotYours):
        raise
    except LetterdeskError as error:
        found = appeal_view(who, public_id)
        return _appeal(request, who, found, wrong=error)
    if answered is None:
        return _back("appeal", "first-reversal")
    return _back("appeal", "answered", after=found.comment.id)


@door(Permission.READ, "GET", "POST")
def notice(request: HttpRequest, who: Person, public_id: str) -> HttpResponse:
    """Show a notice beside the comment that it is about, or decide on it."""
    found = notice_view(who, public_id)
    if request.method != "POST":
        return _notice(request, who, found)
    require(who, Permission.DECIDE)

    def decide() -> None:
        if found.comment:
            require_opened(request, who, found.comment.id)
        wanted = read_notice_ruling(request.POST)
        decide_notice(public_id, wanted, by=who, now=now())

    return _settle_notice(request, who, public_id, decide, done="answered")


@door(Permission.DECIDE, "POST")
def notice_reopen(request: HttpRequest, who: Person, public_id: str) -> HttpResponse:
    """Take back that a comment was kept."""

    def reopen() -> None:
        reopen_notice(public_id, by=who, now=now())

    return _settle_notice(request, who, public_id, reopen, done="reopened")


def _settle_notice(
    request: HttpRequest,
    who: Person,
    public_id: str,
    settle: Callable[[], None],
    *,
    done: str,
) -> HttpResponse:
    """Show the notice with what `settle` made of it, or with why it was refused."""
    try:
        settle()
    except (NotFound, NotYours):
        raise
    except LetterdeskError as error:
        found = notice_view(who, public_id)
        return _notice(request, who, found, wrong=error)
    return redirect(reverse("notice", args=[public_id]) + f"?done={done}")


@door(Permission.SEE_TIPS, "GET")
def tip(request: HttpRequest, who: Person, public_id: str) -> HttpResponse:
    """Show a tip, and how to hand it over."""
    return _tip(request, who, public_id)


@door(Permission.SEE_TIPS, "POST")
def tip_download(request: HttpRequest, who: Person, public_id: str) -> HttpResponse:
    """Give a tip as a file: sealed, where the settings name a key."""
    try:
        tip_file(tip_view(who, public_id), settings.NEWSROOM)  # before it counts as taken
        name, raw = tip_file(take_tip(public_id, by=who, today=today()), settings.NEWSROOM)
    except (NotFound, NotYours):
        raise
    except LetterdeskError as error:
        return _tip(request, who, public_id, wrong=error)
    answer = HttpResponse(raw, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@door(Permission.SEE_TIPS, "POST")
def tip_wipe(request: HttpRequest, who: Person, public_id: str) -> HttpResponse:
    """Erase a tip that somebody has downloaded."""
    try:
        wipe_tip(public_id, by=who, today=today())
    except (NotFound, NotYours):
        raise
    except LetterdeskError as error:
        return _tip(request, who, public_id, wrong=error)
    return _back("tip", "wiped")


def _appeal(
    request: HttpRequest,
    who: Person,
    found: AppealView,
    *,
    wrong: LetterdeskError | None = None,
) -> HttpResponse:
    beside = beside_appeal(who, found.id)
    return _about_comment(
        request, who, "desk/appeal.html", found, wrong=wrong, beside=beside
    )


def _notice(
    request: HttpRequest,
    who: Person,
    found: NoticeView,
    *,
    wrong: LetterdeskError | None = None,
) -> HttpResponse:
    return _about_comment(
        request,
        who,
        "desk/notice.html",
        found,
        wrong=wrong,
        beside=beside_notice(who, found.id),
        answer=request.POST.get("answer", ""),
        overruled=_overruled(who, found),
    )


def _overruled(who: Person, found: NoticeView) -> str:
    """Give why she takes nothing away here; "" where she may."""
    if found.comment is None or not (found.may_decide and found.is_published):
        return ""
    why = overruled_about(found.comment.id, who)
    return sentence(why) if why else ""


def _about_comment(
    request: HttpRequest,
    who: Person,
    template: str,
    found: AppealView | NoticeView,
    *,
    wrong: LetterdeskError | None,
    beside: Beside,
    **more: str,
) -> HttpResponse:
    """Show what somebody wrote about a comment, the comment, and what can be decided."""
    draft = _draft(request, found.comment)
    is_late = isinstance(wrong, Outdated)
    since = decided_since(found.decisions, _version(request)) if is_late else ()
    return page(
        request,
        who,
        template,
        status=_status(wrong),
        found=found,
        beside=beside,
        comment=found.comment,
        story=found.story,
        draft=draft,
        choices=choices(found.terms, draft),
        categories=tuple(Category),
        wrong=said_of(since, who) or (sentence(wrong) if wrong else ""),
        meanwhile=since,
        wanted=wanted_by(draft.panel) if wrong else "",
        **more,
        **_letter(request, who, found.comment, found.story, wrong=wrong),
    )


def _version(request: HttpRequest) -> int:
    """Give the version of the comment that a form was filled in on."""
    return read_number(request.POST, "version") or 0


def _letter(
    request: HttpRequest,
    who: Person,
    comment: CommentView | None,
    story: Story,
    *,
    wrong: LetterdeskError | None,
) -> Shown:
    """Give what is shown of the letter that it is about, and of the story beside it."""
    if comment is None:
        return Shown(body=story_blocks(story.body, ()))
    is_asked = request.method == "POST" and not isinstance(wrong, NotOpened)
    return shown(
        request,
        who,
        noticed(who, comment.id),
        comment=comment,
        story=story,
        is_asked=is_asked or "open" in request.GET,
    )


def _draft(request: HttpRequest, comment: CommentView | None) -> Draft:
    """Give what was filled in, or the comment as it stands."""
    text = comment.text if comment else ""
    if request.method != "POST":
        return Draft(
            panel="",
            text=text,
            rules=comment.rules if comment else (),
            name_left_out=comment is not None and comment.name_left_out,
        )
    ruling = read_ruling(request.POST, with_text=True)
    return Draft(
        panel=request.POST.get("action", ""),
        text=request.POST.get("text", text),
        name_left_out=bool(ruling.name_left_out),
        rules=ruling.rules,
        note=ruling.note,
        grounds=ruling.grounds,
    )


def _tip(
    request: HttpRequest,
    who: Person,
    public_id: str,
    *,
    wrong: LetterdeskError | None = None,
) -> HttpResponse:
    return page(
        request,
        who,
        "desk/tip.html",
        status=_status(wrong),
        tip=tip_view(who, public_id),
        beside=beside_tip(who, public_id),
        is_sealed=bool(settings.NEWSROOM.tips.key),
        wrong=sentence(wrong) if wrong else "",
    )


def _status(wrong: LetterdeskError | None) -> int:
    """Give the HTTP status of a page that was refused for a reason, or for none."""
    if wrong is None:
        return 200
    if isinstance(wrong, FormWrong):
        return 400
    return 409 if isinstance(wrong, _PASSED) else 422


def _back(kind: str, done: str, **more: str) -> HttpResponse:
    query = urlencode({"kind": kind, "done": done, **more})
    return redirect(f"{reverse('letters')}?{query}")
