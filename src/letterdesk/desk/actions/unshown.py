"""Hold what the press has published, and no page has shown: readers do not have it."""

from datetime import datetime

from letterdesk.desk.actions.enter import Entry, earlier, enter, save_next
from letterdesk.desk.actions.rulings import Ruling
from letterdesk.desk.actions.tally import count_decision
from letterdesk.desk.models import Comment, Move
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.terms import terms_for
from letterdesk.domain.states import State

_ALONE = Ruling()


def hold_unshown(
    comment: Comment, *, by: Person, now: datetime, ruling: Ruling = _ALONE, name: int = 0
) -> None:
    """Hold a locked comment that awaits its page, logged with it.

    The press has acted, so nothing is undone: somebody reads it and decides anew. It keeps
    its place, and its author is told nothing until then. `name` is the number on the list
    of whom it names.
    """
    before = earlier(comment)
    comment.state, comment.outcome_due, comment.awaits_page = State.HELD, False, False
    comment.approved_by, comment.seconded_by = None, None
    save_next(comment)
    comment.acted_version = comment.version
    comment.save(update_fields=["acted_version", "awaits_page"])
    entry = Entry(
        move=(Move.HOLD if by.id else Move.UNDO).value,  # only an undo is nobody's
        rules=tuple(comment.rules),
        terms=terms_for(comment.story.language, arrived=comment.arrived),
        note=ruling.note,
        reasons=None,
        group=ruling.group,
        name=name,
    )
    enter(comment, entry, before=before, by=by, now=now)
    if by.id:
        count_decision(comment, entry.move, before=before.kept, by=by, now=now)
