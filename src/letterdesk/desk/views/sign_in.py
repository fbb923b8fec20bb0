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
from letterdesk.desk.views.problems import problem, too_many
from letterdesk.desk.views.proofs import is_right, way_back
from letterdesk.desk.views.sentences import sentence


class SecondStep(AuthenticateView):  # type: ignore[misc] # allauth ships no types
    """What comes after the password: a code, or a passkey."""

    template_name = "desk/sign_in_second.html"

    def post(self, *_args: object, **_more: object) -> HttpResponse:
        """Sign her in if the proof is right; else ask again."""
        try:
            right = is_right(self.form)
        except FactorsLost as error:
            return problem(self.request, 500, remedy=sentence(error))
        found: HttpResponse = (self.form_valid if right else self.form_invalid)(self.form)
        return found


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
        return _again(request, who, has_factor=found.any)
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        return too_many(request)
    is_right = _by_factor(request) if found.any else _by_password(request)
    if not is_right:
        wrong = gettext("This is not right, or was used already. Try again.")
        return _again(request, who, has_factor=found.any, wrong=wrong)
    request.session.cycle_key()  # whoever knew the old one is out
    return redirect(way_back(request))


def _again(
    request: HttpRequest, who: Person, *, has_factor: bool, wrong: str = ""
) -> HttpResponse:
    options = dict(begin_authentication(request.user)) if has_factor else None
    return page(
        request,
        who,
        "desk/sign_in_again.html",
        status=422 if wrong else 200,
        factors=factors(who.id),
        options=options,
        next=way_back(request),
        wrong=wrong,
    )


def _by_password(request: HttpRequest) -> bool:
    user = request.user
    given = request.POST.get("password", "")
    if not user.is_authenticated or not user.check_password(given):
        return False
    reauthenticate_by_password(request)
    return True


def _by_factor(request: HttpRequest) -> bool:
    is_passkey = "credential" in request.POST
    kind = ReauthenticateWebAuthnForm if is_passkey else ReauthenticateForm
    form = kind(user=request.user, data=request.POST)
    if not is_right(form):
        return False
    form.save()
    return True
