"""The formats that a newsroom's letters leave in."""

from collections.abc import Mapping
from dataclasses import dataclass

DAYS = "--from and --to"
_PARTS = frozenset({"--story", DAYS, "--published-only"})


@dataclass(frozen=True, kw_only=True)
class Format:
    """A format, and which parts of a newsroom can be chosen for it."""

    takes: frozenset[str] = _PARTS
    is_text: bool = True
    is_public: bool = False  # nothing in it that was not published


FORMATS: Mapping[str, Format] = {
    "letterdesk": Format(),
    "wordpress": Format(),
    "coral": Format(is_text=False),
    "archive": Format(takes=frozenset({"--story"}), is_text=False, is_public=True),
    "statements": Format(takes=frozenset({DAYS}), is_public=True),
}
