"""Which decision could be taken back, and what would be put back then."""

from collections.abc import Iterable, Iterator, Mapping

from letterdesk.desk.models import Comment, Decision, Move
from letterdesk.desk.queries.risks import risk_of
from letterdesk.domain.states import Risk, State

# What is put back; and what it was by then in a decision of a version that did not keep it.
KEPT: Mapping[str, object] = {
    "state": None,
    "cuts": None,
    "name_left_out": False,
    "rules": None,
    "terms": None,
    "statement": None,
    "reasons_id": None,
    "approved_by_id": None,
    "seconded_by_id": None,
    "outcome_due": None,
}


def snapshot(comment: Comment) -> dict[str, object]:
    """Give what an undo of the next decision puts back."""
    return {name: getattr(comment, name) for name in KEPT}


def undoable(comment: Comment) -> Decision | None:
    """Give the last decision that still stands and on which the press has not acted.

    None when there is none, or when the last word was the author's.
    """
    taken = comment.decisions.filter(version__gt=comment.acted_version).order_by("-version")
    decision = next(not_undone(taken), None)
    return decision if decision and decision.moderator_id else None


def not_undone(taken: Iterable[Decision]) -> Iterator[Decision]:
    """Give those of a comment's decisions, newest first, that no undo took back."""
    undone = 0
    for decision in taken:
        if decision.move == Move.UNDO:
            undone += 1
        elif undone:
            undone -= 1
        else:
            yield decision


def releases_approval(comment: Comment) -> bool:
    """Say whether an undo would let a comment be published that somebody has held."""
    decision = undoable(comment)
    return decision is not None and took_approval(decision)


def lacks_second(comment: Comment) -> bool:
    """Say whether an undo would leave a held comment with the first of two approvals."""
    decision = undoable(comment)
    return decision is not None and took_first_approval(decision)


def took_first_approval(decision: Decision) -> bool:
    """Say whether a decision held what one person approved, and two are to by now."""
    is_alone = decision.before.get("seconded_by_id") is None
    is_sensitive = risk_of(decision.comment) is Risk.SENSITIVE
    return took_approval(decision) and is_alone and is_sensitive


def took_approval(decision: Decision) -> bool:
    """Say whether a decision held a letter that was approved."""
    return decision.move == Move.HOLD and decision.before["state"] == State.APPROVED
