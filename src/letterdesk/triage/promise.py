"""The promise of a group: how sure one can be that hardly any unwelcome letter is in it.

The letters below a mark make a group. Of all letters that a desk turns down as unwelcome
at most a twentieth may score below the mark; of that one is to be nine tenths sure. How
many did so among those that were seen says how sure one can be: by the exact upper bound of
a share under the binomial distribution (Clopper and Pearson, Biometrika 26, 1934). The
highest mark that holds may be sought among them all, and costs no certainty: what falls
below a mark only grows with it, so a bound, once broken, stays broken (distribution-free
tolerance limits: Wilks, Annals of Mathematical Statistics 12, 1941). 45 letters without a
miss are enough, 77 with one, 105 with two.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from math import exp, lgamma, log, log1p

from letterdesk.triage.signal import Field, Kind

RECALL = 0.95  # of the unwelcome letters, at least, are outside the group
CONFIDENCE = 0.9
_QUIET = frozenset(  # what signals say of a letter in which there is nothing to see
    {"civil", "uncivil-maybe", "uncivil-clearly", "no-advertising", "passage"}
)
_STEPS = 60  # of the bisection: more than a float has bits


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What the letters that were seen allow to promise.

    Letters that score below `mark` may be decided together; None while there are too few to
    tell. `seen` are the unwelcome ones, `missed` those of them that scored below the mark,
    `missing` how many more without a miss it takes.
    """

    mark: float | None
    seen: int
    missed: int
    missing: int

    @property
    def is_held(self) -> bool:
        """Say whether there is a mark."""
        return self.mark is not None


def quiet_score(signals: Iterable[tuple[str, str, str, float]]) -> float | None:
    """Give the score for incivility of a letter with these signals (of, kind, code, score).

    None when another signal has something to say, or any of the name above the letter, or
    a check did not run: such a letter is in no group, however civil it reads.
    """
    found = None
    for of, kind, code, score in signals:
        if code not in _QUIET or of != Field.TEXT:
            return None
        if kind == Kind.INCIVILITY:
            found = score
    return found


def promise(unwelcome: Collection[float], *, highest: float) -> Promise:
    """Give the promise that the scores of unwelcome letters allow.

    No mark is above `highest`.
    """
    seen = len(unwelcome)
    missing = max(0, needed() - seen)
    if missing:
        return Promise(mark=None, seen=seen, missed=0, missing=missing)
    scores = sorted(unwelcome)
    mark = min(highest, scores[most_missed(seen)])
    missed = sum(score < mark for score in scores)
    return Promise(mark=mark, seen=seen, missed=missed, missing=0)


@cache
def needed(missed: int = 0) -> int:
    """Give how many unwelcome letters have to be seen when so many of them are missed."""
    seen = missed + 1
    while upper_bound(missed, seen) > 1 - RECALL:
        seen += 1
    return seen


@cache
def most_missed(seen: int) -> int:
    """Give how many may be missed of those seen; at least `needed()` have to be."""
    missed = 0
    while upper_bound(missed + 1, seen) <= 1 - RECALL:
        missed += 1
    return missed


def upper_bound(missed: int, seen: int, *, confidence: float = CONFIDENCE) -> float:
    """Give the share below which the true one lies, as sure as `confidence` says.

    It is the share at which so few misses, or fewer, would come with probability
    1 - `confidence`: exact, one-sided.
    """
    if missed >= seen:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        share = (low + high) / 2
        if _at_most(missed, seen, share) > 1 - confidence:
            low = share
        else:
            high = share
    return high


def _at_most(missed: int, seen: int, share: float) -> float:
    """Give how likely at most so many misses are, when each letter is one with `share`."""
    if share <= 0.0:
        return 1.0
    if share >= 1.0:
        return 0.0
    return sum(
        exp(
            lgamma(seen + 1) - lgamma(each + 1) - lgamma(seen - each + 1)
            + each * log(share) + (seen - each) * log1p(-share)
        )
        for each in range(missed + 1)
    )  # fmt: skip
