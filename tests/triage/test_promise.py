from math import comb

import numpy as np
import pytest

from letterdesk.triage.promise import (
    Promise,
    most_missed,
    needed,
    promise,
    quiet_score,
    upper_bound,
)


@pytest.mark.parametrize(
    ("missed", "seen", "confidence", "expected"),
    [  # one side at 0.975 is the usual two-sided interval at 0.95
        (0, 10, 0.975, 0.3085),
        (1, 20, 0.95, 0.2161),
        (3, 10, 0.975, 0.6525),
        (5, 100, 0.975, 0.1128),
        (50, 100, 0.975, 0.6017),
        (10, 10, 0.9, 1.0),
    ],
)
def test_bound_is_the_one_in_clopper_and_pearsons_tables(
    missed: int, seen: int, confidence: float, expected: float
) -> None:
    found = upper_bound(missed, seen, confidence=confidence)

    assert found == pytest.approx(expected, abs=5e-5)


def test_bound_without_a_miss_has_a_closed_form() -> None:
    for seen in (1, 45, 500, 5_000):
        assert upper_bound(0, seen) == pytest.approx(1 - 0.1 ** (1 / seen), rel=1e-9)


def test_so_many_are_needed_as_in_wilks_table_for_95_and_90_percent() -> None:
    assert [needed(missed) for missed in range(5)] == [45, 77, 105, 132, 158]
    assert [most_missed(seen) for seen in (45, 76, 77, 104, 105)] == [0, 0, 1, 1, 2]


def test_nothing_is_promised_before_enough_was_seen() -> None:
    assert promise((), highest=0.5) == Promise(mark=None, seen=0, missed=0, missing=45)
    assert promise([0.9] * 14, highest=0.5) == Promise(
        mark=None, seen=14, missed=0, missing=31
    )


@pytest.mark.parametrize(
    ("scores", "mark", "missed"),
    [
        ([0.9] * 45, 0.5, 0),  # no higher than it may be
        ([0.3, *[0.9] * 44], 0.3, 0),  # the lowest one is outside
        ([0.3, *[0.9] * 76], 0.5, 1),  # one of 77 may be inside
        ([0.3, 0.4, *[0.9] * 75], 0.4, 1),
        ([0.3, 0.3, *[0.9] * 75], 0.3, 0),  # of two at one score none is inside
    ],
)
def test_mark_is_as_high_as_the_bound_allows(
    scores: list[float], mark: float, missed: int
) -> None:
    found = promise(scores, highest=0.5)

    assert found == Promise(mark=mark, seen=len(scores), missed=missed, missing=0)


def test_promise_is_kept_nine_times_in_ten_though_the_best_mark_is_sought() -> None:
    chance, seen, broken = np.random.default_rng(20261126), 120, 0
    for _ in range(2_000):  # newsrooms, whose unwelcome letters score evenly from 0 to 1
        mark = promise(chance.random(seen).tolist(), highest=1.0).mark
        broken += mark is not None and mark > 0.05

    exact = sum(  # how often at most two of them score below 0.05
        comb(seen, each) * 0.05**each * 0.95 ** (seen - each)
        for each in range(most_missed(seen) + 1)
    )
    assert exact <= 0.1
    assert broken / 2_000 == pytest.approx(exact, abs=0.02)


@pytest.mark.parametrize(
    ("signals", "score"),
    [
        ([("text", "incivility", "civil", 0.1)], 0.1),
        (
            [
                ("text", "passage", "passage", 1.0),
                ("text", "incivility", "uncivil-clearly", 0.9),
            ],
            0.9,
        ),
        (
            [
                ("text", "incivility", "civil", 0.1),
                ("text", "protected_name", "protected", 1.0),
            ],
            None,
        ),
        ([("text", "incivility", "civil", 0.1), ("text", "figure", "slow", 0.0)], None),
        ([("text", "incivility", "failed", 0.0)], None),
        ([("text", "incivility", "uncivil-in-part", 0.5)], None),
        ([("text", "incivility", "no-model", 0.0)], None),
        (
            [
                ("text", "incivility", "civil", 0.1),
                ("name", "incivility", "uncivil-maybe", 0.9),
            ],
            None,
        ),
        ([], None),
    ],
)
def test_only_a_letter_in_which_nothing_else_was_noticed_has_a_score_for_a_group(
    signals: list[tuple[str, str, str, float]], score: float | None
) -> None:
    assert quiet_score(signals) == score
