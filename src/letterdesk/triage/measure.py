"""How well scores tell unwelcome from welcome: the figures that evaluations print."""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32] | NDArray[np.float64]
Flags = NDArray[np.bool_]


def auc(unwelcome: Flags, scores: Scores) -> float:
    """Give the chance that an unwelcome comment scores above a welcome one; ties half."""
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    bad = int(unwelcome.sum())
    good = len(unwelcome) - bad
    return float((ranks[unwelcome].sum() - bad * (bad + 1) / 2) / (bad * good))


def average_precision(unwelcome: Flags, scores: Scores) -> float:
    """Give the mean precision over the unwelcome, highest score first; ties together."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(unwelcome[order])
    last = np.flatnonzero(np.diff(scores[order], append=np.nan) != 0)
    new = np.diff(hits[last], prepend=0)
    return float((new * hits[last] / (last + 1)).sum() / unwelcome.sum())


def set_apart(unwelcome: Flags, scores: Scores, *, recall: float = 0.95) -> float:
    """Give the share of welcome comments below the mark that `recall` of the rest reach."""
    bad = np.sort(scores[unwelcome])
    mark = bad[int(np.floor((1 - recall) * len(bad)))]
    return float((scores[~unwelcome] < mark).mean())


def macro_f1(truth: NDArray[np.int64], guess: NDArray[np.int64]) -> float:
    """Give the mean over classes of the harmonic mean of precision and recall."""
    each = [
        2 * ((truth == kind) & (guess == kind)).sum()
        / max(1, (truth == kind).sum() + (guess == kind).sum())
        for kind in np.unique(truth)
    ]  # fmt: skip
    return float(np.mean(each))
