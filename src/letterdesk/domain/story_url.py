"""A story's URL: which one a browser finds, and how a story is known by it."""

import re

from letterdesk.domain.text import tame

_PARTS = re.compile(
    r"(?P<scheme>(?i:https?))://(?P<host>[^/?#]+?)(:(?P<port>[0-9]+))?(?=[/?#]|\Z)"
)
_NOT_IN_IT = re.compile(r"[\s#]")
# A host has none of the "forbidden host code points" of the WHATWG's URL standard in it.
_HOST = re.compile(
    r"(?=.*\w)[^\s/?#@:\\\[\]<>^|%\x00-\x1f]+|\[[0-9A-Fa-f:.]+\]",
)
# Parameters that say from where a reader came, and never which page she sees.
_TRACKING = re.compile(
    r"(?:amp;)?(?:utm_\w+|mtm_\w+|pk_(?:campaign|kwd|source|medium|content|keyword)|fbclid|"
    r"gclid|gclsrc|gbraid|wbraid|dclid|srsltid|msclkid|yclid|ysclid|twclid|ttclid|li_fat_id|"
    r"igshid|igsh|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|vero_id|_openstat|_ga|_gl)",
    re.IGNORECASE | re.ASCII,
)
_PORTS = {"http": 80, "https": 443}
_LONGEST_PORT, _LAST_PORT = 5, 65_535  # digits; the port itself


def wrong_with(url: str) -> str:
    """Say why this can be no story's URL; "" for one that a browser may find.

    Plain http is for onion services and old archives.
    """
    found = _PARTS.match(url)
    if not found or _NOT_IN_IT.search(url) or tame(url) != url:
        return (
            "A story's URL begins with https:// or http://, and has no space, no # and "
            "nothing that cannot be seen in it."
        )
    if "@" in found["host"]:
        return "A story's URL has no user name and no password in it. Leave them out."
    if not _HOST.fullmatch(found["host"]) or not _is_port(found["port"] or "0"):
        return (
            "No browser finds this URL: its host or its port cannot be right. It is "
            "written like https://news.example/a-story."
        )
    return ""


def canonical(url: str) -> str:
    """Give a URL as a story is known by it: scheme and host small, no default port.

    RFC 3986, 6.2.2.1 and 6.2.3. The rest is the newsroom's own, letter by letter.
    """
    found = _PARTS.match(url)
    if not found:
        return url
    scheme = found["scheme"].lower()
    port = found["port"] and int(found["port"])
    named = f":{port}" if port and port != _PORTS[scheme] else ""
    return f"{scheme}://{found['host'].lower()}{named}{url[found.end() :]}"


def without_tracking(url: str) -> str:
    """Give a URL without the parameters by which senders of links know who follows them.

    The rest stays letter by letter, and in its order.
    """
    page, _, query = url.partition("?")
    given = query.split("&")
    kept = [one for one in given if not _TRACKING.fullmatch(one.partition("=")[0])]
    if len(kept) == len(given):
        return url
    return f"{page}?{'&'.join(kept)}" if kept else page


def _is_port(digits: str) -> bool:
    return len(digits) <= _LONGEST_PORT and int(digits) <= _LAST_PORT
