"""What readers can see although it names somebody who must not be named."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from django.db.models import Q, QuerySet

from letterdesk.desk.models import Comment, Rereading, Signal
from letterdesk.desk.queries.comments import CommentView, seen, view
from letterdesk.desk.queries.cuts import from_rows
from letterdesk.desk.queries.found import batches
from letterdesk.desk.queries.names import counts_for, whose
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import State
from letterdesk.triage.signal import Field

# What is read again, in this order; "": what is marked, and may not name anybody any more.
REREAD = ("", State.APPROVED, State.PUBLISHED, State.RETRACTED, State.REJECTED)
_SOON = REREAD[:3]  # those of them that readers can see, or will at the next slot
_MOST = 1_000  # comments that are counted; from more on the number tells nothing
_SEARCHED = 20_000  # marks, of what waits, too
_PAGE = 25
_Label = tuple[str, bool]  # and whether it is only nearly the name


class Letter(NamedTuple):
    """A comment that is to be read again."""

    key: int
    text: str
    name: str
    story: int
    language: str


@dataclass(frozen=True, kw_only=True)
class NamingComment:
    """A comment, and whom it names: labels, each with whether it only may be."""

    comment: CommentView
    labels: tuple[_Label, ...]


@dataclass(frozen=True, kw_only=True)
class Naming:
    """Published comments that name somebody on a list, newest first: a page of them.

    `number` is how many there are, or at least are where there `are_more`; `next` is where
    the next page begins, 0 on the last one. `is_reading`: some have yet to be read again.
    """

    comments: tuple[NamingComment, ...]
    number: int
    are_more: bool
    next: int
    is_reading: bool


def naming(person: Person, *, story: str = "", start: int = 0) -> Naming:
    """Give what is published and names somebody, in a story or on the site.

    A comment is not among them once the words, or the name above it, are cut. Raises
    NotFound, NotYours.
    """
    whom = whose(person, story)
    found, are_more = _named(whom)
    keys = list(found)
    comments = seen().filter(pk__in=keys[start : start + _PAGE]).order_by("-id")
    return Naming(
        comments=tuple(
            NamingComment(comment=view(row), labels=tuple(sorted(found[row.pk])))
            for row in comments
        ),
        number=len(keys),
        are_more=are_more,
        next=start + _PAGE if len(keys) > start + _PAGE else 0,
        is_reading=_tasks(whom).filter(state__in=_SOON).exists(),
    )


def next_task() -> Rereading | None:
    """Give what is to be read again next: first what readers can see."""
    tasks = Rereading.objects.order_by("id")
    return min(tasks, key=lambda task: REREAD.index(task.state), default=None)


def to_reread(task: Rereading, size: int) -> list[Letter]:
    """Give the next comments of a task, newest first.

    Indexes comment_queue and comment_queue_of_story; what is marked is of any story.
    """
    before = {} if task.before is None else {"pk__lt": task.before}
    if task.state:
        found = counts_for(task.story_id).filter(state=task.state, **before)
    else:
        found = Comment.objects.filter(pk__in=_marked(task.before, size))
    rows = found.order_by("-id").values_list("pk", "text", "name", "story_id", "language")
    return [Letter(*row) for row in rows[:size]]


def _marked(before: int | None, size: int) -> list[int]:
    """Give the keys of marked comments, newest first. Index signal_protected."""
    marks = Signal.objects.filter(code="protected").order_by("-comment_id")
    if before is not None:
        marks = marks.filter(comment_id__lt=before)
    return list(marks.values_list("comment_id", flat=True).distinct()[:size])


def _named(story: int | None) -> tuple[dict[int, set[_Label]], bool]:
    """Give whom published comments name, by their keys; and whether there may be more.

    Index signal_protected. What stands where is asked by key alone: in a join SQLite would
    begin with all that is published.
    """
    marks = Signal.objects.filter(code="protected").order_by("-comment_id")
    fields = ("comment_id", "of", "spans", "facts")
    rows = list(marks.values_list(*fields)[: _SEARCHED + 1])
    keys = dict.fromkeys(key for key, *_ in rows[:_SEARCHED])
    standing: dict[int, tuple[Sequence[Sequence[object]], bool]] = {}
    for some in batches(keys):
        wanted = ("pk", "state", "story_id", "cuts", "name_left_out")
        there = Comment.objects.filter(pk__in=some).values_list(*wanted)
        standing |= {
            key: (cuts, name_left_out)
            for key, state, of_story, cuts, name_left_out in there
            if state == State.PUBLISHED and story in {None, of_story}
        }
    found: dict[int, set[_Label]] = defaultdict(set)
    for key, of, spans, facts in rows[:_SEARCHED]:
        if key not in standing:
            continue
        cuts, name_left_out = standing[key]
        if (not name_left_out) if of == Field.NAME else _is_left(spans, cuts):
            found[key] |= {(one["label"], bool(one["near"])) for one in facts["names"]}
    kept = dict(islice(found.items(), _MOST))
    return kept, len(found) > _MOST or len(rows) > _SEARCHED


def _tasks(story: int | None) -> QuerySet[Rereading]:
    found = Rereading.objects.all()
    return found if story is None else found.filter(Q(story=None) | Q(story_id=story))


def _is_left(spans: Sequence[Sequence[int]], cuts: Sequence[Sequence[object]]) -> bool:
    """Say whether one of these places is left by all cuts."""
    gone = [(one.start, one.end) for one in from_rows(cuts)]
    return any(
        all(end <= first or start >= last for first, last in gone) for start, end in spans
    )
