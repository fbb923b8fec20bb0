"""Two scores on the same letters: as good as each other, surely better, or who knows."""

import numpy as np
import pytest

from letterdesk.triage.learning.compare import (
    bounded,
    found_among,
    gain,
    miscalibration,
)
from letterdesk.triage.measure import auc

CHANCE = np.random.default_rng(3)
UNWELCOME = CHANCE.random(400) < 0.3
NOISE = CHANCE.normal(size=400).astype(np.float32)
GOOD = (UNWELCOME * 1.5 + NOISE).astype(np.float32)
FAIR = (UNWELCOME * 0.5 + NOISE).astype(np.float32)


def test_auc_is_the_usual_one_and_lies_between_its_bounds() -> None:
    found = bounded(UNWELCOME, GOOD)

    assert found.auc == pytest.approx(auc(UNWELCOME, GOOD), abs=1e-6)
    assert 0 < found.low < found.auc < found.high <= 1


def test_spread_is_what_the_bootstrap_finds() -> None:
    drawn = CHANCE.integers(400, size=(800, 400))
    resampled = [
        auc(UNWELCOME[some], GOOD[some]) - auc(UNWELCOME[some], FAIR[some])
        for some in drawn
    ]

    found = gain(UNWELCOME, GOOD, FAIR)

    assert found.low == pytest.approx(np.quantile(resampled, 0.1), abs=0.01)


def test_a_score_is_not_surely_better_than_itself() -> None:
    assert gain(UNWELCOME, GOOD, GOOD).low == 0


def test_much_better_is_surely_better_and_a_little_is_not() -> None:
    other = (UNWELCOME * 1.5 + CHANCE.normal(size=400)).astype(np.float32)

    assert gain(UNWELCOME, GOOD, FAIR).low > 0
    assert gain(UNWELCOME, GOOD, other).low < 0 < gain(UNWELCOME, other, GOOD).low + 0.2


def test_unwelcome_letters_are_counted_among_the_highest() -> None:
    unwelcome = np.array([True, False, True, False])
    scores = np.array([0.9, 0.8, 0.1, 0.2], dtype=np.float32)

    found = [found_among(unwelcome, scores, marked=marked) for marked in range(5)]

    assert found == [0, 1, 1, 1, 2]


def test_chances_that_come_true_are_calibrated() -> None:
    chances = CHANCE.random(20_000).astype(np.float32)
    came_true = CHANCE.random(20_000) < chances

    assert miscalibration(came_true, chances) < 0.02
    assert miscalibration(came_true, 1 - chances) > 0.4
