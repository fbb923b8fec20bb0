"""Who somebody is, as actions and screens need to know it."""

import hashlib
from dataclasses import dataclass

from letterdesk.desk.models import Token, User
from letterdesk.desk.queries.errors import NotFound
from letterdesk.domain.roles import Role


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody at the desk. `desks` empty: all of them.

    `token` is the API token that she came with, 0 without one; `cap` is its role, which
    can only take away.
    """

    id: int
    username: str
    role: str
    pseudonym: str = ""
    desks: frozenset[str] = frozenset()
    token: int = 0
    cap: str = ""
    veils: bool = False  # harsh letters, until she opens them

    def sees(self, desk: str) -> bool:
        """Say whether she belongs to this desk."""
        return not self.desks or desk in self.desks


COMMAND = Person(id=0, username="command", role=Role.ADMIN)  # whoever has the shell


def person(user: User) -> Person:
    """Give the person behind a signed-in user."""
    return Person(
        id=user.pk,
        username=user.username,
        role=user.role,
        pseudonym=user.pseudonym,
        desks=frozenset(user.desks.values_list("desk", flat=True)),
        veils=user.veils,
    )


def by_name(name: str) -> Person:
    """Give the person with this account. Raises NotFound."""
    found = User.objects.filter(username=name, is_active=True).first()
    if found is None:
        raise no_person(name)
    return person(found)


def no_person(name: str) -> NotFound:
    """Give the error for an account that is not there."""
    return NotFound("person-unknown", f"There is no account {name}.")


def by_token(token: str) -> Person | None:
    """Give the person whose API token this is; None when it is nobody's."""
    digest = token_digest(token)
    found = Token.objects.select_related("user").filter(digest=digest).first()
    if found is None or not found.user.is_active:
        return None
    known = person(found.user)
    return Person(**{**vars(known), "token": found.pk, "cap": found.role})


def usernames() -> tuple[str, ...]:
    """Give the name of every account there ever was, in order."""
    return tuple(User.objects.order_by("username").values_list("username", flat=True))


def pseudonyms() -> tuple[str, ...]:
    """Give what readers know those at the desk by, in order."""
    return tuple(User.objects.order_by("pseudonym").values_list("pseudonym", flat=True))


def token_digest(token: str) -> str:
    """Give what is kept of a token: 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
