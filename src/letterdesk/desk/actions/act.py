"""The press acts on decisions: from here on they cannot be undone."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from random import SystemRandom

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from letterdesk.desk.actions.record import record
from letterdesk.desk.actions.tally import count
from letterdesk.desk.models import Comment, Story
from letterdesk.desk.queries.due import last_place, to_act_on
from letterdesk.desk.queries.found import batches
from letterdesk.desk.queries.outcomes import status
from letterdesk.domain.states import State

_CHANCE = SystemRandom()
_OPEN_AGAIN = "reopened"


@transaction.atomic
def act(story_id: int, *, today: date) -> int:
    """Publish a story's approved comments, settle its other decisions; give how many.

    Nothing is written to the public place yet; the story is marked, so that it will be,
    even when this process dies. Locks the story and the comments.
    """
    story = Story.objects.select_for_update(no_key=True).get(pk=story_id)
    comments = list(to_act_on(story))
    if not comments:
        return 0
    new = [comment for comment in comments if comment.state == State.APPROVED]
    _place(story, new)
    Comment.objects.bulk_update(new, ["place"], batch_size=200)
    _update(new, state=State.PUBLISHED, published=Coalesce("published", Value(today)))
    _update(comments, acted_version=F("version"))
    story.changed = True
    story.save(update_fields=["changed"])
    _log(story, comments, new={comment.pk for comment in new}, today=today)
    return len(comments)


def _place(story: Story, new: list[Comment]) -> None:
    """Set new comments at the thread's end, by chance: the order tells nothing."""
    first = last_place(story) + 1
    for place, comment in enumerate(_CHANCE.sample(new, len(new)), start=first):
        comment.state = State.PUBLISHED
        comment.place = comment.place or place


def _update(comments: list[Comment], **values: object) -> None:
    for keys in batches([comment.pk for comment in comments]):
        Comment.objects.filter(pk__in=keys).update(**values)


def _log(story: Story, comments: Iterable[Comment], *, new: set[int], today: date) -> None:
    """Record what became of which comment, and count what is new."""
    became: dict[str, list[str]] = defaultdict(list)
    counted: dict[tuple[str, str], int] = defaultdict(int)
    for comment in comments:
        told = status(comment) or _OPEN_AGAIN
        became[told].append(comment.public_id)
        if told == _OPEN_AGAIN or (
            comment.state == State.PUBLISHED and comment.pk not in new
        ):
            continue
        counted[told, ""] += 1
        for rule in comment.rules if told != "withdrawn" else ():
            counted["rule", rule] += 1
    record("published", who="press", day=today, story=story.public_id, became=dict(became))
    for (kind, key), number in sorted(counted.items()):
        count(kind, day=today, key=key, by=number)
