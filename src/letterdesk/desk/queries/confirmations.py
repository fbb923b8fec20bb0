"""Who counts as a person of her own where two people are needed."""

from django.db.models import Q, QuerySet

from letterdesk.desk.models import Role, Unconfirmed, User
from letterdesk.desk.queries.errors import NotConfirmed
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require


def is_confirmed(person: Person) -> bool:
    """Say whether nothing that one admin did alone stands behind the account or token."""
    found = Unconfirmed.objects.filter(user_id=person.id)
    return not found.filter(Q(token=None) | Q(token_id=person.token)).exists()


def require_confirmed(person: Person) -> None:
    """Raise NotConfirmed when the person is no second person yet."""
    if not is_confirmed(person):
        raise NotConfirmed


def confirmed_admins() -> QuerySet[User]:
    """Give the admins who can confirm what others did: none of them a program."""
    admins = User.objects.filter(role=Role.ADMIN, is_active=True, unconfirmed=None)
    return admins.exclude(password__startswith="!")  # noqa: S106 -- what no password has


def count_unconfirmed(person: Person) -> int:
    """Give how many open accounts wait for a confirmation that this admin could give."""
    require(person, Permission.PEOPLE)
    found = Unconfirmed.objects.filter(user__is_active=True)
    others = found.exclude(by_id=person.id).exclude(user_id=person.id)
    return others.values("user").distinct().count()
