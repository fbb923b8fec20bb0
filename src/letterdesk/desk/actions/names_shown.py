"""Refuse decisions that would give readers a protected name which nobody was shown.

A name can come onto a list while somebody has a letter with it open, or before what was
turned down is read again. Marks come moments later: whoever decides has not seen them.
Where nobody can tell, as the check does not run, that is what she has to have been shown.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.conf import settings
from django.db import transaction

from letterdesk.desk.actions.name_marks import replace_marks
from letterdesk.desk.actions.names_back import note_not_looked_at
from letterdesk.desk.models import Comment
from letterdesk.desk.queries.cuts import current_name, current_text
from letterdesk.desk.queries.locks import keep_names, lock_screening
from letterdesk.desk.queries.names import any_listed, names_for
from letterdesk.desk.queries.noticed import UNREAD, named_in
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
    told = (
        "Readers would get a name that must not be given, and nothing said so when you "
        "decided: it came onto the list meanwhile, or the cut makes it. Look at what "
        "is marked now, and decide again."
    )

    def __init__(self, comment: int, answer: Answer) -> None:
        super().__init__(self.told)
        self.comment = comment
        self.answer = answer


class NamesNotRead(NameNotShown):
    """A decision by which readers would get what could not be read for protected names.

    Nobody was told that it could not be.
    """

    code = "names-not-read"
    told = (
        "The check for protected names did not run, and nothing said so when you decided. "
        "It is marked now: read the letter for names yourself, and decide again."
    )


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

    UNREAD is the label of what the check cannot read, or not for everybody, for want of the
    names' key; then NamesNotRead is raised. None: who decides saw no page; then what is
    marked counts. Asked of a locked comment as it will be.
    """
    if not any_listed():
        return
    key = settings.NEWSROOM.names_key
    listed = names_for([comment.story_id], key=key).get(comment.story_id)
    if listed is None:
        return
    if not key or listed.is_in_part:
        note_not_looked_at(key)
    asked = _ask(comment, current_text(comment), current_name(comment), names=listed)
    known = _marked(comment) if shown is None else frozenset(shown)
    unseen = _labels(asked) - known
    if not unseen:
        return
    answer = _ask(comment, comment.text, comment.name, names=listed)
    if not answer.failures:  # it may be the cut alone that cannot be read
        answer = replace(answer, failures=asked.failures)
    raise (NamesNotRead if unseen == {UNREAD} else NameNotShown)(comment.pk, answer)


def _ask(comment: Comment, text: str, name: str, *, names: Names) -> Answer:
    asked = Asked(text=text, name=name, story="", language=comment.language, names=names)
    return look_for(Kind.PROTECTED_NAME, [asked])[0]


def _marked(comment: Comment) -> frozenset[str]:
    marks = comment.signals.filter(kind=Kind.PROTECTED_NAME)
    return frozenset(named_in(marks.values_list("code", "facts")))


def _labels(answer: Answer) -> frozenset[str]:
    said = [(one.code, one.facts) for one in answer.signals]
    return frozenset(named_in([*said, *((one.why, {}) for one in answer.failures)]))


@transaction.atomic
def _mark(found: NameNotShown) -> None:
    """Keep what there is to be shown, unless the letter is gone. Locks the letter."""
    lock_screening()
    there = Comment.objects.select_for_update(no_key=True).exclude(state=State.WITHDRAWN)
    if there.filter(pk=found.comment).first() is None:
        return
    key = settings.NEWSROOM.names_key
    replace_marks({found.comment: found.answer}, key=key)
