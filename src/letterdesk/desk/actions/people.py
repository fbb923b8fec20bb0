"""Give people accounts, passwords and tokens; take them away."""

import secrets
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from letterdesk.desk.actions.record import record
from letterdesk.desk.models import Role, Token, User, UserDesk
from letterdesk.desk.queries.errors import NotFound
from letterdesk.desk.queries.people import COMMAND, Person, token_digest
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


@transaction.atomic
def add_user(
    name: str, role: str, *, today: date, desks: tuple[str, ...] = (), by: Person = COMMAND
) -> str:
    """Give the first password of a new account. Raises PersonWrong, NotYours."""
    require(by, Permission.PEOPLE)
    user = _new(name, role)
    if User.objects.filter(username=name).exists():
        raise PersonWrong("name-taken", f"There is an account {name} already.")
    password = secrets.token_urlsafe(12)
    user.set_password(password)
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
def add_token(name: str, role: str, *, today: date, by: Person = COMMAND) -> str:
    """Give a new token to the API; who is not known yet becomes known.

    What it may do is what both its role and the person's role allow.
    """
    require(by, Permission.PEOPLE)
    new = _new(name, role)
    user = User.objects.filter(username=name).first()
    if user is None:
        user = new
        user.set_unusable_password()
        user.save()
    token = _TOKEN + secrets.token_urlsafe(32)
    Token.objects.create(user=user, role=role, digest=token_digest(token), created=today)
    record("token-added", who=by.username, day=today, person=user.username, role=role)
    return token


@transaction.atomic
def deactivate(name: str, *, today: date, by: Person = COMMAND) -> None:
    """Close an account and its tokens; what it decided stays. Raises NotFound, NotYours."""
    require(by, Permission.PEOPLE)
    user = User.objects.select_for_update().filter(username=name).first()
    if user is None:
        raise NotFound("person-unknown", f"There is no account {name}.")
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    user.tokens.all().delete()
    record("person-deactivated", who=by.username, day=today, person=user.username)


@transaction.atomic
def change_password(by: Person, *, old: str, new: str, today: date) -> None:
    """Give the person another password. Raises PersonWrong."""
    user = User.objects.select_for_update().get(pk=by.id)
    if not user.check_password(old):
        raise PersonWrong("password-wrong", "This is not your password. Try again.")
    try:
        validate_password(new, user)
    except ValidationError as error:
        raise PersonWrong("password-weak", " ".join(error.messages)) from error
    user.set_password(new)
    user.save(update_fields=["password"])
    record("password-changed", who=by.username, day=today, person=by.username)


def set_veil(by: Person, *, veils: bool) -> None:
    """Veil harsh letters for this person from now on, or no longer."""
    User.objects.filter(pk=by.id).update(veils=veils)


def _new(name: str, role: str) -> User:
    username = one_line(clean(name, field="name", longest=_LONGEST))
    if is_blank(username) or username != name:
        raise PersonWrong("name-wrong", "A name has letters, and no space around it.")
    return User(username=username, role=_role(role), pseudonym=_pseudonym(role))


def _role(role: str) -> str:
    if role not in Role.values:
        raise PersonWrong("role-unknown", f"A role is one of {', '.join(Role.values)}.")
    return role


def _pseudonym(role: str) -> str:
    """Give a name for the outside that nobody has: "Moderator 7"."""
    number = User.objects.count() + 1
    while User.objects.filter(pseudonym=f"{role.title()} {number}").exists():
        number += 1
    return f"{role.title()} {number}"
