"""Pages for what goes wrong, in the design of all the others."""

import logging
import sys
from collections.abc import Collection

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy

from letterdesk.desk.forms.filters import FilterUnknown
from letterdesk.desk.middleware import AddressUnread
from letterdesk.desk.queries.people import person
from letterdesk.desk.views.ended import out_of_date, typed
from letterdesk.desk.views.pages import page
from letterdesk.desk.views.places import page_at
from letterdesk.desk.views.sentences import sentence
from letterdesk.failures import reason, will_pass

_log = logging.getLogger(__name__)
_NOT_NOW = 503
WAIT = "300"  # seconds, for whoever tries too often
_HEADINGS = {
    400: gettext_lazy("This request cannot be understood"),
    403: gettext_lazy("This is not open to you"),
    404: gettext_lazy("There is nothing here"),
    405: gettext_lazy("Only a button leads here"),
    409: gettext_lazy("Somebody was faster"),
    413: gettext_lazy("This is too much at once"),
    429: gettext_lazy("Too many tries"),
    500: gettext_lazy("Something went wrong here"),
    503: gettext_lazy("This cannot be done now"),
}
_REMEDIES = {
    400: gettext_lazy("Go back, reload the page and try again."),
    403: gettext_lazy("Ask an editor or an admin if you should be let in."),
    404: gettext_lazy("The address may be mistyped, or what was here is gone."),
    405: gettext_lazy("Nothing was changed. Open the page with the button, and press it."),
    409: gettext_lazy("Go back and look at it again."),
    413: gettext_lazy("Nothing was changed. Go back, shorten the text and send it again."),
    429: gettext_lazy("Wait five minutes, then try again."),
    500: gettext_lazy(
        "Nothing was changed. Try again; if it happens once more, tell who runs the desk."
    ),
    503: gettext_lazy("Nothing was changed. Try again later."),
}


def problem(
    request: HttpRequest,
    status: int,
    *,
    heading: str = "",
    remedy: str = "",
    onward: str = "",
) -> HttpResponse:
    """Give the page for a status, with sentences of its own where there are some.

    `onward` is the page that helps further, where the start page is not it.
    """
    heading = heading or str(_HEADINGS[status])
    remedy = remedy or str(_REMEDIES[status])
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return page(
            request,
            person(user),
            "desk/problem.html",
            status=status,
            number=status,
            heading=heading,
            remedy=remedy,
            onward=onward,
        )
    words = {"number": status, "heading": heading, "remedy": remedy, "onward": onward}
    return render(request, "desk/problem.html", words, status=status)


def wrong_method(request: HttpRequest, allowed: Collection[str]) -> HttpResponse:
    """Give the page for an address that is asked in a way that it does not know."""
    answer = problem(request, 405, onward=page_at(request.path))
    answer.headers["Allow"] = ", ".join(sorted(allowed))
    return answer


def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Give the page for a request that Django refused, or found too large.

    An address that cannot be read in part is one that asks for what nobody knows.
    """
    if isinstance(exception, AddressUnread):
        said = sentence(FilterUnknown(exception.name))
        return problem(request, 404, remedy=said, onward=page_at(request.path))
    return problem(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django names it
    """Give the page for what a person may not do."""
    return problem(request, 403)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django names it
    """Give the page for a form without this desk's mark: old, or from elsewhere.

    Words come back to who sent them from a page of this desk, and to nobody else.
    """
    if request.headers.get("Sec-Fetch-Site") == "same-origin" and typed(request):
        return out_of_date(request)
    return problem(
        request,
        403,
        heading=gettext("This form is out of date"),
        remedy=gettext(
            "The form was too old, or did not come from this desk. "
            "Go back, reload the page and send it again."
        ),
    )


def closed(request: HttpRequest) -> HttpResponse:
    """Give the page for somebody with the right password to an account that is closed."""
    return problem(
        request, 403, remedy=gettext("This account is closed. Ask an admin to open it.")
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django names it
    """Give the page for an address without anything behind it."""
    return problem(request, 404)


def too_many(request: HttpRequest) -> HttpResponse:
    """Give the page for somebody who tries too often."""
    answer = problem(request, 429)
    answer.headers["Retry-After"] = WAIT
    return answer


def failed(request: HttpRequest) -> HttpResponse:
    """Give the page for a fault of ours, without asking the database for anything.

    Where the database is away, or a disk full, it is none of ours, and passes.
    """
    error = sys.exception()
    status = _NOT_NOW if will_pass(error) else 500
    if isinstance(error, Exception) and status == _NOT_NOW:
        _log.error("page=not-now %s", reason(error))
    words = {"number": status, "heading": _HEADINGS[status], "remedy": _REMEDIES[status]}
    return render(request, "desk/problem.html", words, status=status)
