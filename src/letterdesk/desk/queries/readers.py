"""Letters that are not comments: appeals, notices, tips, in lists."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Case, Exists, Model, OuterRef, Q, QuerySet, When

from letterdesk.desk.models import Appeal, Comment, Notice, Story, Tip
from letterdesk.desk.queries.notices import DANGER
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.domain.states import FINAL

_SIZE = 50
MAX_COUNT = 1_000  # letters: counting further would cost more than it tells
_RANK = Case(When(alleged=DANGER, then=0), default=1)
_Row = TypeVar("_Row", bound=Model)


@dataclass(frozen=True, kw_only=True)
class ReaderLetter:
    """A letter to the newsroom. `comment` is what it is about, "" when nothing certain."""

    id: str
    kind: str  # appeal, notice or tip
    story: str
    headline: str
    story_language: str  # that the headline is in
    comment: str
    text: str
    language: str  # that the text is in, or probably
    arrived: date
    alleged: str = ""  # of a notice: danger, law, rules


@dataclass(frozen=True, kw_only=True)
class ReaderLetters:
    """Some letters, and the cursor of the next ones; None at the end."""

    rows: tuple[ReaderLetter, ...] = ()
    next: int | None = None


def open_appeals(
    person: Person, *, after: int | None = None, size: int = _SIZE
) -> ReaderLetters:
    """Give the appeals nobody has answered, oldest first. Index appeal_open."""
    return _page(_oldest(_open_appeals(person), after), _appeal, size=size)


def open_notices(
    person: Person, *, after: int | None = None, size: int = _SIZE
) -> ReaderLetters:
    """Give the notices nobody has decided on: those of danger, then others, oldest first.

    Index notice_open finds them; they are sorted then: few are open at once.
    """
    found = _open_notices(person).annotate(rank=_RANK)
    if after is not None:
        last = Notice.objects.filter(pk=after).values_list("alleged", flat=True).first()
        rank = _rank(last or "")
        found = found.filter(Q(rank=rank, pk__gt=after) | Q(rank__gt=rank))
    return _page(found.order_by("rank", "id"), _notice, size=size)


def open_tips(
    person: Person, *, after: int | None = None, size: int = _SIZE
) -> ReaderLetters:
    """Give the tips that are still here, oldest first. Index tip_open.

    Raises NotYours: they are for editors only.
    """
    return _page(_oldest(_open_tips(person), after), _tip, size=size)


@dataclass(frozen=True, kw_only=True)
class Beside:
    """The ids of the open letters before and after one in its list; "" at either end."""

    previous: str
    next: str


def beside_appeal(person: Person, public_id: str) -> Beside:
    """Give what lies beside an appeal among those that wait, which it need not be in."""
    here = Appeal.objects.values_list("pk", flat=True).get(public_id=public_id)
    found = _open_appeals(person)
    before = found.filter(pk__lt=here).order_by("-id")
    return _beside(before, found.filter(pk__gt=here).order_by("id"))


def beside_notice(person: Person, public_id: str) -> Beside:
    """Give what lies beside a notice among those that wait, which it need not be in."""
    row = Notice.objects.get(public_id=public_id)
    here, rank = row.pk, _rank(row.alleged)
    found = _open_notices(person).annotate(rank=_RANK)
    before = found.filter(Q(rank=rank, pk__lt=here) | Q(rank__lt=rank))
    after = found.filter(Q(rank=rank, pk__gt=here) | Q(rank__gt=rank))
    return _beside(before.order_by("-rank", "-id"), after.order_by("rank", "id"))


def beside_tip(person: Person, public_id: str) -> Beside:
    """Give what lies beside a tip among those that are still here, itself or not.

    Raises NotYours: they are for editors only.
    """
    found = _open_tips(person)
    here = Tip.objects.values_list("pk", flat=True).get(public_id=public_id)
    before = found.filter(pk__lt=here).order_by("-id")
    return _beside(before, found.filter(pk__gt=here).order_by("id"))


def _beside(before: QuerySet[_Row], after: QuerySet[_Row]) -> Beside:
    return Beside(previous=_id(before), next=_id(after))


def _id(found: QuerySet[_Row]) -> str:
    return str(found.values_list("public_id", flat=True).first() or "")


def count_open(person: Person, kind: str) -> int:
    """Give how many letters of a kind wait at the person's desks, MAX_COUNT at most."""
    found = _LISTS[kind](person)
    return found.order_by("id")[:MAX_COUNT].count()


def count_dangers(person: Person) -> int:
    """Give how many open notices say that a comment endangers somebody, MAX_COUNT at most.

    Of those at the person's desks.
    """
    return _open_notices(person).filter(alleged=DANGER)[:MAX_COUNT].count()


def _open_appeals(person: Person) -> QuerySet[Appeal]:
    require(person, Permission.READ)
    earlier = Appeal.objects.filter(
        comment=OuterRef("comment"), is_open=True, pk__lt=OuterRef("pk")
    )
    rows = Appeal.objects.select_related("comment__story").filter(
        ~Exists(earlier), is_open=True, comment__state__in=FINAL
    )
    return rows.filter(comment__desk__in=person.desks) if person.desks else rows


def _open_notices(person: Person) -> QuerySet[Notice]:
    require(person, Permission.READ)
    rows = Notice.objects.select_related("story", "comment").filter(is_open=True)
    return rows.filter(story__desk__in=person.desks) if person.desks else rows


def _rank(alleged: str) -> int:
    return 0 if alleged == DANGER else 1


def _open_tips(person: Person) -> QuerySet[Tip]:
    require(person, Permission.SEE_TIPS)
    rows = Tip.objects.select_related("story").filter(is_open=True)
    return rows.filter(story__desk__in=person.desks) if person.desks else rows


_LISTS: dict[str, Callable[[Person], QuerySet[Model]]] = {
    "appeal": _open_appeals,
    "notice": _open_notices,
    "tip": _open_tips,
}


def _oldest(found: QuerySet[_Row], after: int | None) -> QuerySet[_Row]:
    return (found if after is None else found.filter(pk__gt=after)).order_by("id")


def _page(
    found: QuerySet[_Row], letter: Callable[[_Row], ReaderLetter], *, size: int
) -> ReaderLetters:
    rows = list(found[: size + 1])
    return ReaderLetters(
        rows=tuple(letter(row) for row in rows[:size]),
        next=rows[size - 1].pk if len(rows) > size else None,
    )


def _appeal(row: Appeal) -> ReaderLetter:
    assert row.comment  # noqa: S101 -- the query leaves the others out
    return _letter(
        row,
        row.comment.story,
        kind="appeal",
        comment=row.comment,
        language=row.comment.language,
    )


def _notice(row: Notice) -> ReaderLetter:
    return _letter(row, row.story, kind="notice", comment=row.comment, alleged=row.alleged)


def _tip(row: Tip) -> ReaderLetter:
    return _letter(row, row.story, kind="tip")


def _letter(
    row: Appeal | Notice | Tip,
    story: Story,
    *,
    kind: str,
    comment: Comment | None = None,
    language: str = "",
    alleged: str = "",
) -> ReaderLetter:
    return ReaderLetter(
        id=row.public_id,
        kind=kind,
        story=story.public_id,
        headline=story.headline,
        story_language=story.language,
        language=language or story.language,
        comment=comment.public_id if comment else "",
        text=row.text,
        arrived=row.arrived,
        alleged=alleged,
    )
