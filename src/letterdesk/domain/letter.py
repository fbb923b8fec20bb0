"""A letter: what a reader sent, checked, and the bytes that are sealed.

The bytes are JSON behind a length, padded to a size class, so that a sealed letter shows
one of a few sizes and nothing else.
"""

import json
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from letterdesk.domain.errors import SealBroken

MAX_TEXT = 5_000  # characters, after normalisation
MAX_NAME = 80
MAX_CONTACT = 254  # RFC 5321's longest address
SIZE_CLASSES = (1024, 2048, 4096, 8192, 16384, 32768)  # bytes, before sealing


class LetterKind(StrEnum):
    """What the reader wants with it."""

    COMMENT = "comment"
    TIP = "tip"
    WITHDRAWAL = "withdrawal"
    APPEAL = "appeal"
    NOTICE = "notice"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One letter, opened. `id` becomes the comment's id, so a letter collected twice is one.

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
    lookup: str = ""
    outcome_key: bytes = b""
    action_digest: bytes = b""
    action_key: bytes = b""


def pack(letter: Letter) -> bytes:
    """Give the letter as bytes of exactly one size class."""
    written = {
        field.name: _plain(value)
        for field in fields(letter)
        if (value := getattr(letter, field.name))
    }
    raw = json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode()
    size = next(size for size in SIZE_CLASSES if len(raw) + 4 <= size)
    return (len(raw).to_bytes(4, "big") + raw).ljust(size, b"\0")


def unpack(padded: bytes) -> Letter:
    """Give the letter in `padded`. Raises SealBroken when it is not one."""
    length = int.from_bytes(padded[:4], "big")
    try:
        written = json.loads(padded[4 : 4 + length])
        values = {name: _read(name, value) for name, value in written.items()}
        return Letter(**values)  # type: ignore[arg-type] # _read checks each by name
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise SealBroken(
            "A sealed letter opened, but what is inside is not a letter. "
            "It is kept; see `letterdesk check`."
        ) from error


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, date):
        return value.isoformat()
    return value


_STRINGS = {
    "id",
    "story",
    "language",
    "text",
    "name",
    "contact",
    "reply_to",
    "comment",
    "lookup",
}
_BYTES = {"outcome_key", "action_digest", "action_key"}
_FLAGS = {"as_written", "trapped"}


def _read(name: str, value: object) -> object:
    if name in _STRINGS and isinstance(value, str):
        return value
    if name in _BYTES and isinstance(value, str):
        return bytes.fromhex(value)
    if name in _FLAGS and isinstance(value, bool):
        return value
    if name == "kind":
        return LetterKind(str(value))
    if name == "arrived":
        return date.fromisoformat(str(value))
    raise TypeError(name)
