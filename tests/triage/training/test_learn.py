"""Learning finds what the rows say, and the same every time."""

import numpy as np
import pytest

from letterdesk.triage.model.sparse import rows_of
from letterdesk.triage.training.learn import Task, calibrated, learnt

_CHANCE = np.random.default_rng(3)
_BAD = _CHANCE.random(400) < 0.5
_BITS = 6


def _task() -> Task:
    """Rows with three columns of noise; column 0 goes with bad, column 1 with good."""
    noise = _CHANCE.integers(2, 1 << _BITS, size=(400, 3))
    column = np.concatenate([(~_BAD).astype(np.int64)[:, None], noise], axis=1)
    row = np.repeat(np.arange(400), 4)
    return Task(
        rows=rows_of(row, column.ravel(), count=400),
        unwelcome=_BAD.astype(np.float32),
        weight=np.ones(400, dtype=np.float32),
        sources=np.ones((400, 1), dtype=np.float32),
        force=np.ones(1 << _BITS, dtype=np.float32),
    )


def test_what_goes_with_the_unwelcome_gets_weight() -> None:
    task = _task()

    table = learnt(task, ridge=0.1)

    assert int(table.argmax()) == 0
    assert int(table.argmin()) == 1
    assert (table == learnt(task, ridge=0.1)).all()


def test_calibration_finds_slope_and_offset() -> None:
    logit = _CHANCE.normal(size=20_000).astype(np.float32)
    truth = _CHANCE.random(20_000) < 1 / (1 + np.exp(-(2 * logit - 1)))

    slope, offset = calibrated(logit, truth.astype(np.float64))

    assert (slope, offset) == (pytest.approx(2, abs=0.15), pytest.approx(-1, abs=0.1))
