"""Two versions of a text side by side: what went, what came, what stayed."""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

# Chinese and Japanese signs stand alone; elsewhere what is between spaces belongs together.
_TOKENS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\s\u3040-\u30ff\u3400-\u9fff]+|\s+")
_MOST = 4_000  # tokens of both together; beyond that the comparison takes too long
# Of equal tokens, one in each text: that many are one word, said again and again.
_MOST_PAIRS = 200_000


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Words that stayed (`kind` "same"), went ("gone") or came ("new")."""

    kind: str
    text: str


def compare(before: str, after: str) -> tuple[Stretch, ...]:
    """Give what leads from `before` to `after`; none when they are the same.

    Very long texts, and such as repeat themselves without end, are given as two stretches,
    all of the one and all of the other.
    """
    if before == after:
        return ()
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    if len(old) + len(new) > _MOST or _pairs(old, new) > _MOST_PAIRS:
        return _stretches(("gone", before), ("new", after))
    found: list[tuple[str, str]] = []
    gone, come = "", ""
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for kind, at, to, new_at, new_to in steps:
        was, now = "".join(old[at:to]), "".join(new[new_at:new_to])
        if kind != "equal" or (now.isspace() and (gone or come)):
            gone, come = gone + was, come + now  # a space alone parts no words
        else:
            found += [("gone", gone), ("new", come), ("same", now)]
            gone, come = "", ""
    return _stretches(*found, ("gone", gone), ("new", come))


def _pairs(old: list[str], new: list[str]) -> int:
    """Give how many tokens of the one equal one of the other: what comparing costs."""
    there = Counter(new)
    return sum(number * there[token] for token, number in Counter(old).items())


def _stretches(*found: tuple[str, str]) -> tuple[Stretch, ...]:
    return tuple(Stretch(kind=kind, text=text) for kind, text in found if text)
