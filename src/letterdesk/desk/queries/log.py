"""The audit log as an auditor looks things up in it."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from letterdesk.desk.models import AuditCheck, AuditEntry
from letterdesk.desk.queries.audit import (
    AuditPage,
    Piece,
    entry_value,
    head,
    verify_piece,
)
from letterdesk.desk.queries.errors import NotFound
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.domain.audit import START, Entry, Head

AT_ONCE = 20_000  # entries that are verified while somebody waits: about a second
_SIZE = 50


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What an auditor looks for; "" and None: anything. `about` is an id or a user name."""

    who: str = ""
    what: str = ""
    about: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far the chain is known to hold. `end` is its head.

    `whole` and `done`: the last run of the worker that reached the end, which was entry
    `whole` on that day.
    """

    last: int
    end: Head
    broken: int | None
    whole: int = 0
    done: date | None = None

    @property
    def is_whole(self) -> bool:
        """Say whether every entry was verified, up to the head."""
        return self.broken is None and self.last == self.end.number


def look_up(
    person: Person, sought: Sought, *, before: int | None = None, size: int = _SIZE
) -> AuditPage:
    """Give the entries that are sought, newest first, from the one before number `before`.

    Reads audit_by_day, _person, _kind, _both or mention_of_subject, from the place where
    the page begins: an old page costs what the newest does.
    """
    require(person, Permission.SEE_AUDIT)
    found = AuditEntry.objects.order_by("-day", "-number").filter(_wanted(sought))
    if before is not None:
        day = AuditEntry.objects.filter(number=before).values_list("day", flat=True).first()
        if day is not None:
            found = found.filter(day__lte=day).exclude(day=day, number__gte=before)
    rows = [entry_value(row) for row in found[: size + 1]]
    more = rows[size - 1].number if len(rows) > size else None
    return AuditPage(rows=tuple(rows[:size]), next=more)


def one_entry(person: Person, number: int) -> Entry:
    """Give one entry. Raises NotFound, NotYours."""
    require(person, Permission.SEE_AUDIT)
    row = AuditEntry.objects.filter(number=number).first()
    if row is None:
        raise NotFound("entry-unknown", "There is no entry with this number.")
    return entry_value(row)


def standing() -> Standing:
    """Give how far the chain holds: a short log is verified whole, a long one's end."""
    check, end = AuditCheck.objects.first(), head()
    if check is None or end.number <= AT_ONCE:
        return _standing(verify_piece(START, size=AT_ONCE), end=end)
    last = Head(check.number, check.digest)
    if check.broken is None:
        piece = verify_piece(last, size=AT_ONCE)
    else:
        piece = Piece(last=last, broken=check.broken)
    return replace(_standing(piece, end=end), whole=check.whole, done=check.done)


def _standing(piece: Piece, *, end: Head) -> Standing:
    """Give a piece as a standing; entries may have come since the head was read."""
    return Standing(last=piece.last.number, end=max(end, piece.last), broken=piece.broken)


def _wanted(sought: Sought) -> Q:
    wanted = Q()
    for name in ("who", "what"):
        if value := getattr(sought, name):
            wanted &= Q(**{name: value})
    if sought.about:
        wanted &= Q(mentions__subject=sought.about)
    if sought.start:
        wanted &= Q(day__gte=sought.start)
    if sought.end:
        wanted &= Q(day__lte=sought.end)
    return wanted
