"""A letter: what a reader sent, checked, and the bytes that are sealed.

The bytes are JSON behind a length, padded to a size class, so that a sealed letter shows
one of a few sizes and nothing else.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from letterdesk.domain.errors import LetterRefused, SealBroken
from letterdesk.domain.text import is_text, one_line, tame

MAX_TEXT = 5_000  # characters, after normalisation
MAX_NAME = 80
MAX_CONTACT = 254  # RFC 5321's longest address
SIZE_CLASSES = (1024, 2048, 4096, 8192, 16384, 32768)  # bytes, before sealing
ALLEGED = ("danger", "law", "rules")  # what a notice may say is wrong
_CONTACT = re.compile(r"[^\s@<>\"(),:;\\]+@[^\s@<>\"(),:;\\]+\.[^\s@<>\"(),:;\\]+")
_HEAD = 4  # bytes: the length of what follows, without the padding


class LetterKind(StrEnum):
    """What the reader wants with it."""

    COMMENT = "comment"
    TIP = "tip"
    WITHDRAWAL = "withdrawal"
    APPEAL = "appeal"
    NOTICE = "notice"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One letter, opened. `id` becomes the comment's: a letter collected twice is one.

    `lookup`, `outcome_key` (32 bytes) and `action_digest` (32 bytes) let the desk answer a
    comment, tip or notice. A withdrawal or an appeal carries `lookup` and `action_key`
    instead, which proves that its sender holds the receipt.
    """

    id: str
    kind: LetterKind
    arrived: date  # the day, UTC; never the time
    story: str = ""
    language: str = ""
    text: str = ""
    name: str = ""
    contact: str = ""
    reply_to: str = ""
    as_written: bool = False
    trapped: bool = False  # filled in the field that people leave empty
    comment: str = ""  # what a notice is about
    alleged: str = ""  # what is wrong with it: one of ALLEGED
    good_faith: bool = False  # who sends the notice believes it to be right and whole
    lookup: str = ""
    outcome_key: bytes = b""
    action_digest: bytes = b""
    action_key: bytes = b""


def is_contact(text: str) -> bool:
    """Say whether `text` looks like an e-mail address."""
    return _CONTACT.fullmatch(text) is not None


def pack(letter: Letter) -> bytes:
    """Give the letter as bytes of exactly one size class.

    Raises LetterRefused (`too-long`) when it fits none; one within the limits above fits.
    """
    written = {
        field.name: _plain(value)
        for field in fields(letter)
        if (value := getattr(letter, field.name))
    }
    raw = json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode()
    for size in SIZE_CLASSES:
        if _HEAD + len(raw) <= size:
            return (len(raw).to_bytes(_HEAD, "big") + raw).ljust(size, b"\0")
    raise LetterRefused("too-long", "It is too long to be sealed. Please shorten it.")


def unpack(padded: bytes) -> Letter:
    """Give the letter in `padded`. Raises SealBroken when it is not one.

    Whoever sealed it may not have been our letterbox: what the reader typed is checked by
    whoever stores it; here only that all other strings are text.
    """
    end = _HEAD + int.from_bytes(padded[:_HEAD], "big")
    try:
        written = json.loads(padded[_HEAD:end].decode())
        return Letter(**{name: _read(name, value) for name, value in written.items()})
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise SealBroken(
            "A sealed letter opened, but what is inside is not a letter. "
            "It is kept; see `letterdesk check`."
        ) from error


def as_sheet(letter: Letter, *, about: str = "") -> str:
    """Give a letter as plain text: what is known of it, a blank line, its words."""
    lines = {
        "Arrived": letter.arrived.isoformat(),
        "About": about or letter.story,
        "Name": letter.name,
        "Contact": letter.contact,
    }
    head = "\n".join(
        f"{label}: {tame(one_line(value))}" for label, value in lines.items() if value
    )
    return f"{head}\n\n{letter.text}\n"


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, date):
        return value.isoformat()
    return value


def _read(name: str, value: Any) -> Any:
    """Give the value of the field `name`, from JSON."""
    wanted = _TYPES[name]
    if wanted in _FROM_TEXT:
        return _FROM_TEXT[wanted](value)
    is_odd = wanted is str and name not in _TYPED and not is_text(str(value))
    if type(value) is not wanted or is_odd:
        raise TypeError(name)
    return value


_TYPED = {"text", "name", "contact"}
_TYPES: dict[str, Any] = {field.name: field.type for field in fields(Letter)}
_FROM_TEXT: dict[Any, Callable[[str], object]] = {
    bytes: bytes.fromhex,
    date: date.fromisoformat,
    LetterKind: LetterKind,
}
