"""What every answer of the desk carries, and which requests it does not hear."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from letterdesk.domain.text import printable

# Threat model, 4.6: our own files only, nothing in line, forms sent nowhere else.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",  # of pages; styles and scripts say otherwise themselves
    "X-Robots-Tag": "noindex, nofollow",
}
_CHANGES_NOTHING = {"GET", "HEAD", "OPTIONS"}


class AddressUnread(BadRequest):
    """An address of which a part is not UTF-8; `name` says which."""

    def __init__(self, name: str) -> None:
        super().__init__("This is not UTF-8.")
        self.name = name


def headers(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Give a middleware that adds the headers of threat model 4.6 to every answer.

    What another site makes a browser send is refused before anything looks at it.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = _refusal(request) or get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def readable(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Give a middleware that refuses a form or an address that is not UTF-8.

    Django would put U+FFFD in place of each byte that it cannot read, and nobody would know
    what was meant.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "").encode("latin-1")  # as WSGI has it
        if request.method in _CHANGES_NOTHING and (name := _unread(query)):
            raise AddressUnread(name)
        if not _is_utf8(query) or not _has_text(request):
            raise BadRequest("This is not UTF-8.")
        return get_response(request)

    return middleware


def clean_pages(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Give a middleware that hands nothing back in a page that no text has in it.

    A form is refused for such characters, which its writer cannot see: in the page that
    says so they are gone, and she can send it again. Of a NUL her browser would make
    U+FFFD, for which `readable` would refuse the whole request.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if request.method == "POST" and is_page and isinstance(response, HttpResponse):
            response.content = printable(response.content.decode()).encode()
        return response

    return middleware


def _has_text(request: HttpRequest) -> bool:
    """Say whether a form's fields can be read; files in it are another matter."""
    if request.content_type == "application/x-www-form-urlencoded":
        return _is_utf8(request.body)
    if request.content_type == "multipart/form-data":
        return not any("\ufffd" in one for _, all_ in request.POST.lists() for one in all_)
    return True


def _unread(query: bytes) -> str:
    """Give the name under which a query has what is not UTF-8; "" where there is none."""
    for part in query.split(b"&"):
        name, _, value = part.partition(b"=")
        if not _is_utf8(value) and _is_utf8(name):
            return unquote_to_bytes(name).decode()
    return ""


def _is_utf8(encoded: bytes) -> bool:
    try:
        unquote_to_bytes(encoded).decode()
    except UnicodeError:
        return False
    return True


def staying(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Give a middleware that lets a sign-in go on while it is used."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.user.is_authenticated:
            request.session.stay(now=timezone.now())  # type: ignore[attr-defined] # ours
        return response

    return middleware


def _refusal(request: HttpRequest) -> HttpResponse | None:
    elsewhere = request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}
    if not elsewhere or request.method in _CHANGES_NOTHING:
        return None
    return HttpResponse(
        "This form was sent from another site.\n", status=403, content_type="text/plain"
    )
