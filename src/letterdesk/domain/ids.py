"""Names for letters, comments and stories that say nothing about order or number."""

import re
import secrets

from letterdesk.domain import base32

_FORM = re.compile(r"[0-9a-hjkmnp-tv-z]{26}")


def new_id() -> str:
    """Give 128 random bits as 26 lower-case base 32 symbols: safe in paths and URLs."""
    return base32.encode(secrets.token_bytes(16)).lower()


def is_id(text: str) -> bool:
    """Say whether `text` has the form of an id; nothing about whether it exists."""
    return _FORM.fullmatch(text) is not None
