"""What readers are told in our name, so that no reader can pass for a moderator."""

import re
from functools import lru_cache
from typing import NamedTuple

from letterdesk.desk.queries.account_names import looks
from letterdesk.reader.words import words
from letterdesk.tags import LANGUAGES

_SAID = (  # above a comment, within it and below it, as the catalogue of readers has it
    "name left out",
    "left out by a moderator",
    "words removed by a moderator",
    "Edited by a moderator.",
    "Edited by a moderator under %(rules)s.",
    "Edited in another newsroom.",
    "Edited in another newsroom under its own rules: %(rules)s.",
    "Brackets in it that are not marked are its author's own.",
    "The comment that stood here is no longer published.",
    "Chosen by the editors",
)
_RULE = "rule %(number)s"
_PLACE = re.compile(r"%\(\w+\)s")
_PART = re.compile(r"[\n.!?。！？۔။។།༎()\[\]{}（）［］〔〕【】〖〗〘〙〚〛⟦⟧⁅⁆❲❳「」｢｣]+")
_UNHEEDED = re.compile(r"[\W_]")
_SHORT = 5  # letters around a figure, as in “rule 3”: nothing else may stand there
_LONGEST = 200  # letters and digits: longer than any of our marks


class _Mark(NamedTuple):
    shown: str
    looks: frozenset[tuple[str, ...]]  # what stands around the place for rules, if any


def our_mark_in_name(name: str) -> str:
    """Give our mark that a reader's name looks like, in any of our languages; or ""."""
    parts = [name, *_PART.split(name)]
    return _first(parts, _marks(LANGUAGES, (*_SAID, _RULE)))


def our_mark_in_text(text: str) -> str:
    """Give our mark that a line, a sentence or a bracket of a text looks like; or ""."""
    return _first(_PART.split(text), _marks(LANGUAGES, _SAID))


def _first(parts: list[str], marks: tuple[_Mark, ...]) -> str:
    for part in parts:
        bare = _bare(part)
        if bare and len(bare) <= _LONGEST:
            drawn = looks(bare)
            for mark in marks:
                if any(_fits(one, around) for one in drawn for around in mark.looks):
                    return mark.shown
    return ""


def _fits(drawn: str, around: tuple[str, ...]) -> bool:
    """Say whether it is a mark; where it has a place for rules, a figure stands there."""
    if len(around) == 1:
        return drawn == around[0]
    head, tail = around
    if not (drawn.startswith(head) and drawn.endswith(tail)):
        return False
    within = drawn[len(head) : len(drawn) - len(tail)]
    is_rule = len(head + tail) <= _SHORT
    return within.isdigit() if is_rule else any(char.isdigit() for char in within)


@lru_cache(maxsize=2)
def _marks(languages: tuple[str, ...], said: tuple[str, ...]) -> tuple[_Mark, ...]:
    """Give what is said, in each language."""
    told = (words(language).gettext(one) for language in languages for one in said)
    return tuple(_Mark(_PLACE.sub("…", one), _around(one)) for one in told)


def _around(said: str) -> frozenset[tuple[str, ...]]:
    """Give what stands before and behind the place for rules, as it may be drawn."""
    parts = [looks(_bare(part)) for part in _PLACE.split(said)]
    return frozenset(tuple(part[at] for part in parts) for at in range(len(parts[0])))


def _bare(text: str) -> str:
    return _UNHEEDED.sub("", text)
