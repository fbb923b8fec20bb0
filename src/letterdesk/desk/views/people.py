"""The people at the desk: accounts, roles, first passwords, tokens."""

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from letterdesk.desk.actions.account_names import PersonWrong
from letterdesk.desk.actions.account_seen import AccountOutdated
from letterdesk.desk.actions.admins import LastAdmin
from letterdesk.desk.actions.confirm import confirm
from letterdesk.desk.actions.people import add_user, change_person, deactivate, reopen
from letterdesk.desk.actions.resets import refuse_reset, reset
from letterdesk.desk.actions.shown_once import password_again, token_again
from letterdesk.desk.actions.tokens import add_token, revoke_token
from letterdesk.desk.forms.cursor import read_number
from letterdesk.desk.forms.person import (
    new_desk,
    read_desks,
    read_person,
    read_seen,
    ticked_desks,
)
from letterdesk.desk.queries.accounts import (
    account,
    accounts,
    known_desks,
    who_may_confirm,
)
from letterdesk.desk.queries.errors import NotConfirmed
from letterdesk.desk.queries.people import Person, usernames
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.views.door import inner_door
from letterdesk.desk.views.pages import page, today
from letterdesk.desk.views.sent_forms import note_sent, read_form
from letterdesk.desk.views.sentences import sentence
from letterdesk.domain.errors import LetterdeskError, LetterRefused
from letterdesk.domain.ids import new_id
from letterdesk.domain.roles import OF_PEOPLE, Role

_REFUSALS = (AccountOutdated, PersonWrong, LastAdmin, LetterRefused, NotConfirmed)


@inner_door(Permission.PEOPLE, "GET")
def people(request: HttpRequest, who: Person) -> HttpResponse:
    """List every account."""
    return page(request, who, "desk/people.html", accounts=accounts(who))


@inner_door(Permission.PEOPLE, "GET", "POST")
def new_person(request: HttpRequest, who: Person) -> HttpResponse:
    """Make an account, or one for a program; show its first password, or token, once."""
    if request.method != "POST":
        return _form(request, who)
    sent = request.POST
    name, role = sent.get("name", "").strip(), sent.get("role", "")
    form = read_form(request)
    try:
        if sent.get("kind") == "program":
            if not (secret := token_again(name, role, by=who, form=form.sent)):
                _refuse_known(name)
                secret = add_token(name, role, today=today(), by=who, form=form.new)
        else:
            places = read_desks(sent, known=known_desks())
            secret = password_again(name, role, *places, by=who, form=form.sent)
            secret = secret or add_user(
                name, role, today=today(), desks=places, by=who, form=form.new
            )
    except _REFUSALS as error:
        return _form(request, who, wrong=error)
    return _secret(request, who, name, secret)


@inner_door(Permission.PEOPLE, "GET", "POST")
def one_person(request: HttpRequest, who: Person, person_id: int) -> HttpResponse:
    """Show an account, or change role, desks and pseudonym."""
    if request.method != "POST":
        return _person(request, who, person_id)
    try:
        name = account(person_id, by=who).name
        sheet = read_person(request.POST, known=known_desks())
        change_person(name, sheet, today=today(), by=who)
    except _REFUSALS as error:
        return _person(request, who, person_id, wrong=error)
    if name == who.username and sheet.role != Role.ADMIN:  # this page is hers no more
        return redirect(reverse("start") + "?done=saved")
    return _back(person_id)


@inner_door(Permission.PEOPLE, "POST")
def close_person(request: HttpRequest, who: Person, person_id: int) -> HttpResponse:
    """Close an account at once, or open it again."""
    name = account(person_id, by=who).name
    try:
        if "reopen" in request.POST:
            reopen(name, today=today(), by=who)
        else:
            deactivate(name, today=today(), by=who)
    except _REFUSALS as error:
        return _person(request, who, person_id, wrong=error)
    return _back(person_id)


@inner_door(Permission.PEOPLE, "POST")
def reset_person(request: HttpRequest, who: Person, person_id: int) -> HttpResponse:
    """Ask for a new first password, or confirm what another admin asked; or refuse it."""
    name = account(person_id, by=who).name
    try:
        seen = read_seen(request.POST)
        if "refuse" in request.POST:
            refuse_reset(name, today=today(), by=who, seen=seen)
            return _back(person_id)
        form = read_form(request)
        secret = password_again(name, by=who, form=form.sent) or reset(
            name, today=today(), by=who, seen=seen, form=form.new
        )
    except _REFUSALS as error:
        return _person(request, who, person_id, wrong=error)
    return _secret(request, who, name, secret) if secret else _back(person_id)


@inner_door(Permission.PEOPLE, "POST")
def confirm_person(request: HttpRequest, who: Person, person_id: int) -> HttpResponse:
    """Confirm what other admins did to an account."""
    try:
        name, seen = account(person_id, by=who).name, read_seen(request.POST)
        confirm(name, today=today(), by=who, seen=seen)
    except _REFUSALS as error:
        return _person(request, who, person_id, wrong=error)
    return redirect(reverse("person", args=[person_id]) + "?done=confirmed")


@inner_door(Permission.PEOPLE, "POST")
def tokens(request: HttpRequest, who: Person, person_id: int) -> HttpResponse:
    """Make a token and show it once, or revoke one."""
    found = account(person_id, by=who)
    if "revoke" in request.POST:
        revoked = read_number(request.POST, "revoke") or 0  # which no token has
        revoke_token(revoked, today=today(), by=who)
        return _back(person_id)
    try:
        role, form = request.POST.get("role", ""), read_form(request)
        secret = token_again(found.name, role, by=who, form=form.sent)
        secret = secret or add_token(found.name, role, today=today(), by=who, form=form.new)
    except _REFUSALS as error:
        return _person(request, who, person_id, wrong=error)
    return _secret(request, who, found.name, secret)


def _refuse_known(name: str) -> None:
    """Raise PersonWrong when the name is taken: a program begins with an account."""
    if name in usernames():
        raise PersonWrong("name-taken", f"There is an account {name} already.")


def _form(
    request: HttpRequest, who: Person, *, wrong: LetterdeskError | None = None
) -> HttpResponse:
    return page(
        request,
        who,
        "desk/person_new.html",
        status=422 if wrong else 200,
        roles=tuple(Role),
        form=new_id(),
        desks=_ticked(ticked_desks(request.POST)),
        new_desk=new_desk(request.POST),
        values={name: str(request.POST.get(name, "")) for name in _FIELDS},
        wrong=sentence(wrong) if wrong else "",
    )


_FIELDS = ("name", "role", "kind")


def _person(
    request: HttpRequest,
    who: Person,
    person_id: int,
    *,
    wrong: LetterdeskError | None = None,
) -> HttpResponse:
    found = account(person_id, by=who)
    confirmers = who_may_confirm(found) if found.unconfirmed else ()
    sent = request.POST if "pseudonym" in request.POST else None
    is_outdated = isinstance(wrong, AccountOutdated)
    return page(
        request,
        who,
        "desk/person.html",
        status=_status(wrong),
        account=found,
        is_outdated=is_outdated and sent is not None,
        seen=found.sheet_mark if is_outdated or not sent else read_seen(sent),
        roles=tuple(Role) if found.is_program else OF_PEOPLE,
        token_roles=tuple(Role),
        role=sent.get("role", "") if sent else found.role,
        pseudonym=sent.get("pseudonym", "") if sent else found.pseudonym,
        desks=_ticked(ticked_desks(sent) if sent else found.desks),
        new_desk=new_desk(sent) if sent else "",
        may_confirm=who.username in confirmers,
        confirmers=[name for name in confirmers if name != who.username],
        is_me=found.name == who.username,
        form=new_id(),
        wrong=sentence(wrong) if wrong else "",
    )


def _status(wrong: LetterdeskError | None) -> int:
    if wrong is None:
        return 200
    return 409 if isinstance(wrong, AccountOutdated) else 422


def _ticked(chosen: Collection[str]) -> tuple[tuple[str, bool], ...]:
    """Give every desk that there is, and whether it is ticked."""
    return tuple((desk, desk in chosen) for desk in known_desks())


def _secret(request: HttpRequest, who: Person, name: str, secret: str) -> HttpResponse:
    note_sent(request)
    return page(
        request,
        who,
        "desk/person_secret.html",
        name=name,
        secret=secret,
        is_me=name == who.username,
    )


def _back(person_id: int) -> HttpResponse:
    return redirect(reverse("person", args=[person_id]) + "?done=saved")
