"""The media type that a published file's ending tells."""

import mimetypes

_TEXTS = {
    "html": "text/html",
    "json": "application/json",
    "atom": "application/atom+xml",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "xml": "application/xml",
}
_OTHERS = mimetypes.MimeTypes()  # Python's own table, whatever the machine's says


def media_type(name: str) -> str:
    """Give the value of `Content-Type` for a file of this name."""
    ending = name.rpartition(".")[2]
    if ending in _TEXTS:
        return f"{_TEXTS[ending]}; charset=utf-8"
    if ending == "webp":  # Python knows it from 3.13
        return "image/webp"
    guessed, encoding = _OTHERS.guess_type(name)
    if encoding or not guessed:
        return "application/octet-stream"
    return guessed
