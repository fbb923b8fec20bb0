"""The texts that a student reads, and the logit that it learns of each."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from letterdesk.triage.model.sparse import Floats
from letterdesk.triage.training.corpora import Example
from letterdesk.triage.training.disguises import DISGUISES
from letterdesk.triage.training.names import group_names

_SURELY, _SURELY_NOT = 1.0, -3.0  # logits of what we know to be unwelcome, or welcome
_DISGUISED = 0.7  # share that it sees in disguise as well
_OWN = 2  # times that it reads our own sentences
_OWN_BESIDE_MIXTURES = 2  # and so often again, lest mixtures drown them
_NAMES = 5  # times that it learns that a group's name alone is nothing
_SEED = 20261128
Pair = tuple[str, float]


@dataclass(frozen=True, kw_only=True)
class Own:
    """Our own sentences: of groups, then of single people, and the teacher's logits."""

    groups: Sequence[Example]
    people: Sequence[Example] = ()
    logits: Floats  # of both, in this order


def student_lesson(
    clauses: Sequence[str],
    opinions: Floats,
    own: Own,
    *,
    mixed: Sequence[Pair] = (),
    language: str,
) -> list[Pair]:
    """Give texts, each with a logit: clauses, our own sentences, and names of groups.

    Clauses have the teacher's, `opinions`; our own sentences have the teacher's, too,
    unless it is on the wrong side there, or unsure. Many are there in disguise, too, but
    none of the mixtures of both, `mixed`. Those about single people are read once, as they
    are: more of them, and abuse of one drowns what groups are abused with.
    """
    known = _surer(own.groups, own.logits[: len(own.groups)])
    pairs = [*zip(clauses, opinions.tolist(), strict=True)]
    pairs += [pair for pair in known for _ in range(_OWN)]
    chance = random.Random(_SEED)  # noqa: S311 -- draws examples, guards nothing
    disguised = [
        (chance.choice(DISGUISES[language])(text, chance), logit)
        for text, logit in pairs
        if chance.random() < _DISGUISED
    ]
    names = [(name, _SURELY_NOT) for name in group_names(language)]
    again = known * _OWN_BESIDE_MIXTURES if mixed else []
    once = _surer(own.people, own.logits[len(own.groups) :])
    return [*pairs, *disguised, *names * _NAMES, *mixed, *again, *once]


def _surer(own: Sequence[Example], logits: Floats) -> list[Pair]:
    """Give our own sentences as the teacher reads them, where it is right and sure."""
    return [
        (
            each.text,
            max(logit, _SURELY) if each.unwelcome > 0.5 else min(logit, _SURELY_NOT),
        )
        for each, logit in zip(own, logits.tolist(), strict=True)
    ]
