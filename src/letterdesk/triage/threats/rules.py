"""How rules are written down: words in lists, and patterns with room to add one.

Both are regular expressions in which spaces and new lines are layout, `_` is a space, and
`(…)` groups and no more: "run_over" finds “run over”, and "(i|we) (will|shall)" “iwill”.
A pattern that is a part of a word in a list therefore has no space in it.

A threat is kept by examples of what it finds, which the tests try. Most texts are passed
over because no hint stands in them; a test walks every way to match a pattern and tells of
those that have none.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_GROUP = re.compile(r"\((?!\?)")


@dataclass(frozen=True, kw_only=True)
class Rules:
    """How threats are put in a language whose words carry what is meant."""

    hint: re.Pattern[str]  # no threat is without it
    threats: Mapping[str, re.Pattern[str]]  # by what each finds, parted by " / "
    cautions: Mapping[str, re.Pattern[str]]  # likewise: "take care on your way home"
    kindly: re.Pattern[str]  # near a caution: why one should take care
    reported: re.Pattern[str]  # somewhere in its sentence
    later: re.Pattern[str]  # right after it


@dataclass(frozen=True)
class Other:
    """One way to put a threat in English; none such is without one of `hints`."""

    hints: frozenset[str]
    written: re.Pattern[str]


def either(words: str) -> str:
    """Write a pattern of any of `words`; of two that would do, the first is taken."""
    return f"({'|'.join(words.split())})"


def pattern(written: str) -> re.Pattern[str]:
    """Give what is `written` as Python reads it.

    Raises `re.error` when it is no regular expression.
    """
    closed = "".join(written.split()).replace("_", " ")
    return re.compile(_GROUP.sub("(?:", closed))


def other(hints: str, written: str) -> Other:
    """Give a way to put a threat, which begins with a word."""
    return Other(frozenset(hints.split()), pattern(f"(?<![a-z'])({written})"))


def patterns(written: Mapping[str, str]) -> Mapping[str, re.Pattern[str]]:
    """Give each pattern that is `written` by what it finds."""
    return {finds: pattern(one) for finds, one in written.items()}


def first_words(words: str) -> frozenset[str]:
    """Give the English words that `words` begin with: "run" for "run_over"."""
    return frozenset(re.split("[^a-z]", word, maxsplit=1)[0] for word in words.split())
