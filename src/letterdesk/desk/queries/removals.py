"""What readers still see, and what is to go without waiting for the slot.

A letter that its author took back; a comment that was taken down; one of which more is cut,
or the name left out. Nothing that would give readers a word more.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from letterdesk.desk.models import Comment, PressFailure
from letterdesk.desk.queries.cuts import from_rows
from letterdesk.desk.queries.failing import UNFINISHED, failing_pages
from letterdesk.desk.queries.found import batches
from letterdesk.desk.queries.threads import undecided
from letterdesk.domain.edit import removed
from letterdesk.domain.states import State

_Hidden = tuple[set[int], bool]  # letters cut, by their places; the name is left out
_READ = (
    "story_id",
    "state",
    "text",
    "cuts",
    "name_left_out",
    "place",
    "version",
    "acted_version",
)


def stories_to_remove_from() -> list[int]:
    """Give the keys of the stories from whose pages something is to go, or had begun to.

    Index comment_outcome_due.
    """
    due = Comment.objects.filter(outcome_due=True, version__gt=F("acted_version"))
    found = {row.story_id for row in removals(due.only(*_READ))}
    return sorted(found.union(_unfinished()))


def removals(due: QuerySet[Comment]) -> list[Comment]:
    """Give those of these comments with which the press only takes away from readers."""
    may_be = Q(state=State.WITHDRAWN) | Q(place__isnull=False) & ~Q(state=State.APPROVED)
    rows = list(due.filter(may_be))
    return [
        row
        for some in batches(rows)
        for row, before in undecided(some)
        if takes_away(row, before)
    ]


def _unfinished() -> QuerySet[PressFailure, int]:
    """Give the keys of the stories whose page still shows what the press has acted on."""
    gone = Comment.objects.filter(
        story=OuterRef("story"),
        outcome_due=True,
        place__isnull=False,
        state__in=(State.RETRACTED, State.WITHDRAWN),
    )
    return failing_pages().filter(Q(why=UNFINISHED) | Exists(gone))


def takes_away(row: Comment, before: Mapping[str, Any]) -> bool:
    """Say whether readers only lose by it; `before` is how the press last acted on it."""
    if row.state == State.WITHDRAWN:
        return True
    if row.place is None or before["state"] != State.PUBLISHED:
        return False
    if row.state == State.PUBLISHED:
        return _says_less(row, before)
    return row.state != State.APPROVED


def _says_less(row: Comment, before: Mapping[str, Any]) -> bool:
    try:
        now, then = _hidden(row, vars(row)), _hidden(row, before)
    except ValueError:  # a damaged row keeps no other from going: the slot tells of it
        return False
    return now != then and _hides_all(now, then)


def says_no_more(row: Comment, before: Mapping[str, Any]) -> bool:
    """Say whether all that readers did not get of a comment `before` is still kept back.

    Of a damaged row nobody can say so.
    """
    try:
        return _hides_all(_hidden(row, vars(row)), _hidden(row, before))
    except ValueError:
        return False


def says_no_less(row: Comment, before: Mapping[str, Any]) -> bool:
    """Say whether all that readers do not get of a comment now they did not get `before`.

    Of a damaged row nobody can say so.
    """
    try:
        return _hides_all(_hidden(row, before), _hidden(row, vars(row)))
    except ValueError:
        return False


def _hides_all(now: _Hidden, then: _Hidden) -> bool:
    return now[0] >= then[0] and now[1] >= then[1]


def _hidden(row: Comment, kept: Mapping[str, Any]) -> _Hidden:
    # An earlier version kept nothing of the name.
    return removed(row.text, from_rows(kept["cuts"])), bool(kept.get("name_left_out"))
