"""Hold what would go to readers with a listed name: approved letters, and imported ones."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from letterdesk.desk.actions.decide import hold_for_name
from letterdesk.desk.actions.names_back import note_not_looked_at
from letterdesk.desk.actions.rulings import Ruling
from letterdesk.desk.models import Comment
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
    """Say which letters that a list counts for, approved by now, give one of `names`."""
    found = counts_for(story).filter(state=State.APPROVED)
    return _look(found.values_list("pk", "version"), names)


def lock_named(story: int | None, names: Names, *, looked: Looked) -> list[int]:
    """Give the keys of the approved letters that give one of `names`; all are locked.

    What was looked at before, and is still what it was, is not looked at again.
    """
    found = counts_for(story).filter(state=State.APPROVED)
    locked = found.select_for_update(no_key=True).order_by("id")
    letters = list(locked.values_list("pk", "version"))
    known = {**looked, **_look([one for one in letters if one not in looked], names)}
    return [one[0] for one in letters if known[one]]


def hold_named(
    keys: Collection[int], name: int, *, by: Person, note: str, now: datetime
) -> str:
    """Hold locked letters for a name; give the id that the decisions share, "" for none."""
    if not keys:
        return ""
    ruling = Ruling(note=note, group=new_id())
    for some in batches(keys):
        Comment.objects.filter(pk__in=some).update(screened=0)
        for comment in _in_order(some).select_related("story"):
            hold_for_name(comment, by=by, ruling=ruling, name=name, now=now)
    return ruling.group


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
