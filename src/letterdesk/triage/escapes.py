"""A text with the letters that HTML, addresses and programs write by their numbers.

&#29579;, M&uuml;ller, %EA%B9%80, \\u738b: who opens the link, or pastes them, reads them.
"""

import re
from html import unescape
from urllib.parse import unquote

_FILL = "\u200b"  # of no width, and no letter to anybody
_ESCAPED = re.compile(
    r"&#(?:[xX][0-9a-fA-F]{2,6}|[0-9]{2,7});?|&[A-Za-z]{2,8};"
    r"|\\u[0-9a-fA-F]{4}|(?:%[0-9a-fA-F]{2})+"
)
_SIGN = re.compile(r"[&%\\]")


def unescaped(text: str) -> str:
    """Give `text` with such letters as letters; as long as before, so that places stay."""
    return _ESCAPED.sub(_letters, text) if _SIGN.search(text) else text


def _letters(found: re.Match[str]) -> str:
    written = found[0]
    if written.startswith("%"):
        letters = unquote(written, errors="ignore")
    elif written.startswith("\\"):
        letters = chr(int(written[2:], 16))
    else:
        letters = unescape(written)
    return letters.rjust(len(written), _FILL)
