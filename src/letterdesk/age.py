"""Seal and open a stream under a passphrase, in the format of age (age-encryption.org/v1).

Any age tool opens what is sealed here, without Letterdesk. scrypt makes a key of the
passphrase; pieces of 64 KiB are sealed one by one, each under its number, the last one
marked, so that a file that was cut short, changed or put together anew does not open. Only
a piece or two are in memory at a time.
"""

import base64
import binascii
import io
import re
import secrets
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from letterdesk.domain.errors import LetterdeskError

WORK = 18  # scrypt's N is 2 to this power: 256 MiB of memory, about a second
_MOST_WORK = 20  # that a file may ask for
_PIECE = 65_536  # bytes, before 16 more of the seal
_TAG = 16
_INTRO = b"age-encryption.org/v1"
_NONCE_OF_KEY = bytes(12)  # the wrapping key is used once
_HEADER = re.compile(
    rb"(age-encryption\.org/v1\n"
    rb"-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n"
    rb"([A-Za-z0-9+/]{43})\n"
    rb"---) ([A-Za-z0-9+/]{43})\n"
)
_LINES, _LONGEST = 4, 80  # of the header; bytes of a line


class PassphraseWrong(LetterdeskError):
    """A passphrase that does not open a file, or one that is too short to seal with."""

    code = "passphrase-wrong"


class BackupBroken(LetterdeskError):
    """A file that is no backup, was changed, or ends too early."""

    code = "backup-broken"


class Source(Protocol):
    """What is read from the beginning to the end."""

    def read(self, size: int, /) -> bytes:
        """Give up to `size` bytes; none at the end."""


class Lines(Source, Protocol):
    """A source whose beginning is lines."""

    def readline(self, size: int, /) -> bytes:
        """Give a line, up to `size` bytes of it."""


class Sealer:
    """Seals what is written to it into `out`; without `finish` the file does not open."""

    def __init__(self, out: BinaryIO, passphrase: str, *, work: int = WORK) -> None:
        salt, file_key, nonce = (secrets.token_bytes(16) for _ in range(3))
        wrapped = ChaCha20Poly1305(_wrapping(passphrase, salt, work)).encrypt(
            _NONCE_OF_KEY, file_key, None
        )
        stanza = b"-> scrypt %s %d\n%s" % (_base64(salt), work, _base64(wrapped))
        header = b"%s\n%s\n---" % (_INTRO, stanza)
        mac = _mac(file_key, header).finalize()
        out.write(b"%s %s\n%s" % (header, _base64(mac), nonce))
        self._out = out
        self._cipher = ChaCha20Poly1305(_derived(file_key, b"payload", salt=nonce))
        self._waiting = bytearray()
        self._number = 0

    def write(self, raw: bytes) -> int:
        """Take bytes in. A full piece waits until there is more: it may be the last one."""
        self._waiting += raw
        while len(self._waiting) > _PIECE:
            self._seal(bytes(self._waiting[:_PIECE]), is_last=False)
            del self._waiting[:_PIECE]
        return len(raw)

    def finish(self) -> None:
        """Seal what waits, as the end."""
        self._seal(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._number, is_last=is_last)
        self._out.write(self._cipher.encrypt(nonce, piece, None))
        self._number += 1


class Opener:
    """Gives back what was sealed; no byte of it before its piece is known to be whole.

    Raises PassphraseWrong, and BackupBroken at the first piece that is not what it was.
    """

    def __init__(self, source: Lines, passphrase: str) -> None:
        header = b"".join(source.readline(_LONGEST) for _ in range(_LINES))
        file_key = _file_key(header, passphrase)
        nonce = source.read(16)
        self._source = source
        self._cipher = ChaCha20Poly1305(_derived(file_key, b"payload", salt=nonce))
        self._ahead = source.read(_PIECE + _TAG)
        self._plain = io.BytesIO()
        self._number = 0
        self._is_over = False

    def read(self, size: int, /) -> bytes:
        """Give up to `size` bytes; none at the end, which is then known to be the end."""
        while not (given := self._plain.read(size)) and not self._is_over:
            self._plain = io.BytesIO(self._next())
        return given

    def _next(self) -> bytes:
        sealed, self._ahead = self._ahead, self._source.read(_PIECE + _TAG)
        self._is_over = not self._ahead
        nonce = _nonce(self._number, is_last=self._is_over)
        self._number += 1
        try:
            return self._cipher.decrypt(nonce, sealed, None)
        except InvalidTag as error:
            raise BackupBroken(_TORN if self._is_over else _CHANGED) from error


_TORN = (
    "The file ends too early, or its end was changed: it was not copied or stored whole. "
    "Fetch it again, or take another backup."
)
_CHANGED = (
    "The file was changed or damaged after it was written. Fetch it again, or take another "
    "backup."
)
_FOREIGN = (
    "This file is not a backup of Letterdesk, or its first lines are damaged. Choose the "
    "file that `letterdesk backup` wrote."
)


def _file_key(header: bytes, passphrase: str) -> bytes:
    """Give the key that the header holds for whoever has the passphrase."""
    found = _HEADER.fullmatch(header)
    if not found or int(found[3]) > _MOST_WORK:
        raise BackupBroken(_FOREIGN)
    try:
        salt, wrapped, mac = (_bytes(found[number]) for number in (2, 4, 5))
    except binascii.Error as error:
        raise BackupBroken(_FOREIGN) from error
    wrapping = _wrapping(passphrase, salt, int(found[3]))
    try:
        file_key = ChaCha20Poly1305(wrapping).decrypt(_NONCE_OF_KEY, wrapped, None)
    except InvalidTag as error:
        raise PassphraseWrong(
            "This passphrase does not open the file. Capitals, spaces and the layout of "
            "the keyboard count. Without the passphrase nobody can open it."
        ) from error
    try:
        _mac(file_key, found[1]).verify(mac)
    except InvalidSignature as error:
        raise BackupBroken(_FOREIGN) from error
    return file_key


def _wrapping(passphrase: str, salt: bytes, work: int) -> bytes:
    salted = _INTRO + b"/scrypt" + salt
    return Scrypt(salt=salted, length=32, n=1 << work, r=8, p=1).derive(passphrase.encode())


def _derived(file_key: bytes, info: bytes, *, salt: bytes | None = None) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(file_key)


def _mac(file_key: bytes, header: bytes) -> HMAC:
    mac = HMAC(_derived(file_key, b"header"), SHA256())
    mac.update(header)
    return mac


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _base64(raw: bytes) -> bytes:
    return base64.b64encode(raw).rstrip(b"=")


def _bytes(written: bytes) -> bytes:
    """Give the bytes back. Raises binascii.Error when they could be written otherwise."""
    raw = base64.b64decode(written + b"=" * (-len(written) % 4), validate=True)
    if _base64(raw) != written:
        raise binascii.Error
    return raw
