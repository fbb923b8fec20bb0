"""Proof of work by ALTCHA, version 2: a browser shows that it took some trouble.

A challenge is signed and kept nowhere. To solve it, a browser derives keys with PBKDF2
until one begins with a zero byte: 256 on average. To check it, we derive one. A solution
counts once in a process, for the story that it was asked for, until it expires: several
processes of a letterbox know nothing of each other, so there it may count once in each.
"""

import hashlib
import hmac
import json
import secrets
from base64 import b64decode
from collections.abc import Callable
from heapq import heappop, heappush

import msgspec

ALGORITHM = "PBKDF2/SHA-256"
_PREFIX = "00"
_KEY_LENGTH = 32  # bytes
_MOST = 100_000  # solutions remembered; beyond that, challenges live shorter
_LONGEST = 2_048  # characters of a payload worth reading
_SLACK = 60  # seconds by which a clock is put back in everyday life


class _Parameters(msgspec.Struct, forbid_unknown_fields=True):
    algorithm: str
    cost: int
    expiresAt: int  # noqa: N815 -- ALTCHA's names, here and below
    keyLength: int  # noqa: N815
    keyPrefix: str  # noqa: N815
    nonce: str
    salt: str
    data: dict[str, str]


class _Challenge(msgspec.Struct):
    parameters: _Parameters
    signature: str


class _Solution(msgspec.Struct):
    counter: int
    derivedKey: str  # noqa: N815


class _Payload(msgspec.Struct):
    challenge: _Challenge
    solution: _Solution


class Proofs:
    """Challenges signed with `key`. `clock` gives seconds since 1970: browsers read it."""

    def __init__(self, key: bytes, *, life: int, clock: Callable[[], float]) -> None:
        self._key = key
        self._life = life  # seconds
        self._clock = clock
        self._used: dict[str, bool] = {}  # False: given back
        self._expiring: list[tuple[int, str]] = []  # a heap
        self._oldest = 0  # what expires at this second or before counts no more

    def challenge(self, story: str, *, cost: int) -> dict[str, object]:
        """Give a new challenge, as ALTCHA's clients read it; `cost` in iterations."""
        parameters = _Parameters(
            algorithm=ALGORITHM,
            cost=cost,
            expiresAt=int(self._clock()) + self._life,
            keyLength=_KEY_LENGTH,
            keyPrefix=_PREFIX,
            nonce=secrets.token_hex(16),
            salt=secrets.token_hex(16),
            data={"story": story},
        )
        told = msgspec.to_builtins(parameters)
        return {"parameters": told, "signature": self._sign(parameters)}

    def accepts(self, payload: str, *, story: str) -> bool:
        """Say whether `payload` solves a challenge of ours for `story`, and is not used."""
        read = _read(payload)
        if read is None:
            return False
        parameters = read.challenge.parameters
        if not hmac.compare_digest(
            self._sign(parameters).encode(), read.challenge.signature.encode()
        ):
            return False
        if parameters.data != {"story": story} or not self._is_fresh(parameters):
            return False
        return _is_solved(parameters, read.solution)

    def use(self, payload: str) -> None:
        """Let what is accepted count no more."""
        if read := _read(payload):
            self._use(read.challenge.parameters)

    def give_back(self, payload: str) -> None:
        """Let what was used count as if it had not been: its letter was not stored."""
        read = _read(payload)
        if read and read.challenge.parameters.nonce in self._used:
            self._used[read.challenge.parameters.nonce] = False

    def _sign(self, parameters: _Parameters) -> str:
        """Give the signature over ALTCHA's canonical JSON: sorted keys, no spaces."""
        told = json.dumps(
            msgspec.to_builtins(parameters), sort_keys=True, separators=(",", ":")
        )
        return hmac.digest(self._key, told.encode(), "sha256").hex()

    def _is_fresh(self, parameters: _Parameters) -> bool:
        """Say whether a challenge has not expired and is not used.

        One that expires later than any made now was made while the clock was ahead, and
        does not count. Neither does what had expired by then alone.
        """
        now = int(self._clock())
        latest = now + self._life + _SLACK
        self._oldest = now if self._oldest > latest else max(self._oldest, now)
        while self._expiring and self._expiring[0][0] <= self._oldest:
            self._used.pop(heappop(self._expiring)[1], None)
        is_of_now = self._oldest < parameters.expiresAt <= latest
        return is_of_now and not self._used.get(parameters.nonce)

    def _use(self, parameters: _Parameters) -> None:
        if parameters.nonce not in self._used:
            heappush(self._expiring, (parameters.expiresAt, parameters.nonce))
        self._used[parameters.nonce] = True
        if len(self._used) > _MOST:
            self._oldest = self._expiring[0][0]


def _read(payload: str) -> _Payload | None:
    if not payload or len(payload) > _LONGEST:
        return None
    try:
        return msgspec.json.decode(b64decode(payload, validate=True), type=_Payload)
    except (ValueError, msgspec.DecodeError):
        return None


def _is_solved(parameters: _Parameters, solution: _Solution) -> bool:
    if not 0 <= solution.counter < 1 << 32:
        return False
    key = hashlib.pbkdf2_hmac(
        "sha256",
        bytes.fromhex(parameters.nonce) + solution.counter.to_bytes(4, "big"),
        bytes.fromhex(parameters.salt),
        parameters.cost,
        parameters.keyLength,
    ).hex()
    return key.startswith(parameters.keyPrefix) and key == solution.derivedKey
