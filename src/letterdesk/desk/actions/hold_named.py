"""Keep back what would go to readers with a listed name.

Approved letters are held, and so are imported ones. What is published, and of which readers
are to get more at the slot, becomes again what they see; without a page yet it is held.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from letterdesk.desk.actions.decide import hold_for_name
from letterdesk.desk.actions.hold import hold_unshown
from letterdesk.desk.actions.lock import lock_notices
from letterdesk.desk.actions.names_back import note_not_looked_at
from letterdesk.desk.actions.rulings import Ruling
from letterdesk.desk.actions.undo import take_back
from letterdesk.desk.models import Comment, Notice
from letterdesk.desk.queries.arrivals import ON_THE_WAY, arrivals
from letterdesk.desk.queries.cuts import current_name, current_text
from letterdesk.desk.queries.found import batches
from letterdesk.desk.queries.names import any_listed, counts_for, names_for
from letterdesk.desk.queries.people import Person
from letterdesk.domain.ids import new_id
from letterdesk.domain.states import State
from letterdesk.triage.protected_name import Names, recognised
from letterdesk.triage.screening import Answer, Asked, look_for
from letterdesk.triage.signal import Kind

Looked = Mapping[tuple[int, int], bool]  # by a letter's key and version: it names her


def look_at_approved(story: int | None, names: Names) -> Looked:
    """Say which letters on their way, that a list counts for, give one of `names`."""
    return _look(_on_the_way(counts_for(story)), names)


def lock_named(story: int | None, names: Names, *, looked: Looked) -> list[int]:
    """Give the keys of the letters on their way that give one of `names`; all are locked.

    So are the notices about them, as with any comment that is decided on. What was looked
    at before, and is still what it was, is not looked at again.
    """
    letters = _on_the_way(counts_for(story).select_for_update(no_key=True))
    for some in batches([key for key, _ in letters]):
        lock_notices(Notice.objects.filter(comment__in=some))
    known = {**looked, **_look([one for one in letters if one not in looked], names)}
    return [one[0] for one in letters if known[one]]


def hold_named(
    keys: Collection[int], name: int, *, by: Person, note: str, now: datetime
) -> str:
    """Hold locked letters for a name, or let readers see no more of them than they do.

    Gives the id that the decisions to hold share, "" for none.
    """
    ruling = Ruling(note=note, group=new_id())
    is_any_held = False
    for some in batches(keys):
        Comment.objects.filter(pk__in=some).update(screened=0)
        for comment in _in_order(some).select_related("story"):
            if comment.state == State.APPROVED:
                hold_for_name(comment, by=by, ruling=ruling, name=name, now=now)
                is_any_held = True
            elif comment.awaits_page:
                hold_unshown(comment, by=by, ruling=ruling, name=name, now=now)
                is_any_held = True
            else:
                take_back(comment, by=by, now=now)
    return ruling.group if is_any_held else ""


def let_wait(imported: Iterable[Comment]) -> int:
    """Give how many comments, not stored yet, wait for somebody because of a listed name.

    They were published elsewhere: nobody here has read them. Without the key of a name
    nobody is recognised by it: they are read again once it is back.
    """
    found = [row for row in imported if row.state == State.PUBLISHED]
    if not found or not any_listed():
        return 0
    key = settings.NEWSROOM.names_key
    names = names_for({row.story_id for row in found}, key=key)
    if names and (not key or any(one.is_in_part for one in names.values())):
        note_not_looked_at(key)
    known = [row for row in found if key and row.story_id in names]
    asked = [_asked(row, recognised(names[row.story_id])) for row in known]
    answers = look_for(Kind.PROTECTED_NAME, asked)
    named = [row for row, answer in zip(known, answers, strict=True) if _is_named(answer)]
    for row in named:
        row.state, row.published, row.screened = State.PENDING, None, 0
    return len(named)


def _on_the_way(found: QuerySet[Comment]) -> list[tuple[int, int]]:
    rows = arrivals(found.filter(ON_THE_WAY).order_by("id"))
    return [(row.pk, row.version) for row in rows]


def _look(letters: Iterable[tuple[int, int]], names: Names) -> dict[tuple[int, int], bool]:
    """Say which letters name her as readers would get them, or could not be looked at."""
    found: dict[tuple[int, int], bool] = {}
    for some in batches([key for key, _ in letters]):
        rows = list(_in_order(some))
        answers = look_for(Kind.PROTECTED_NAME, [_asked(row, names) for row in rows])
        found |= {
            (row.pk, row.version): _is_named(answer)
            for row, answer in zip(rows, answers, strict=True)
        }
    return found


def _asked(row: Comment, names: Names) -> Asked:
    return Asked(
        text=current_text(row),
        name=current_name(row),
        story="",
        language=row.language,
        names=names,
    )


def _in_order(keys: Collection[int]) -> QuerySet[Comment]:
    return Comment.objects.filter(pk__in=keys).order_by("id")


def _is_named(answer: Answer) -> bool:
    return bool(answer.failures) or any(one.score > 0 for one in answer.signals)
