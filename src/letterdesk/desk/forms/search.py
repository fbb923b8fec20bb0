"""Words that somebody looks for, and how an address has them without saying them.

What a moderator looks for can be a name that harms somebody. Addresses stand in histories
and in the logs of whatever is in between; so there the words are encrypted.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.conf import settings
from django.http import QueryDict

from letterdesk.desk.queries.people import Person
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.ids import is_id
from letterdesk.domain.spelling import folded
from letterdesk.domain.text import clean, is_blank, one_line

LONGEST = 100  # characters
_NONCE = 12  # bytes
_MARK = b"letterdesk/search/1"


class WordsUnread(LetterdeskError):
    """Words in an address that this person did not hide, or that are damaged."""

    code = "words-unread"

    def __init__(self) -> None:
        super().__init__(
            "The words in this address cannot be read: they are somebody else's, or too "
            "old, or a part is missing. Look for them again."
        )


def read_sought(post: QueryDict) -> str:
    """Give what is looked for, on one line, as letters are stored; "" when it is blank.

    Raises LetterRefused.
    """
    sought = one_line(clean(str(post.get("q", "")), field="q", longest=LONGEST))
    return "" if is_blank(sought) else sought


def read_id(written: str) -> str:
    """Give the id that somebody wrote, also in capitals or wide; "" where it is none."""
    found = folded(written.strip())
    return found if is_id(found) else ""


def hidden(sought: str, person: Person) -> str:
    """Give words as this person's addresses have them: nobody else can open them."""
    nonce = os.urandom(_NONCE)
    sealed = ChaCha20Poly1305(_key(person)).encrypt(nonce, sought.encode(), _MARK)
    return urlsafe_b64encode(nonce + sealed).decode().rstrip("=")


def read_hidden(sent: QueryDict, person: Person) -> str:
    """Give the words that an address hides; "" when it has none. Raises WordsUnread."""
    written = str(sent.get("words", ""))
    if not written:
        return ""
    try:
        raw = urlsafe_b64decode(written + "=" * (-len(written) % 4))
        opened = ChaCha20Poly1305(_key(person)).decrypt(raw[:_NONCE], raw[_NONCE:], _MARK)
    except (ValueError, InvalidTag) as error:  # ValueError: not base64, or too short
        raise WordsUnread from error
    return opened.decode()


def _key(person: Person) -> bytes:
    return sha256(_MARK + f"{person.id}:{settings.SECRET_KEY}".encode()).digest()
