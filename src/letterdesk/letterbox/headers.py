"""The headers that go with every answer (threat model, 4.6)."""

from urllib.parse import urlsplit

from letterdesk.settings import Site

Header = tuple[str, str]

_COMMON: list[Header] = [
    ("server", ""),  # granian writes its own name where an application writes none
    ("x-content-type-options", "nosniff"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("referrer-policy", "same-origin"),  # with no-referrer, forms send `Origin: null`
    (
        "permissions-policy",
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), payment=(), usb=()",
    ),
]
_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors "
)
_YEAR = 365 * 24 * 3600  # seconds


def for_files(site: Site) -> list[Header]:
    """Give the headers of published files; how long they keep is not among them.

    Pages of the site's other origins may show them in a frame.
    """
    frames = " ".join(site.origins) or "'none'"
    return [*_COMMON, *_transport(site), ("content-security-policy", _POLICY + frames)]


def for_answers(site: Site) -> list[Header]:
    """Give the headers of what is made for one request, and kept nowhere."""
    return [
        *_COMMON,
        *_transport(site),
        ("content-security-policy", f"{_POLICY}'none'"),
        ("cache-control", "no-store"),
    ]


def _transport(site: Site) -> list[Header]:
    """Insist on https where the site has it; an onion address is safe without."""
    address = urlsplit(site.url)
    if address.scheme != "https" or (address.hostname or "").endswith(".onion"):
        return []
    below = "; includeSubDomains" if site.https_below else ""
    return [("strict-transport-security", f"max-age={_YEAR}{below}")]
