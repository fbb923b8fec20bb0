"""Refuse decisions that would give readers a protected name which nobody was shown.

A name can come onto a list while somebody has a letter with it open, or before what was
turned down is read again. Marks come moments later: whoever decides has not seen them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import transaction

from letterdesk.desk.actions.names_back import note_not_looked_at
from letterdesk.desk.actions.screen import signal_rows
from letterdesk.desk.models import Comment, Signal
from letterdesk.desk.queries.cuts import current_name, current_text
from letterdesk.desk.queries.locks import keep_names, lock_screening
from letterdesk.desk.queries.names import any_listed, names_for
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.states import State
from letterdesk.triage.protected_name import Names
from letterdesk.triage.screening import Answer, Asked, look_for
from letterdesk.triage.signal import Kind


class NameNotShown(LetterdeskError):
    """A decision by which readers would get a protected name that nobody was shown.

    `answer` is what there is to be shown about the comment with the key `comment`.
    """

    code = "name-not-shown"

    def __init__(self, comment: int, answer: Answer) -> None:
        super().__init__(
            "Readers would get a name that must not be given, and nothing said so when you "
            "decided: it came onto the list meanwhile, or the cut makes it. Look at what "
            "is marked now, and decide again."
        )
        self.comment = comment
        self.answer = answer


@contextmanager
def marking_names() -> Iterator[None]:
    """Make what is done inside one transaction; mark the name where it is refused for one.

    So the next page shows it, whether or not the worker has come round. Meanwhile nobody
    is put on a list: whoever was just put there is looked for, or the letter held for it.
    """
    try:
        with transaction.atomic():
            keep_names()
            yield
    except NameNotShown as found:
        _mark(found)
        raise


def require_seen(comment: Comment, shown: Collection[str] | None) -> None:
    """Raise NameNotShown where readers would get a listed name whose label is not `shown`.

    None: who decides saw no page; then what is marked counts. Asked of a locked comment as
    it will be. Without the names' key nobody is recognised: it is looked at again once the
    key is back.
    """
    if not any_listed():
        return
    key = settings.NEWSROOM.names_key
    if not key:
        note_not_looked_at()
    listed = names_for([comment.story_id], key=key).get(comment.story_id)
    if listed is None or not listed.key:
        return
    asked = _ask(comment, current_text(comment), current_name(comment), names=listed)
    known = _marked(comment) if shown is None else frozenset(shown)
    if not _labels(one.facts for one in asked.signals) <= known:
        raise NameNotShown(
            comment.pk, _ask(comment, comment.text, comment.name, names=listed)
        )


def _ask(comment: Comment, text: str, name: str, *, names: Names) -> Answer:
    asked = Asked(text=text, name=name, story="", language=comment.language, names=names)
    return look_for(Kind.PROTECTED_NAME, [asked])[0]


def _marked(comment: Comment) -> frozenset[str]:
    marks = comment.signals.filter(kind=Kind.PROTECTED_NAME, code="protected")
    return _labels(marks.values_list("facts", flat=True))


def _labels(facts: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(str(one["label"]) for some in facts for one in some.get("names", ()))


@transaction.atomic
def _mark(found: NameNotShown) -> None:
    """Keep what there is to be shown, unless the letter is gone. Locks the letter."""
    lock_screening()
    there = Comment.objects.select_for_update(no_key=True).exclude(state=State.WITHDRAWN)
    if there.filter(pk=found.comment).first() is None:
        return
    marks = Signal.objects.filter(comment=found.comment, kind=Kind.PROTECTED_NAME)
    marks.delete()
    Signal.objects.bulk_create(signal_rows(found.comment, found.answer))
