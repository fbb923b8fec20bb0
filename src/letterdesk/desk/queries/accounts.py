"""Everybody who has an account, as those see it who look after accounts."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from letterdesk.desk.models import Cause, User, UserDesk
from letterdesk.desk.queries.confirmations import confirmed_admins
from letterdesk.desk.queries.factors import Factors, factors_of
from letterdesk.desk.queries.people import Person, no_person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.queries.sessions import runs
from letterdesk.desk.queries.stories import desks


@dataclass(frozen=True, kw_only=True)
class TokenView:
    """A token to the API; what opens it is not known."""

    id: int
    role: str
    created: date


@dataclass(frozen=True, kw_only=True)
class Act:
    """What an admin did to an account, while another one has yet to confirm it."""

    cause: str
    by: str
    since: date


@dataclass(frozen=True, kw_only=True)
class Account:
    """An account. A program has no password: it comes with a token only."""

    id: int
    name: str
    pseudonym: str
    role: str
    desks: tuple[str, ...]
    is_active: bool
    is_program: bool
    has_first_password: bool
    factors: Factors
    tokens: tuple[TokenView, ...]
    sessions: int
    reset_asked_by: str  # "" while nobody has asked
    unconfirmed: tuple[Act, ...]

    @property
    def is_confirmed(self) -> bool:
        """Whether it counts as a person of her own, whatever was taken from her."""
        return all(act.cause == Cause.REMOVED for act in self.unconfirmed)

    @property
    def was_removed(self) -> bool:
        """Whether one admin alone closed it, or took from it that it is an admin's."""
        return any(act.cause == Cause.REMOVED for act in self.unconfirmed)

    @property
    def sheet_mark(self) -> str:
        """What tells its role, desks and pseudonym from what they were: 16 characters."""
        return _mark(self.role, self.desks, self.pseudonym)

    @property
    def acts_mark(self) -> str:
        """What tells all that a confirmation is about from what it was: 16 characters."""
        return _mark(self.role, self.desks, self.is_active, self.tokens, self.unconfirmed)


def accounts(by: Person) -> tuple[Account, ...]:
    """Give every account, those that are open first, by name. Raises NotYours."""
    require(by, Permission.PEOPLE)
    return _accounts(User.objects.order_by("-is_active", "username"))


def account(person_id: int, *, by: Person) -> Account:
    """Give one account. Raises NotFound, NotYours."""
    require(by, Permission.PEOPLE)
    for found in _accounts(User.objects.filter(pk=person_id)):
        return found
    raise no_person(str(person_id))


def known_desks() -> tuple[str, ...]:
    """Give the desks that have stories or people, in order."""
    staffed = UserDesk.objects.values_list("desk", flat=True).distinct()
    return tuple(sorted({*desks(), *staffed}))


def who_may_confirm(one: Account) -> tuple[str, ...]:
    """Give the admins who could confirm what waits on an account, by name."""
    admins = confirmed_admins().exclude(pk=one.id).order_by("username")
    names = admins.values_list("username", flat=True)
    return tuple(name for name in names if any(act.by != name for act in one.unconfirmed))


def facts(one: Account) -> dict[str, object]:
    """Give what a command tells of an account."""
    return {
        "name": one.name,
        "role": one.role,
        "pseudonym": one.pseudonym,
        "desks": list(one.desks),
        "open": one.is_active,
        "program": one.is_program,
        "second_factor": one.factors.any,
        "confirmed": one.is_confirmed,
    }


def _mark(*facts: object) -> str:
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def _accounts(users: QuerySet[User]) -> tuple[Account, ...]:
    rows = users.select_related("reset__asked_by").prefetch_related(
        "desks", "tokens", "sessions", "unconfirmed__by"
    )
    known = factors_of([row.pk for row in rows])
    return tuple(_account(row, known[row.pk]) for row in rows)


def _account(row: User, factors: Factors) -> Account:
    now = timezone.now()
    asked = getattr(row, "reset", None)
    return Account(
        id=row.pk,
        name=row.username,
        pseudonym=row.pseudonym,
        role=row.role,
        desks=tuple(sorted(one.desk for one in row.desks.all())),
        is_active=row.is_active,
        is_program=not row.has_usable_password(),
        has_first_password=row.has_first_password,
        factors=factors,
        tokens=tuple(
            TokenView(id=one.pk, role=one.role, created=one.created)
            for one in sorted(row.tokens.all(), key=lambda one: one.pk)
        ),
        sessions=sum(runs(one, now) for one in row.sessions.all()),
        reset_asked_by=asked.asked_by.username if asked else "",
        unconfirmed=tuple(
            Act(cause=act.cause, by=act.by.username, since=act.since)
            for act in sorted(row.unconfirmed.all(), key=lambda act: act.pk)
        ),
    )
