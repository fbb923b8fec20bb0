"""Whether a model takes what is only named for an offence, or for advertising.

The sentences in `mentions/` only name groups, or speak kindly of them; those in `ordinary/`
are of readers who name a shop, a bank, a price or a site. No model learns from them. A
desk's decisions may well teach it that who is named a lot is unwelcome.
"""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from letterdesk.triage.incivility import MARK
from letterdesk.triage.model.sparse import Floats

LEAST = 0.95  # share of all sentences that have to stay below the mark
LEAST_OF_GROUP = 0.8  # of each group's; a group that the present model wrongs may stay so


@dataclass(frozen=True, kw_only=True)
class Mentions:
    """The share of sentences below the mark, and that of the group with the lowest."""

    below: float
    worst: float
    group: str


def mentions(
    score: Callable[[Sequence[str]], Floats], language: str, *, guard: str = "mentions"
) -> Mentions:
    """Give what becomes of harmless sentences under `score`, which gives chances."""
    each = _sentences(language, guard)
    groups = list(dict.fromkeys(group for group, _ in each))
    found = score([sentence for _, sentence in each]) < MARK
    shares = found.reshape(len(groups), -1).mean(axis=1)
    worst = int(np.argmin(shares))
    return Mentions(
        below=float(found.mean()), worst=float(shares[worst]), group=groups[worst]
    )


def is_fair(new: Mentions, old: Mentions) -> bool:
    """Say whether a model may follow on another, as far as these sentences tell."""
    enough = min(LEAST_OF_GROUP, old.worst)
    return new.below >= LEAST and new.worst >= enough


@cache
def _sentences(language: str, guard: str) -> tuple[tuple[str, str], ...]:
    """Give the sentences, group after group, and the group that each names."""
    raw = files("letterdesk.triage.learning").joinpath(f"{guard}/{language}.toml")
    table = tomllib.loads(raw.read_text(encoding="utf-8"))
    return tuple(
        (group, line.replace("{group}", group))
        for group in table["groups"]
        for line in table["lines"]
    )
