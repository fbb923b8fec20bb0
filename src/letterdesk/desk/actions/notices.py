"""Decide on a notice: the comment is kept, cut, or taken down."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction

from letterdesk.desk.actions.close_notices import open_notices
from letterdesk.desk.actions.decide import decide
from letterdesk.desk.actions.lock import lock_comment
from letterdesk.desk.actions.names_shown import marking_names, require_seen
from letterdesk.desk.actions.record import record
from letterdesk.desk.actions.recut import change, cut_anew
from letterdesk.desk.actions.rulings import (
    MAX_NOTE,
    NothingToUndo,
    Outdated,
    Ruling,
    TakenBack,
    answered,
)
from letterdesk.desk.models import Comment, Decision, Fate, Notice
from letterdesk.desk.queries.notices import find_notice, is_published
from letterdesk.desk.queries.overruled import require_not_overruled
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.domain.errors import MoveNotAllowed
from letterdesk.domain.statement import Source
from letterdesk.domain.states import Action, State
from letterdesk.domain.text import clean


@dataclass(frozen=True, kw_only=True)
class NoticeRuling:
    """What becomes of a notice, and the version of the comment that was seen.

    The ruling's note goes to the comment's author; `answer` to who sent the notice.
    """

    fate: Fate
    version: int = 0
    ruling: Ruling = field(default_factory=Ruling)
    answer: str = ""


@marking_names()
def decide_notice(
    public_id: str, wanted: NoticeRuling, *, by: Person, now: datetime
) -> None:
    """Decide on a notice, and on the comment with it where it does not stay as it is.

    When the comment is taken down, every open notice about it is answered. Locks story and
    comment. Raises NotFound, NotYours, Overruled, TakenBack, Answered, AnsweredHerself,
    Outdated, MoveNotAllowed, NameNotShown, and what a cut or a retraction raises.
    """
    require(by, Permission.DECIDE)
    notice, comment = _lock_open(public_id, by=by)
    if comment and comment.version != wanted.version:
        raise Outdated(comment.version)
    fate, ruling = wanted.fate, _as_notice(wanted.ruling)
    decision = None
    if not is_published(comment):
        fate = Fate.GONE
    elif comment and fate is not Fate.KEPT:
        decision = _act(comment, wanted, ruling, by=by, now=now)
    answer = clean(wanted.answer, field="answer", longest=MAX_NOTE)
    if decision and fate is Fate.TAKEN_DOWN:  # which answered all of them
        Notice.objects.filter(decision=decision).update(answer=answer)
        return
    Notice.objects.filter(pk=notice.pk).update(
        is_open=False,
        fate=fate,
        decision=decision,
        decided_by=by.id,
        decided=now,
        answer=answer,
        outcome_due=True,
    )
    record(
        "notice-decided",
        who=by.username,
        day=now.date(),
        notices=[notice.public_id],
        fate=fate.value,
    )


def _lock_open(public_id: str, *, by: Person) -> tuple[Notice, Comment | None]:
    """Give a notice that waits for an answer, and the comment that it is about."""
    found = find_notice(by, public_id)
    comment = lock_comment(found.comment.public_id) if found.comment else None
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if notice.fate == Fate.WITHDRAWN:
        raise TakenBack
    if not notice.is_open:
        raise answered(notice.decided_by_id, by=by)
    return notice, comment


@transaction.atomic
def reopen_notice(public_id: str, *, by: Person, now: datetime) -> None:
    """Take back that a comment was kept, until the press has told who sent the notice.

    What was told of an earlier answer goes at the next slot. Raises NotFound, NotYours,
    NothingToUndo.
    """
    require(by, Permission.DECIDE)
    found = find_notice(by, public_id)
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=found.pk)
    is_gone = found.comment is not None and found.comment.state == State.WITHDRAWN
    is_unanswered = is_gone or notice.is_open or notice.fate == Fate.WITHDRAWN
    if is_unanswered or notice.decision_id or not notice.outcome_due:
        raise NothingToUndo
    if notice.decided_by_id != by.id:
        require(by, Permission.UNDO_OTHERS)
    open_notices(Notice.objects.filter(pk=notice.pk))
    record("notice-reopened", who=by.username, day=now.date(), notice=notice.public_id)


def _as_notice(ruling: Ruling) -> Ruling:
    return replace(ruling, grounds=replace(ruling.grounds, source=Source.NOTICE))


def _act(
    comment: Comment, wanted: NoticeRuling, ruling: Ruling, *, by: Person, now: datetime
) -> Decision:
    """Give the decision by which the comment is cut or taken down."""
    if wanted.fate is Fate.TAKEN_DOWN:
        decided = decide(
            comment.public_id,
            Action.RETRACT,
            by=by,
            version=wanted.version,
            ruling=replace(ruling, text=None),
            now=now,
        )
        return decided.decisions.latest("version")
    if comment.state != State.PUBLISHED:
        raise MoveNotAllowed("The comment is not published any more.")
    require_not_overruled(comment, Action.EDIT, by=by)
    decision = change(comment, cut_anew(comment, ruling), by=by, now=now)
    require_seen(comment, ruling.named)  # words may come back, or a cut make the name
    return decision
