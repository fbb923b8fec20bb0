"""Styles and pictures that pages link to: named by their content, never changed."""

import hashlib
from functools import lru_cache
from pathlib import Path

_STATIC = Path(__file__).parent / "static"
_SHEETS = (  # in this order they are one file: one request is kind to a slow network
    "tokens.css",
    "base.css",
    "site.css",
    "story.css",
    "thread.css",
    "form.css",
    "answers.css",
    "print.css",
)


def asset(name: str) -> str:
    """Give where in the public place an asset lies: assets/reader-HASH.css."""
    return _paths()[name]


@lru_cache(maxsize=1)
def assets() -> dict[str, bytes]:
    """Give every asset: path → content."""
    return {_path(name, raw): raw for name, raw in _contents().items()}


@lru_cache(maxsize=1)
def _paths() -> dict[str, str]:
    return {name: _path(name, raw) for name, raw in _contents().items()}


def _contents() -> dict[str, bytes]:
    sheet = "\n".join((_STATIC / name).read_text(encoding="utf-8") for name in _SHEETS)
    return {"reader.css": sheet.encode(), "mark.svg": (_STATIC / "mark.svg").read_bytes()}


def _path(name: str, raw: bytes) -> str:
    stem, _, ending = name.rpartition(".")
    return f"assets/{stem}-{hashlib.sha256(raw).hexdigest()[:10]}.{ending}"
