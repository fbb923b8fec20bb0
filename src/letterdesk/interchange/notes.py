"""What has to be remembered while a large file is read, on the disk and not in memory."""

import hashlib
import secrets
import sqlite3
from collections.abc import Iterable
from itertools import count
from typing import Self

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

_KEY, _NONCE = 32, 12  # bytes


class Notes:
    """Texts by key, in a nameless file that SQLite removes by itself.

    Names and words of readers are among them, and what is removed stays on the disk until
    something else is written there: so they are encrypted, by a key that only we have.
    """

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(_KEY)
        self._cipher = ChaCha20Poly1305(secrets.token_bytes(_KEY))
        self._nonces = map(_nonce, count())
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute("PRAGMA cache_size = -4096")  # kilobytes
        self._base.execute(
            "CREATE TABLE notes (kind TEXT, key BLOB, words BLOB, PRIMARY KEY (kind, key)) "
            "WITHOUT ROWID"
        )
        self._base.execute("BEGIN")  # never ended: nobody reads it after us

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    def put(self, kind: str, key: str, words: str) -> None:
        """Remember `words`; the last ones for a key count."""
        self.put_all(kind, [(key, words)])

    def put_all(self, kind: str, some: Iterable[tuple[str, str]]) -> None:
        """Remember many at once."""
        self._base.executemany(
            "INSERT OR REPLACE INTO notes VALUES (?, ?, ?)",
            ((kind, self._known_as(key), self._sealed(words)) for key, words in some),
        )

    def get(self, kind: str, key: str) -> str:
        """Give what was remembered, or ""."""
        asked = (kind, self._known_as(key))
        found = self._base.execute(
            "SELECT words FROM notes WHERE kind = ? AND key = ?", asked
        ).fetchone()
        return self._opened(found[0]) if found else ""

    def _known_as(self, key: str) -> bytes:
        return hashlib.blake2b(_storable(key), key=self._secret, digest_size=_KEY).digest()

    def _sealed(self, words: str) -> bytes:
        nonce = next(self._nonces)
        return nonce + self._cipher.encrypt(nonce, _storable(words), None)

    def _opened(self, sealed: bytes) -> str:
        return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], None).decode()


def _nonce(number: int) -> bytes:
    return number.to_bytes(_NONCE, "big")


def _storable(text: str) -> bytes:
    """Give text without halves of characters, which no file in UTF-8 can hold."""
    return text.encode("utf-8", "replace")
