"""What a signal gives: one thing noticed about a comment, where, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a signal is about. The words are design.md's."""

    LANGUAGE = "language"
    INCIVILITY = "incivility"
    SPAM = "spam"
    PERSONAL_INFORMATION = "personal_information"
    PROTECTED_NAME = "protected_name"
    CAMPAIGN = "campaign"
    PASSAGE = "passage"
    FIGURE = "figure"
    DISGUISE = "disguise"


class Field(StrEnum):
    """What of a letter a signal looked at: all that is published of it."""

    TEXT = "text"
    NAME = "name"


class Span(NamedTuple):
    """A stretch of the comment as the reader wrote it: characters, end excluded."""

    start: int
    end: int


def apart(found: Iterable[Span]) -> list[Span]:
    """Give spans in order, without those that begin within one before them."""
    kept: list[Span] = []
    for span in sorted(found):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


@dataclass(frozen=True, kw_only=True)
class Signal:
    """One thing noticed. It marks and sorts; it never decides.

    `score` runs from 0 to 1. `spans` are parts of what it is `of`, the reader's own text or
    name, in order, apart from one another. `reason` is a sentence that a moderator can
    argue with; `code` names it, and `facts` are JSON values that it speaks of, so that it
    can be said in any language. `facts` repeat no word of the comment: places in it are
    enough.
    """

    kind: Kind
    score: float
    reason: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()
    of: Field = Field.TEXT


def joined(spans: list[Span], *, gap: int = 0) -> tuple[Span, ...]:
    """Give `spans` in order, with those that touch, or lie `gap` apart, made one."""
    whole: list[Span] = []
    for span in sorted(spans):
        if whole and span.start <= whole[-1].end + gap:
            whole[-1] = Span(whole[-1].start, max(whole[-1].end, span.end))
        else:
            whole.append(span)
    return tuple(whole)
