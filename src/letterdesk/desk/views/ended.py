"""A form that arrives after the sign-in has ended: its words are handed back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_FEW = 20  # characters; shorter things are typed again soon enough
_SECRETS = ("password", "old", "new", "code", "csrfmiddlewaretoken", "credential")


def typed(request: HttpRequest) -> tuple[str, ...]:
    """Give the longer texts of a form, never a secret."""
    if request.method != "POST":
        return ()
    return tuple(
        value
        for name, values in request.POST.lists()
        for value in values
        if len(value) > _FEW and name not in _SECRETS
    )


def what_was_typed(request: HttpRequest) -> HttpResponse:
    """Give the page that hands the words back; nothing of them is kept."""
    words = {"texts": typed(request)}
    return render(request, "desk/ended.html", words, status=401)
