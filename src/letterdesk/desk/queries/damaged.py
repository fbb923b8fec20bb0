"""What there was in batches that were damaged in the spool, and what is left of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Sum
from django.db.models.functions import Length

from letterdesk.desk.models import AuditEntry, Unopened
from letterdesk.desk.queries.unopened import BATCH_DAMAGED
from letterdesk.salvage import SMALLEST

_DAMAGED = (
    "Batches of letters that were damaged in the spool: {one.batches}; the first since "
    "{one.since}. The letters in them that open were taken like all others: {one.letters}. "
    "What could not be read is kept: {one.size} bytes (letterdesk unopened list FOLDER); "
    "a sealed letter has {smallest} or more, and those that do not open are in that list, "
    "too. Look for a failing disk, and for who else can write into the spool. Once that is "
    "mended: letterdesk unopened discard FOLDER --reason batch-damaged"
)


@dataclass(frozen=True, kw_only=True)
class Damaged:
    """Damaged batches: how many of their letters opened, and what could not be read."""

    batches: int
    since: date
    letters: int
    size: int  # bytes of what could not be read


def told_of_damaged() -> Iterator[str]:
    """Say what of damaged batches was read, and what is kept of them; nothing for none."""
    if found := _damaged():
        yield _DAMAGED.format(one=found, smallest=SMALLEST)


def _damaged() -> Damaged | None:
    """Give what there is of damaged batches; None where there is nothing.

    How many of their letters opened is what the log says. Index audit_by_kind.
    """
    kept = Unopened.objects.filter(reason=BATCH_DAMAGED)
    size = kept.aggregate(since=Min("found"), size=Sum(Length("raw")))
    if size["since"] is None:
        return None
    names = set(kept.values_list("batch", flat=True))
    logged = AuditEntry.objects.filter(what=BATCH_DAMAGED, day__gte=size["since"])
    facts = [one for one in logged.values_list("facts", flat=True) if one["batch"] in names]
    return Damaged(
        batches=len(names),
        letters=sum(one.get("letters", 0) for one in facts),
        **size,
    )
