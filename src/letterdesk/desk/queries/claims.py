"""Which letters colleagues have open."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import QuerySet

from letterdesk.desk.models import Claim
from letterdesk.desk.queries.people import Person

CLAIMED_FOR = timedelta(minutes=5)


def standing(now: datetime) -> QuerySet[Claim]:
    """Give the claims that stand. One further ahead is of a clock that was put back."""
    return Claim.objects.filter(until__gt=now, until__lte=now + CLAIMED_FOR)


def claimed_by_others(person: Person, *, now: datetime) -> dict[int, str]:
    """Give the name of who has it open, by the key of the comment.

    One read of a table that has a row for each person at work, and no more.
    """
    claimed = standing(now).exclude(moderator_id=person.id)
    return dict(claimed.values_list("comment_id", "moderator__username"))


def open_elsewhere(
    person: Person, public_ids: Collection[str], *, now: datetime
) -> frozenset[str]:
    """Give which of these letters, by their ids, a colleague has open."""
    claimed = standing(now).exclude(moderator_id=person.id)
    found = claimed.filter(comment__public_id__in=public_ids)
    return frozenset(found.values_list("comment__public_id", flat=True))


def at_work(*, now: datetime) -> dict[int, tuple[str, ...]]:
    """Give the names of those who have a letter of it open, by the key of the story."""
    claimed = standing(now).order_by("moderator__username")
    found: dict[int, tuple[str, ...]] = {}
    for story, name in claimed.values_list("comment__story_id", "moderator__username"):
        found[story] = (*found.get(story, ()), name)
    return found
