"""Whether what readers write, and what moderators reject, has moved lately.

The index is the population stability index, by tenths of the scores of earlier weeks; 0.2
is the alarm that credit scoring has used since Siddiqi, Credit Risk Scorecards (2006).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from letterdesk.triage.measure import Flags
from letterdesk.triage.model.sparse import Floats

ALARM = 0.2
WEEKS = 12  # that are told
_EARLIER = 8  # weeks that one is held against
_LEAST = 100  # letters of a week, and of the weeks before it: fewer tell nothing
_BINS = 10


@dataclass(frozen=True, kw_only=True)
class Week:
    """A week from Monday `start`: how many letters, rejected, and how far scores moved.

    `moved` is None where there were too few letters to say.
    """

    start: date
    letters: int
    unwelcome: int
    moved: float | None

    @property
    def is_alarming(self) -> bool:
        """Whether the model may no longer know what comes in."""
        return self.moved is not None and self.moved > ALARM


def alarm(found: Sequence[Week]) -> Week | None:
    """Give the last week that tells anything, if it is alarming and one of the last two."""
    telling = [one for one in found[-2:] if one.moved is not None]
    return telling[-1] if telling and telling[-1].is_alarming else None


def weeks(days: Sequence[date], unwelcome: Flags, scores: Floats) -> tuple[Week, ...]:
    """Give the last weeks in which letters arrived, by the scores of one model."""
    starts = np.array([_monday(day).toordinal() for day in days], dtype=np.int64)
    found = []
    for start in np.unique(starts)[-WEEKS:]:
        here = starts == start
        before = (starts < start) & (starts >= start - 7 * _EARLIER)
        found.append(
            Week(
                start=date.fromordinal(int(start)),
                letters=int(here.sum()),
                unwelcome=int(unwelcome[here].sum()),
                moved=_moved(scores[here], scores[before]),
            )
        )
    return tuple(found)


def _moved(now: Floats, before: Floats) -> float | None:
    if min(len(now), len(before)) < _LEAST:
        return None
    inner = np.quantile(before, np.linspace(0, 1, _BINS + 1)[1:-1]).astype(np.float32)
    new, old = _shares(now, inner), _shares(before, inner)
    return float(((new - old) * np.log(new / old)).sum())


def _shares(scores: Floats, inner: Floats) -> NDArray[np.float64]:
    """Give the share of each tenth; half a letter more in each, so that none is empty."""
    counts = np.bincount(np.searchsorted(inner, scores), minlength=_BINS) + 0.5
    return np.asarray(counts / counts.sum())


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
