"""What waits before and after a comment, for leafing through the queue."""

from dataclasses import dataclass
from datetime import datetime

from letterdesk.desk.models import Comment
from letterdesk.desk.queries.claims import claimed_by_others
from letterdesk.desk.queries.merge import first_of
from letterdesk.desk.queries.parts import ALL, Part, lists_of
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import State


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """The ids of what waits before and after; "" at either end."""

    previous: str
    next: str


def neighbours(
    person: Person, public_id: str, *, now: datetime, part: Part = ALL
) -> Neighbours:
    """Give the neighbours of a comment in the queue, which it need not be in itself.

    What colleagues have open is passed over.
    """
    here = Comment.objects.values_list("pk", flat=True).get(public_id=public_id)
    found = Comment.objects.only("public_id").filter(state=State.PENDING)
    found = found.exclude(pk__in=claimed_by_others(person, now=now))
    before = found.filter(id__lt=here).order_by("-id")
    after = found.filter(id__gt=here).order_by("id")
    earlier = lists_of(before, person, part)
    later = lists_of(after, person, part)
    return Neighbours(
        previous=_id(first_of(earlier, 1, key=lambda row: -row.pk)),
        next=_id(first_of(later, 1, key=lambda row: row.pk)),
    )


def _id(rows: list[Comment]) -> str:
    return rows[0].public_id if rows else ""
