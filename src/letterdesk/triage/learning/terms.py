"""Words that rise in what is rejected, and that the model in use does not know yet."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log, sqrt

from letterdesk.triage.incivility import MARK
from letterdesk.triage.model.sparse import Floats
from letterdesk.triage.normal import normal
from letterdesk.triage.remembered import forgotten

_WORD = re.compile(r"[^\W\d_]{2,}")
_HAN = re.compile("[\u4e00-\u9fff]+")
_LENGTHS = range(2, 5)  # of runs of Han, which have no spaces between words
_LEAST = 5  # letters: a word of fewer is somebody's own
_SURE = 3.0  # standard deviations above chance
_MOST = 12


@dataclass(frozen=True, kw_only=True)
class Term:
    """A word, and how many letters of each kind have it."""

    words: str
    rejected: int
    approved: int


def rising(
    rejected: Sequence[str],
    others: Sequence[str],
    *,
    score: Callable[[Sequence[str]], Floats],
) -> tuple[Term, ...]:
    """Give words commoner in `rejected` than in `others`, the surest first.

    By the log odds ratio over its standard deviation (Monroe, Colaresi and Quinn, Political
    Analysis 16, 2008), counting letters. Words that `score` marks by themselves are left
    out: they are known.
    """
    with forgotten():
        bad, rest = _counts(rejected), _counts(others)
    some = [word for word, count in bad.items() if count >= _LEAST]
    sure = {
        word: _sureness(bad[word], len(rejected), rest[word], len(others)) for word in some
    }
    best = sorted(
        (word for word in some if sure[word] >= _SURE), key=lambda w: (-sure[w], w)
    )
    chances = score(best).tolist() if best else []
    unknown = [word for word, known in zip(best, chances, strict=True) if known < MARK]
    return tuple(
        Term(words=word, rejected=bad[word], approved=rest[word])
        for word in _without_parts(unknown, bad)[:_MOST]
    )


def _counts(texts: Iterable[str]) -> Counter[str]:
    """Give how many texts have each word."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_words(normal(text).text))
    return counts


def _words(text: str) -> set[str]:
    found = {word for word in _WORD.findall(text) if not _HAN.search(word)}
    for run in _HAN.findall(text):
        found |= {
            run[at : at + length]
            for length in _LENGTHS
            for at in range(len(run) - length + 1)
        }
    return found


def _sureness(bad: int, all_bad: int, rest: int, all_rest: int) -> float:
    here, there = bad + 0.5, rest + 0.5
    without, left = all_bad - bad + 0.5, all_rest - rest + 0.5
    ratio = log(here / without) - log(there / left)
    return ratio / sqrt(1 / here + 1 / without + 1 / there + 1 / left)


def _without_parts(words: Sequence[str], counts: Counter[str]) -> list[str]:
    """Leave out parts of longer words that stand in as many letters."""
    return [
        word
        for word in words
        if not any(
            word != longer and word in longer and counts[longer] == counts[word]
            for longer in words
        )
    ]
