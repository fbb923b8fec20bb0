"""Give people accounts, change what they may do, close their accounts."""

import secrets
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from letterdesk.desk.actions.factors import forget_factors
from letterdesk.desk.actions.record import record
from letterdesk.desk.models import Reset, Role, Token, User, UserDesk
from letterdesk.desk.queries.errors import NotFound
from letterdesk.desk.queries.people import COMMAND, Person, no_person, token_digest
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.text import clean, is_blank, one_line

_LONGEST = 150  # characters of a name
_TOKEN = "ld_"  # noqa: S105 -- the beginning of every token, so that leaks can be found


class PersonWrong(LetterdeskError):
    """A name, a role or a password that cannot be used; `code` says which."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class LastAdmin(LetterdeskError):
    """Without this account nobody could make accounts any more."""

    code = "last-admin"

    def __init__(self) -> None:
        super().__init__("This is the last admin. Make somebody else an admin first.")


@dataclass(frozen=True, kw_only=True)
class PersonSheet:
    """What an admin says about a person."""

    role: str
    desks: tuple[str, ...]
    pseudonym: str


@transaction.atomic
def add_user(
    name: str, role: str, *, today: date, desks: tuple[str, ...] = (), by: Person = COMMAND
) -> str:
    """Give the first password of a new account, to be changed at the first sign-in.

    Raises PersonWrong, NotYours.
    """
    require(by, Permission.PEOPLE)
    user = _new(name, role)
    if User.objects.filter(username__iexact=name).exists():  # sign-in takes either case
        raise PersonWrong("name-taken", f"There is an account {name} already.")
    password = _first_password(user)
    user.save()
    UserDesk.objects.bulk_create([UserDesk(user=user, desk=desk) for desk in set(desks)])
    record(
        "person-added",
        who=by.username,
        day=today,
        person=user.username,
        role=role,
        desks=sorted(set(desks)),
    )
    return password


@transaction.atomic
def change_person(name: str, sheet: PersonSheet, *, today: date, by: Person) -> None:
    """Give a person another role, other desks, another pseudonym: at once, wherever she is.

    Raises NotFound, NotYours, PersonWrong, LastAdmin, LetterRefused.
    """
    require(by, Permission.PEOPLE)
    user = _lock(name)
    if user.role == Role.ADMIN and sheet.role != Role.ADMIN:
        _keep_an_admin(user)
    user.role, user.pseudonym = _role(sheet.role), _own_pseudonym(user, sheet.pseudonym)
    user.save(update_fields=["role", "pseudonym"])
    desks = {one_line(clean(desk, field="desk", longest=_LONGEST)) for desk in sheet.desks}
    user.desks.all().delete()
    UserDesk.objects.bulk_create(
        [UserDesk(user=user, desk=desk) for desk in sorted(desks) if not is_blank(desk)]
    )
    record(
        "person-changed",
        who=by.username,
        day=today,
        person=user.username,
        role=user.role,
        desks=sorted(desks),
        pseudonym=user.pseudonym,
    )


@transaction.atomic
def add_token(name: str, role: str, *, today: date, by: Person = COMMAND) -> str:
    """Give a new token to the API; who is not known yet becomes known, as a program.

    What it may do is what both its role and the person's role allow. Nobody but the shell
    makes one that acts in somebody else's name. Raises PersonWrong, NotYours.
    """
    require(by, Permission.PEOPLE)
    new = _new(name, role)
    user = User.objects.filter(username=name).first()
    if user is None and User.objects.filter(username__iexact=name).exists():
        raise PersonWrong("name-taken", f"There is an account {name} already.")
    if user is None:
        user = new
        user.set_unusable_password()
        user.save()
    elif by != COMMAND and user.pk != by.id and user.has_usable_password():
        raise PersonWrong(
            "token-of-another",
            "A token acts in its person's name. Make one for yourself, or for a program.",
        )
    token = _TOKEN + secrets.token_urlsafe(32)
    Token.objects.create(user=user, role=role, digest=token_digest(token), created=today)
    record("token-added", who=by.username, day=today, person=user.username, role=role)
    return token


@transaction.atomic
def revoke_token(token_id: int, *, today: date, by: Person = COMMAND) -> None:
    """Take a token away; it opens nothing from now on. Raises NotFound, NotYours."""
    require(by, Permission.PEOPLE)
    token = Token.objects.select_related("user").filter(pk=token_id).first()
    if token is None:
        raise NotFound("token-unknown", "There is no such token.")
    token.delete()
    record("token-revoked", who=by.username, day=today, person=token.user.username)


@transaction.atomic
def deactivate(name: str, *, today: date, by: Person = COMMAND) -> None:
    """Close an account, its sign-ins and tokens; what it decided stays.

    Raises NotFound, NotYours, LastAdmin, PersonWrong (`close-own`).
    """
    require(by, Permission.PEOPLE)
    user = _lock(name)
    if not user.is_active:
        return
    if user.role == Role.ADMIN:
        _keep_an_admin(user)
    if user.pk == by.id:
        raise PersonWrong("close-own", "Another admin closes your account, not you.")
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.tokens.all().delete()
    user.sessions.all().delete()
    Reset.objects.filter(user=user).delete()
    record("person-deactivated", who=by.username, day=today, person=user.username)


@transaction.atomic
def reopen(name: str, *, today: date, by: Person = COMMAND) -> None:
    """Open a closed account again, with the password and second factor that it had.

    Raises NotFound, NotYours.
    """
    require(by, Permission.PEOPLE)
    user = _lock(name)
    if user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("person-reopened", who=by.username, day=today, person=user.username)


@transaction.atomic
def reset(name: str, *, today: date, by: Person = COMMAND) -> str:
    """Give a new first password for somebody who lost hers, or her second factor.

    Her second factors and sign-ins end. Where there is another admin, the first of two only
    asks, and "" is given; otherwise one admin could become somebody else. Raises NotFound,
    NotYours, PersonWrong (`reset-own`, `reset-second`).
    """
    require(by, Permission.PEOPLE)
    user = _lock(name)
    if user.pk == by.id:
        raise PersonWrong("reset-own", "Change your own password on the page My account.")
    if by != COMMAND and not _is_agreed(user, by=by, today=today):
        return ""
    password = _first_password(user)
    user.save(update_fields=["password", "has_first_password"])
    forget_factors(user)
    user.sessions.all().delete()
    Reset.objects.filter(user=user).delete()
    record("person-reset", who=by.username, day=today, person=user.username)
    return password


@transaction.atomic
def refuse_reset(name: str, *, today: date, by: Person) -> None:
    """Take back that somebody is to be reset, whoever asked. Raises NotFound, NotYours."""
    require(by, Permission.PEOPLE)
    user = _lock(name)
    if Reset.objects.filter(user=user).delete()[0]:
        record("person-reset-refused", who=by.username, day=today, person=user.username)


def _is_agreed(user: User, *, by: Person, today: date) -> bool:
    """Say whether a second admin agrees with the first, or there is none; else note it."""
    admins = User.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=by.id)
    if not admins.exists():
        return True
    asked = Reset.objects.filter(user=user).first()
    if asked is None:
        Reset.objects.create(user=user, asked_by_id=by.id, asked=today)
        record("person-reset-asked", who=by.username, day=today, person=user.username)
        return False
    if asked.asked_by_id == by.id:
        raise PersonWrong("reset-second", "Another admin must confirm what you asked for.")
    return True


def _keep_an_admin(user: User) -> None:
    """Raise LastAdmin when nobody else could make accounts. Locks every admin."""
    admins = User.objects.select_for_update().filter(role=Role.ADMIN, is_active=True)
    others = [admin for admin in admins if admin.pk != user.pk]
    if not any(admin.has_usable_password() for admin in others):
        raise LastAdmin


def _lock(name: str) -> User:
    user = User.objects.select_for_update().filter(username=name).first()
    if user is None:
        raise no_person(name)
    return user


def _first_password(user: User) -> str:
    password = secrets.token_urlsafe(12)
    user.set_password(password)
    user.has_first_password = True
    return password


def _new(name: str, role: str) -> User:
    username = one_line(clean(name, field="name", longest=_LONGEST))
    if is_blank(username) or username != name:
        raise PersonWrong("name-wrong", "A name has letters, and no space around it.")
    return User(username=username, role=_role(role), pseudonym=_pseudonym(role))


def _role(role: str) -> str:
    if role not in Role.values:
        raise PersonWrong("role-unknown", f"A role is one of {', '.join(Role.values)}.")
    return role


def _own_pseudonym(user: User, written: str) -> str:
    """Give a pseudonym that nobody else has, and that is not anybody's user name."""
    name = one_line(clean(written, field="pseudonym", longest=_LONGEST))
    if is_blank(name):
        raise PersonWrong("pseudonym-wrong", "A pseudonym has letters.")
    others = User.objects.exclude(pk=user.pk)
    if others.filter(pseudonym__iexact=name).exists():
        raise PersonWrong("pseudonym-taken", "Somebody else has this pseudonym.")
    if User.objects.filter(username__iexact=name).exists():
        raise PersonWrong("pseudonym-taken", "Somebody has this for a user name.")
    return name


def _pseudonym(role: str) -> str:
    """Give a name for the outside that nobody has: "Moderator 7"."""
    number = User.objects.count() + 1
    while User.objects.filter(pseudonym=f"{role.title()} {number}").exists():
        number += 1
    return f"{role.title()} {number}"
