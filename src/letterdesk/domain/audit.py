"""The audit log's chain: each entry's hash covers the entry and the hash before it.

Whoever changes, drops, inserts or reorders an entry breaks every hash after it, and the
head is published, so an older copy of the log is found out too.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

GENESIS = hashlib.sha256(b"letterdesk/audit/1").hexdigest()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry. `facts` is what happened, as JSON values with string keys."""

    number: int  # from 1, without gaps
    facts: Mapping[str, object]
    digest: str  # 64 hexadecimal digits


def chain(previous: str, number: int, facts: Mapping[str, object]) -> str:
    """Give the digest of an entry that follows the one with digest `previous`."""
    raw = json.dumps(
        {"after": previous, "number": number, "facts": facts},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()


def first_break(entries: Iterable[Entry]) -> int | None:
    """Give the number of the first entry that does not follow from those before it.

    None when the chain holds. Entries come in order, from number 1.
    """
    previous, expected = GENESIS, 1
    for entry in entries:
        if entry.number != expected:
            return expected
        if entry.digest != chain(previous, expected, entry.facts):
            return expected
        previous, expected = entry.digest, expected + 1
    return None


def commitment(salt: bytes, text: str) -> str:
    """Give what the log holds instead of a text: who erases the salt erases the tie."""
    return hmac.digest(salt, text.encode(), "sha256").hex()
