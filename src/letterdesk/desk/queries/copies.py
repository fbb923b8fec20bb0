"""Near-copies of a letter, whole, for deciding on them together."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet

from letterdesk.desk.models import Comment, Copy, Signal
from letterdesk.desk.queries.claims import claimed_by_others
from letterdesk.desk.queries.comments import CommentView, find, seen, view, within
from letterdesk.desk.queries.noticed import Hint, Noticed, StoredSignal, hints, stored
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.terms import terms_for
from letterdesk.desk.queries.waiting import days_waited
from letterdesk.domain.excerpt import excerpt
from letterdesk.domain.rules import Terms
from letterdesk.domain.states import Risk, State
from letterdesk.domain.story import Story

SIZE = 20  # letters on a page: what somebody can read before she decides on all of it
LOOKED_AT = 1_000  # of the letters that wait, the oldest, are searched for groups
_MOST_GROUPS = 20
_MOST_DECIDED = 20
_TWO = Q(comment__risk=Risk.SENSITIVE) | Q(comment__story__risk=Risk.SENSITIVE)


@dataclass(frozen=True, kw_only=True)
class WholeLetter:
    """A letter, with what triage says of it.

    `claimed_by` is the colleague who has it open, "" when none has.
    """

    comment: CommentView
    story: Story  # without its text
    days: int  # since it arrived
    noticed: Noticed
    claimed_by: str


@dataclass(frozen=True, kw_only=True)
class Copies:
    """The near-copies of a letter at a person's desks, itself among them, oldest first.

    `waiting` is a page of those that wait, `next` the cursor of the next page; `waits` is
    how many wait, LOOKED_AT at most; `decided` are the last ones that do not wait.
    `terms` are those of the letter asked about.
    """

    about: CommentView
    waiting: tuple[WholeLetter, ...]
    next: int | None
    waits: int
    decided: tuple[WholeLetter, ...]
    terms: Terms


@dataclass(frozen=True, kw_only=True)
class CopyGroup:
    """Near-copies that wait: the oldest one, and how many they are."""

    id: str  # of the oldest letter
    headline: str
    story_language: str  # that the headline is in
    excerpt: str
    language: str
    days: int  # since the oldest arrived
    waiting: int
    is_harsh: bool
    is_sensitive: bool  # on a sensitive story: some of its letters, or all
    is_closed: bool  # all of them, so none is decided together


@dataclass(frozen=True, kw_only=True)
class _Size:
    """How many letters of a group wait, and how many of those need two people."""

    number: int
    sensitive: int


def copies(
    person: Person, public_id: str, *, now: datetime, after: int | None = None
) -> Copies:
    """Give a page of the near-copies of a letter. Index copy_group.

    Where none waits any more after the cursor, that is the first page again.

    Raises NotFound, NotYours.
    """
    row = find(person, public_id)
    found = _alike(person, row)
    pending = found.filter(state=State.PENDING).order_by("id")
    later = [] if after is None else list(pending.filter(id__gt=after)[: SIZE + 1])
    rows = later or list(pending[: SIZE + 1])
    is_all = not later and len(rows) <= SIZE
    rest = found.exclude(state__in=[State.PENDING, State.WITHDRAWN]).order_by("-id")
    return Copies(
        about=view(row),
        waiting=whole(person, rows[:SIZE], now=now),
        next=rows[SIZE - 1].pk if len(rows) > SIZE else None,
        waits=len(rows) if is_all else pending[:LOOKED_AT].count(),
        decided=whole(person, list(rest[:_MOST_DECIDED]), now=now),
        terms=terms_for(row.story.language, arrived=row.arrived),
    )


def whole(
    person: Person, rows: Collection[Comment], *, now: datetime
) -> tuple[WholeLetter, ...]:
    """Give letters with what triage says of each: two queries, however many they are."""
    claimed = claimed_by_others(person, now=now)
    signals = _signals(rows)
    return tuple(
        WholeLetter(
            comment=view(row),
            story=_story(row),
            days=days_waited(row.arrived, today=now.date()),
            noticed=Noticed(is_screened=row.screened > 0, signals=signals[row.pk]),
            claimed_by=claimed.get(row.pk, ""),
        )
        for row in rows
    )


def copy_groups(
    person: Person, *, now: datetime, desk: str | None = None
) -> tuple[CopyGroup, ...]:
    """Give the groups of which two letters or more wait, the largest first.

    Looks at the oldest LOOKED_AT letters of each desk that wait. Raises NotYours.
    """
    require(person, Permission.READ)
    pending = Comment.objects.filter(state=State.PENDING).order_by("id")
    sizes: dict[int, _Size] = {}
    for found in within(pending, person, desk=desk, story=None):
        sizes |= _sizes(found)
    largest = sorted(sizes, key=lambda key: -sizes[key].number)
    first = seen().in_bulk(largest[:_MOST_GROUPS])
    hinted = hints(first.values())
    return tuple(
        _group(first[key], sizes[key], hint=hinted[key], now=now)
        for key in sorted(first, key=lambda key: (-sizes[key].number, key))
    )


def count_groups(desk: str) -> int:
    """Give of how many groups two letters or more wait at a desk; see `copy_groups`."""
    pending = Comment.objects.filter(state=State.PENDING, desk=desk).order_by("id")
    return len(_sizes(pending))


def alike_among(rows: Collection[Comment]) -> Mapping[int, int]:
    """Give for each letter how many of the others here are near-copies of it."""
    found = Copy.objects.filter(comment__in=[row.pk for row in rows])
    groups = dict(found.values_list("comment_id", "group"))
    sizes = Counter(groups.values())
    return {row.pk: sizes[groups[row.pk]] - 1 if row.pk in groups else 0 for row in rows}


def _alike(person: Person, row: Comment) -> QuerySet[Comment]:
    group = Copy.objects.filter(comment=row).values_list("group", flat=True).first()
    if group is None:
        return seen().filter(pk=row.pk)
    found = seen().filter(copy__group=group)
    return found.filter(desk__in=person.desks) if person.desks else found


def _sizes(pending: QuerySet[Comment]) -> dict[int, _Size]:
    """Give how many letters wait by group, under the key of its oldest letter."""
    looked_at = pending.values("pk")[:LOOKED_AT]
    found = Copy.objects.filter(comment__in=looked_at).values("group")
    sized = found.annotate(
        first=Min("comment"),
        number=Count("comment"),
        sensitive=Count("comment", filter=_TWO),
    )
    rows = sized.filter(number__gte=2).values_list("first", "number", "sensitive")
    return {
        key: _Size(number=number, sensitive=sensitive) for key, number, sensitive in rows
    }


def _group(row: Comment, size: _Size, *, hint: Hint, now: datetime) -> CopyGroup:
    return CopyGroup(
        id=row.public_id,
        headline=row.story.headline,
        story_language=row.story.language,
        excerpt=excerpt(row.text),
        language=row.language,
        days=days_waited(row.arrived, today=now.date()),
        waiting=size.number,
        is_harsh=hint.is_harsh,
        is_sensitive=size.sensitive > 0,
        is_closed=size.sensitive == size.number,
    )


def _story(row: Comment) -> Story:
    story = row.story
    return Story(
        id=story.public_id, url=story.url, headline=story.headline, language=story.language
    )


def _signals(rows: Collection[Comment]) -> Mapping[int, tuple[StoredSignal, ...]]:
    found: dict[int, list[StoredSignal]] = {row.pk: [] for row in rows}
    for one in Signal.objects.filter(comment__in=found).order_by("id"):
        found[one.comment_id].append(stored(one))
    return {key: tuple(signals) for key, signals in found.items()}
