"""Which addresses show a page, and which only take a form from one."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse

from letterdesk.desk.forms.search import read_id

_View = TypeVar("_View", bound=Callable[..., object])
_PAGES: set[object] = set()


def shows_page(view: _View) -> _View:
    """Remember that a view answers a GET, and give it back."""
    _PAGES.add(view)
    return view


def page_at(path: str) -> str:
    """Give the nearest address that shows a page: this one, or one above it."""
    while path.strip("/"):
        if _is_page(path):
            return path
        path = path.rstrip("/").rpartition("/")[0] + "/"
    return "/"


def as_ids_are(request: HttpRequest) -> str:
    """Give the address of a page whose ids were typed in capitals, in small letters.

    "" where that is no other address, or it is no page that is asked for.
    """
    match = request.resolver_match
    if match is None or request.method not in {"GET", "HEAD"}:
        return ""
    small = {name: read_id(str(value)) or value for name, value in match.kwargs.items()}
    if small == match.kwargs:
        return ""
    query = request.META.get("QUERY_STRING", "")
    return reverse(match.view_name, kwargs=small) + (f"?{query}" if query else "")


def _is_page(path: str) -> bool:
    try:
        return resolve(path).func in _PAGES
    except Resolver404:
        return False
