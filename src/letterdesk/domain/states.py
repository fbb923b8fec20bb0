"""The states of a comment, and the moves between them: one table."""

from dataclasses import dataclass
from enum import StrEnum

from letterdesk.domain.errors import LetterdeskError, MoveNotAllowed


class State(StrEnum):
    """Where a comment stands."""

    PENDING = "pending"
    HELD = "held"
    APPROVED = "approved"
    PUBLISHED = "published"
    REJECTED = "rejected"
    RETRACTED = "retracted"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """What a moderator can decide."""

    APPROVE = "approve"
    EDIT = "edit"
    REJECT = "reject"
    HOLD = "hold"
    RETRACT = "retract"
    RESTORE = "restore"


class Risk(StrEnum):
    """What a story's decisions need: one person, or two."""

    ORDINARY = "ordinary"
    SENSITIVE = "sensitive"


class SecondPersonNeeded(LetterdeskError):
    """The same person tried to give both approvals on a sensitive story."""

    code = "second-person-needed"


class AppealNeeded(LetterdeskError):
    """One person tried to give readers back what takes two people."""

    code = "appeal-needed"

    def __init__(self) -> None:
        super().__init__(
            "On a sensitive story, and where a reader says that somebody is in danger, "
            "words that were cut and a name that was left out come back by an appeal only, "
            "on which two people agree."
        )


NEEDS_RULE = frozenset({Action.EDIT, Action.REJECT, Action.RETRACT})

UNDECIDED = frozenset({State.PENDING, State.HELD})
SEEN_BY_READERS = frozenset({State.APPROVED, State.PUBLISHED})  # now, or at the slot
WERE_PUBLISHED = frozenset({State.PUBLISHED, State.RETRACTED})
FINAL = frozenset({State.PUBLISHED, State.REJECTED, State.RETRACTED})  # open to an appeal

_MOVES = {
    (State.PENDING, Action.APPROVE): State.APPROVED,
    (State.PENDING, Action.EDIT): State.APPROVED,
    (State.PENDING, Action.REJECT): State.REJECTED,
    (State.PENDING, Action.HOLD): State.HELD,
    (State.HELD, Action.APPROVE): State.APPROVED,
    (State.HELD, Action.EDIT): State.APPROVED,
    (State.HELD, Action.REJECT): State.REJECTED,
    (State.HELD, Action.RESTORE): State.PENDING,
    (State.APPROVED, Action.HOLD): State.HELD,
    (State.REJECTED, Action.RESTORE): State.PENDING,
    (State.PUBLISHED, Action.EDIT): State.PUBLISHED,
    (State.PUBLISHED, Action.RETRACT): State.RETRACTED,
    (State.RETRACTED, Action.RESTORE): State.PUBLISHED,
}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What a move starts from: a comment's state, and the approval it already has."""

    state: State
    risk: Risk
    approved_by: int | None = None  # who gave the first of two approvals


@dataclass(frozen=True, kw_only=True)
class Step:
    """What a move leads to; `approved_by` is set while a second approval is missing."""

    state: State
    approved_by: int | None = None


def after(standing: Standing, action: Action, *, by: int) -> Step:
    """Give where `action` by the person `by` leads.

    On a sensitive story a first approval, or a first cut, leaves the comment pending; a
    cut always counts as a first approval of the new text, and so does bringing back what
    was taken down: whoever approved it then had not seen why it went. A cut of what is
    published already only takes away, for which one person is enough. Raises
    MoveNotAllowed when the state has no such move, SecondPersonNeeded when one person
    would be both.
    """
    state = _MOVES.get((standing.state, action))
    if state is None:
        raise MoveNotAllowed(
            f"A comment that is {standing.state} cannot be decided with “{action}”. "
            f"Possible now: {', '.join(possible(standing.state)) or 'nothing'}."
        )
    gives = state in SEEN_BY_READERS and standing.state is not State.PUBLISHED
    if standing.risk is Risk.ORDINARY or not gives:
        return Step(state=state)
    if action in {Action.EDIT, Action.RESTORE} or standing.approved_by is None:
        return Step(state=State.PENDING, approved_by=by)
    if standing.approved_by == by:
        raise SecondPersonNeeded(
            "You gave the first approval. On a sensitive story the second must come "
            "from somebody else."
        )
    return Step(state=state)


def after_name(standing: Standing, *, by: int, comes_back: bool) -> Step:
    """Give where an edit of nothing but the name leads.

    Where any edit does; but above a published comment a name `comes_back` by one person
    only on an ordinary story. Raises as `after` does, and AppealNeeded.
    """
    is_out = standing.state is State.PUBLISHED
    if is_out and comes_back and standing.risk is Risk.SENSITIVE:
        raise AppealNeeded
    return after(standing, Action.EDIT, by=by)


def possible(state: State) -> tuple[Action, ...]:
    """Give the actions that a comment in this state allows, in the order of the table."""
    return tuple(action for start, action in _MOVES if start is state)


def may_withdraw(state: State) -> bool:
    """Say whether its author may still take a comment back: any state but withdrawn."""
    return state is not State.WITHDRAWN
