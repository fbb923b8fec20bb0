"""The doors of every screen: who comes in, and what she meets who may not."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from letterdesk.desk.forms.filters import FilterUnknown
from letterdesk.desk.queries.errors import FactorsLost, NotFound, NotYours
from letterdesk.desk.queries.factors import has_second_factor, is_due
from letterdesk.desk.queries.people import Person, person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.views.ended import of_another, signed_out
from letterdesk.desk.views.places import as_ids_are, page_at, shows_page
from letterdesk.desk.views.problems import problem, wrong_method
from letterdesk.desk.views.proofs import ask_again, is_fresh
from letterdesk.desk.views.sentences import sentence
from letterdesk.domain.errors import LetterdeskError

_Rest = ParamSpec("_Rest")
_View = Callable[Concatenate[HttpRequest, Person, _Rest], HttpResponseBase]
_Guarded = Callable[Concatenate[HttpRequest, _Rest], HttpResponseBase]
_Check = Callable[[HttpRequest, Person], HttpResponse | None]
_STATUS = {NotYours: 403, NotFound: 404, FactorsLost: 503}


def door(
    permission: Permission, *methods: str
) -> Callable[[_View[_Rest]], _Guarded[_Rest]]:
    """Give a decorator: the view meets only people who may, and only by these methods.

    Whoever is not signed in is asked to; who may not, or asks for what is not there, gets
    a page that says so. Who still has her first password, or lacks a second factor that
    the newsroom asks for, is sent to set that up.
    """

    def check(request: HttpRequest, who: Person) -> HttpResponse | None:
        require(who, permission)
        return _to_set_up(request, who)

    return _guard(methods, check)


def inner_door(
    permission: Permission, *methods: str
) -> Callable[[_View[_Rest]], _Guarded[_Rest]]:
    """Give the same, for what a stolen sign-in must not do: she proves who she is anew."""

    def check(request: HttpRequest, who: Person) -> HttpResponse | None:
        require(who, permission)
        return _to_set_up(request, who) or _to_prove(request, who)

    return _guard(methods, check)


def porch(*methods: str) -> Callable[[_View[_Rest]], _Guarded[_Rest]]:
    """Give a decorator for where a person sets up what the door asks for."""
    return _guard(methods, lambda _request, _who: None)


def inner_porch(*methods: str) -> Callable[[_View[_Rest]], _Guarded[_Rest]]:
    """Give the same, where she proves once more who she is."""

    def check(request: HttpRequest, who: Person) -> HttpResponse | None:
        return _to_first_password(request) or _to_prove(request, who)

    return _guard(methods, check)


def _guard(
    methods: tuple[str, ...], check: _Check
) -> Callable[[_View[_Rest]], _Guarded[_Rest]]:
    allowed = {*methods, "HEAD"} if "GET" in methods else set(methods)

    def decorate(view: _View[_Rest]) -> _Guarded[_Rest]:
        @wraps(view)
        def guarded(
            request: HttpRequest, /, *args: _Rest.args, **kwargs: _Rest.kwargs
        ) -> HttpResponseBase:
            if request.method not in allowed:
                return wrong_method(request, allowed)
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            who = person(request.user)
            if request.POST.get("whose", who.username) != who.username:
                return of_another(request, now=who.username)
            try:
                return check(request, who) or view(request, who, *args, **kwargs)
            except (NotYours, NotFound, FactorsLost) as error:
                return _in_small(request, error) or problem(
                    request, _STATUS[type(error)], remedy=sentence(error)
                )
            except FilterUnknown as error:
                whole = page_at(request.path)
                return problem(request, 404, remedy=sentence(error), onward=whole)

        return shows_page(guarded) if "GET" in methods else guarded

    return decorate


def _in_small(request: HttpRequest, error: LetterdeskError) -> HttpResponse | None:
    """Lead to the page that is not there for its id was typed in capitals."""
    there = as_ids_are(request) if isinstance(error, NotFound) else ""
    return redirect(there) if there else None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Ask to sign in; a form is handed back, for nothing took it."""
    if request.method == "POST":
        return signed_out(request)
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "")


def _to_set_up(request: HttpRequest, who: Person) -> HttpResponse | None:
    if found := _to_first_password(request):
        return found
    if is_due(who, settings.NEWSROOM.desk) and not has_second_factor(who.id):
        return redirect("second")
    return None


def _to_first_password(request: HttpRequest) -> HttpResponse | None:
    has_it = getattr(request.user, "has_first_password", False)
    return redirect("first_password") if has_it else None


def _to_prove(request: HttpRequest, who: Person) -> HttpResponse | None:
    if is_fresh(request, has_factor=has_second_factor(who.id)):
        return None
    return ask_again(request, reverse("account_reauthenticate"))
