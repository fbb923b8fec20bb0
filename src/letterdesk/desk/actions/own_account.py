"""What a person changes of her own account: her password, her preferences."""

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from letterdesk.desk.actions.account_names import PersonWrong
from letterdesk.desk.actions.record import record
from letterdesk.desk.models import User
from letterdesk.desk.queries.people import Person


@transaction.atomic
def change_password(by: Person, *, old: str, new: str, today: date) -> None:
    """Give the person another password; her other sign-ins end. Raises PersonWrong."""
    user = User.objects.select_for_update(no_key=True).get(pk=by.id)
    if not user.check_password(old):
        raise PersonWrong("password-wrong", "This is not your password. Try again.")
    _set_password(user, new)
    record("password-changed", who=by.username, day=today, person=by.username)


@transaction.atomic
def choose_password(by: Person, *, new: str, today: date) -> None:
    """Give the person a password of her own instead of her first. Raises PersonWrong."""
    user = User.objects.select_for_update(no_key=True).get(pk=by.id)
    if not user.has_first_password:
        raise PersonWrong("password-wrong", "This is not your password. Try again.")
    _set_password(user, new)
    record("password-changed", who=by.username, day=today, person=by.username)


def set_veil(by: Person, *, veils: bool) -> None:
    """Veil harsh letters for this person from now on, or no longer."""
    User.objects.filter(pk=by.id).update(veils=veils)


def _set_password(user: User, new: str) -> None:
    try:
        validate_password(new, user)
    except ValidationError as error:
        raise PersonWrong("password-weak", " ".join(error.messages)) from error
    if user.check_password(new):
        raise PersonWrong("password-same", "This is the password that you have now.")
    user.set_password(new)
    user.has_first_password = False
    user.save(update_fields=["password", "has_first_password"])
