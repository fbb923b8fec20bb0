"""Give people accounts, change what they may do, close their accounts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from letterdesk.desk.actions.account_names import LONGEST, PersonWrong, own_pseudonym
from letterdesk.desk.actions.account_seen import require_sheet
from letterdesk.desk.actions.accounts import (
    await_another,
    known_role,
    lock_account,
    new_account,
    require_admin,
    role_of_person,
    set_first_password,
)
from letterdesk.desk.actions.admins import settle_admin
from letterdesk.desk.actions.one_of_two import forget_wishes
from letterdesk.desk.actions.record import record
from letterdesk.desk.actions.shown_once import new_password, password_again, wait_for_own
from letterdesk.desk.models import Cause, Reset, UserDesk
from letterdesk.desk.queries.accounts import account
from letterdesk.desk.queries.confirmations import acts_as_admin, require_confirmed
from letterdesk.desk.queries.people import COMMAND, Person, person
from letterdesk.desk.queries.permissions import Permission, require, widens
from letterdesk.domain.text import clean, is_blank, one_line


@dataclass(frozen=True, kw_only=True)
class PersonSheet:
    """What an admin says about a person. `seen` marks the sheet that she had before her."""

    role: str
    desks: tuple[str, ...]
    pseudonym: str
    seen: str | None = None


@transaction.atomic
def add_user(
    name: str,
    role: str,
    *,
    today: date,
    desks: tuple[str, ...] = (),
    by: Person = COMMAND,
    form: str = "",
) -> str:
    """Give the first password of a new account, to be changed at the first sign-in.

    It is no second person before another admin confirms it, unless the shell makes it. The
    same `form`, sent again, gives the same password. Raises PersonWrong, NotYours,
    NotConfirmed, LetterRefused.
    """
    require_admin(by)
    if form:
        wait_for_own(by)
    if again := password_again(name, role, *desks, by=by, form=form):
        return again
    user = new_account(name, role_of_person(role), by=by)
    password = new_password(name, role, *desks, by=by, form=form)
    set_first_password(user, password)
    user.save()
    places = _desks(desks)
    UserDesk.objects.bulk_create([UserDesk(user=user, desk=desk) for desk in places])
    await_another(user, Cause.ADDED, by=by, today=today)
    record(
        "person-added",
        who=by.username,
        day=today,
        person=user.username,
        role=role,
        desks=places,
    )
    return password


@transaction.atomic
def change_person(name: str, sheet: PersonSheet, *, today: date, by: Person) -> None:
    """Give a person another role, other desks, another pseudonym: at once, wherever she is.

    Who may do more by it is no second person before another admin confirms it; that an
    admin is none any more, another one confirms too. Raises NotFound, NotYours,
    NotConfirmed, AccountOutdated, PersonWrong, LastAdmin, LetterRefused.
    """
    require_admin(by)
    user = lock_account(name)
    require_sheet(account(user.pk, by=by), sheet.seen)
    before, acted = person(user), acts_as_admin(user.pk)
    role = role_of_person if user.has_usable_password() else known_role
    user.role, user.pseudonym = (
        role(sheet.role),
        own_pseudonym(user, sheet.pseudonym),
    )
    user.save(update_fields=["role", "pseudonym"])
    desks = _desks(sheet.desks)
    user.desks.all().delete()
    UserDesk.objects.bulk_create([UserDesk(user=user, desk=desk) for desk in desks])
    if widens(before, person(user)):
        await_another(user, Cause.CHANGED, by=by, today=today)
    settle_admin(user, acted=acted, by=by, today=today)
    record(
        "person-changed",
        who=by.username,
        day=today,
        person=user.username,
        role=user.role,
        desks=desks,
        pseudonym=user.pseudonym,
    )


@transaction.atomic
def deactivate(name: str, *, today: date, by: Person = COMMAND) -> None:
    """Close an account, its sign-ins and tokens; what it decided stays.

    What it alone wanted of two lapses. It counts at once; that an admin is closed another
    one confirms nevertheless. Raises NotFound, NotYours, LastAdmin, PersonWrong
    (`close-own`), and NotConfirmed for an admin who is confirmed.
    """
    require(by, Permission.PEOPLE)
    user = lock_account(name)
    if not user.is_active:
        return
    acted = acts_as_admin(user.pk)
    if acted:
        require_confirmed(by)
    user.is_active = False
    user.save(update_fields=["is_active"])
    settle_admin(user, acted=acted, by=by, today=today)
    if user.pk == by.id:
        raise PersonWrong("close-own", "Another admin closes your account, not you.")
    user.tokens.all().delete()
    user.sessions.all().delete()
    Reset.objects.filter(user=user).delete()
    forget_wishes(user)
    record("person-deactivated", who=by.username, day=today, person=user.username)


@transaction.atomic
def reopen(name: str, *, today: date, by: Person = COMMAND) -> None:
    """Open a closed account again, with the password and second factor that it had.

    It is no second person before another admin confirms it. Raises NotFound, NotYours,
    NotConfirmed.
    """
    require_admin(by)
    user = lock_account(name)
    if user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    await_another(user, Cause.REOPENED, by=by, today=today)
    settle_admin(user, acted=False, by=by, today=today)
    record("person-reopened", who=by.username, day=today, person=user.username)


def _desks(given: Collection[str]) -> list[str]:
    """Give each desk once, in order, on one line. Raises LetterRefused."""
    desks = {one_line(clean(desk, field="desk", longest=LONGEST)) for desk in given}
    return sorted(desk for desk in desks if not is_blank(desk))
