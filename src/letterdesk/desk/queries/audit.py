"""The audit log, read and verified."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from letterdesk.desk.models import AuditEntry, AuditHead
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.domain.audit import GENESIS, Entry, chain, first_break

_CHUNK = 2_000  # entries held in memory at once


class Head(NamedTuple):
    """The last link of the chain: what the press publishes."""

    number: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class AuditPage:
    """Some entries, and the number after which the next ones come."""

    rows: tuple[Entry, ...]
    next: int | None


def entries(person: Person, *, after: int = 0, size: int = 100) -> AuditPage:
    """Give entries in order, from the one after number `after`."""
    require(person, Permission.SEE_AUDIT)
    found = AuditEntry.objects.filter(number__gt=after).order_by("number")
    rows = [_entry(row) for row in found[: size + 1]]
    more = rows[size - 1].number if len(rows) > size else None
    return AuditPage(rows=tuple(rows[:size]), next=more)


def recent(person: Person, *, before: int | None = None, size: int = 100) -> AuditPage:
    """Give entries newest first, from the one before number `before`."""
    require(person, Permission.SEE_AUDIT)
    found = AuditEntry.objects.order_by("-number")
    if before is not None:
        found = found.filter(number__lt=before)
    rows = [_entry(row) for row in found[: size + 1]]
    more = rows[size - 1].number if len(rows) > size else None
    return AuditPage(rows=tuple(rows[:size]), next=more)


def head() -> Head:
    """Give the last link; number 0 while the log is empty."""
    row = AuditHead.objects.first()
    return Head(number=row.number, digest=row.digest) if row else _EMPTY


def verify() -> int | None:
    """Give the number of the first entry that is wrong or missing; None when none is.

    Reads the whole log, some entries at a time. That the newest entries were not cut off
    shows in the head, and in the copy of it that was published.
    """
    broken = first_break(_all())
    if broken is not None:
        return broken
    last = AuditEntry.objects.order_by("-number").first()
    known = Head(number=last.number, digest=last.digest) if last else _EMPTY
    return None if known == head() else known.number + 1


def break_after(number: int, rows: Iterable[Entry]) -> int | None:
    """Give the number of the first of `rows` that does not follow entry `number`."""
    before = AuditEntry.objects.filter(number=number).first()
    digest = before.digest if before else GENESIS
    for row in rows:
        number += 1
        if row.number != number or chain(digest, number, row.facts) != row.digest:
            return number
        digest = row.digest
    return None


def holds(published: Head) -> bool:
    """Say whether a head that was published earlier is still a link of the chain."""
    if published.number == 0:
        return published.digest == GENESIS
    return AuditEntry.objects.filter(
        number=published.number, digest=published.digest
    ).exists()


def _all() -> Iterator[Entry]:
    for row in AuditEntry.objects.order_by("number").iterator(chunk_size=_CHUNK):
        yield _entry(row)


def _entry(row: AuditEntry) -> Entry:
    return Entry(number=row.number, facts=row.facts, digest=row.digest)


_EMPTY = Head(number=0, digest=GENESIS)
