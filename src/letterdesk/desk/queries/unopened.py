"""What came in and did not open: why, when, in which batch, how large; never its bytes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from letterdesk.desk.models import Story, Unopened
from letterdesk.desk.queries.errors import NotFound
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.domain.errors import PlaceFailed
from letterdesk.domain.told import some

KEY_UNKNOWN = "key-unknown"  # opens once the key is there
STORY_UNKNOWN = "story-unknown"  # opens once the story is registered
NOTHING = "nothing"  # awaited by a letter about what is no story's id
NOT_STORED = "not-stored"  # the database itself refused it
BATCH_DAMAGED = "batch-damaged"  # no reader can cause that: it was so in the spool


@dataclass(frozen=True, kw_only=True)
class UnopenedView:
    """Something that did not open, or was no letter of ours when it had."""

    number: int
    reason: str  # a code
    batch: str
    found: date
    size: int  # bytes, sealed


@dataclass(frozen=True, kw_only=True)
class UnopenedPage:
    """Some of it, oldest first, and the cursor of the next ones."""

    rows: tuple[UnopenedView, ...]
    next: int | None


def unopened(person: Person, *, after: int | None = None, size: int = 50) -> UnopenedPage:
    """Give what did not open, `size` at a time. Raises NotYours."""
    require(person, Permission.UNOPENED)
    rows = tuple(_views(_found(after)[: size + 1]))
    more = len(rows) > size
    return UnopenedPage(rows=rows[:size], next=rows[size - 1].number if more else None)


def everything(person: Person) -> Iterator[UnopenedView]:
    """Give all that did not open, one after the other. Raises NotYours."""
    require(person, Permission.UNOPENED)
    return _views(_found(None).iterator())


def may_open_now() -> bool:
    """Say whether there is anything that opens once its key or its story is there."""
    return Unopened.objects.filter(reason__in=[KEY_UNKNOWN, STORY_UNKNOWN]).exists()


def opens_with(keys: Iterable[bytes]) -> QuerySet[Unopened]:
    """Give what opens with these keys, by their ids, and the stories that are here.

    Reads unopened_awaits: what goes on waiting, however much it is, costs nothing.
    """
    stories = Q(reason=STORY_UNKNOWN, awaits__in=Story.objects.values("public_id"))
    ours = Q(reason=KEY_UNKNOWN, awaits__in=[one.hex() for one in keys])
    unlooked = Q(reason__in=[KEY_UNKNOWN, STORY_UNKNOWN], awaits="")
    return Unopened.objects.filter(stories | ours | unlooked)


def numbers_of(person: Person, reason: str) -> list[int]:
    """Give the numbers of all that did not open for this reason. Raises NotFound, NotYours.

    Not of what may open yet: those are a reader's letters, and looked at one by one.
    """
    require(person, Permission.UNOPENED)
    found = Unopened.objects.filter(reason=reason).exclude(
        reason__in=[KEY_UNKNOWN, STORY_UNKNOWN]
    )
    numbers = list(found.order_by("pk").values_list("pk", flat=True))
    if not numbers:
        raise NotFound(
            "unopened-unknown",
            f"There is nothing unopened with the reason {reason!r} that can be discarded "
            "at once. What waits for a key or a story is discarded by its numbers.",
        )
    return numbers


def count_unopened(person: Person) -> int:
    """Give how much there is. Raises NotYours."""
    require(person, Permission.UNOPENED)
    return Unopened.objects.count()


def _found(after: int | None) -> QuerySet[Unopened, tuple[int, str, str, date, int]]:
    found = Unopened.objects.filter(pk__gt=after or 0).order_by("pk")
    return found.annotate(size=Length("raw")).values_list(
        "pk", "reason", "batch", "found", "size"
    )


def _views(rows: Iterable[tuple[int, str, str, date, int]]) -> Iterator[UnopenedView]:
    for number, reason, batch, found, size in rows:
        yield UnopenedView(
            number=number, reason=reason, batch=batch, found=found, size=size
        )


def no_unopened(numbers: Iterable[int]) -> NotFound:
    """Give the error for numbers that are not there."""
    named = ", ".join(str(number) for number in sorted(numbers))
    return NotFound("unopened-unknown", f"There is nothing unopened with number {named}.")


def told_of_broken(why: Mapping[str, PlaceFailed]) -> str:
    """Say which batches cannot be read, by their names, and what is to be done."""
    first = why[min(why)]
    return (
        f"Batches in the spool that cannot be read: {some(sorted(why))}. {first.sentence} "
        "Letters of readers are in them, and no other letter waits for them; but nothing "
        "new is published while they are there, as its author may have taken it back in "
        "one. They are tried again at every pass. Look for a failing disk; if a copy of "
        "one can be read, put it in its place. What is lost for good has to be removed "
        "from the spool by hand."
    )
