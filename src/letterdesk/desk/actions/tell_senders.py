"""Write the outcomes that senders of notices, and of tips, read with their receipts."""

from letterdesk.desk.actions.tell import Told
from letterdesk.desk.models import Notice, Tip
from letterdesk.desk.queries.due import notices_to_tell, tips_to_tell
from letterdesk.desk.queries.outcomes import outcome_of_notice, outcome_of_tip
from letterdesk.domain.outcome import Outcome, part_path
from letterdesk.places.base import Place
from letterdesk.sealing import seal_outcome

_AT_ONCE = 200  # letters


def tell_senders(place: Place) -> Told:
    """Write what is due; killed at any point, the next call does it again.

    What a notice's sender said of herself goes with it. Raises PlaceFailed.
    """
    told = Told()
    while notices := list(notices_to_tell()[:_AT_ONCE]):
        for notice in notices:
            told += _tell(notice, outcome_of_notice(notice), place=place)
    while tips := list(tips_to_tell()[:_AT_ONCE]):
        for tip in tips:
            told += _tell(tip, outcome_of_tip(tip), place=place)
    return told


def _tell(row: Notice | Tip, outcome: Outcome | None, *, place: Place) -> Told:
    """Put the parts, the first one last, remove those of a longer one, and note it."""
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
    table.update(outcome_parts=len(files), outcome_due=False, name="", contact="")
    return Told(outcomes=int(bool(files)), put=len(files), removed=len(stale))
