"""Give somebody a new first password who lost hers, or her second factor."""

from datetime import date

from django.db import transaction

from letterdesk.desk.actions.account_names import PersonWrong
from letterdesk.desk.actions.account_seen import require_asker
from letterdesk.desk.actions.accounts import (
    await_another,
    lock_account,
    require_admin,
    set_first_password,
)
from letterdesk.desk.actions.admins import settle_admin
from letterdesk.desk.actions.factors import forget_factors
from letterdesk.desk.actions.record import record
from letterdesk.desk.actions.shown_once import new_password, password_again
from letterdesk.desk.models import AuditEntry, Cause, Reset, User
from letterdesk.desk.queries.accounts import account
from letterdesk.desk.queries.confirmations import (
    acts_as_admin,
    confirmed_admins,
    removed_admins,
)
from letterdesk.desk.queries.people import COMMAND, Person
from letterdesk.desk.queries.permissions import Permission, require


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
    Raises NotFound, NotYours, NotConfirmed, AccountOutdated, PersonWrong (`account-closed`,
    `reset-own`, `reset-second`, `reset-alone`).
    """
    require_admin(by)
    user = lock_account(name)
    acted = acts_as_admin(user.pk)
    if user.pk == by.id:
        raise PersonWrong("reset-own", "Change your own password on the page My account.")
    if not user.is_active:
        raise PersonWrong("account-closed", "The account is closed. Open it again first.")
    if again := password_again(name, by=by, form=form):
        return again
    found = account(user.pk, by=by)
    if seen == "" and found.reset_asked_by == by.username:
        return ""  # she pressed twice
    require_asker(found, seen)
    if by != COMMAND and not _is_agreed(user, by=by, today=today):
        return ""
    password = new_password(name, by=by, form=form)
    set_first_password(user, password)
    user.save(update_fields=["password", "has_first_password"])
    tokens = _end_access(user)
    Reset.objects.filter(user=user).delete()
    await_another(user, Cause.RESET, by=by, today=today)
    settle_admin(user, acted=acted, by=by, today=today)
    record(
        "person-reset",
        who=by.username,
        day=today,
        person=user.username,
        tokens_ended=tokens,
    )
    return password


def _end_access(user: User) -> int:
    """End what let in whoever had it: factors, sign-ins, tokens; give how many tokens."""
    forget_factors(user)
    user.sessions.all().delete()
    tokens = user.tokens.count()
    user.tokens.all().delete()
    return tokens


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
