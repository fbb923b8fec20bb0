"""Seal and open letters and outcomes; the newsroom's key files.

Letters are sealed with HPKE base mode (RFC 9180) to the newest public key; the envelope's
header is bound in `info`. Several private keys open: a key that is replaced goes on opening
what was sealed to it. Outcomes and the secrets of second factors are sealed with AES-SIV
(RFC 5297), which gives the same bytes for the same outcome and needs no nonce.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from letterdesk.domain import envelope as envelopes
from letterdesk.domain import letter as letters
from letterdesk.domain import outcome as outcomes
from letterdesk.domain.errors import SealBroken, SettingWrong
from letterdesk.domain.letter import SIZE_CLASSES, Letter
from letterdesk.domain.outcome import Outcome

X25519_AES_128 = 1  # DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM: WebCrypto has it
OVERHEAD = 48  # bytes that this suite adds
_SUITES = {X25519_AES_128: Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_128_GCM)}
_INFO = b"letterdesk/letter/1\0"
_OUTCOME = b"letterdesk/outcome/1"
_FACTOR = b"letterdesk/factor/1"
_SEALED = "letterdesk/factor/1:"  # no secret of an app or of recovery codes has a slash


@dataclass(frozen=True, kw_only=True)
class PublicKey:
    """A key that seals. `id` is the first 8 bytes of the SHA-256 of the raw key."""

    id: bytes
    suite: int
    raw: bytes  # 32 bytes


@dataclass(frozen=True, kw_only=True)
class PrivateKey:
    """A key that opens what was sealed to its public half."""

    public: PublicKey
    raw: bytes  # 32 bytes


def new_key() -> PrivateKey:
    """Give a new key of the default suite."""
    return _private(X25519_AES_128, X25519PrivateKey.generate().private_bytes_raw())


def seal(letter: Letter, key: PublicKey) -> bytes:
    """Give the letter as an envelope that only the holder of `key`'s private half opens."""
    padded = letters.pack(letter)
    header = envelopes.header(key.suite, key.id, SIZE_CLASSES.index(len(padded)))
    return header + _SUITES[key.suite].encrypt(
        padded, _recipient(key.raw), info=_INFO + header
    )


def open_letter(raw: bytes, keys: Sequence[PrivateKey]) -> Letter:
    """Give the letter in an envelope.

    Raises SealBroken when none of `keys` is the one it was sealed to, or when it was
    changed on its way.
    """
    envelope = envelopes.read_envelope(raw)
    key = next((key for key in keys if key.public.id == envelope.key_id), None)
    if key is None or envelope.suite not in _SUITES:
        raise SealBroken(
            f"A letter was sealed to the key {envelope.key_id.hex()}, which is not among "
            "ours. If it was moved away, put it back into keys/desk.private."
        )
    private = X25519PrivateKey.from_private_bytes(key.raw)
    try:
        padded = _SUITES[envelope.suite].decrypt(
            envelope.sealed, private, info=_INFO + envelope.header
        )
    except InvalidTag as error:
        raise SealBroken("A sealed letter was changed or damaged on its way.") from error
    return letters.unpack(padded)


def is_envelope(raw: bytes) -> bool:
    """Say whether `raw` has the form of a sealed letter, without opening it."""
    try:
        envelope = envelopes.read_envelope(raw)
    except SealBroken:
        return False
    if envelope.size_class >= len(SIZE_CLASSES):
        return False
    return len(envelope.sealed) == SIZE_CLASSES[envelope.size_class] + OVERHEAD


def is_sealed_to(raw: bytes, keys: Sequence[PublicKey]) -> bool:
    """Say whether an envelope names one of `keys`."""
    envelope = envelopes.read_envelope(raw)
    return any(key.id == envelope.key_id and key.suite == envelope.suite for key in keys)


def seal_outcome(outcome: Outcome, *, lookup: str, key: bytes) -> dict[str, bytes]:
    """Give the files of an outcome: path in the public place, and 4,096 bytes each."""
    cipher = AESSIV(key)
    paths = (
        (outcomes.part_path(lookup, key, number), part)
        for number, part in enumerate(outcomes.split(outcome))
    )
    return {path: cipher.encrypt(part, [_OUTCOME, path.encode()]) for path, part in paths}


def open_part(raw: bytes, *, path: str, key: bytes) -> bytes:
    """Give what is in one part of an outcome. Raises SealBroken when it was changed."""
    try:
        return AESSIV(key).decrypt(raw, [_OUTCOME, path.encode()])
    except (InvalidTag, ValueError) as error:
        raise SealBroken(
            "The answer to this receipt is damaged. Please try later."
        ) from error


def open_outcome(read: Callable[[str], bytes], *, lookup: str, key: bytes) -> Outcome:
    """Give the outcome whose parts `read` gives by their paths in the public place.

    Raises SealBroken when a part was changed, and whatever `read` raises.
    """

    def part(number: int) -> bytes:
        path = outcomes.part_path(lookup, key, number)
        return open_part(read(path), path=path, key=key)

    first = part(0)
    return outcomes.join([first, *map(part, range(1, outcomes.count_parts(first)))])


def seal_factor(secret: str, key: bytes) -> str:
    """Give the secret of a second factor as it is kept; `key` has 32 bytes or more.

    It begins with what it is and with a fingerprint of the key, which tells nothing of it.
    """
    sealed = AESSIV(_derived(key, "key", 64)).encrypt(secret.encode(), [_FACTOR])
    return f"{_SEALED}{_fingerprint(key)}:{base64.b64encode(sealed).decode()}"


def is_sealed_factor(kept: str) -> bool:
    """Say whether a secret is sealed: in earlier versions they were kept as they are."""
    return kept.startswith(_SEALED)


def opens_factor(kept: str, key: bytes) -> bool:
    """Say whether `key` is the one that a secret was sealed with; an empty one never."""
    return bool(key) and kept.startswith(f"{_SEALED}{_fingerprint(key)}:")


def open_factor(kept: str, key: bytes) -> str:
    """Give the secret in what `seal_factor` gave.

    Raises SealBroken when it was sealed with another key, or changed.
    """
    if not opens_factor(kept, key):
        raise SealBroken("A second factor was sealed with another key than this one.")
    try:
        sealed = base64.b64decode(kept.rpartition(":")[2], validate=True)
        return AESSIV(_derived(key, "key", 64)).decrypt(sealed, [_FACTOR]).decode()
    except (InvalidTag, ValueError) as error:
        raise SealBroken("The secret of a second factor was changed.") from error


def read_public_keys(path: Path) -> list[PublicKey]:
    """Give the keys of keys/desk.public, newest first. Raises SettingWrong."""
    return [_public(suite, raw) for suite, raw in _read(path, "public")]


def read_private_keys(path: Path) -> list[PrivateKey]:
    """Give the keys of keys/desk.private, newest first. Raises SettingWrong."""
    return [_private(suite, raw) for suite, raw in _read(path, "private")]


def read_key_of_tips(path: Path) -> PublicKey:
    """Give the key that `tips.key` names, to which tips are sealed. Raises SettingWrong."""
    if not path.exists():
        raise SettingWrong(
            f"There is no key file {path}, which tips.key in letterdesk.toml names: no tip "
            "can be downloaded. Put the .public file there that `letterdesk tip key` made "
            "for whoever reads tips, or mend the name."
        )
    return read_public_keys(path)[0]


def public_file(keys: Sequence[PublicKey]) -> bytes:
    """Give the bytes of keys/desk.public; `keys` newest first."""
    return _written([(key.suite, "public", key.raw) for key in keys])


def private_file(keys: Sequence[PrivateKey]) -> bytes:
    """Give the bytes of keys/desk.private; `keys` newest first."""
    return _written([(key.public.suite, "private", key.raw) for key in keys])


def _derived(key: bytes, what: str, size: int) -> bytes:
    info = _FACTOR + b"/" + what.encode()
    return HKDF(algorithm=SHA256(), length=size, salt=None, info=info).derive(key)


def _fingerprint(key: bytes) -> str:
    return _derived(key, "fingerprint", 8).hex()


@lru_cache(maxsize=8)
def _recipient(raw: bytes) -> X25519PublicKey:
    return X25519PublicKey.from_public_bytes(raw)


def _public(suite: int, raw: bytes) -> PublicKey:
    return PublicKey(id=hashlib.sha256(raw).digest()[:8], suite=suite, raw=raw)


def _private(suite: int, raw: bytes) -> PrivateKey:
    public = X25519PrivateKey.from_private_bytes(raw).public_key().public_bytes_raw()
    return PrivateKey(public=_public(suite, public), raw=raw)


def _written(keys: list[tuple[int, str, bytes]]) -> bytes:
    rows = [
        {"suite": suite, half: base64.b64encode(raw).decode()} for suite, half, raw in keys
    ]
    return json.dumps({"keys": rows}, indent=2).encode() + b"\n"


def _remedy(path: Path, half: str) -> str:
    if half == "private" and path.with_suffix(".public").exists():
        return (
            "Put it back from a backup: nothing else opens what was sealed to it. If it is "
            "lost for good, `letterdesk init` says what can be done."
        )
    return (
        "`letterdesk init` makes one; if this newsroom had one before, put it back: what "
        "is sealed to it cannot be opened without it."
    )


def _read(path: Path, half: str) -> list[tuple[int, bytes]]:
    try:
        rows = json.loads(path.read_bytes())["keys"]
        keys = [(row["suite"], base64.b64decode(row[half], validate=True)) for row in rows]
    except FileNotFoundError as error:
        raise SettingWrong(f"There is no key file {path}. {_remedy(path, half)}") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingWrong(
            f"The key file {path} cannot be read. Put it back from a backup."
        ) from error
    if not keys or any(suite not in _SUITES or len(raw) != 32 for suite, raw in keys):
        raise SettingWrong(f"The key file {path} has no key that this version can use.")
    return keys
