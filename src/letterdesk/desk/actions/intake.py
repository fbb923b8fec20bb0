"""Open sealed letters and check what is in them, before anything touches a table."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from letterdesk.desk.queries.unopened import KEY_UNKNOWN
from letterdesk.domain.envelope import read_envelope
from letterdesk.domain.errors import LetterRefused, SealBroken
from letterdesk.domain.ids import is_id
from letterdesk.domain.letter import (
    MAX_CONTACT,
    MAX_NAME,
    MAX_TEXT,
    Letter,
    LetterKind,
    is_contact,
)
from letterdesk.domain.text import clean, is_blank, one_line
from letterdesk.sealing import PrivateKey, open_letter

NOT_THE_AUTHOR = "not-the-author"
_LOOKUP = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")
_KEY = 32  # bytes
_LONGEST_WAY = timedelta(days=31)  # from a browser or letterbox to us
_BY_RECEIPT = frozenset({LetterKind.WITHDRAWAL, LetterKind.APPEAL})


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A sealed letter that cannot be taken, and why; it is kept all the same.

    `awaits` is the key, or the story, with which it can be taken; "" where there is none.
    """

    raw: bytes
    reason: str
    awaits: str = ""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A letter, checked, and the envelope it came in."""

    letter: Letter
    raw: bytes


def open_all(
    envelopes: Iterable[bytes], keys: Sequence[PrivateKey], *, today: date
) -> tuple[list[Opened], list[Refused]]:
    """Give the letters that open and are sound, and the rest with the reason."""
    opened: list[Opened] = []
    refused: list[Refused] = []
    for raw in envelopes:
        try:
            letter = _sound(open_letter(raw, keys), today=today)
            opened.append(Opened(letter=letter, raw=raw))
        except (SealBroken, LetterRefused) as error:
            other = _other_key(raw, keys)
            reason = KEY_UNKNOWN if other else error.code
            refused.append(Refused(raw=raw, reason=reason, awaits=other))
    return opened, refused


def _other_key(raw: bytes, keys: Sequence[PrivateKey]) -> str:
    """Give the key that is missing here to open an envelope; "" where none is."""
    try:
        found = read_envelope(raw).key_id
    except SealBroken:
        return ""
    return "" if any(key.public.id == found for key in keys) else found.hex()


def _sound(letter: Letter, *, today: date) -> Letter:
    """Give the letter as it is stored; whoever sealed it may not have been our letterbox.

    Raises LetterRefused.
    """
    if not is_id(letter.id):
        raise LetterRefused("id-wrong", "A letter's id is not one.", field="id")
    text = clean(letter.text, field="text", longest=MAX_TEXT)
    if letter.kind is not LetterKind.WITHDRAWAL and is_blank(text):
        raise LetterRefused("empty", "A letter without words.")
    contact = clean(letter.contact, field="contact", longest=MAX_CONTACT)
    if contact and not is_contact(contact):
        raise LetterRefused("contact-wrong", "An address that is none.", field="contact")
    answerable = _is_answerable(letter)
    if letter.kind in _BY_RECEIPT and not _LOOKUP.fullmatch(letter.lookup):
        raise LetterRefused(NOT_THE_AUTHOR, "It names no receipt.", field="lookup")
    return replace(
        letter,
        text=text,
        name=one_line(clean(letter.name, field="name", longest=MAX_NAME)),
        contact=contact,
        arrived=max(today - _LONGEST_WAY, min(letter.arrived, today)),
        lookup=letter.lookup if answerable else "",
        outcome_key=letter.outcome_key if answerable else b"",
        action_digest=letter.action_digest if answerable else b"",
    )


def _is_answerable(letter: Letter) -> bool:
    if letter.kind in _BY_RECEIPT:
        return True
    return (
        _LOOKUP.fullmatch(letter.lookup) is not None
        and len(letter.outcome_key) == _KEY
        and len(letter.action_digest) == _KEY
    )
