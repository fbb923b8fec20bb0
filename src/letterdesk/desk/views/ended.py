"""A form that nothing took, for it was old or the sign-in had ended: it is handed back."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from letterdesk.desk.forms.decision import WORDING
from letterdesk.desk.views.places import page_at
from letterdesk.domain.states import Action

_FEW = 20  # characters; shorter things are typed again soon enough
_SHORT = frozenset({"note", "law"})  # these are handed back however short they are
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "letters", "next", "whose"})  # ours
_SECRETS = frozenset({"password", "old", "new", "code", "credential"})
_ACTIONS = {one.value: one for one in Action}


def typed(request: HttpRequest) -> tuple[str, ...]:
    """Give the texts of a form, never a secret."""
    if request.method != "POST":
        return ()
    known = {WORDING + number for number in request.POST.getlist("rules")}
    return tuple(
        value
        for name, values in request.POST.lists()
        for value in values
        if name not in _NOT_TYPED | _SECRETS
        and (name in known or not name.startswith(WORDING))
        and (len(value) > _FEW or (name in _SHORT and value))
    )


def signed_out(request: HttpRequest) -> HttpResponse:
    """Give the page for a form that came too late for its sign-in. It is not kept."""
    texts = typed(request)
    return _handed_back(
        request,
        texts,
        status=401,
        heading=gettext("You are signed out"),
        remedy=gettext(
            "Your sign-in had ended, so nothing was saved. Your words are here: copy "
            "them, sign in, and put them back."
        )
        if texts
        else gettext(
            "Your sign-in had ended, so nothing was done. Sign in, then do it once more."
        ),
        onward=f"{reverse('account_login')}?{urlencode({'next': page_at(request.path)})}",
        to=gettext("Sign in, in another window") if texts else gettext("Sign in"),
    )


def out_of_date(request: HttpRequest) -> HttpResponse:
    """Give the page for a form that is too old to be taken, with words in it."""
    return _handed_back(
        request,
        typed(request),
        status=403,
        heading=gettext("This form is out of date"),
        remedy=gettext(
            "Nothing was saved. Your words are here: copy them, open the page anew, and "
            "put them back."
        ),
        onward=page_at(request.path),
        to=gettext("Open the page, in another window"),
    )


def of_another(request: HttpRequest, *, now: str) -> HttpResponse:
    """Give the page for a form of somebody else than who is signed in `now`."""
    return _handed_back(
        request,
        typed(request),
        status=403,
        heading=gettext("This form is somebody else’s"),
        remedy=gettext(
            "%(whose)s filled it in, and %(now)s is signed in in this browser now. Nothing "
            "was saved: of two people each decides for herself."
        )
        % {"whose": request.POST.get("whose", ""), "now": now},
        onward=page_at(request.path),
        to=gettext("Open the page, in another window"),
    )


def _handed_back(
    request: HttpRequest, texts: tuple[str, ...], *, status: int, **words: str
) -> HttpResponse:
    shown = {
        **words,
        "texts": texts,
        "wanted": _ACTIONS.get(request.POST.get("action", "")),
        "rules": request.POST.getlist("rules"),
    }
    return render(request, "desk/ended.html", shown, status=status)
