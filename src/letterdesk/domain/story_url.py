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


def _is_port(digits: str) -> bool:
    return len(digits) <= _LONGEST_PORT and int(digits) <= _LAST_PORT
