"""My second factors: an app that shows codes, passkeys, recovery codes."""

from base64 import b64encode

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, clear_totp_secret
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_registration, get_state
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from letterdesk.desk.actions import factors as actions
from letterdesk.desk.forms.cursor import read_number
from letterdesk.desk.queries.errors import FactorsLost
from letterdesk.desk.queries.factors import factors, is_due
from letterdesk.desk.queries.people import Person
from letterdesk.desk.views.adapter import factors_key
from letterdesk.desk.views.door import inner_porch
from letterdesk.desk.views.pages import page, today
from letterdesk.desk.views.proofs import has_to_wait, is_right, lost, must_wait
from letterdesk.desk.views.sentences import sentence
from letterdesk.domain.errors import LetterRefused


@inner_porch("GET")
def second(request: HttpRequest, who: Person) -> HttpResponse:
    """Show what she signs in with, and how to set up more, or why she cannot."""
    key = factors_key()
    return page(
        request,
        who,
        "desk/second.html",
        factors=factors(who.id),
        is_due=is_due(who, settings.NEWSROOM.desk),
        lost=lost(who.id) if key else sentence(FactorsLost()),
        can_set_up=bool(key),
    )


@inner_porch("GET", "POST")
def add_app(request: HttpRequest, who: Person) -> HttpResponse:
    """Show the secret for her app, and keep it once the app has shown a right code."""
    sent = request.POST if request.method == "POST" else None
    is_done = factors(who.id).app and SECRET_SESSION_KEY not in request.session
    if sent is not None and is_done:
        return _done_before()
    form = _form_of_app(request, sent)
    if sent is not None and form.is_valid():
        codes = actions.add_app(form.secret, by=who, today=today())
        clear_totp_secret(request)
        return _done(request, who, codes)
    adapter = get_adapter()
    address = adapter.build_totp_url(request.user, form.secret)
    picture = b64encode(adapter.build_totp_svg(address).encode()).decode()
    return page(
        request,
        who,
        "desk/second_app.html",
        status=_status_of_app(form),
        secret=form.secret,
        picture=f"data:image/svg+xml;base64,{picture}",
        wrong=_wrong_in_app(form),
    )


def _form_of_app(request: HttpRequest, sent: QueryDict | None) -> ActivateTOTPForm:
    """Give the form whose secret waits in the session, sealed there as it will be kept.

    Sessions lie in the database. Raises FactorsLost.
    """
    adapter, session = get_adapter(), request.session
    if kept := session.get(SECRET_SESSION_KEY):
        session[SECRET_SESSION_KEY] = adapter.decrypt(kept)
    form = ActivateTOTPForm(user=request.user, data=sent)
    clear_totp_secret(request)  # it waits sealed, or not at all
    session[SECRET_SESSION_KEY] = adapter.encrypt(form.secret)
    return form


def _status_of_app(form: ActivateTOTPForm) -> int:
    if not form.errors:
        return 200
    return 429 if must_wait(form) else 422


def _wrong_in_app(form: ActivateTOTPForm) -> str:
    if not form.errors:
        return ""
    if must_wait(form):
        return has_to_wait()
    return gettext(
        "This is not the code that the app shows now. See that the phone's clock is right, "
        "and enter the next code."
    )


@inner_porch("POST")
def remove_app(_request: HttpRequest, who: Person) -> HttpResponse:
    """Take her app away."""
    actions.remove_app(by=who, today=today())
    return _back()


@inner_porch("GET", "POST")
def add_passkey(request: HttpRequest, who: Person) -> HttpResponse:
    """Let the browser make a passkey, and keep it."""
    wrong, found = "", factors(who.id)
    if not found.any and not factors_key():
        raise FactorsLost  # for recovery codes come with the first one
    if request.method == "POST":
        if found.passkeys and get_state() is None:
            return _done_before()
        form = AddWebAuthnForm(user=request.user, data=request.POST)
        try:
            if is_right(form):
                name, made = request.POST.get("name", ""), form.cleaned_data["credential"]
                codes = actions.add_passkey(name, made, by=who, today=today())
                return _done(request, who, codes)
            wrong = gettext("The passkey could not be made. Try again.")
        except LetterRefused as error:
            wrong = sentence(error)
    return page(
        request,
        who,
        "desk/second_passkey.html",
        status=422 if wrong else 200,
        options=dict(begin_registration(request.user, passwordless=True)),
        wrong=wrong,
    )


@inner_porch("POST")
def remove_passkey(_request: HttpRequest, who: Person, key_id: int) -> HttpResponse:
    """Take one of her passkeys away."""
    actions.remove_passkey(key_id, by=who, today=today())
    return _back()


@inner_porch("POST")
def renew_codes(request: HttpRequest, who: Person) -> HttpResponse:
    """Give her new recovery codes, to be seen this once."""
    seen = read_number(request.POST, "seen")
    try:
        codes = actions.renew_codes(by=who, today=today(), seen=seen)
    except actions.CodesRenewed:
        return _done_before()
    return _done(request, who, codes)


def _done(request: HttpRequest, who: Person, codes: tuple[str, ...]) -> HttpResponse:
    """Show new recovery codes, if there are; what she set up just now proves who she is."""
    record_authentication(request, request.user, method="mfa", reauthenticated=True)
    if not codes:
        return _back()
    return page(request, who, "desk/second_codes.html", codes=codes)


def _back() -> HttpResponse:
    return redirect(reverse("second") + "?done=saved")


def _done_before() -> HttpResponse:
    """Lead on who sends a form once more, as a page does that is loaded anew."""
    return redirect(reverse("second") + "?done=shown-once")
