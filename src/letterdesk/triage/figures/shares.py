"""Shares in words, as percent: a third, two thirds, 3분의 1, 절반, 三分之一, 一半, 三成."""

import re
from collections.abc import Iterator
from fractions import Fraction

from letterdesk.triage.figures.numerals import east_asian
from letterdesk.triage.figures.quantity import Quantity
from letterdesk.triage.literals import LITERALS
from letterdesk.triage.signal import Span

SHARE = "share"  # the unit
_HINTS = LITERALS.of(
    ["half", "third", "quarter", "fifth", "분의", "절반", "分之", "一半", "成"]
)
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5}
_MANY = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_SMALL_NUMBER = "[0-9]{1,2}|[일이삼사오육칠팔구십一二三四五六七八九十两]{1,2}"
_SHARE = re.compile(  # "a third time" is none, nor is "half an hour"
    r"\b(?P<half>half)(?= (?:of|the|its|their|our|all)\b)"
    r"|\b(?P<many>a|one|two|three|four)[ -](?P<part>third|quarter|fifth)s?"
    r"(?= (?:of|more|less)\b|[.,;:!?)]|$)"
    rf"|(?P<whole>{_SMALL_NUMBER}) ?(?:분의|分之) ?(?P<some>{_SMALL_NUMBER})"
    r"|(?P<even>절반|一半)"
    r"|(?<![一-鿿])(?P<tenths>[三四五六七八九两])成(?=[的以由是左多，。！？ ]|$)",
    re.IGNORECASE,
)
_HALF, _WHOLE = Fraction(50), 100


def shares(plain: str) -> Iterator[Quantity]:
    """Give the shares of a text with plain digits that are written in words."""
    if _HINTS.isdisjoint(LITERALS.within(plain)):
        return
    for found in _SHARE.finditer(plain):
        value = round(_value(found), 1)  # a third has no last digit to be rounded to
        if 0 < value < _WHOLE:
            yield Quantity(value, SHARE, Span(*found.span()))


def _value(found: re.Match[str]) -> Fraction:
    if found["half"] or found["even"]:
        return _HALF
    if found["part"]:
        return Fraction(100 * _MANY[found["many"].lower()], _PARTS[found["part"].lower()])
    if found["tenths"]:
        return Fraction(10 * east_asian(found["tenths"]))
    whole = east_asian(found["whole"])
    return Fraction(100 * east_asian(found["some"]), whole) if whole else Fraction(0)
