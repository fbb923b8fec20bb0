"""The door of every screen: who comes in, and what she meets who may not."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_http_methods

from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.people import Person, person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.views.problems import problem
from letterdesk.desk.views.sentences import sentence

_Rest = ParamSpec("_Rest")
_View = Callable[Concatenate[HttpRequest, Person, _Rest], HttpResponse]
_Guarded = Callable[Concatenate[HttpRequest, _Rest], HttpResponseBase]


def door(
    permission: Permission, *methods: str
) -> Callable[[_View[_Rest]], _Guarded[_Rest]]:
    """Give a decorator: the view meets only people who may, and only by these methods.

    Whoever is not signed in is asked to; who may not, or asks for what is not there, gets
    a page that says so.
    """

    def decorate(view: _View[_Rest]) -> _Guarded[_Rest]:
        @wraps(view)
        def guarded(
            request: HttpRequest, /, *args: _Rest.args, **kwargs: _Rest.kwargs
        ) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(_way_back(request))
            who = person(request.user)
            try:
                require(who, permission)
                return view(request, who, *args, **kwargs)
            except NotYours as error:
                return problem(request, 403, remedy=sentence(error))
            except NotFound as error:
                return problem(request, 404, remedy=sentence(error))

        return require_http_methods(["HEAD", *methods])(guarded)

    return decorate


def _way_back(request: HttpRequest) -> str:
    """Give where to go after signing in: the page itself, when it can be asked for."""
    return request.get_full_path() if request.method == "GET" else ""
