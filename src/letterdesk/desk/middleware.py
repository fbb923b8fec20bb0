"""What every answer of the desk carries, and which requests it does not hear."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

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
