"""Give programs, and people, tokens to the API, and take them away."""

from datetime import date

from django.db import transaction

from letterdesk.desk.actions.account_names import PersonWrong, check_name
from letterdesk.desk.actions.accounts import (
    await_another,
    known_role,
    new_account,
    require_admin,
)
from letterdesk.desk.actions.record import record
from letterdesk.desk.actions.shown_once import new_token, token_again, wait_for_own
from letterdesk.desk.models import Cause, Token, User
from letterdesk.desk.queries.errors import NotFound
from letterdesk.desk.queries.people import COMMAND, Person, token_digest
from letterdesk.desk.queries.permissions import Permission, require


@transaction.atomic
def add_token(
    name: str, role: str, *, today: date, by: Person = COMMAND, form: str = ""
) -> str:
    """Give a new token to the API; who is not known yet becomes known, as a program.

    What it may do is what both its role and the person's role allow. Nobody but the shell
    makes one that acts in somebody else's name. A program that comes with a token made at
    the desk is no second person before another admin confirms it. The same `form`, sent
    again, gives the same token. Raises PersonWrong, NotYours, NotConfirmed.
    """
    require_admin(by)
    check_name(name)
    known_role(role)
    accounts = User.objects.select_for_update(no_key=True).filter(username=name)
    user = accounts.first()
    if user is None and form:
        wait_for_own(by)
        user = accounts.first()
    if again := token_again(name, role, by=by, form=form):
        return again
    if user is None:
        user = new_account(name, role, by=by)
        user.set_unusable_password()
        user.save()
    elif by != COMMAND and user.pk != by.id and user.has_usable_password():
        raise PersonWrong(
            "token-of-another",
            "A token acts in its person's name. Make one for yourself, or for a program.",
        )
    elif not user.is_active:
        raise PersonWrong("account-closed", "The account is closed. Open it again first.")
    token = new_token(name, role, by=by, form=form)
    row = Token.objects.create(
        user=user, role=role, digest=token_digest(token), created=today
    )
    await_another(user, Cause.TOKEN, by=by, today=today, token=row)
    record("token-added", who=by.username, day=today, person=user.username, role=role)
    return token


@transaction.atomic
def revoke_token(token_id: int, *, today: date, by: Person = COMMAND) -> None:
    """Take a token away; it opens nothing from now on. Raises NotFound, NotYours."""
    require(by, Permission.PEOPLE)
    rows = Token.objects.select_for_update(of=("self",)).select_related("user")
    token = rows.filter(pk=token_id).first()
    if token is None:
        raise NotFound(
            "token-unknown",
            f"There is no token {token_id}. letterdesk token list shows the numbers.",
        )
    token.delete()
    record("token-revoked", who=by.username, day=today, person=token.user.username)
