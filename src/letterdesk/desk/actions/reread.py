"""Read what was decided on again, for names that came onto a list or off it.

Nothing is decided: comments are marked, and the page of a list says which they are.
"""

import time
from collections.abc import Collection, Mapping, Sequence

from django.db import transaction

from letterdesk.desk.actions.name_marks import replace_marks
from letterdesk.desk.models import Comment, Rereading
from letterdesk.desk.queries.locks import lock_screening
from letterdesk.desk.queries.names import any_listed, listed_keys, names_for
from letterdesk.desk.queries.naming import REREAD, Letter, next_task, to_reread
from letterdesk.domain.states import State
from letterdesk.triage.protected_name import recognised
from letterdesk.triage.screening import Answer, Asked, look_for
from letterdesk.triage.signal import Kind

_AT_ONCE = 128  # comments


def read_again(story: int | None) -> None:
    """Have what was decided on read again for a list, in the caller's transaction.

    What was turned down or taken down, too: somebody may put it back.
    """
    for state in REREAD[1:]:
        _begin(story, state)


def read_marked_again() -> None:
    """Have what is marked read again, for any list, in the caller's transaction."""
    _begin(None, REREAD[0])


def reread(*, seconds: float, key: bytes, size: int = _AT_ONCE) -> int:
    """Read comments again for about `seconds`, of a task the newest first; give how many.

    `key` is the one that names are hashed under: without it nothing is read, until it is
    back. Killed at any point, the next call goes on with the same comments.
    """
    done, end = 0, time.monotonic() + seconds
    if not key and any_listed():
        return 0
    while time.monotonic() < end:
        task = next_task()
        if task is None:
            break
        listed = listed_keys()
        letters = to_reread(task, size)
        answers = _ask(letters, key=key)
        done += _store(task, letters, answers, listed=listed, key=key)
    return done


def _begin(story: int | None, state: str) -> None:
    """Begin at the newest comment, as a new task: one at work on the old one lets go."""
    found = Rereading.objects.filter(state=state)
    if story is not None:
        found = found.filter(story_id=story)
    found.delete()
    Rereading.objects.create(story_id=story, state=state)


def _ask(letters: Sequence[Letter], *, key: bytes) -> dict[int, Answer]:
    """Give the answers by key; those who are not recognised mark nothing as not read."""
    listed = names_for({one.story for one in letters}, key=key)
    names = {story: recognised(those) for story, those in listed.items()}
    asked = [
        Asked(
            text=one.text,
            name=one.name,
            story="",
            language=one.language,
            names=names.get(one.story),
        )
        for one in letters
    ]
    answers = look_for(Kind.PROTECTED_NAME, asked)
    return dict(zip((one.key for one in letters), answers, strict=True))


@transaction.atomic
def _store(
    task: Rereading,
    letters: Sequence[Letter],
    answers: Mapping[int, Answer],
    *,
    listed: Collection[int],
    key: bytes,
) -> int:
    """Keep the answers, unless a list has changed meanwhile or another was quicker."""
    lock_screening()
    is_ours = Rereading.objects.filter(pk=task.pk, before=task.before)
    if listed_keys() != listed or not is_ours.exists():
        return 0
    if not letters:
        is_ours.delete()
        return 0
    is_ours.update(before=letters[-1].key)
    locked = Comment.objects.select_for_update(no_key=True).exclude(state=State.WITHDRAWN)
    found = locked.filter(pk__in=list(answers)).order_by("id")
    there = found.values_list("pk", flat=True)
    replace_marks({one: answers[one] for one in there}, key=key)
    return len(letters)
