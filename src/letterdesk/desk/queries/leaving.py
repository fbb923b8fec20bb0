"""Stories and comments on their way out of the newsroom, one after the other.

Within `one_moment`. Comments come in the order of their thread, never in that in which
letters arrived: it would tell more of who wrote than our own pages do.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from letterdesk.desk.models import Comment
from letterdesk.desk.models import Story as Row
from letterdesk.desk.queries.cuts import from_rows
from letterdesk.desk.queries.errors import no_story
from letterdesk.desk.queries.found import batches
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.removals import says_no_less, says_no_more
from letterdesk.desk.queries.stories import story_value
from letterdesk.desk.queries.threads import as_acted_on, thread_between_slots, undecided
from letterdesk.domain.ids import is_id
from letterdesk.domain.states import State
from letterdesk.domain.story import Story
from letterdesk.domain.text import tame
from letterdesk.domain.thread import Published, arrange
from letterdesk.interchange.dates import moment_of
from letterdesk.interchange.marked import marked_text
from letterdesk.interchange.portion import Portion
from letterdesk.interchange.records import CommentRecord, Found, StoryRecord
from letterdesk.reader.names import left_out

Thread = tuple[Story, Iterator[CommentRecord]]
_FOUND = {
    State.PENDING: Found.PENDING,
    State.HELD: Found.PENDING,
    State.APPROVED: Found.PENDING,  # can still be undone
    State.REJECTED: Found.REJECTED,
    State.RETRACTED: Found.REJECTED,
    State.WITHDRAWN: Found.DELETED,
}


def story_keys(person: Person, portion: Portion) -> list[int]:
    """Give the keys of the stories, in the order in which they were registered.

    Where days were chosen, of those that have a comment then. Raises NotFound, NotYours.
    """
    require(person, Permission.EXPORT)
    found = Row.objects.order_by("id")
    if portion.story:
        found = found.filter(public_id=portion.story)
        if not is_id(portion.story) or not found.exists():
            raise no_story()
    if portion.start or portion.end:
        found = found.filter(Exists(comments_of(portion).filter(story=OuterRef("pk"))))
    return list(found.values_list("pk", flat=True))


def days_of(portion: Portion, column: str) -> Q:
    """Give what holds for rows whose `column` is one of the portion's days."""
    wanted = Q()
    if portion.start:
        wanted &= Q(**{f"{column}__gte": portion.start})
    if portion.end:
        wanted &= Q(**{f"{column}__lte": portion.end})
    return wanted


def comments_of(portion: Portion) -> QuerySet[Comment]:
    """Give the comments of the portion's days, of every story."""
    column = "published" if portion.published_only else "arrived"
    return Comment.objects.filter(days_of(portion, column))


def held_back(portion: Portion) -> int:
    """Give how many comments of the portion an unfinished import keeps from readers.

    They were published elsewhere. Index imported_unplaced.
    """
    rows = comments_of(portion).filter(imported__written__isnull=False)
    if portion.story:
        rows = rows.filter(story__public_id=portion.story)
    return rows.filter(state=State.PUBLISHED, place=None).count()


def is_held_back(row: Comment) -> bool:
    """Say whether readers do not see a comment that was published elsewhere.

    The import that brings it has not come to its end: its thread is not whole.
    """
    return row.state == State.PUBLISHED and row.place is None


def threads(keys: Iterable[int], portion: Portion) -> Iterator[Thread]:
    """Give each story and its comments as other systems take them.

    Their words are those that readers get or would get: cut, with a note or […] where
    something was, and without disguises. What stands for a name that was left out says so,
    in the story's language.
    """
    for key in keys:
        row = Row.objects.get(pk=key)
        if portion.published_only:
            yield story_value(row), _shown(row, portion)
        else:
            yield story_value(row), _all(row, portion)


def shown(keys: Iterable[int]) -> Iterator[tuple[Story, list[Published]]]:
    """Give each story and its thread as its page shows it, less what is to go from it."""
    for key in keys:
        row = Row.objects.get(pk=key)
        yield story_value(row), thread_between_slots(row, decided=_as_it_may_leave)


def in_thread(row: Row, portion: Portion) -> list[Published]:
    """Give what readers see of a thread, in order; gaps where others answer them.

    What was taken back, or cut, is not there, also where the press has yet to act on it.
    """
    left = thread_between_slots(row, decided=_as_it_may_leave)
    placed = (one.comment for one in arrange(left))
    first, last = (day.isoformat() if day else "" for day in (portion.start, portion.end))
    found = (
        one
        for one in placed
        if first <= one.published and (not last or one.published <= last)
    )
    return sorted(found, key=lambda one: one.order)


def _as_it_may_leave(row: Comment, before: Mapping[str, Any]) -> None:
    """Let a comment, unsaved, be published only as readers see it and nobody objects.

    Of what it is by now and what it was `before`, it becomes what says less. Where each has
    words that the other has not, it is neither, and waits.
    """
    if row.state != State.PUBLISHED:
        return
    if before["state"] == State.PUBLISHED and says_no_more(row, before):
        return
    if before["state"] == State.PUBLISHED and says_no_less(row, before):
        as_acted_on(row, before)
    else:
        row.state = State.PENDING


def in_order(row: Row, portion: Portion) -> list[int]:
    """Give the keys of a story's comments: as readers meet them, the others after them.

    What is answered comes before its answers. Index comment_queue_of_story.
    """
    columns = ("pk", "reply_to_id", "place", "public_id")
    rows = comments_of(portion).filter(story=row).values_list(*columns)
    wanted = sorted(rows, key=lambda one: (one[2] is None, one[2] or 0, one[3]))
    parents = {key: parent for key, parent, *_ in wanted}
    found: dict[int, None] = {}
    for key in parents:
        way: dict[int, None] = {}
        at: int | None = key
        while at is not None and at in parents and not (at in found or at in way):
            way[at] = None
            at = parents[at]
        found |= dict.fromkeys(reversed(way))
    return list(found)


def _shown(row: Row, portion: Portion) -> Iterator[CommentRecord]:
    story, comments = _story(row), in_thread(row, portion)
    known = {one.id for one in comments}
    for number, one in enumerate(comments, start=1):
        day = date.fromisoformat(one.published) if one.published else row.registered
        yield CommentRecord(
            id=one.id,
            story=story,
            found=Found.DELETED if one.is_gone else Found.PUBLISHED,
            written=moment_of(day, number),
            text=tame(marked_text(one.text, one.cuts)),
            name=left_out(row.language) if one.name_left_out else tame(one.name),
            reply_to=one.reply_to if one.reply_to in known else "",
            language=one.language,
        )


def _all(row: Row, portion: Portion) -> Iterator[CommentRecord]:
    story, keys = _story(row), in_order(row, portion)
    known, number = frozenset(keys), 0
    for some in batches(keys):
        rows = Comment.objects.select_related("reply_to").in_bulk(some)
        acted = {one.pk: before for one, before in undecided(rows.values())}
        for key in some:
            number += 1
            yield _record(rows[key], story, acted.get(key), known=known, number=number)


def _record(
    row: Comment,
    story: StoryRecord,
    before: Mapping[str, Any] | None,
    *,
    known: frozenset[int],
    number: int,
) -> CommentRecord:
    """Give a comment as it may leave; `before` is what readers see where that differs."""
    if before is not None:
        _as_it_may_leave(row, before)
    is_out = row.state == State.PUBLISHED and not (row.awaits_page or is_held_back(row))
    found = Found.PUBLISHED if is_out else _FOUND.get(State(row.state), Found.PENDING)
    is_gone = found is Found.DELETED
    parent = row.reply_to if row.reply_to_id in known else None
    name = left_out(story.language) if row.name_left_out else tame(row.name)
    return CommentRecord(
        id=row.public_id,
        story=story,
        found=found,
        written=moment_of(row.published or row.arrived, number),
        text="" if is_gone else tame(marked_text(row.text, from_rows(row.cuts))),
        name="" if is_gone else name,
        reply_to=parent.public_id if parent else "",
        language=row.language,
        as_written=row.as_written and not is_gone,
    )


def _story(row: Row) -> StoryRecord:
    return StoryRecord(
        url=row.url,
        headline=row.headline,
        language=row.language,
        is_open=row.is_open,
        desk=row.desk,
        risk=row.risk,
        body=row.body,
    )
