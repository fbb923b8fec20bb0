"""Signing in beyond the password: the second step, and proving it once more."""

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.core import ratelimit
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from letterdesk.desk.queries.errors import FactorsLost
from letterdesk.desk.queries.factors import factors
from letterdesk.desk.queries.people import Person
from letterdesk.desk.views.door import porch
from letterdesk.desk.views.pages import page
from letterdesk.desk.views.problems import too_many
from letterdesk.desk.views.proofs import has_to_wait, is_right, lost, must_wait, way_back
from letterdesk.desk.views.sentences import sentence


class SecondStep(AuthenticateView):  # type: ignore[misc] # allauth ships no types
    """What comes after the password: a code, or a passkey.

    Where no code can be checked it says so before one is typed.
    """

    template_name = "desk/sign_in_second.html"

    def get(self, *_args: object, **_more: object) -> HttpResponse:
        """Ask for a code or a passkey."""
        return self._ask(_status(self.stage.login.user.pk))

    def post(self, *_args: object, **_more: object) -> HttpResponse:
        """Sign her in if the proof is right; else ask again."""
        try:
            right = is_right(self.form)
        except FactorsLost:
            return self._ask(503)
        if right:
            entered: HttpResponse = self.form_valid(self.form)
            return entered
        return self._ask(429 if must_wait(self.form) else 200)

    def _ask(self, status: int) -> HttpResponse:
        words = _words(self.stage.login.user.pk, status=status)
        shown = self.get_context_data() | words
        answer: HttpResponse = self.render_to_response(shown, status=status)
        return answer


class PasskeySignIn(LoginWebAuthnView):  # type: ignore[misc] # allauth ships no types
    """Signing in with a passkey alone; one that opens nothing gets a page that says so."""

    template_name = "desk/sign_in_passkey.html"

    def post(self, *_args: object, **_more: object) -> HttpResponse:
        """Sign her in, or say that this passkey opens no account here, and nothing more."""
        form = self.get_form()
        if is_right(form):
            entered: HttpResponse = self.form_valid(form)
            return entered
        return render(self.request, self.template_name, status=403)


second_step = SecondStep.as_view()
passkey_sign_in = PasskeySignIn.as_view()


@porch("GET", "POST")
def again(request: HttpRequest, who: Person) -> HttpResponse:
    """Ask to prove once more who she is: by her second factor, or else her password."""
    found = factors(who.id)
    if request.method != "POST":
        return _again(request, who, status=_status(who.id))
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        return too_many(request)
    status = _by_factor(request) if found.any else _by_password(request)
    if status != 200:
        return _again(request, who, status=status)
    request.session.cycle_key()  # whoever knew the old one is out
    return redirect(way_back(request))


def _again(request: HttpRequest, who: Person, *, status: int) -> HttpResponse:
    found = factors(who.id)
    not_right = gettext("This is not right, or was used already. Try again.")
    return page(
        request,
        who,
        "desk/sign_in_again.html",
        status=status,
        factors=found,
        options=dict(begin_authentication(request.user)) if found.any else None,
        next=way_back(request),
        wrong=not_right if status == 422 else "",
        **_words(who.id, status=status),
    )


def _status(person_id: int) -> int:
    """Give the status of the question: 503 when nothing that she has can answer it."""
    is_shut = lost(person_id) and not factors(person_id).passkeys
    return 503 if is_shut else 200


def _words(person_id: int, *, status: int) -> dict[str, str]:
    """Give what the question says besides: that codes cannot be checked, or not yet."""
    return {
        "lost": sentence(FactorsLost()) if status == 503 else lost(person_id),
        "wait": has_to_wait() if status == 429 else "",
    }


def _by_password(request: HttpRequest) -> int:
    """Give the status of a proof by password: 200 when it is right, else 422."""
    user = request.user
    given = request.POST.get("password", "")
    if not user.is_authenticated or not user.check_password(given):
        return 422
    reauthenticate_by_password(request)
    return 200


def _by_factor(request: HttpRequest) -> int:
    """Give the status of another proof: 200 right, 422 not, 429 too many, 503 no key."""
    is_passkey = "credential" in request.POST
    kind = ReauthenticateWebAuthnForm if is_passkey else ReauthenticateForm
    form = kind(user=request.user, data=request.POST)
    try:
        right = is_right(form)
    except FactorsLost:
        return 503
    if not right:
        return 429 if must_wait(form) else 422
    form.save()
    return 200
