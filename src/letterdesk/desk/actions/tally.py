"""Count what happened in a day."""

from datetime import date

from django.db.models import F

from letterdesk.desk.models import Tally


def count(kind: str, *, day: date, key: str = "", by: int = 1) -> None:
    """Add `by` to a day's counter, in the caller's transaction, after `record`."""
    tally, _ = Tally.objects.get_or_create(day=day, kind=kind, key=key)
    Tally.objects.filter(pk=tally.pk).update(count=F("count") + by)
