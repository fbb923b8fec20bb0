"""Confirm what another admin did to an account, so that it counts as a second person."""

from datetime import date

from django.db import transaction

from letterdesk.desk.actions.account_names import PersonWrong
from letterdesk.desk.actions.account_seen import require_acts
from letterdesk.desk.actions.accounts import lock_account
from letterdesk.desk.actions.admins import settle_admin
from letterdesk.desk.actions.record import record
from letterdesk.desk.models import Cause, Unconfirmed, User
from letterdesk.desk.queries.accounts import account
from letterdesk.desk.queries.confirmations import require_confirmed
from letterdesk.desk.queries.people import COMMAND, Person
from letterdesk.desk.queries.permissions import Permission, require


@transaction.atomic
def confirm(
    name: str, *, today: date, by: Person = COMMAND, seen: str | None = None
) -> None:
    """Confirm all that others than `by` did to an account and its tokens.

    What she did herself waits on for somebody else; the shell confirms everything. `seen`
    marks the acts that `by` had before her. Raises NotFound, NotYours, NotConfirmed,
    AccountOutdated, PersonWrong (`confirm-own`, `confirm-early`, `confirm-second`).
    """
    require(by, Permission.PEOPLE)
    user = lock_account(name)
    require_acts(account(user.pk, by=by), seen)
    found = Unconfirmed.objects.filter(user=user)
    if by != COMMAND:
        _check(user, by=by)
        found = found.exclude(by_id=by.id)
    admins = sorted(set(found.values_list("by__username", flat=True)))
    if admins:
        found.delete()
        settle_admin(user, acted=False, by=by, today=today)
        record("person-confirmed", who=by.username, day=today, person=name, admins=admins)
    elif Unconfirmed.objects.filter(user=user).exists():
        raise PersonWrong("confirm-second", "Another admin must confirm what you did.")


def _check(user: User, *, by: Person) -> None:
    require_confirmed(by)
    if user.pk == by.id:
        raise PersonWrong("confirm-own", "Another admin confirms your account, not you.")
    acts = Unconfirmed.objects.filter(user=user).exclude(cause=Cause.REMOVED)
    if user.has_first_password and acts.exists():
        raise PersonWrong(
            "confirm-early",
            "She has not signed in yet. Confirm the account once she has told you herself "
            "that she has, and chosen a password of her own.",
        )
