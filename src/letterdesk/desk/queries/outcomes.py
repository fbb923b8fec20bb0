"""What the author of a comment is told."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from letterdesk.desk.models import Comment, Fate, Notice, Statement, Tip
from letterdesk.desk.queries.appeals import verdicts
from letterdesk.desk.queries.cuts import current_text, from_rows
from letterdesk.desk.queries.due import decided_days
from letterdesk.desk.queries.statements import statement_value
from letterdesk.domain.outcome import Outcome
from letterdesk.domain.states import State


def status(comment: Comment) -> str:
    """Give an outcome's status; "" while nothing is decided for good."""
    is_edited = bool(comment.cuts) or comment.name_left_out
    return _status(comment.state, is_edited=is_edited)


def status_before(before: Mapping[str, Any]) -> str:
    """Give the status of a comment as it was before a decision."""
    is_edited = bool(before.get("cuts") or before.get("name_left_out"))
    return _status(str(before["state"]), is_edited=is_edited)


def _status(state: str, *, is_edited: bool) -> str:
    if state == State.PUBLISHED:
        return "edited" if is_edited else "published"
    return _STATUS.get(State(state), "")


def outcome(comment: Comment, *, decided: str, appeal: str = "") -> Outcome | None:
    """Give what the holder of the receipt reads; None while nothing is decided for good.

    `decided` is the day of the decision, ISO; `appeal` a Verdict.
    """
    told = status(comment)
    if not told:
        return None
    is_out = comment.state == State.PUBLISHED
    is_edited = told == "edited"
    is_hers = comment.state == State.WITHDRAWN  # nobody gives her reasons for that
    reasons = None if is_hers else comment.reasons
    earlier = reasons.refers_to if reasons else None
    return Outcome(
        status=told,
        story=comment.story.public_id,
        language=comment.story.language,
        written_in=comment.language if is_out else "",
        comment=comment.public_id,
        text=current_text(comment) if is_out else "",
        original=comment.text if is_edited and comment.cuts else "",
        cuts=from_rows(comment.cuts) if is_edited else (),
        rules=() if is_hers else tuple(comment.rules),
        terms=comment.terms if comment.rules and not is_hers else "",
        statement="" if is_hers else comment.statement,
        decided=decided,
        reasons=statement_value(reasons) if reasons else None,
        earlier=statement_value(earlier) if earlier else None,
        appeal="" if is_hers else appeal,
        name_left_out=is_edited and comment.name_left_out,
    )


def teller(comments: Collection[Comment]) -> Callable[[Comment], Outcome | None]:
    """Give what gives the outcome of each of these comments; two queries for all."""
    keys = [comment.pk for comment in comments]
    days, answers = decided_days(keys), verdicts(keys)

    def told(comment: Comment) -> Outcome | None:
        day = days.get(comment.pk)
        return outcome(
            comment,
            decided=day.isoformat() if day else "",
            appeal=answers.get(comment.pk, ""),
        )

    return told


def outcome_of_notice(notice: Notice) -> Outcome | None:
    """Give what who sent a notice reads; None while nobody has decided.

    Its status is that of the comment: published where it was kept.
    """
    told = _FATES.get(notice.fate, "")
    if not told or not notice.decided:
        return None
    decision = notice.decision
    statement: Statement | None = getattr(decision, "statement", None)
    reasons = statement_value(statement) if statement else None
    return Outcome(
        status=told,
        kind="notice",
        story=notice.story.public_id,
        language=notice.story.language,
        comment=notice.comment.public_id if notice.comment else "",
        rules=tuple(decision.rules) if decision else (),
        terms=decision.terms if decision else "",
        statement=notice.answer,
        decided=notice.decided.date().isoformat(),
        name_left_out=bool(reasons and reasons.takes_name and not reasons.takes_words),
    )


def outcome_of_tip(tip: Tip) -> Outcome | None:
    """Give what the holder of a tip's receipt reads: only that it was taken back."""
    if not tip.is_withdrawn:
        return None
    return Outcome(status="withdrawn", kind="tip", language=tip.story.language)


_FATES: Mapping[str, str] = {
    Fate.KEPT: "published",
    Fate.CUT: "edited",
    Fate.TAKEN_DOWN: "retracted",
    Fate.GONE: "retracted",
    Fate.WITHDRAWN: "withdrawn",
}
_STATUS: Mapping[State, str] = {
    State.REJECTED: "rejected",
    State.RETRACTED: "retracted",
    State.WITHDRAWN: "withdrawn",
}
