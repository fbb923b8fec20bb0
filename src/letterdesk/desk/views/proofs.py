"""How lately a person has proved who she is, in this session."""

import time
from urllib.parse import urlencode, urlsplit

from allauth.account.internal.flows.login import get_authentication_records
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from letterdesk.desk.queries.errors import FactorsLost
from letterdesk.desk.queries.factors import codes_lost
from letterdesk.desk.views.adapter import factors_key
from letterdesk.desk.views.places import page_at
from letterdesk.desk.views.sentences import sentence

FRESH = 15 * 60  # seconds for which a proof counts
_TOO_MANY = {"too_many_login_attempts", "rate_limited"}  # codes of allauth's


def is_fresh(request: HttpRequest, *, has_factor: bool) -> bool:
    """Say whether the last proof is recent. With a second factor a password is none."""
    user = request.user
    if not user.is_authenticated:
        return False
    enough = {"mfa"} if has_factor else {"mfa", "password"}
    times = [
        float(record["at"])
        for record in get_authentication_records(request, user)
        if record["method"] in enough
    ]
    now = time.time()  # one that is still to come was given while the clock was ahead
    return any(0 <= now - at < FRESH for at in times)


def is_right(form: BaseForm) -> bool:
    """Say whether a proof is right; one that is no proof at all makes the library fail."""
    try:
        return form.is_valid()
    except (AttributeError, KeyError, TypeError, ValueError):
        return False


def lost(person_id: int) -> str:
    """Give why no code of hers can be checked; "" where one can."""
    return sentence(FactorsLost()) if codes_lost(person_id, factors_key()) else ""


def must_wait(form: BaseForm) -> bool:
    """Say whether a proof was not looked at, for too many before it were wrong."""
    found = form.errors.as_data().values()
    codes = {error.code for errors in found for error in errors}
    return not codes.isdisjoint(_TOO_MANY)


def has_to_wait() -> str:
    """Give what somebody reads whose code was not looked at."""
    return gettext(
        "Five codes were wrong. Wait five minutes; until then the right one is refused, "
        "too."
    )


def ask_again(request: HttpRequest, address: str) -> HttpResponse:
    """Send her to prove who she is, and from there back to the page she was on.

    What she sent from there is not kept: that page tells her to press the button again.
    """
    way = request.get_full_path()
    if request.method == "POST":
        came_from = urlsplit(request.headers.get("Referer", "")).path
        here = came_from if page_at(came_from) == came_from else page_at(request.path)
        way = f"{here}?done=again"
    return redirect(f"{address}?{urlencode({'next': way})}")


def way_back(request: HttpRequest) -> str:
    """Give where to go on, when it is an address of this desk; else the start."""
    sent = request.POST if request.method == "POST" else request.GET
    asked = sent.get("next", "")
    host = {request.get_host()}
    if not url_has_allowed_host_and_scheme(asked, allowed_hosts=host):
        return "/"
    path = urlsplit(asked).path
    return asked if page_at(path) == path else page_at(path)
