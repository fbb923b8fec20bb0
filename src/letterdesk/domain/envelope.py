"""The bytes of a sealed letter, and of a batch of them as it lies in the spool.

Envelope: `LDE`, version 1, suite (1 byte), key id (8), size class (1), then HPKE's
encapsulated key and ciphertext. The first 14 bytes are the header; they are bound into the
seal, so none of them can be changed.

Batch: `LDB`, version 1, for each envelope its length (4 bytes, big-endian) and itself, and
at the end the SHA-256 of all before it.
"""

import hashlib
from dataclasses import dataclass

from letterdesk.domain.errors import SealBroken

_ENVELOPE = b"LDE\x01"
_BATCH = b"LDB\x01"
_DIGEST = 32
ENTRY = 4  # bytes before each envelope
EMPTY = len(_BATCH) + _DIGEST  # bytes of a batch without any
_NOT_WHOLE = "This file in the spool is not a whole batch of letters."
HEADER = 14  # bytes
MAX_ENVELOPE = 35_000  # bytes: the largest size class, sealed, with room for other suites
MAX_BATCH = 1 << 24  # bytes; a letterbox writes no larger one, and a desk reads none
_MOST = 8_192  # envelopes in a batch


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """A sealed letter, taken apart."""

    suite: int
    key_id: bytes  # 8 bytes
    size_class: int  # index into letter.SIZE_CLASSES
    sealed: bytes

    @property
    def header(self) -> bytes:
        """The 14 bytes in front, bound into the seal."""
        return header(self.suite, self.key_id, self.size_class)


def header(suite: int, key_id: bytes, size_class: int) -> bytes:
    """Give an envelope's first 14 bytes."""
    return _ENVELOPE + bytes([suite]) + key_id + bytes([size_class])


def read_envelope(raw: bytes) -> Envelope:
    """Take an envelope apart. Raises SealBroken when it is not one."""
    if len(raw) <= HEADER or not raw.startswith(_ENVELOPE):
        raise SealBroken("These bytes are not a sealed letter of a version that we know.")
    return Envelope(suite=raw[4], key_id=raw[5:13], size_class=raw[13], sealed=raw[HEADER:])


def find_header(raw: bytes, start: int) -> int | None:
    """Give where the next envelope's header seems to begin, whole."""
    at = raw.find(_ENVELOPE, start)
    return at if 0 <= at <= len(raw) - HEADER else None


def pack_batch(envelopes: list[bytes]) -> bytes:
    """Give the bytes of a batch."""
    body = _BATCH + b"".join(len(one).to_bytes(ENTRY, "big") + one for one in envelopes)
    return body + hashlib.sha256(body).digest()


def unpack_batch(raw: bytes) -> list[bytes]:
    """Give the envelopes of a batch, unopened.

    Raises SealBroken when it is not whole, or has in it what no letterbox puts there.
    """
    body, digest = raw[:-_DIGEST], raw[-_DIGEST:]
    if not raw.startswith(_BATCH) or hashlib.sha256(body).digest() != digest:
        raise SealBroken(_NOT_WHOLE)
    envelopes: list[bytes] = []
    at = len(_BATCH)
    while at < len(body):
        start = at + ENTRY
        at = start + int.from_bytes(body[at:start], "big")
        if at - start > MAX_ENVELOPE or len(envelopes) == _MOST:
            raise SealBroken(_NOT_WHOLE)
        envelopes.append(body[start:at])
    if at != len(body):
        raise SealBroken(_NOT_WHOLE)
    return envelopes
