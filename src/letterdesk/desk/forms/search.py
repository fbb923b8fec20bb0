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
from letterdesk.domain.text import clean, one_line

LONGEST = 100  # characters
_NONCE = 12  # bytes
_MARK = b"letterdesk/search/1"


def read_sought(post: QueryDict) -> str:
    """Give what is looked for, on one line, as letters are stored. Raises LetterRefused."""
    return one_line(clean(str(post.get("q", "")), field="q", longest=LONGEST))


def hidden(sought: str, person: Person) -> str:
    """Give words as this person's addresses have them: nobody else can open them."""
    nonce = os.urandom(_NONCE)
    sealed = ChaCha20Poly1305(_key(person)).encrypt(nonce, sought.encode(), _MARK)
    return urlsafe_b64encode(nonce + sealed).decode().rstrip("=")


def read_hidden(sent: QueryDict, person: Person) -> str:
    """Give the words that an address hides; "" when there are none that this person hid."""
    written = str(sent.get("words", ""))
    try:
        raw = urlsafe_b64decode(written + "=" * (-len(written) % 4))
        opened = ChaCha20Poly1305(_key(person)).decrypt(raw[:_NONCE], raw[_NONCE:], _MARK)
    except (ValueError, InvalidTag):  # ValueError: not base64, or too short
        return ""
    return opened.decode()


def _key(person: Person) -> bytes:
    return sha256(_MARK + f"{person.id}:{settings.SECRET_KEY}".encode()).digest()
