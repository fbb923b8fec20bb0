"""Which characters of a word pass for others, to tell apart what looks the same."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from letterdesk.domain.text import is_blank
from letterdesk.triage.letters import FOLD, LOOK_ALIKES

MOST = 4  # told of one word


@dataclass(frozen=True)
class OddLetter:
    """A character that is not what it seems: its place, counted from 1, and its script."""

    place: int
    sign: str  # "" for one that cannot be seen
    point: str  # "U+0430"
    script: str  # as Unicode's names begin: "Cyrillic"


def odd_letters(word: str) -> tuple[OddLetter, ...]:
    """Give the first characters of a word that pass for plain ones, or cannot be seen."""
    return tuple(_odd(word))[:MOST]


def _odd(word: str) -> Iterator[OddLetter]:
    for place, char in enumerate(word, start=1):
        if char.isascii() or not _passes(char):
            continue
        name = unicodedata.name(char, "")
        yield OddLetter(
            place=place,
            sign="" if is_blank(char) else char,
            point=f"U+{ord(char):04X}",
            script=name.partition(" ")[0].title(),
        )


def _passes(char: str) -> bool:
    """Say whether a character is taken for another one, or for none."""
    plain = FOLD[char]
    return char.lower() in LOOK_ALIKES or plain == "" or plain.isascii()
