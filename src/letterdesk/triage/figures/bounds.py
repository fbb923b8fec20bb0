"""Whether a number is said to be the least or the most: more than 1,800, 2천 명 가까이."""

import re
from enum import Enum, auto

from letterdesk.triage.signal import Span

_NEAR = 20  # characters before a number, and after it
_LEAST_BEFORE = re.compile(
    r"(?:\b(?:more than|over|at least|no (?:fewer|less) than|upwards? of|above|exceed\w*) ?"
    r"|超过|超過|逾|至少|不止|不下|高达|高達|최소 ?|무려 ?)[$£€₩¥]?$",
    re.IGNORECASE,
)
_LEAST_AFTER = re.compile(
    r"(?:이나)? ?(?:넘|이상|초과)|以上|开外|\+|[ -]?plus\b| or more\b"
)
_LEAST_WITHIN = re.compile("[여多余]")
_MOST_BEFORE = re.compile(
    r"(?:\b(?:nearly|almost|close to|up to|(?:less|fewer) than|under|below|not even|barely|"
    r"at most|no more than) ?"
    r"|将近|將近|接近|不到|不足|最多|不超过|近|거의 ?|최대 ?)[$£€₩¥]?$",
    re.IGNORECASE,
)
_MOST_AFTER = re.compile(
    r" ?(?:가까[이운]|가량|미만|이하|육박|에? ?달하|도 안|도 채|이 채)|不到|以下"
)


class Bound(Enum):
    """What is said of a number: that it is the least, the most, or neither."""

    AT_LEAST = auto()
    AT_MOST = auto()
    NONE = auto()


def bound(text: str, span: Span) -> Bound:
    """Give what the words beside a number in a text say of it."""
    start, end = span
    near = max(0, start - _NEAR)
    if (
        _LEAST_WITHIN.search(text, start, end)
        or _LEAST_BEFORE.search(text, near, start)
        or _LEAST_AFTER.match(text, end, end + _NEAR)
    ):
        return Bound.AT_LEAST
    if _MOST_BEFORE.search(text, near, start) or _MOST_AFTER.match(text, end, end + _NEAR):
        return Bound.AT_MOST
    return Bound.NONE
