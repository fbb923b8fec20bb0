"""Whose pages may send forms here and read the answers: our own, and those of the settings.

A browser says in `Origin` and `Sec-Fetch-Site` where a form comes from, and no page can
make it lie. Programs and old browsers may say nothing.
"""

from urllib.parse import urlsplit

from letterdesk.letterbox.headers import Header
from letterdesk.letterbox.rsgi import Headers
from letterdesk.settings import Site

_OURS = {"same-origin", "none"}  # of Sec-Fetch-Site: our page, or the reader herself
_HIDDEN = "null"  # an origin that the browser keeps to itself
_DAY = 24 * 3600  # seconds


class Origins:
    """The origins of one site."""

    def __init__(self, site: Site) -> None:
        self._own = _origin(site.url)
        self._others = frozenset(origin.lower() for origin in site.origins)

    def may_write(self, headers: Headers) -> bool:
        """Say whether a form with these headers may be taken.

        A page can hide its origin, but not that it is another than ours.
        """
        site = headers.get("sec-fetch-site", "")
        origin = headers.get("origin", "")
        if site in _OURS:
            return True
        if not origin or origin == _HIDDEN:
            return not site
        if origin.lower() == self._own or self.may_read(origin):
            return True
        return not site and _is_of_host(origin, headers)

    def may_read(self, origin: str) -> bool:
        """Say whether scripts on another site's pages may read what we answer them."""
        return origin.lower() in self._others

    def answered(self, headers: Headers) -> list[Header]:
        """Give what goes with every answer, so that allowed pages can read it."""
        if not self._others:
            return []
        origin = headers.get("origin", "")
        if not self.may_read(origin):
            return [("vary", "origin")]
        return [
            ("vary", "origin"),
            ("access-control-allow-origin", origin),
            ("access-control-expose-headers", "retry-after"),
        ]

    def asked_first(self, headers: Headers) -> list[Header]:
        """Give the answer to a preflight of an allowed page; nothing when it is not one."""
        wanted = headers.get("access-control-request-method", "")
        if not wanted or not self.may_read(headers.get("origin", "")):
            return []
        return [
            ("server", ""),
            ("access-control-allow-methods", "GET, HEAD, POST"),
            ("access-control-allow-headers", "accept, content-type"),
            ("access-control-max-age", str(_DAY)),
            ("content-length", "0"),
        ]


def _is_of_host(origin: str, headers: Headers) -> bool:
    """Say whether it is the address that the form was sent to, by http or https."""
    authority = origin.partition("://")[2].lower()
    return bool(authority) and authority == headers.get("host", "").lower()


def _origin(url: str) -> str:
    found = urlsplit(url)
    return f"{found.scheme}://{found.netloc}".lower()
