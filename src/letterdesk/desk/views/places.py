"""Which addresses show a page, and which only take a form from one."""

from collections.abc import Callable
from typing import TypeVar

from django.urls import Resolver404, resolve

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


def _is_page(path: str) -> bool:
    try:
        return resolve(path).func in _PAGES
    except Resolver404:
        return False
