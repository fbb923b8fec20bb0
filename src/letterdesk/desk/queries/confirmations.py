"""Who counts as a person of her own where two people are needed."""

from django.db.models import Q, QuerySet

from letterdesk.desk.models import Cause, Unconfirmed, User
from letterdesk.desk.queries.errors import NotConfirmed
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.domain.roles import Role


def is_confirmed(person: Person) -> bool:
    """Say whether nothing that one admin did alone stands behind the account or token."""
    found = _of_acts(Unconfirmed.objects.filter(user_id=person.id))
    return not found.filter(Q(token=None) | Q(token_id=person.token)).exists()


def require_confirmed(person: Person) -> None:
    """Raise NotConfirmed when the person is no second person yet."""
    if not is_confirmed(person):
        raise NotConfirmed


def confirmed_admins() -> QuerySet[User]:
    """Give the admins who can confirm what others did: none of them a program."""
    waiting = _of_acts(Unconfirmed.objects.all()).values("user")
    admins = User.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk__in=waiting)
    return admins.exclude(password__startswith="!")  # noqa: S106 -- what no password has


def acts_as_admin(user_id: int) -> bool:
    """Say whether this account can look after others: open, confirmed, an admin's."""
    return confirmed_admins().filter(pk=user_id).exists()


def removed_admins() -> QuerySet[User]:
    """Give the admins whom another one closed, or took the office from, by herself."""
    rows = Unconfirmed.objects.filter(cause=Cause.REMOVED)
    return User.objects.filter(pk__in=rows.values("user")).order_by("username")


def count_unconfirmed(person: Person) -> int:
    """Give how many accounts wait for a confirmation that this admin could give.

    A closed one waits only when it was an admin's.
    """
    require(person, Permission.PEOPLE)
    found = Unconfirmed.objects.filter(Q(user__is_active=True) | Q(cause=Cause.REMOVED))
    others = found.exclude(by_id=person.id).exclude(user_id=person.id)
    return others.values("user").distinct().count()


def unconfirmed() -> QuerySet[Unconfirmed]:
    """Give what keeps accounts from being somebody of their own."""
    return _of_acts(Unconfirmed.objects.filter(token=None))


def _of_acts(rows: QuerySet[Unconfirmed]) -> QuerySet[Unconfirmed]:
    """Give those that keep an account from being a second person: all but removals."""
    return rows.exclude(cause=Cause.REMOVED)
