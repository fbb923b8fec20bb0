"""Comments and decisions."""

from dataclasses import asdict
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Status

from letterdesk.desk.actions.decide import decide
from letterdesk.desk.actions.rulings import Grounds, Ruling
from letterdesk.desk.actions.undo import undo
from letterdesk.desk.api.cursor import pack, unpack
from letterdesk.desk.api.door import asking, now
from letterdesk.desk.api.values import (
    EMPTY_IS_NONE,
    CommentOut,
    CutOut,
    DecisionIn,
    Listed,
    Problem,
    Size,
    Word,
)
from letterdesk.desk.queries.comments import CommentView, listing, one
from letterdesk.domain.states import State

router = Router(tags=["comments"])
_WRONG = {401: Problem, 403: Problem, 404: Problem, 422: Problem}
_CONFLICT = {**_WRONG, 400: Problem, 409: Problem}
_SENT = {**_CONFLICT, 413: Problem}


@router.get("", response={200: Listed[CommentOut], **_WRONG})
def comments(
    request: HttpRequest,
    status: Annotated[State | None, EMPTY_IS_NONE] = None,
    desk: Word = "",
    story: Word = "",
    cursor: Word = "",
    size: Size = 50,
) -> Listed[CommentOut]:
    """Give the comments of your desks, oldest first."""
    page = listing(
        asking(request),
        status=status,
        desk=desk or None,
        story=story or None,
        after=unpack(cursor),
        size=size,
    )
    return Listed(items=[_out(row) for row in page.rows], next=pack(page.next))


@router.get("/{comment}", response={200: CommentOut, **_WRONG})
def comment(request: HttpRequest, comment: str) -> CommentOut:
    """Give one comment."""
    return _out(one(asking(request), comment))


@router.post("/{comment}/decisions", response={201: CommentOut, **_SENT})
def add_decision(
    request: HttpRequest, comment: str, decision: DecisionIn
) -> Status[CommentOut]:
    """Decide, and give the comment as it is then.

    409 when `version` is old (`current` is the one now) or the state has no such action;
    422 when the text is not a cut, or a rule is missing where one is due.
    """
    person = asking(request)
    decide(
        comment,
        decision.action,
        by=person,
        version=decision.version,
        ruling=_ruling(decision),
        now=now(),
    )
    return Status(201, _out(one(person, comment)))


@router.delete("/{comment}/decisions/last", response={200: CommentOut, **_CONFLICT})
def undo_decision(request: HttpRequest, comment: str) -> CommentOut:
    """Undo the last decision; 409 once the press has acted on it.

    Also where readers would get a protected name that was not marked: it is marked then.
    """
    person = asking(request)
    undo(comment, by=person, now=now())
    return _out(one(person, comment))


def _ruling(decision: DecisionIn) -> Ruling:
    return Ruling(
        text=decision.text,
        name_left_out=decision.leave_name_out,
        rules=tuple(decision.rules),
        note=decision.note,
        grounds=Grounds(
            wordings=decision.wordings, law=decision.law, category=decision.category
        ),
    )


def _out(seen: CommentView) -> CommentOut:
    return CommentOut(
        id=seen.id,
        story=seen.story,
        desk=seen.desk,
        status=seen.status,
        version=seen.version,
        text=seen.text,
        original=seen.original,
        name=seen.name,
        original_name=seen.original_name,
        name_left_out=seen.name_left_out,
        language=seen.language,
        arrived=seen.arrived,
        reply_to=seen.reply_to or None,
        as_written=seen.as_written,
        edited=seen.is_edited,
        rules=list(seen.rules),
        terms=seen.terms,
        statement=seen.statement,
        cuts=[CutOut(**asdict(cut)) for cut in seen.cuts],
        approvals=seen.approvals,
        published=seen.published,
        possible=list(seen.possible),
    )
