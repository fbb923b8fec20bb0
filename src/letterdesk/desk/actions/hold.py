"""Hold comments that a moderator did not ask to hold: by what readers have of them.

After a restore, and when a page failed. What a moderator holds, and what is approved and
names somebody on the list, goes the way of every decision, through decide.py.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time

from django.db.models import F

from letterdesk.desk.actions.enter import Entry, earlier, enter, save_next
from letterdesk.desk.actions.rulings import Ruling
from letterdesk.desk.actions.tally import count_decision
from letterdesk.desk.models import Comment, Decision, Move
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.terms import terms_for
from letterdesk.desk.queries.undoable import snapshot
from letterdesk.domain.states import State

_ALONE = Ruling()


def hold_restored(comments: Collection[int], *, today: date) -> list[str]:
    """Hold comments that readers were shown less of, last, than a restored desk knows.

    Gives the ids of those that are held now, in the caller's transaction. The press shows
    a gap, and their receipts go on telling what they told last, until somebody decides. It
    is the undoing of their publication, in nobody's name: what readers saw before is that
    they were taken down. What readers never saw waited. Locks them.
    """
    found = Comment.objects.select_for_update(no_key=True).filter(pk__in=comments)
    rows = list(found.order_by("id"))
    midnight = datetime.combine(today, time(), UTC)
    Decision.objects.bulk_create(
        Decision(
            comment=row,
            version=row.version + 1,
            move=Move.UNDO,
            before={**snapshot(row), "state": _seen_as(row)},
            state=State.HELD,
            taken=midnight,
        )
        for row in rows
    )
    Comment.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=State.HELD,
        version=F("version") + 1,
        acted_version=F("version"),
        approved_by=None,
        seconded_by=None,
        outcome_due=False,
    )
    return [row.public_id for row in rows]


def hold_unshown(
    comment: Comment, *, by: Person, now: datetime, ruling: Ruling = _ALONE, name: int = 0
) -> None:
    """Hold a locked comment that awaits its page, logged with it: readers do not have it.

    The press has published it, and no page has shown it yet, so nothing is undone: somebody
    reads it and decides anew. It keeps its place, and its author is told nothing until
    then. `name` is the number on the list of whom it names.
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


def _seen_as(row: Comment) -> State:
    return State.PENDING if row.place is None else State.RETRACTED
