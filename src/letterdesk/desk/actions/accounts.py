"""What all that admins do to accounts begins and ends with."""

from datetime import date

from letterdesk.desk.actions.account_names import (
    PersonWrong,
    check_new_name,
    free_pseudonym,
)
from letterdesk.desk.models import Cause, Token, Unconfirmed, User
from letterdesk.desk.queries.confirmations import require_confirmed
from letterdesk.desk.queries.people import COMMAND, Person, no_person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.domain.roles import Role


def require_admin(by: Person) -> None:
    """Raise NotYours, or NotConfirmed for an admin who is nobody of her own yet.

    She could act through two accounts otherwise: make one, and be who confirms the other.
    """
    require(by, Permission.PEOPLE)
    require_confirmed(by)


def lock_account(name: str) -> User:
    """Give an account that nobody else changes until a commit. Raises NotFound."""
    user = User.objects.select_for_update(no_key=True).filter(username=name).first()
    if user is None:
        raise no_person(name)
    return user


def new_account(name: str, role: str, *, by: Person) -> User:
    """Give a user of this name, who is not saved yet. Raises PersonWrong, LetterRefused."""
    check_new_name(name, by=by)
    return User(username=name, role=known_role(role), pseudonym=free_pseudonym(role))


def set_first_password(user: User, password: str) -> None:
    """Let a user sign in with a password that she is to change then. Saves nothing."""
    user.set_password(password)
    user.has_first_password = True


def await_another(
    user: User, cause: Cause, *, by: Person, today: date, token: Token | None = None
) -> None:
    """Note that another admin has to confirm what one did, unless she did it to herself."""
    if by.id not in {COMMAND.id, user.pk}:
        Unconfirmed.objects.get_or_create(
            user=user, cause=cause, by_id=by.id, token=token, defaults={"since": today}
        )


def known_role(role: str) -> str:
    """Give a role that there is. Raises PersonWrong."""
    if role not in set(Role):
        raise PersonWrong("role-unknown", f"A role is one of {', '.join(Role)}.")
    return role


def role_of_person(role: str) -> str:
    """Give a role that somebody who signs in can have: a registrar sees no page."""
    if known_role(role) == Role.REGISTRAR:
        raise PersonWrong(
            "role-of-programs",
            "A registrar is a program, with a token: it registers stories, and sees "
            "nothing. Choose another role for a person.",
        )
    return role
