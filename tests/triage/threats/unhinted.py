"""The ways to match a pattern in which no hint stands: texts that are not looked at."""

import re
from collections.abc import Callable, Iterable
from functools import cache, reduce
from re import _constants as op
from re import _parser as parser  # nothing public tells how Python reads a pattern
from typing import Any

UNKNOWN = "\0"  # any characters
_FEW = 12  # signs of a set that are tried one by one
_NOTHING = {op.ASSERT, op.ASSERT_NOT, op.AT}  # only looks around
Part = tuple[Any, Any]  # what kind, and what of it
Ways = dict[str, str]  # whole, by their ends: as much as may be a part of a hint


def unhinted(
    written: re.Pattern[str], is_hinted: Callable[[str], bool], *, longest: int
) -> list[str]:
    """Give ways to match `written` that have no hint, of those that end alike only one.

    `longest` characters hold any hint with what stands beside it. What a pattern only
    looks for ahead or back is no part of a way.
    """
    walk = _Walk(is_hinted, longest)
    ways = walk.along({" ": ""}, parser.parse(written.pattern))
    return sorted(way[:-1] for way in walk.after(ways, " ").values())


class _Walk:
    """How ways go on, until there is a hint in them."""

    def __init__(self, is_hinted: Callable[[str], bool], longest: int) -> None:
        self._is_hinted = cache(is_hinted)
        self._longest = longest

    def along(self, ways: Ways, parts: Iterable[Part]) -> Ways:
        parts = [*parts]
        choices = [part for part in parts if part[0] is op.BRANCH]
        if len(parts) > 1 and not all(self._through({UNKNOWN: ""}, one) for one in choices):
            return {}  # one of them has a hint whatever stands around it: the common case
        return reduce(self._through, parts, ways)

    def after(self, ways: Ways, said: Iterable[str]) -> Ways:
        return {
            (end + one)[-self._longest :]: whole + one
            for one in said
            for end, whole in ways.items()
            if not self._is_hinted(end + one)
        }

    def _through(self, ways: Ways, part: Part) -> Ways:
        kind, of = part
        if kind is op.BRANCH:
            return _together(self.along(ways, way) for way in of[1])
        if kind is op.SUBPATTERN:
            return self.along(ways, of[-1])
        if kind in {op.MAX_REPEAT, op.MIN_REPEAT}:
            return self._again(ways, *of)
        return ways if kind in _NOTHING else self.after(ways, _signs(part))

    def _again(self, ways: Ways, least: int, most: int, parts: Iterable[Part]) -> Ways:
        rounds = [ways]
        for _ in range(min(most, max(least, 2))):
            rounds.append(self.along(rounds[-1], parts))
        return _together(rounds[least:])


def _together(ways: Iterable[Ways]) -> Ways:
    return {end: whole for some in ways for end, whole in some.items()}


def _signs(part: Part) -> str:
    kind, of = part
    each = [part] if kind is op.LITERAL else of if kind is op.IN else []
    if each == [(op.CATEGORY, op.CATEGORY_SPACE)]:
        return " "
    if 0 < len(each) <= _FEW and all(kind is op.LITERAL for kind, _ in each):
        return "".join(chr(sign) for _, sign in each)
    return UNKNOWN
