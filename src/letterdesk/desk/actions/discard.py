"""Discard what did not open, for good."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from letterdesk.desk.actions.record import record
from letterdesk.desk.models import Unopened
from letterdesk.desk.queries.found import batches
from letterdesk.desk.queries.locks import lock_intake
from letterdesk.desk.queries.people import COMMAND, Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.unopened import no_unopened, numbers_of


@transaction.atomic
def discard(numbers: Collection[int], *, today: date, by: Person = COMMAND) -> int:
    """Delete these sealed bytes, all or none; give how many. The log keeps what they were.

    Waits for an intake that may be opening them. Raises NotFound, NotYours.
    """
    require(by, Permission.UNOPENED)
    lock_intake()
    found = Unopened.objects.filter(pk__in=numbers)
    known = list(found.order_by("pk").values_list("pk", "batch", "reason", "digest"))
    if missing := set(numbers) - {pk for pk, *_ in known}:
        raise no_unopened(missing)
    if not known:
        return 0
    found.delete()
    record(
        "unopened-discarded",
        who=by.username,
        day=today,
        unopened=len(known),
        batches=sorted({batch for _, batch, _, _ in known}),
        reasons=sorted({reason for _, _, reason, _ in known}),
        digests=[digest for *_, digest in known],
    )
    return len(known)


def discard_all(reason: str, *, today: date) -> int:
    """Delete all that did not open for this reason, some at a time; give how many.

    For whoever has the shell. Raises NotFound, also for what may open yet.
    """
    found = batches(numbers_of(COMMAND, reason))
    return sum(discard(numbers, today=today) for numbers in found)
