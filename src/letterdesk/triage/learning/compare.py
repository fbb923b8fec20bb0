"""Whether one score tells unwelcome from welcome better than another, on the same letters.

AUCs and their covariance as in DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988), by
midranks as in Sun and Xu, IEEE Signal Processing Letters 21 (2014): no chance in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from letterdesk.triage.measure import Flags
from letterdesk.triage.model.sparse import Floats

_NINETY = 1.2816  # the normal distribution's 90 % quantile
_BINS = 10
_Doubles = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Bounded:
    """An AUC, and the bounds that it lies between in eight cases of ten."""

    auc: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Gain:
    """By how much an AUC is higher than another; in nine cases of ten by `low` or more."""

    auc: float
    low: float


def bounded(unwelcome: Flags, scores: Floats) -> Bounded:
    """Give the AUC of `scores`."""
    means, covariance = _delong(unwelcome, [scores])
    reach = _NINETY * float(np.sqrt(covariance[0, 0]))
    mean = float(means[0])
    return Bounded(auc=mean, low=max(0.0, mean - reach), high=min(1.0, mean + reach))


def gain(unwelcome: Flags, new: Floats, old: Floats) -> Gain:
    """Give by how much `new` is better than `old` on the same letters."""
    means, covariance = _delong(unwelcome, [new, old])
    spread = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]
    more = float(means[0] - means[1])
    return Gain(auc=more, low=more - _NINETY * float(np.sqrt(max(spread, 0.0))))


def found_among(unwelcome: Flags, scores: Floats, *, marked: int) -> int:
    """Give how many unwelcome letters are among the `marked` that score highest."""
    first = np.argsort(-scores, kind="stable")[:marked]
    return int(unwelcome[first].sum())


def miscalibration(unwelcome: Flags, chances: Floats) -> float:
    """Give how far chances and shares lie apart, on average over ten bins of letters."""
    order = np.argsort(chances, kind="stable")
    bins = np.array_split(order, _BINS)
    each = [
        len(some) * abs(float(unwelcome[some].mean()) - float(chances[some].mean()))
        for some in bins
        if len(some)
    ]
    return sum(each) / len(unwelcome)


def _delong(unwelcome: Flags, scores: Sequence[Floats]) -> tuple[_Doubles, _Doubles]:
    bad, good = int(unwelcome.sum()), int((~unwelcome).sum())
    of_bad = np.empty((len(scores), bad))
    of_good = np.empty((len(scores), good))
    for at, each in enumerate(scores):
        ranks = _midranks(each)
        of_bad[at] = (ranks[unwelcome] - _midranks(each[unwelcome])) / good
        of_good[at] = 1 - (ranks[~unwelcome] - _midranks(each[~unwelcome])) / bad
    covariance = np.atleast_2d(np.cov(of_bad)) / bad + np.atleast_2d(np.cov(of_good)) / good
    return of_bad.mean(axis=1), covariance


def _midranks(scores: Floats) -> _Doubles:
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[place], dtype=np.float64)
