"""Verify the audit log piece by piece, so that nobody waits for a long one."""

from datetime import date

from letterdesk.desk.models import AuditCheck
from letterdesk.desk.queries.audit import verify_piece
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.domain.audit import START, Head

_AT_ONCE = 20_000  # entries: about a second


def verify_anew(*, by: Person, today: date) -> None:
    """Begin with the first entry again, as far as one piece goes. Raises NotYours."""
    require(by, Permission.SEE_AUDIT)
    check = _check(today)
    begun = {"number": START.number, "digest": START.digest, "begun": today}
    AuditCheck.objects.filter(pk=check.pk).update(**begun, broken=None)
    verify_more(today=today)


def verify_more(*, today: date) -> None:
    """Verify the next piece; once a day all of it anew. A break stays until asked anew.

    A round that began later than today is of a clock that has been put back: all of it is
    verified anew. Holds no lock while it reads; of two at once, one counts.
    """
    check = _check(today)
    if check.broken is not None:
        return
    is_over = check.done is not None and check.begun <= check.done < today
    is_due = is_over or check.begun > today
    start = START if is_due else Head(check.number, check.digest)
    piece = verify_piece(start, size=_AT_ONCE)
    ended = {"done": today, "whole": piece.last.number} if piece.is_end else {}
    AuditCheck.objects.filter(
        pk=check.pk, number=check.number, digest=check.digest, begun=check.begun
    ).update(
        number=piece.last.number,
        digest=piece.last.digest,
        begun=today if is_due else check.begun,
        broken=piece.broken,
        **ended,
    )


def _check(today: date) -> AuditCheck:
    check, _ = AuditCheck.objects.get_or_create(
        pk=1, defaults={"digest": START.digest, "begun": today}
    )
    return check
