"""Comments that have certain words in them, newest first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from letterdesk.desk.models import Comment
from letterdesk.desk.queries.comments import CommentView, seen, with_notes, within
from letterdesk.desk.queries.merge import first_of
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.spelled import spelled
from letterdesk.domain.spelling import spellings
from letterdesk.domain.states import State

LOOKED_AT = 100_000  # comments read at once at most
SIZE = 50


@dataclass(frozen=True, kw_only=True)
class FoundPage:
    """Some of the comments that have the words, newest first.

    `next` is the cursor of what is older, None when nothing is; `is_full` says that it has
    more of them for certain, and not only what has not been looked at.
    """

    rows: tuple[CommentView, ...]
    next: int | None
    is_full: bool


def search(
    person: Person,
    sought: str,
    *,
    status: State | None = None,
    desk: str | None = None,
    story: str | None = None,
    before: int | None = None,
) -> FoundPage:
    """Give the comments that the person may see with all these words in text or name.

    Reads the newest LOOKED_AT that are older than the cursor, by primary key, never what
    its author took back. A word is found inside another, as Chinese and Korean need it,
    and in every spelling (`domain.spelling`). Raises NotFound, NotYours.
    """
    require(person, Permission.READ)
    top = _newest() if before is None else before - 1
    bottom = top - LOOKED_AT
    found = Comment.objects.filter(id__lte=top, id__gt=bottom).only("pk")
    found = found.exclude(state=State.WITHDRAWN)
    for word in set(sought.split()):
        found = found.filter(spelled(word, "text") | spelled(word, "name"))
    if status is not None:
        found = found.filter(state=status)
    lists = within(found.order_by("-id"), person, desk=desk, story=story)
    keys = [row.pk for row in first_of(lists, SIZE + 1, key=lambda row: -row.pk)]
    is_full = len(keys) > SIZE
    rows = seen().in_bulk(keys[:SIZE])
    return FoundPage(
        rows=with_notes([rows[key] for key in keys[:SIZE]]),
        next=keys[SIZE - 1] if is_full else _older(bottom),
        is_full=is_full,
    )


def spans(text: str, sought: str) -> Sequence[tuple[int, int]]:
    """Give where the words stand in a text, in order; several may overlap."""
    found = (re.finditer(spellings(word), text) for word in set(sought.split()))
    return sorted(one.span() for some in found for one in some)


def _newest() -> int:
    return Comment.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _older(bottom: int) -> int | None:
    """Give the cursor of what has not been looked at; None when that is nothing."""
    is_there = bottom > 0 and Comment.objects.filter(id__lte=bottom).exists()
    return bottom + 1 if is_there else None
