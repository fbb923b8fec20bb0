"""Does it put somebody in danger? Phones, addresses, accounts, identity numbers in it.

Links and accounts' names are told as well; they weigh less. Names of people are not
looked for here.
"""

import re

from letterdesk.triage.personal.digits import plain_digits
from letterdesk.triage.personal.patterns import PATTERNS, Detail, Pattern
from letterdesk.triage.signal import Kind, Signal, Span, joined

_WEIGHT = {Detail.LINK: 0.3, Detail.HANDLE: 0.6}  # any other detail: 1
_NUMBER = re.compile(r"[^0-9A-Za-z]")
_BY_NUMBER = frozenset({Detail.IDENTITY, Detail.CARD})


def personal_information(text: str) -> Signal:
    """Give what in `text` would lead to a person."""
    found = details(text)
    if not found:
        return Signal(
            kind=Kind.PERSONAL_INFORMATION,
            score=0.0,
            code="impersonal",
            reason="Nothing in it would lead to a person.",
        )
    named = list(dict.fromkeys(detail.value for detail, _ in found))
    return Signal(
        kind=Kind.PERSONAL_INFORMATION,
        score=max(_WEIGHT.get(detail, 1.0) for detail, _ in found),
        spans=joined([span for _, span in found]),
        code="personal",
        facts={"details": list(dict.fromkeys(detail.name.lower() for detail, _ in found))},
        reason=f"It seems to give {_listed(named)}.",
    )


def details(text: str) -> list[tuple[Detail, Span]]:
    """Give each detail and where it stands, in order; what one has taken no other takes."""
    plain = plain_digits(text)
    found: list[tuple[Detail, Span]] = []
    for pattern in PATTERNS:
        for match in pattern.written.finditer(plain):
            span = Span(*match.span())
            if _holds(pattern, match[0]) and not _taken(span, found):
                found.append((pattern.detail, span))
    return sorted(found, key=lambda each: each[1])


def _holds(pattern: Pattern, written: str) -> bool:
    by_number = pattern.detail in _BY_NUMBER and pattern.check is not bool
    return pattern.check(_NUMBER.sub("", written) if by_number else written)


def _taken(span: Span, found: list[tuple[Detail, Span]]) -> bool:
    return any(span.start < other.end and other.start < span.end for _, other in found)


def _listed(named: list[str]) -> str:
    *first, last = named
    return f"{', '.join(first)} and {last}" if first else last
