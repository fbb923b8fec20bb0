"""Write down that letters leave the newsroom."""

from datetime import date

from django.db import transaction

from letterdesk.desk.actions.record import record
from letterdesk.interchange.portion import Portion


@transaction.atomic
def note_begun(kind: str, portion: Portion, *, who: str, today: date) -> None:
    """Record that somebody begins to export: before the first letter is read."""
    record("export-begun", who=who, day=today, kind=kind, **_part(portion))


@transaction.atomic
def note_done(
    kind: str, portion: Portion, *, stories: int, letters: int, who: str, today: date
) -> None:
    """Record how much went out, once it has."""
    amount = {"stories": stories, "letters": letters}
    record("exported", who=who, day=today, kind=kind, **_part(portion), **amount)


def _part(portion: Portion) -> dict[str, object]:
    """Give what was chosen, without what was not."""
    days = {
        name: day.isoformat()
        for name, day in (("start", portion.start), ("end", portion.end))
        if day
    }
    story = {"story": portion.story} if portion.story else {}
    only = {"published_only": True} if portion.published_only else {}
    return {**story, **days, **only}
