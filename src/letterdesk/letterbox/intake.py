"""A form's fields to a letter, checked, or the reason why not."""

import re
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from letterdesk.domain import ids, receipt
from letterdesk.domain.errors import CodeWrong, LetterRefused
from letterdesk.domain.letter import (
    ALLEGED,
    MAX_CONTACT,
    MAX_NAME,
    MAX_TEXT,
    Letter,
    LetterKind,
    is_contact,
)
from letterdesk.domain.story import Story
from letterdesk.domain.text import clean, is_blank, one_line
from letterdesk.letterbox import once
from letterdesk.letterbox.refusals import Refused
from letterdesk.sealing import PublicKey, is_envelope, is_sealed_to

_LONGEST = {"text": MAX_TEXT, "name": MAX_NAME, "contact": MAX_CONTACT}
_BASE64URL = re.compile(r"[A-Za-z0-9_\-]+")

Fields = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A letter to seal, and the receipt code, which is its writer's alone."""

    letter: Letter
    code: str


def comment(fields: Fields, *, story: Story, today: date) -> Taken:
    """Give the letter in the form below a story: a comment or a tip.

    Whether `reply_to` is published is not looked at here. Raises Refused.
    """
    kind = LetterKind.TIP if "tip" in fields else LetterKind.COMMENT
    return _taken(kind, fields, story=story, today=today)


def notice(fields: Fields, *, story: Story, today: date) -> Taken:
    """Give a reader's report of a published comment. Raises Refused."""
    return _taken(LetterKind.NOTICE, fields, story=story, today=today)


def sealed(fields: Fields, *, keys: Sequence[PublicKey]) -> bytes:
    """Give the envelope in a form that was sealed in the browser to one of `keys`.

    What is in it can be told by the desk only. Raises Refused: `sealed-broken` for what is
    no envelope, `sealed-wrong` for one to another key.
    """
    written = fields["sealed"]
    padded = written + "=" * (-len(written) % 4)
    if not _BASE64URL.fullmatch(written) or len(written) % 4 == 1:
        raise Refused("sealed-broken", field="sealed")
    envelope = b64decode(padded, altchars=b"-_", validate=True)
    if not is_envelope(envelope):
        raise Refused("sealed-broken", field="sealed")
    if not is_sealed_to(envelope, keys):
        raise Refused("sealed-wrong", field="sealed")
    return envelope


def withdrawal(fields: Fields, *, today: date) -> Letter:
    """Give the letter by which its author takes a letter back. Raises Refused."""
    return _by_receipt(LetterKind.WITHDRAWAL, code_number(fields), today=today)


def appeal(fields: Fields, *, today: date) -> Letter:
    """Give the letter that asks another person to decide anew. Raises Refused."""
    number = code_number(fields)
    return _by_receipt(LetterKind.APPEAL, number, today=today, text=_text(fields))


def code_number(fields: Fields) -> int:
    """Give the number of the receipt code in a form.

    Raises Refused: `code-missing` where there is none, `code-wrong` for a typing error.
    """
    code = fields.get("code", "")
    if not code.strip():
        raise Refused("code-missing", field="code")
    try:
        return receipt.read_code(code)
    except CodeWrong as error:
        raise Refused(error.code, field="code") from error


def _by_receipt(kind: LetterKind, number: int, *, today: date, text: str = "") -> Letter:
    """Give what the holder of a receipt sends; sent again, it has the same id."""
    keys = receipt.derive(number)
    letter = Letter(
        id="",
        kind=kind,
        arrived=today,
        text=text,
        lookup=keys.lookup,
        action_key=keys.action_key,
    )
    return replace(letter, id=once.name_of_receipt(letter, number=number))


def _taken(kind: LetterKind, fields: Fields, *, story: Story, today: date) -> Taken:
    write = partial(
        Letter,
        kind=kind,
        arrived=today,
        story=story.id,
        language=story.language,
        text=_text(fields),
        name=one_line(_cleaned(fields, "name")),
        contact=_contact(fields),
        reply_to=_id(fields, "reply_to"),
        as_written="as_written" in fields,
        trapped=bool(fields.get("homepage")),
        comment=_id(fields, "comment"),
        alleged=_alleged(fields),
        good_faith="good_faith" in fields,
    )
    mark = _once(fields)
    id_, number = once.names(write(id=""), once=mark) if mark else once.names_by_chance()
    keys = receipt.derive(number)
    letter = write(
        id=id_,
        lookup=keys.lookup,
        outcome_key=keys.outcome_key,
        action_digest=receipt.action_digest(keys.action_key),
    )
    return Taken(letter=letter, code=receipt.show_code(number))


def _once(fields: Fields) -> str:
    """Give what makes the same form the same letter; "" in a form without it."""
    written = fields.get("once", "")
    if written and not ids.is_id(written):
        raise Refused("malformed", field="once")
    return written


def _alleged(fields: Fields) -> str:
    """Give what a notice says is wrong; "" when it does not say."""
    said = fields.get("alleged", "")
    if said and said not in ALLEGED:
        raise Refused("alleged-unknown", field="alleged")
    return said


def _text(fields: Fields) -> str:
    text = _cleaned(fields, "text")
    if is_blank(text):
        raise Refused("empty", field="text")
    return text


def _contact(fields: Fields) -> str:
    contact = _cleaned(fields, "contact")
    if contact and not is_contact(contact):
        raise Refused("contact-wrong", field="contact")
    return contact


def _id(fields: Fields, field: str) -> str:
    found = fields.get(field, "").strip()
    if found and not ids.is_id(found):
        raise Refused("reply-unknown", field=field)
    return found


def _cleaned(fields: Fields, field: str) -> str:
    raw = fields.get(field, "")
    if not raw:
        return ""
    try:
        return clean(raw, field=field, longest=_LONGEST[field])
    except LetterRefused as error:
        raise Refused(error.code, field=field, **error.facts) from error
