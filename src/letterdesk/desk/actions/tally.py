"""Count what happened in a day."""

from datetime import date, datetime
from functools import partial

from django.db.models import F

from letterdesk.desk.models import Comment, Decision, Move, Tally
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import Action, State

_OPINIONS = frozenset({Action.APPROVE, Action.EDIT, Action.REJECT})


def count(
    kind: str,
    *,
    day: date,
    key: str = "",
    by: int = 1,
    desk: str = "",
    language: str = "",
) -> None:
    """Add `by` to a day's counter, in the caller's transaction, after `record`."""
    tally, _ = Tally.objects.get_or_create(
        day=day, kind=kind, key=key, desk=desk, language=language
    )
    Tally.objects.filter(pk=tally.pk).update(count=F("count") + by)


def count_hour(what: str, *, day: date, hour: int, by: int = 1) -> None:
    """Add to the load of an hour of the day, of the whole newsroom and a whole month.

    Nothing finer is kept of letters: in a day, an hour could be one reader's.
    """
    count("hour", day=day.replace(day=1), key=f"{hour:02} {what}", by=by)


def count_decision(
    comment: Comment, move: str, *, before: dict[str, object], by: Person, now: datetime
) -> None:
    """Count a decision as work done, and whether it agrees with a colleague's.

    `before` is the comment's snapshot from before it.
    """
    count_here = partial(
        count, day=now.date(), desk=comment.desk, language=comment.language
    )
    count_here("decision", key=move)
    if move != Move.UNDO:
        count_hour("decisions", day=now.date(), hour=now.hour)
    if move in _OPINIONS and (opinion := _second(comment, move, before=before, by=by)):
        count_here("second", key=opinion)


def _second(
    comment: Comment, move: str, *, before: dict[str, object], by: Person
) -> str | None:
    """Give what a second person's opinion makes of the first; None when it is none.

    Of what is published nobody waits for one any more.
    """
    if before["state"] == State.PUBLISHED:
        return None
    if before["approved_by_id"] not in {None, by.id}:
        return "second agreed" if comment.state == State.APPROVED else "second differed"
    if before["state"] != State.HELD:
        return None
    holds = Decision.objects.filter(comment=comment, move=Move.HOLD)
    held = holds.order_by("-version").first()
    if held is None or held.moderator_id == by.id:  # None: a restore holds in no name
        return None
    return "held differed" if move == Action.APPROVE else "held agreed"
