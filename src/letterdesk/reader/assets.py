"""Styles, scripts and pictures that pages link to: named by their content, never changed.

What refers to another asset writes its plain name as "./NAME"; here it becomes the name by
content. `embed.js` and `embed.css` lie at lasting addresses too, for other sites to name.
"""

import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path

from letterdesk.reader.words import words
from letterdesk.tags import LANGUAGES

_STATIC = Path(__file__).parent / "static"
_READER = (  # in this order they are one file: one request is kind to a slow network
    "tokens.css",
    "base.css",
    "site.css",
    "story.css",
    "thread.css",
    "form.css",
    "answers.css",
    "print.css",
)
_SCRIPTS = (
    "offline.js",
    "seal.js",
    "receipt.js",
    "altcha.js",
    "write.js",
    "page.js",
)  # imported first
_EMBED_STYLES = ("embed.css", "embed-form.css")
_NAMED = re.compile(r'"\./([a-z\-]+\.(?:css|js))"')
_COMMENT = re.compile(r"(?:\A|(?<=[\s;{}]))/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\n\s*")
_NO_END = re.compile(r"(?<=[{(\[,;])\n(?=.)")  # a script and a style sheet go on here


def asset(name: str) -> str:
    """Give where in the public place an asset lies: assets/reader-HASH.css."""
    return _paths()[name]


@lru_cache(maxsize=1)
def assets() -> dict[str, bytes]:
    """Give every asset: path → content; what others refer to stands before them."""
    return {_paths()[name]: raw for name, raw in _contents().items()}


@lru_cache(maxsize=1)
def embed_files() -> dict[str, bytes]:
    """Give what other sites name: embed.js, and the style for includes without a script."""
    script = _NAMED.sub(lambda found: f'"./{asset(found[1])}"', _source("embed.js"))
    return {"embed.css": _contents()["embed.css"], "embed.js": script.encode()}


@lru_cache(maxsize=1)
def _paths() -> dict[str, str]:
    return {name: _path(name, raw) for name, raw in _contents().items()}


@lru_cache(maxsize=1)
def _contents() -> dict[str, bytes]:
    sheet = "\n".join(_read(name) for name in _READER)
    found = {"reader.css": sheet.encode(), "mark.svg": (_STATIC / "mark.svg").read_bytes()}
    for name in (*_EMBED_STYLES, *_SCRIPTS):
        named = _NAMED.sub(lambda one: f'"./{_beside(one[1], found)}"', _source(name))
        found[name] = named.encode()
    return found


def _beside(name: str, found: dict[str, bytes]) -> str:
    """Give the name by content of an asset in the same folder."""
    return _path(name, found[name]).rpartition("/")[2]


def _source(name: str) -> str:
    """Give a source without comments, indentation and needless ends of lines.

    Readers pay for every byte.
    Sources keep to /* comments */ that follow white space or a bracket, and to strings of
    one line.
    """
    lines = _SPACE.sub("\n", _COMMENT.sub("", _read(name))).strip() + "\n"
    return _NO_END.sub("", lines)


def _read(name: str) -> str:
    text = (_STATIC / name).read_text(encoding="utf-8")
    return text.replace("{}", _offline()) if name == "offline.js" else text


def _offline() -> str:
    """Give what the embed says without a connection, by language."""
    said = {
        tag: words(tag).gettext(
            "There is no connection just now. Please try again in half a minute."
        )
        for tag in LANGUAGES
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _path(name: str, raw: bytes) -> str:
    stem, _, ending = name.rpartition(".")
    return f"assets/{stem}-{hashlib.sha256(raw).hexdigest()[:10]}.{ending}"
