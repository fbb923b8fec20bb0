"""The texts that a student reads, and the logit that it learns of each."""

import random
from collections.abc import Sequence

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


def student_lesson(
    clauses: Sequence[str],
    opinions: Floats,
    own: Sequence[Example],
    of_own: Floats,
    *,
    mixed: Sequence[Pair] = (),
    language: str,
) -> list[Pair]:
    """Give texts, each with a logit: clauses, our own sentences, and names of groups.

    Clauses have the teacher's, `opinions`; our own sentences have the teacher's, `of_own`,
    unless it is on the wrong side there, or unsure. Many are there in disguise, too, but
    none of the mixtures of both, `mixed`.
    """
    known: list[Pair] = []
    for each, logit in zip(own, of_own.tolist(), strict=True):
        surer = max(logit, _SURELY) if each.unwelcome > 0.5 else min(logit, _SURELY_NOT)
        known.append((each.text, surer))
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
    return [*pairs, *disguised, *names * _NAMES, *mixed, *again]
