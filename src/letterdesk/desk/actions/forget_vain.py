"""Forget withdrawals and appeals on which nobody can act any more."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet

from letterdesk.desk.actions.record import record
from letterdesk.desk.models import Appeal, Withdrawal
from letterdesk.desk.queries.locks import lock_intake
from letterdesk.desk.queries.scrub import scrub
from letterdesk.desk.queries.unopened import may_open_now

KEPT = timedelta(days=62)  # so a month at the least: nobody can date a letter further back
_AT_ONCE = 500  # of each kind; the rest another time


def forget_vain(*, today: date) -> int:
    """Erase what was sent long ago with a receipt that no comment here has; give how much.

    Appeals about notices, tips and codes that we never gave out; withdrawals whose letter
    never came, and those that have done their work. The log keeps which appeals it were.
    Nothing goes while a letter may still be opened that somebody has taken back.
    """
    oldest = today - KEPT
    appeals = Appeal.objects.filter(comment=None, arrived__lt=oldest)
    withdrawals = Withdrawal.objects.filter(arrived__lt=oldest)
    if may_open_now() or not (appeals.exists() or withdrawals.exists()):
        return 0
    with transaction.atomic():
        lock_intake()
        gone = _erase(appeals)
        taken_back = _erase(withdrawals)
        record(
            "vain-erased",
            who="letterbox",
            day=today,
            appeals=sorted(gone),
            withdrawals=len(taken_back),
        )
    scrub()
    return len(gone) + len(taken_back)


def _erase(found: QuerySet[Appeal] | QuerySet[Withdrawal]) -> list[str]:
    """Erase some of these letters; give their ids."""
    ids = list(found.order_by("id").values_list("public_id", flat=True)[:_AT_ONCE])
    found.filter(public_id__in=ids).delete()
    return ids
