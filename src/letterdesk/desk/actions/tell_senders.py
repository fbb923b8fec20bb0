"""Write the outcomes that senders of notices, and of tips, read with their receipts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import TypeVar

from django.db.models import QuerySet

from letterdesk.desk.actions.press_attempts import Attempts
from letterdesk.desk.actions.tell import Told
from letterdesk.desk.models import Notice, PressPart, Tip
from letterdesk.desk.queries.due import notices_to_tell, tips_to_tell
from letterdesk.desk.queries.outcomes import outcome_of_notice, outcome_of_tip
from letterdesk.domain.outcome import Outcome, part_path
from letterdesk.domain.states import State
from letterdesk.places.base import Place
from letterdesk.sealing import seal_outcome

_AT_ONCE = 200  # letters
_OF_HERSELF = ("name", "contact")
_Row = TypeVar("_Row", Notice, Tip)


def tell_senders(attempts: Attempts) -> Told:
    """Write what is due; killed at any point, the next call does it again.

    One that fails keeps no other waiting. What a notice's sender said of herself goes with
    it, and what she wrote of a comment that its author took back. Raises PlaceFailed.
    """
    told = Told()
    for notice in _each(notices_to_tell()):
        told += _try(notice, partial(_tell_notice, notice, attempts.place), attempts)
    for tip in _each(tips_to_tell()):
        told += _try(tip, partial(_tell_tip, tip, attempts.place), attempts)
    return told


def _each(due: QuerySet[_Row]) -> Iterator[_Row]:
    """Give each row once, some at a time, though they leave `due` by and by."""
    last = 0
    while rows := list(due.filter(pk__gt=last)[:_AT_ONCE]):
        yield from rows
        last = rows[-1].pk


def _try(row: Notice | Tip, work: Callable[[], Told], attempts: Attempts) -> Told:
    return attempts.make(PressPart.OUTCOMES, row.story_id, work, instead=Told())


def _tell_notice(notice: Notice, place: Place) -> Told:
    is_so = {"fate": notice.fate, "decided": notice.decided, "answer": notice.answer}
    told, forgets = outcome_of_notice(notice), list(_OF_HERSELF)
    if notice.comment and notice.comment.state == State.WITHDRAWN:
        forgets.append("text")  # which may quote the comment
    return _tell(notice, told, place=place, is_so=is_so, forgets=forgets)


def _tell_tip(tip: Tip, place: Place) -> Told:
    return _tell(tip, outcome_of_tip(tip), place=place)


def _tell(
    row: Notice | Tip,
    outcome: Outcome | None,
    *,
    place: Place,
    is_so: Mapping[str, object] = MappingProxyType({}),
    forgets: Iterable[str] = _OF_HERSELF,
) -> Told:
    """Put the parts, the first one last, remove those of a longer one, and note it.

    `is_so` is what the outcome was made of: where somebody changes it meanwhile, an outcome
    stays due, and the next call tells it as it is then. What `forgets` names goes with it.
    """
    key = bytes(row.outcome_key)
    is_due = outcome is not None and row.lookup
    files = seal_outcome(outcome, lookup=row.lookup, key=key) if outcome and is_due else {}
    most = max(len(files), row.outcome_parts)
    table = type(row).objects.filter(pk=row.pk)
    table.update(outcome_parts=most)
    for path, raw in reversed(list(files.items())):
        place.put(path, raw)
    stale = range(len(files), row.outcome_parts)
    for number in stale:
        place.remove(part_path(row.lookup, key, number))
    forgotten = dict.fromkeys(forgets, "") if outcome else {}
    is_told = table.filter(**is_so).update(
        outcome_parts=len(files), outcome_due=False, **forgotten
    )
    if not is_told:
        table.update(outcome_due=True)
    return Told(outcomes=int(bool(files)), put=len(files), removed=len(stale))
