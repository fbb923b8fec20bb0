"""What the author of a comment is told."""

from collections.abc import Mapping

from letterdesk.desk.models import Comment
from letterdesk.desk.queries.cuts import current_text, from_rows
from letterdesk.domain.outcome import Outcome
from letterdesk.domain.states import State


def status(comment: Comment) -> str:
    """Give an outcome's status; "" while nothing is decided for good."""
    if comment.state == State.PUBLISHED:
        return "edited" if comment.cuts else "published"
    return _STATUS.get(State(comment.state), "")


def outcome(comment: Comment, *, decided: str) -> Outcome | None:
    """Give what the holder of the receipt reads; None while nothing is decided for good.

    `decided` is the day of the decision, ISO.
    """
    told = status(comment)
    if not told:
        return None
    is_out = comment.state == State.PUBLISHED
    is_edited = told == "edited"
    is_hers = comment.state == State.WITHDRAWN  # nobody gives her reasons for that
    return Outcome(
        status=told,
        story=comment.story.public_id,
        language=comment.story.language,
        comment=comment.public_id,
        text=current_text(comment) if is_out else "",
        original=comment.text if is_edited else "",
        cuts=from_rows(comment.cuts) if is_edited else (),
        rules=() if is_hers else tuple(comment.rules),
        terms=comment.terms if comment.rules and not is_hers else "",
        statement="" if is_hers else comment.statement,
        decided=decided,
    )


_STATUS: Mapping[State, str] = {
    State.REJECTED: "rejected",
    State.RETRACTED: "retracted",
    State.WITHDRAWN: "withdrawn",
}
