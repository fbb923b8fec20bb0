"""The attributes that clients ask for, and those that we have a measured model for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from letterdesk.triage import incivility, spam

Score = Callable[[Sequence[str], str], list[float]]

# All that the Perspective API was ever documented to have.
_PLAIN = """TOXICITY SEVERE_TOXICITY IDENTITY_ATTACK INSULT PROFANITY THREAT FLIRTATION
SEXUALLY_EXPLICIT ATTACK_ON_AUTHOR ATTACK_ON_COMMENTER INCOHERENT INFLAMMATORY OBSCENE SPAM
LIKELY_TO_REJECT UNSUBSTANTIAL TOXICITY_FAST"""
_TRIED = """TOXICITY SEVERE_TOXICITY IDENTITY_ATTACK INSULT PROFANITY THREAT AFFINITY
COMPASSION CURIOSITY NUANCE PERSONAL_STORY REASONING RESPECT"""
KNOWN = frozenset([*_PLAIN.split(), *(f"{name}_EXPERIMENTAL" for name in _TRIED.split())])


@dataclass(frozen=True, kw_only=True)
class Attribute:
    """What is scored under a name: in which languages, and by what."""

    languages: frozenset[str]
    score: Score


def _toxicity(texts: Sequence[str], language: str) -> list[float]:
    found = incivility.scores(texts, language=language)
    if found is None:
        raise LookupError(language)
    return [float(one) for one in found]


def _spam(texts: Sequence[str], language: str) -> list[float]:
    found = spam.scores(texts, language=language)
    if found is None:
        raise LookupError(language)
    return found


SCORED: Mapping[str, Attribute] = {
    "TOXICITY": Attribute(languages=frozenset({"en", "ko", "zh"}), score=_toxicity),
    "SPAM": Attribute(languages=frozenset({"en"}), score=_spam),
}


def load() -> None:
    """Read the tables of all that is scored."""
    for attribute in SCORED.values():
        for language in sorted(attribute.languages):
            attribute.score(["."], language)
