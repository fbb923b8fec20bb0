"""The figures of an evaluation are the textbook's."""

import numpy as np
import pytest

from letterdesk.triage.measure import auc, average_precision, macro_f1, set_apart

BAD = np.array([True, False, True, False, False])


def test_auc_counts_pairs_and_halves_ties() -> None:
    assert auc(BAD, np.array([0.9, 0.1, 0.8, 0.2, 0.3])) == 1.0
    assert auc(BAD, np.array([0.1, 0.9, 0.2, 0.8, 0.7])) == 0.0
    assert auc(BAD, np.zeros(5)) == 0.5
    assert auc(BAD, np.array([0.9, 0.9, 0.5, 0.1, 0.1])) == pytest.approx(4.5 / 6)


def test_average_precision_takes_ties_together() -> None:
    assert average_precision(BAD, np.array([0.9, 0.1, 0.8, 0.2, 0.3])) == 1.0
    assert average_precision(BAD, np.zeros(5)) == pytest.approx(2 / 5)
    assert average_precision(BAD, np.array([0.9, 0.8, 0.7, 0.2, 0.3])) == pytest.approx(
        (1 + 2 / 3) / 2
    )


def test_set_apart_is_the_share_of_good_below_what_nearly_all_bad_reach() -> None:
    bad = np.array([True] * 20 + [False] * 4)
    scores = np.array([0.1, *[0.5] * 19, 0.4, 0.4, 0.5, 0.6])

    assert set_apart(bad, scores) == 0.5
    assert set_apart(bad, scores, recall=1.0) == 0.0


def test_macro_f1_counts_every_class_alike() -> None:
    truth = np.array([0, 0, 0, 1])

    assert macro_f1(truth, truth) == 1.0
    assert macro_f1(truth, np.array([0, 0, 0, 0])) == pytest.approx((6 / 7 + 0) / 2)
