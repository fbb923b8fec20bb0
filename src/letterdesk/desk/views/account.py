"""My account: password, language, keys."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from letterdesk.desk.actions.account_names import PersonWrong
from letterdesk.desk.actions.own_account import (
    change_password,
    choose_password,
    set_veil,
)
from letterdesk.desk.actions.sessions import digest, end_other_sessions
from letterdesk.desk.actions.sessions import end_session as end_one
from letterdesk.desk.forms.password import read_new_password
from letterdesk.desk.forms.words import read_word
from letterdesk.desk.queries.confirmations import is_confirmed
from letterdesk.desk.queries.factors import factors
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.queries.sessions import sessions_of
from letterdesk.desk.views.door import door, porch
from letterdesk.desk.views.pages import now, page, today
from letterdesk.desk.views.problems import too_many
from letterdesk.desk.views.sentences import sentence

_YEAR = 365 * 24 * 3600  # seconds
_NEW_WRONG = frozenset({"password-weak", "password-same", "password-differs"})


@door(Permission.READ, "GET")
def account(request: HttpRequest, who: Person) -> HttpResponse:
    """Show what a person can set for herself."""
    return _account(request, who)


@door(Permission.READ, "POST")
def password(request: HttpRequest, who: Person) -> HttpResponse:
    """Change the password; this session stays, all others end."""
    if not ratelimit.consume(request, action="change_password", user=request.user):
        return too_many(request)
    sent = request.POST
    try:
        new = read_new_password(sent)
        change_password(who, old=sent.get("old", ""), new=new, today=today())
    except PersonWrong as error:
        return _account(request, who, field=error.code, wrong=sentence(error))
    _go_on(request, who)
    return _back("password")


@porch("GET", "POST")
def first_password(request: HttpRequest, who: Person) -> HttpResponse:
    """Ask for a password of her own instead of the first one."""
    if not getattr(request.user, "has_first_password", False):
        return redirect("start")
    wrong = ""
    if request.method == "POST":
        if not ratelimit.consume(request, action="change_password", user=request.user):
            return too_many(request)
        try:
            choose_password(who, new=read_new_password(request.POST), today=today())
        except PersonWrong as error:
            wrong = sentence(error)
        else:
            _go_on(request, who)
            return redirect(reverse("start") + "?done=password")
    status = 422 if wrong else 200
    return page(request, who, "desk/first_password.html", status=status, wrong=wrong)


@door(Permission.READ, "GET")
def sessions(request: HttpRequest, who: Person) -> HttpResponse:
    """List where she is signed in."""
    desk = settings.NEWSROOM.desk
    return page(
        request,
        who,
        "desk/sessions.html",
        sessions=sessions_of(who, current=digest(_key(request)), now=now()),
        idle=desk.idle_minutes,
        longest=desk.session_hours,
    )


@door(Permission.READ, "POST")
def end_session(request: HttpRequest, who: Person) -> HttpResponse:
    """End one of her sign-ins, or all but this one."""
    if "others" in request.POST:
        end_other_sessions(_key(request), by=who, today=today())
    else:
        end_one(read_word(request.POST, "session"), by=who, today=today())
    return redirect(reverse("sessions") + "?done=saved")


@door(Permission.READ, "POST")
def keys(request: HttpRequest, _who: Person) -> HttpResponse:
    """Switch the single keys on or off, on this device."""
    answer = _back("preferences")
    answer.set_cookie(
        "keys",
        "off" if request.POST.get("keys") == "off" else "on",
        max_age=_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return answer


@door(Permission.READ, "POST")
def care(request: HttpRequest, who: Person) -> HttpResponse:
    """Veil harsh letters until they are opened, or show them at once."""
    set_veil(who, veils=request.POST.get("veils") == "on")
    return _back("preferences")


@door(Permission.READ, "GET")
def help_(request: HttpRequest, who: Person) -> HttpResponse:
    """Show which key does what."""
    return page(request, who, "desk/keys.html")


def _account(
    request: HttpRequest, who: Person, *, field: str = "", wrong: str = ""
) -> HttpResponse:
    return page(
        request,
        who,
        "desk/account.html",
        status=422 if wrong else 200,
        field=field,
        is_new_wrong=field in _NEW_WRONG,
        wrong=wrong,
        factors=factors(who.id),
        is_confirmed=is_confirmed(who),
    )


def _go_on(request: HttpRequest, who: Person) -> None:
    """Let this sign-in outlive a change of password, which ends all others."""
    if request.user.is_authenticated:
        request.user.refresh_from_db()
        update_session_auth_hash(request, request.user)
        end_other_sessions(_key(request), by=who, today=today())


def _key(request: HttpRequest) -> str:
    return request.session.session_key or ""


def _back(done: str) -> HttpResponse:
    return redirect(reverse("account") + f"?done={done}")
