"""Answer an appeal: somebody else than who decided looks again."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from letterdesk.desk.actions.close_notices import open_what_is_lifted
from letterdesk.desk.actions.enter import Entry
from letterdesk.desk.actions.lock import lock_comment
from letterdesk.desk.actions.names_shown import marking_names, require_seen
from letterdesk.desk.actions.reasons import Reasons
from letterdesk.desk.actions.record import record
from letterdesk.desk.actions.recut import Change, change, cut_anew
from letterdesk.desk.actions.rulings import (
    MAX_NOTE,
    MoreWritten,
    Outdated,
    Ruling,
    TakenBack,
    answered,
)
from letterdesk.desk.models import Appeal, Comment, Move
from letterdesk.desk.queries.appeals import find_appeal, measure_of, took_part
from letterdesk.desk.queries.confirmations import require_confirmed
from letterdesk.desk.queries.cuts import from_rows
from letterdesk.desk.queries.decisions import standing_retraction
from letterdesk.desk.queries.errors import NotYours
from letterdesk.desk.queries.notices import risk_of_more
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.risks import risk_of
from letterdesk.desk.queries.terms import terms_for
from letterdesk.domain.errors import MoveNotAllowed
from letterdesk.domain.statement import Category, Measure, Verdict
from letterdesk.domain.states import FINAL, Risk, State
from letterdesk.domain.text import clean
from letterdesk.reader.reasons import answer_to_appeal


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A verdict, and the version of the comment that it was given on.

    When it is reversed, a text in the ruling means: to publish with these cuts. `texts` is
    how many of its author were seen.
    """

    verdict: Verdict
    version: int
    texts: int | None = None
    ruling: Ruling = field(default_factory=Ruling)


@marking_names()
def answer_appeal(
    public_id: str, answer: Answer, *, by: Person, now: datetime
) -> Comment | None:
    """Give the comment as the answer leaves it; None while a second person is to agree.

    Closes every open appeal about the comment. On a sensitive story, and where a reader
    says that somebody is in danger, two people, neither of whom decided, must want the same
    reversal of the same version. Notices answered with what it lifts are open again. Locks
    story and comment. Raises NotFound, NotYours, NotConfirmed, TakenBack, Answered,
    AnsweredHerself, MoreWritten, Outdated, MoveNotAllowed, NameNotShown, and what a cut
    raises.
    """
    require(by, Permission.DECIDE)
    require_confirmed(by)
    found = find_appeal(by, public_id)
    comment = lock_comment(found.comment.public_id)
    appeal = Appeal.objects.get(pk=found.pk)
    _check(appeal, comment, answer, by=by)
    wanted = _change(comment, answer)
    is_reversed = wanted.entry.move == Move.REVERSE
    if is_reversed:
        comment.risk = risk_of_more(comment)
    if _needs_second(appeal, comment, wanted, by=by):
        comment.cuts, comment.name_left_out = wanted.cuts, wanted.name_left_out
        require_seen(comment, answer.ruling.named)  # as it would be; it is not saved
        _propose(appeal, wanted, version=comment.version, by=by, now=now)
        return None
    is_sensitive = risk_of(comment) is Risk.SENSITIVE
    if is_reversed:
        open_what_is_lifted(comment, cuts=wanted.cuts, name_left_out=wanted.name_left_out)
    if wanted.state == State.APPROVED or (is_sensitive and is_reversed):
        wanted = replace(wanted, approvals=_approvals(appeal, comment, by=by))
    decision = change(comment, wanted, by=by, now=now)
    if is_reversed:
        require_seen(comment, answer.ruling.named)
    Appeal.objects.filter(comment=comment, is_open=True).update(
        is_open=False, verdict=answer.verdict, decision=decision
    )
    return comment


def _check(appeal: Appeal, comment: Comment, answer: Answer, *, by: Person) -> None:
    if comment.state == State.WITHDRAWN:
        raise TakenBack
    if not appeal.is_open:
        raise answered(appeal.decision.moderator_id if appeal.decision else None, by=by)
    if took_part(comment, by):
        raise NotYours("You took part in this decision. Somebody else answers the appeal.")
    if comment.version != answer.version:
        raise Outdated(comment.version)
    open_ones = Appeal.objects.filter(comment=comment, is_open=True)
    if answer.texts is not None and open_ones.count() > answer.texts:
        raise MoreWritten
    if comment.state not in FINAL:
        raise MoveNotAllowed("The comment is being decided anew.")
    if answer.verdict is Verdict.UPHELD and _is_whole(comment):
        raise MoveNotAllowed(
            "Nothing stands against the comment any more: it is published as it was "
            "written. Answer that it is."
        )


def _is_whole(comment: Comment) -> bool:
    return (
        comment.state == State.PUBLISHED and not comment.cuts and not comment.name_left_out
    )


def _change(comment: Comment, answer: Answer) -> Change:
    if answer.verdict is Verdict.UPHELD:
        return _uphold(comment, answer.ruling)
    state = _state_after(comment)
    if answer.ruling.text is not None:
        wanted = cut_anew(comment, answer.ruling, verdict=Verdict.REVERSED)
        return replace(wanted, state=state)
    return _lift(comment, answer.ruling, state=state)


def _state_after(comment: Comment) -> str:
    """Give where a reversal leads: a letter that was never published waits for its slot."""
    return State.APPROVED if comment.state == State.REJECTED else State.PUBLISHED


def _uphold(comment: Comment, ruling: Ruling) -> Change:
    """Give the change that leaves everything as it is, with reasons of its own."""
    in_force = terms_for(comment.story.language, arrived=comment.arrived)
    measure = measure_of(comment)
    entry = Entry(
        move=Move.UPHOLD,
        rules=tuple(comment.rules),
        terms=replace(in_force, version=comment.terms),
        reasons=_reasons(comment, ruling, measure=measure, verdict=Verdict.UPHELD),
        note=clean(ruling.note, field="note", longest=MAX_NOTE),
    )
    return Change(
        entry=entry,
        state=comment.state,
        cuts=comment.cuts,
        name_left_out=comment.name_left_out,
    )


def _lift(comment: Comment, ruling: Ruling, *, state: str) -> Change:
    """Give the change that publishes the whole letter; what was published is put back."""
    cuts, rules, version = list[list[object]](), tuple[str, ...](), ""
    name_left_out = False
    if comment.state == State.RETRACTED:
        retraction = standing_retraction(comment).before
        cuts, rules = retraction["cuts"], tuple(retraction["rules"])
        version = retraction["terms"]
        name_left_out = bool(retraction.get("name_left_out"))
    in_force = terms_for(comment.story.language, arrived=comment.arrived)
    entry = Entry(
        move=Move.REVERSE,
        rules=rules,
        terms=replace(in_force, version=version),
        reasons=_reasons(comment, ruling, measure=Measure.LIFTED, verdict=Verdict.REVERSED),
        note=clean(ruling.note, field="note", longest=MAX_NOTE),
    )
    return Change(entry=entry, state=state, cuts=cuts, name_left_out=name_left_out)


def _reasons(
    comment: Comment, ruling: Ruling, *, measure: Measure, verdict: Verdict
) -> Reasons:
    earlier = comment.reasons
    return Reasons(
        measure=measure,
        explanation=answer_to_appeal(verdict, comment.story.language),
        law=earlier.law if earlier else "",
        category=Category(earlier.category) if earlier else Category.OTHER_RULE,
        ruling=ruling,
        verdict=verdict,
    )


def _needs_second(appeal: Appeal, comment: Comment, wanted: Change, *, by: Person) -> bool:
    """Say whether somebody else must agree first: what readers get would grow."""
    if wanted.entry.move != Move.REVERSE or risk_of(comment) is not Risk.SENSITIVE:
        return False
    is_first = appeal.first_by_id in {None, by.id}
    is_other = (
        appeal.first_version != comment.version  # she saw another comment
        or from_rows(appeal.first_cuts) != from_rows(wanted.cuts)
        or appeal.first_name_left_out != wanted.name_left_out
    )
    return is_first or is_other


def _approvals(
    appeal: Appeal, comment: Comment, *, by: Person
) -> tuple[int | None, int | None]:
    """Give who approved a letter that is published after all: two on a sensitive story."""
    if risk_of(comment) is Risk.SENSITIVE:
        return appeal.first_by_id, by.id
    return by.id, None


def _propose(
    appeal: Appeal, wanted: Change, *, version: int, by: Person, now: datetime
) -> None:
    """Note the first of two people who want the reversal; nobody outside learns of it."""
    same = {
        "first_by_id": by.id,
        "first_version": version,
        "first_cuts": wanted.cuts,
        "first_name_left_out": wanted.name_left_out,
    }
    if all(getattr(appeal, name) == new for name, new in same.items()):
        return  # she says it once more
    Appeal.objects.filter(pk=appeal.pk).update(**same)
    record("reversal-wanted", who=by.username, day=now.date(), appeal=appeal.public_id)
