"""My account: password, language, keys."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from letterdesk.desk.actions.people import PersonWrong, change_password, set_veil
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.views.door import door
from letterdesk.desk.views.pages import page, today
from letterdesk.desk.views.problems import too_many
from letterdesk.desk.views.sentences import sentence

_YEAR = 365 * 24 * 3600  # seconds


@door(Permission.READ, "GET")
def account(request: HttpRequest, who: Person) -> HttpResponse:
    """Show what a person can set for herself."""
    return page(request, who, "desk/account.html")


@door(Permission.READ, "POST")
def password(request: HttpRequest, who: Person) -> HttpResponse:
    """Change the password; this session stays, all others end."""
    if not ratelimit.consume(request, action="change_password", user=request.user):
        return too_many(request)
    sent = request.POST
    try:
        change_password(
            who, old=sent.get("old", ""), new=sent.get("new", ""), today=today()
        )
    except PersonWrong as error:
        words = {"field": error.code, "wrong": sentence(error)}
        return page(request, who, "desk/account.html", status=422, **words)
    if request.user.is_authenticated:
        request.user.refresh_from_db()
        update_session_auth_hash(request, request.user)
    return _back("password")


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


def _back(done: str) -> HttpResponse:
    return redirect(reverse("account") + f"?done={done}")
