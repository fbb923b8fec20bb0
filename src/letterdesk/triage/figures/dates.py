"""Whether two days, months or years are of the same thing, as far as sentences say.

Every life has years of its own, and a story has many: what began in one is not compared
with what happened in another, nor a writer's own date with the story's.
"""

import re

from letterdesk.triage.figures.likeness import Sentence
from letterdesk.triage.figures.quantity import Quantity

MONTHS = frozenset(
    """january february march april may june july august september october november
    december""".split()  # noqa: SIM905 -- a column of so many words
)
UNITS = MONTHS | {"year", "month", "day"}
_BEFORE, _AFTER = 12, 8  # characters in which it stands what a date is to an event
_ROLES = {
    "begin": (r"\b(?:since|from)$|[从自]$", r"부터|이후|이래|以来|以後|以后|起|至今"),
    "end": (r"\b(?:until|till|to|by)$|到$", r"까지|为止|為止"),
    "before": (r"\bbefore$", r" ?이?전|以前|之前|前"),
    "after": (r"\bafter$", r"之后|後|后"),
}
_ROLE_WORDS = {
    role: (re.compile(before), re.compile(rf"(?:[년월일年月日号]|\s)*(?:{after})"))
    for role, (before, after) in _ROLES.items()
}
_CLAUSE = re.compile("[,;:，；：—–]")
_OWN = re.compile(
    r"\b(?:i|we|my|our|me|us)\b|저[는희의도]|제[가 ]|나[는도]|내가|우리|我|咱"
)


def may_be_of_one(this: Quantity, here: Sentence, that: Quantity, there: Sentence) -> bool:
    """Say whether a letter's date may be of what the story's date is of."""
    is_own = not here.is_of_story and bool(_OWN.search(_clause(this, here)))
    return not is_own and _role(this, here) == _role(that, there)


def _role(date: Quantity, sentence: Sentence) -> str:
    """Give what a date is to what happened: its beginning, its end, or the date itself."""
    start, end = (place - sentence.start for place in date.span)
    small = sentence.text.lower()
    before = small[max(0, start - _BEFORE) : start].rstrip()
    after = small[end : end + _AFTER]
    for role, (leading, following) in _ROLE_WORDS.items():
        if leading.search(before) or following.match(after):
            return role
    return "on"


def _clause(date: Quantity, sentence: Sentence) -> str:
    """Give what stands around a date between commas, in small letters."""
    start, end = (place - sentence.start for place in date.span)
    before = _CLAUSE.split(sentence.text[:start])[-1]
    after = _CLAUSE.split(sentence.text[end:])[0]
    return f"{before}{after}".lower()
