"""The audit log's chain: each entry's hash covers the entry and the hash before it.

Whoever changes, drops, inserts or reorders an entry breaks every hash after it, and the
head is published, so an older copy of the log is found out too.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from letterdesk.domain.ids import is_id

GENESIS = hashlib.sha256(b"letterdesk/audit/1").hexdigest()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry. `facts` is what happened, as JSON values with string keys."""

    number: int  # from 1, without gaps
    facts: Mapping[str, object]
    digest: str  # 64 hexadecimal digits


class Head(NamedTuple):
    """The last link of a chain: what the press publishes."""

    number: int
    digest: str


START = Head(number=0, digest=GENESIS)  # of every log


def chain(previous: str, number: int, facts: Mapping[str, object]) -> str:
    """Give the digest of an entry that follows the one with digest `previous`."""
    raw = json.dumps(
        {"after": previous, "number": number, "facts": facts},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()


def first_break(entries: Iterable[Entry], *, after: Head = START) -> int | None:
    """Give the number of the first entry that does not follow from those before it.

    None when the chain holds. Entries come in order, from the one that follows `after`.
    """
    last = after
    for entry in entries:
        if not follows(entry, last):
            return last.number + 1
        last = Head(number=entry.number, digest=entry.digest)
    return None


def follows(entry: Entry, last: Head) -> bool:
    """Say whether an entry is the next link of the chain that ends with `last`."""
    number = last.number + 1
    return entry.number == number and entry.digest == chain(
        last.digest, number, entry.facts
    )


def filed(facts: Mapping[str, object]) -> tuple[str, str, str]:
    """Give what an entry is found by: what, who, the day (ISO); "" when missing."""
    what, who, day = (str(facts.get(name, "")) for name in ("what", "who", "day"))
    return what, who, day


def subjects(facts: Mapping[str, object]) -> frozenset[str]:
    """Give what an entry is about: every id in its facts, wherever it is, and a person."""
    person = facts.get("person")
    return frozenset(_ids(facts)) | ({person} if isinstance(person, str) else frozenset())


def _ids(fact: object) -> Iterator[str]:
    if isinstance(fact, str):
        if is_id(fact):
            yield fact
    elif isinstance(fact, Mapping):
        for name, inner in fact.items():
            yield from _ids(name)
            yield from _ids(inner)
    elif isinstance(fact, (list, tuple)):
        for inner in fact:
            yield from _ids(inner)


def commitment(salt: bytes, text: str) -> str:
    """Give what the log holds instead of a text: who erases the salt erases the tie."""
    return hmac.digest(salt, text.encode(), "sha256").hex()
