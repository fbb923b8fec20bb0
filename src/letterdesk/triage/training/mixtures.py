"""Texts that nobody wrote, made of clauses and our own sentences, for a student to read.

What its teacher says of them is what it thinks, since it knows none of them by heart: half
of one text and half of another, a few letters left out or put in, two in a row (after Tang
et al., 2019, who mask and cut words). In Chinese alone, letter by letter.
"""

import random
from collections.abc import Sequence

_LONGEST = 90  # letters of a clause that is taken
_OWN = 0.6  # share of our own sentences among what is mixed
_MOST = 3  # letters that are left out, or put in
_BETWEEN = ("，但是", "，", "。", "，因为", "？")
_ENDS = "。！？ "
_SEED = 7


def mixtures(clauses: Sequence[str], own: Sequence[str], *, count: int) -> list[str]:
    """Give up to `count` mixtures; the same texts give the same. None for no texts."""
    chance = random.Random(_SEED)  # noqa: S311 -- draws texts, guards nothing
    short = [clause for clause in clauses if len(clause) < _LONGEST]
    if not (short and own):
        return []
    found: list[str] = []
    for _ in range(count):
        way = chance.randrange(4)
        one, other = _drawn(short, own, chance), _drawn(short, own, chance)
        found.append(_mixed(way, one, other, chance))
    return [text for text in found if text.strip()]


def _drawn(clauses: Sequence[str], own: Sequence[str], chance: random.Random) -> str:
    return chance.choice(own) if chance.random() < _OWN else chance.choice(clauses)


def _mixed(way: int, one: str, other: str, chance: random.Random) -> str:
    if way == 0:
        return one[: _cut(one, chance)] + other[_cut(other, chance) - 1 :]
    if way == 1:
        first = chance.randrange(len(one))
        return one[:first] + one[first + chance.randrange(1, _MOST + 1) :]
    if way == 2:
        place, first = chance.randrange(len(one)), chance.randrange(len(other))
        some = other[first : first + chance.randrange(1, _MOST + 1)]
        return one[:place] + some + one[place:]
    return one.rstrip(_ENDS) + chance.choice(_BETWEEN) + other


def _cut(text: str, chance: random.Random) -> int:
    return chance.randrange(1, len(text)) if len(text) > 1 else 1
