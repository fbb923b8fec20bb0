"""Give people accounts, change what they may do, close their accounts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from letterdesk.desk.actions.account_names import (
    LONGEST,
    PersonWrong,
    check_name,
    check_new_name,
    free_pseudonym,
    own_pseudonym,
)
from letterdesk.desk.actions.account_seen import require_asker, require_sheet
from letterdesk.desk.actions.admins import settle_admin
from letterdesk.desk.actions.factors import forget_factors
from letterdesk.desk.actions.record import record
from letterdesk.desk.actions.shown_once import (
    new_password,
    new_token,
    password_again,
    token_again,
    wait_for_own,
)
from letterdesk.desk.models import (
    AuditEntry,
    Cause,
    Reset,
    Role,
    Token,
    Unconfirmed,
    User,
    UserDesk,
)
from letterdesk.desk.queries.accounts import account
from letterdesk.desk.queries.confirmations import (
    acts_as_admin,
    confirmed_admins,
    removed_admins,
    require_confirmed,
)
from letterdesk.desk.queries.errors import NotFound
from letterdesk.desk.queries.people import (
    COMMAND,
    Person,
    no_person,
    person,
    token_digest,
)
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
    _require_admin(by)
    if form:
        wait_for_own(by)
    if again := password_again(name, role, *desks, by=by, form=form):
        return again
    user = _new(name, _role_of_person(role), by=by)
    password = new_password(name, role, *desks, by=by, form=form)
    _set_first(user, password)
    user.save()
    places = _desks(desks)
    UserDesk.objects.bulk_create([UserDesk(user=user, desk=desk) for desk in places])
    _await_another(user, Cause.ADDED, by=by, today=today)
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
    _require_admin(by)
    user = lock_account(name)
    require_sheet(account(user.pk, by=by), sheet.seen)
    before, acted = person(user), acts_as_admin(user.pk)
    known_role = _role_of_person if user.has_usable_password() else _role
    user.role, user.pseudonym = (
        known_role(sheet.role),
        own_pseudonym(user, sheet.pseudonym),
    )
    user.save(update_fields=["role", "pseudonym"])
    desks = _desks(sheet.desks)
    user.desks.all().delete()
    UserDesk.objects.bulk_create([UserDesk(user=user, desk=desk) for desk in desks])
    if widens(before, person(user)):
        _await_another(user, Cause.CHANGED, by=by, today=today)
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
def add_token(
    name: str, role: str, *, today: date, by: Person = COMMAND, form: str = ""
) -> str:
    """Give a new token to the API; who is not known yet becomes known, as a program.

    What it may do is what both its role and the person's role allow. Nobody but the shell
    makes one that acts in somebody else's name. A program that comes with a token made at
    the desk is no second person before another admin confirms it. The same `form`, sent
    again, gives the same token. Raises PersonWrong, NotYours, NotConfirmed.
    """
    _require_admin(by)
    check_name(name)
    _role(role)
    accounts = User.objects.select_for_update().filter(username=name)
    user = accounts.first()
    if user is None and form:
        wait_for_own(by)
        user = accounts.first()
    if again := token_again(name, role, by=by, form=form):
        return again
    if user is None:
        user = _new(name, role, by=by)
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
    _await_another(user, Cause.TOKEN, by=by, today=today, token=row)
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


@transaction.atomic
def deactivate(name: str, *, today: date, by: Person = COMMAND) -> None:
    """Close an account, its sign-ins and tokens; what it decided stays.

    It counts at once; that an admin is closed another one confirms nevertheless. Raises
    NotFound, NotYours, LastAdmin, PersonWrong (`close-own`), and NotConfirmed for an admin
    who is confirmed.
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
    record("person-deactivated", who=by.username, day=today, person=user.username)


@transaction.atomic
def reopen(name: str, *, today: date, by: Person = COMMAND) -> None:
    """Open a closed account again, with the password and second factor that it had.

    It is no second person before another admin confirms it. Raises NotFound, NotYours,
    NotConfirmed.
    """
    _require_admin(by)
    user = lock_account(name)
    if user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    _await_another(user, Cause.REOPENED, by=by, today=today)
    settle_admin(user, acted=False, by=by, today=today)
    record("person-reopened", who=by.username, day=today, person=user.username)


@transaction.atomic
def reset(
    name: str,
    *,
    today: date,
    by: Person = COMMAND,
    seen: str | None = None,
    form: str = "",
) -> str:
    """Give a new first password for somebody who lost hers, or her second factor.

    Her second factors, sign-ins and API tokens end. Where there is another admin, the first
    of two only asks, and "" is given; otherwise one admin could become somebody else. Who
    sees the password could still: so she is no second person before another admin confirms
    her. `seen` is who had asked, by the page that `by` had before her; the same `form`,
    sent again, gives the same password.
    Raises NotFound, NotYours, NotConfirmed, AccountOutdated, PersonWrong (`reset-own`,
    `reset-second`, `reset-alone`).
    """
    _require_admin(by)
    user = lock_account(name)
    acted = acts_as_admin(user.pk)
    if user.pk == by.id:
        raise PersonWrong("reset-own", "Change your own password on the page My account.")
    if again := password_again(name, by=by, form=form):
        return again
    found = account(user.pk, by=by)
    if seen == "" and found.reset_asked_by == by.username:
        return ""  # she pressed twice
    require_asker(found, seen)
    if by != COMMAND and not _is_agreed(user, by=by, today=today):
        return ""
    password = new_password(name, by=by, form=form)
    _set_first(user, password)
    user.save(update_fields=["password", "has_first_password"])
    forget_factors(user)
    user.sessions.all().delete()
    tokens = user.tokens.count()
    user.tokens.all().delete()
    Reset.objects.filter(user=user).delete()
    _await_another(user, Cause.RESET, by=by, today=today)
    settle_admin(user, acted=acted, by=by, today=today)
    record(
        "person-reset",
        who=by.username,
        day=today,
        person=user.username,
        tokens_ended=tokens,
    )
    return password


@transaction.atomic
def refuse_reset(name: str, *, today: date, by: Person, seen: str | None = None) -> None:
    """Take back that somebody is to be reset, whoever asked.

    `seen` is who had asked, by the page that `by` had before her.
    Raises NotFound, NotYours, AccountOutdated where she was reset meanwhile, or another
    asked.
    """
    require(by, Permission.PEOPLE)
    user = lock_account(name)
    found = account(user.pk, by=by)
    if found.reset_asked_by or _ended_in_a_reset(user):
        require_asker(found, seen)
    if Reset.objects.filter(user=user).delete()[0]:
        record("person-reset-refused", who=by.username, day=today, person=user.username)


def _ended_in_a_reset(user: User) -> bool:
    """Say whether what was last asked about her ended in a reset, and was not refused."""
    ends = AuditEntry.objects.filter(
        what__in=["person-reset", "person-reset-refused"], facts__person=user.username
    )
    last = ends.order_by("number").last()
    return last is not None and last.what == "person-reset"


def _is_agreed(user: User, *, by: Person, today: date) -> bool:
    """Say whether a second admin agrees with the first, or there is none; else note it.

    Raises PersonWrong where there is none because one was removed by herself alone.
    """
    asked = Reset.objects.filter(user=user).first()
    if asked and asked.asked_by_id != by.id:
        return True
    if not confirmed_admins().exclude(pk=by.id).exists():
        _require_agreed_removals()
        return True
    if asked is None:
        Reset.objects.create(user=user, asked_by_id=by.id, asked=today)
        record("person-reset-asked", who=by.username, day=today, person=user.username)
        return False
    raise PersonWrong("reset-second", "Another admin must confirm what you asked for.")


def _require_agreed_removals() -> None:
    """Raise PersonWrong while an admin is removed whom nobody else agreed to remove.

    One of two could be the only one by it, and reset whom she likes.
    """
    if names := ", ".join(removed_admins().values_list("username", flat=True)):
        raise PersonWrong(
            "reset-alone",
            f"One admin alone took the office from {names}. Until another admin confirms "
            "that on the page of the account, or somebody at the machine does "
            "(letterdesk user confirm), nobody is reset by one admin.",
        )


def _require_admin(by: Person) -> None:
    """Raise NotYours, or NotConfirmed for an admin who is nobody of her own yet.

    She could act through two accounts otherwise: make one, and be who confirms the other.
    """
    require(by, Permission.PEOPLE)
    require_confirmed(by)


def _await_another(
    user: User, cause: Cause, *, by: Person, today: date, token: Token | None = None
) -> None:
    """Note that another admin has to confirm what one did, unless she did it to herself."""
    if by.id not in {COMMAND.id, user.pk}:
        Unconfirmed.objects.get_or_create(
            user=user, cause=cause, by_id=by.id, token=token, defaults={"since": today}
        )


def lock_account(name: str) -> User:
    """Give an account that nobody else changes until a commit. Raises NotFound."""
    user = User.objects.select_for_update().filter(username=name).first()
    if user is None:
        raise no_person(name)
    return user


def _set_first(user: User, password: str) -> None:
    user.set_password(password)
    user.has_first_password = True


def _new(name: str, role: str, *, by: Person) -> User:
    check_new_name(name, by=by)
    return User(username=name, role=_role(role), pseudonym=free_pseudonym(role))


def _desks(given: Collection[str]) -> list[str]:
    """Give each desk once, in order, on one line. Raises LetterRefused."""
    desks = {one_line(clean(desk, field="desk", longest=LONGEST)) for desk in given}
    return sorted(desk for desk in desks if not is_blank(desk))


def _role(role: str) -> str:
    if role not in Role.values:
        raise PersonWrong("role-unknown", f"A role is one of {', '.join(Role.values)}.")
    return role


def _role_of_person(role: str) -> str:
    """Give a role that somebody who signs in can have: a registrar sees no page."""
    if _role(role) == Role.REGISTRAR:
        raise PersonWrong(
            "role-of-programs",
            "A registrar is a program, with a token: it registers stories, and sees "
            "nothing. Choose another role for a person.",
        )
    return role
