"""Form bytes to fields: application/x-www-form-urlencoded, read strictly.

What cannot be read one way only is refused: a broken percent sign, a field that comes
twice, a heap of fields. What is not UTF-8 is no text.
"""

import re

import msgspec

from letterdesk.domain.text import printable
from letterdesk.letterbox.refusals import Refused

MAX_FIELDS = 32  # four times what our own forms send
_BROKEN = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_ESCAPES = re.compile(rb"(?:%[0-9A-Fa-f]{2})+")
_BOUNDARY = re.compile(r"multipart/form-data *; *boundary=\"?([!-~]{1,70}?)\"?", re.I)
_PART_NAME = re.compile(rb'form-data; *name="([^"\r\n]*)"', re.I)


def read_form(raw: bytes) -> dict[str, str]:
    """Give the fields of a form. Raises Refused (`malformed`, `not-text`)."""
    if _BROKEN.search(raw) or raw.count(b"&") >= MAX_FIELDS:
        raise Refused("malformed")
    fields: dict[str, str] = {}
    for name, value in _pairs(raw):
        key = _text(name)
        if key in fields:
            raise Refused("malformed", field=key)
        fields[key] = _text(value, field=key)
    return fields


def as_typed(raw: bytes, *, media: str = "") -> dict[str, str]:
    """Give what can be read of a form that is refused, to hand it back to its writer.

    `media` is its media type, where that is no form of ours.
    """
    fields: dict[str, str] = {}
    for name, value in _found(raw, media):
        fields.setdefault(
            name.decode(errors="replace"), printable(value.decode(errors="replace"))
        )
    return fields


def _found(raw: bytes, media: str) -> list[tuple[bytes, bytes]]:
    """Give the fields of a body of any media type, as far as they can be told."""
    if boundary := _BOUNDARY.fullmatch(media):
        return _parts(raw, b"--" + boundary[1].encode())
    kind = media.partition(";")[0].strip().lower()
    if kind == "application/json":
        return _members(raw)
    pairs = _pairs(raw)
    if kind == "text/plain" and b"text" not in dict(pairs):
        return [(b"text", raw)]
    return pairs


def _members(raw: bytes) -> list[tuple[bytes, bytes]]:
    """Give the texts of a JSON object."""
    try:
        told = msgspec.json.decode(raw)
    except (msgspec.MsgspecError, RecursionError):
        return []
    written = told.items() if isinstance(told, dict) else ()
    return [
        (name.encode(errors="replace"), value.encode(errors="replace"))
        for name, value in written
        if isinstance(value, str)
    ]


def _parts(raw: bytes, boundary: bytes) -> list[tuple[bytes, bytes]]:
    """Give the fields of a multipart form, in memory, as far as they can be told."""
    found = []
    for part in raw.split(boundary, MAX_FIELDS)[1:]:
        head, _, value = part.partition(b"\r\n\r\n")
        if name := _PART_NAME.search(head):
            found.append((name[1], value.removesuffix(b"\r\n")))
    return found


def _pairs(raw: bytes) -> list[tuple[bytes, bytes]]:
    parts = raw.replace(b"+", b" ").split(b"&", MAX_FIELDS)[:MAX_FIELDS]
    return [
        (_decoded(name), _decoded(value))
        for name, _, value in (part.partition(b"=") for part in parts if part)
    ]


def _text(raw: bytes, *, field: str = "") -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise Refused("not-text", field=field) from error


def _decoded(raw: bytes) -> bytes:
    return _ESCAPES.sub(_run, raw) if b"%" in raw else raw


def _run(found: re.Match[bytes]) -> bytes:
    return bytes.fromhex(found[0].replace(b"%", b"").decode())
