"""The audit log, read and verified."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import DatabaseError

from letterdesk.desk.models import AuditEntry, AuditHead, AuditMention, PublishedFile
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.domain.audit import (
    GENESIS,
    START,
    Entry,
    Head,
    filed,
    first_break,
    follows,
    subjects,
)
from letterdesk.places.base import Missing, Place

_CHUNK = 2_000  # entries held in memory at once
_PUBLISHED = "report/audit.json"
_LARGEST = 2**63  # an entry's number is smaller
_DIGEST = re.compile("[0-9a-f]{64}")
KEPT = "head-kept"  # the press left a published head that is not in the log
BEGUN = "head-begun"  # it publishes the log's own again
_RETURN = "restored"


@dataclass(frozen=True, kw_only=True)
class AuditPage:
    """Some entries, and the number from which the next ones come."""

    rows: tuple[Entry, ...]
    next: int | None


@dataclass(frozen=True, kw_only=True)
class Piece:
    """What was verified: up to `last`; `broken` is the first entry that does not hold."""

    last: Head
    broken: int | None = None
    is_end: bool = False


def entries(person: Person, *, after: int = 0, size: int = 100) -> AuditPage:
    """Give entries in order, from the one after number `after`."""
    require(person, Permission.SEE_AUDIT)
    found = AuditEntry.objects.filter(number__gt=after).order_by("number")
    rows = [entry_value(row) for row in found[: size + 1]]
    more = rows[size - 1].number if len(rows) > size else None
    return AuditPage(rows=tuple(rows[:size]), next=more)


def head() -> Head:
    """Give the last link; number 0 while the log is empty."""
    row = AuditHead.objects.first()
    return Head(number=row.number, digest=row.digest) if row else START


def verify() -> int | None:
    """Give the number of the first entry that is wrong or missing; None when none is.

    Reads the whole log, some entries at a time. That the newest entries were not cut off
    shows in the head, and in the copy of it that was published.
    """
    piece = Piece(last=START)
    while piece.broken is None and not piece.is_end:
        piece = verify_piece(piece.last, size=_CHUNK)
    return piece.broken


def told_of_break(number: int) -> str:
    """Say that the chain is broken from this entry on, and what to do."""
    return (
        f"The audit log is broken from entry {number} on: it was changed outside "
        "Letterdesk. Keep a copy, and compare it with a backup and the published heads."
    )


def verify_piece(after: Head, *, size: int) -> Piece:
    """Verify up to `size` entries that follow `after`: the chain, and what finds them.

    An entry that cannot even be read is broken.
    """
    last = after
    for begun in range(0, size, _CHUNK):
        piece = _verify(last, size=min(_CHUNK, size - begun))
        if piece.broken is not None or piece.is_end:
            return piece
        last = piece.last
    return Piece(last=last, is_end=last == head())


def break_after(number: int, rows: Iterable[Entry]) -> int | None:
    """Give the number of the first of `rows` that does not follow entry `number`."""
    before = AuditEntry.objects.filter(number=number).first()
    digest = before.digest if before else GENESIS
    return first_break(rows, after=Head(number=number, digest=digest))


def holds(published: Head) -> bool:
    """Say whether a head that was published earlier is still a link of the chain."""
    if published.number == 0:
        return published.digest == GENESIS
    return AuditEntry.objects.filter(
        number=published.number, digest=published.digest
    ).exists()


def published_head(place: Place) -> Head | None:
    """Give the head as it lies in the public place; None when there is none to read."""
    try:
        found = json.loads(place.read(_PUBLISHED))
        number, digest = found["number"], found["digest"]
    except (Missing, ValueError, KeyError, TypeError, RecursionError):
        return None
    is_number = type(number) is int and 0 <= number < _LARGEST
    is_digest = isinstance(digest, str) and _DIGEST.fullmatch(digest)
    return Head(number=number, digest=digest) if is_number and is_digest else None


def lost_by_return(published: Head) -> str | None:
    """Give the backup from which the newsroom came back before a published entry, if so.

    When it was made; None where the log did not begin anew before that entry, or a head was
    published since: then the entry should be there. Of the one that was lost the log says
    so itself, for the press may have died before it wrote the next.
    """
    back = _last_return()
    if back is None or published.number <= int(str(back.facts.get("entries", back.number))):
        return None
    begun = AuditEntry.objects.filter(what=BEGUN, number__gt=back.number)
    first = begun.order_by("number").first()
    if first and (first.facts.get("head"), first.facts.get("head_digest")) != published:
        return None
    return str(back.facts.get("made", ""))


def last_mark() -> AuditEntry | None:
    """Give the last entry that says something of published heads, or of a return."""
    found = AuditEntry.objects.filter(what__in=[_RETURN, KEPT, BEGUN])
    return found.order_by("-number").first()


def unpublished_since() -> str | None:
    """Give the backup that the newsroom came back from, while nothing is written since.

    When it was made.
    """
    back = _last_return()
    if back is None or PublishedFile.objects.exclude(digest="").exists():
        return None
    return str(back.facts.get("made", ""))


def _last_return() -> AuditEntry | None:
    return AuditEntry.objects.filter(what=_RETURN).order_by("-number").first()


def entry_value(row: AuditEntry) -> Entry:
    """Give a row as the value that the chain is made of."""
    return Entry(number=row.number, facts=row.facts, digest=row.digest)


def _verify(after: Head, *, size: int) -> Piece:
    found = AuditEntry.objects.filter(number__gt=after.number).order_by("number")
    try:
        rows = list(found[:size])
    except (DatabaseError, ValueError):  # bytes that are no text, or no JSON
        if size == 1:
            return Piece(last=after, broken=after.number + 1)
        return _verify(after, size=size // 2)
    if not rows:
        return _end(after)
    wrong = _wrongly_filed(rows)
    last = after
    for row in rows:
        if not _follows(row, last) or row.number in wrong:
            return Piece(last=last, broken=last.number + 1)
        last = Head(number=row.number, digest=row.digest)
    return Piece(last=last)


def _end(last: Head) -> Piece:
    """Give the end of a chain after which no entry was found.

    An entry and the head that names it are committed together: so an entry that came
    meanwhile is there when the head says so.
    """
    known = head()
    if known == last:
        return Piece(last=last, is_end=True)
    came = AuditEntry.objects.filter(number=last.number + 1).exists()
    if known.number > last.number and came:
        return Piece(last=last)
    return Piece(last=last, broken=last.number + 1)


def _follows(row: AuditEntry, last: Head) -> bool:
    return isinstance(row.facts, dict) and follows(entry_value(row), last)


def _wrongly_filed(rows: list[AuditEntry]) -> set[int]:
    """Give the entries that would be found under another person, kind, day or subject."""
    sound = [row for row in rows if isinstance(row.facts, dict)]
    due = {(row.number, one) for row in sound for one in subjects(row.facts)}
    kept = AuditMention.objects.filter(
        entry_id__gte=rows[0].number, entry_id__lte=rows[-1].number
    )
    wrong = {number for number, _ in due ^ set(kept.values_list("entry_id", "subject"))}
    for row in sound:
        day = row.day.isoformat() if row.day else ""
        if (row.what, row.who, day) != filed(row.facts):
            wrong.add(row.number)
    return wrong
