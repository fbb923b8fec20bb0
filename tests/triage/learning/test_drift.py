"""Weeks beside each other: quiet ones, and one in which everything is otherwise."""

from datetime import date, timedelta

import numpy as np

from letterdesk.triage.learning.drift import WEEKS, Week, alarm, weeks
from tests.triage.letters import MONDAY

CHANCE = np.random.default_rng(5)


def days(*counts: int) -> list[date]:
    """Give days of weeks with so many letters."""
    return [
        MONDAY + timedelta(weeks=week, days=at % 7)
        for week, count in enumerate(counts)
        for at in range(count)
    ]


def test_like_weeks_are_quiet_and_another_is_an_alarm() -> None:
    counts = (200, 200, 200, 200)
    scores = CHANCE.normal(size=800)
    scores[600:] += 1.5

    found = weeks(days(*counts), np.arange(800) % 10 == 0, scores.astype(np.float32))

    assert [(one.start, one.letters, one.unwelcome) for one in found] == [
        (MONDAY + timedelta(weeks=week), 200, 20) for week in range(4)
    ]
    assert [one.is_alarming for one in found] == [False, False, False, True]
    assert found[0].moved is None
    assert alarm(found) == found[-1]
    assert alarm(found[:-1]) is None
    begun = Week(start=MONDAY, letters=3, unwelcome=0, moved=None)
    assert alarm([*found, begun]) == found[-1]
    assert alarm([*found, begun, begun]) is None


def test_few_letters_say_nothing() -> None:
    scores = np.append(np.zeros(300), np.full(99, 9.0)).astype(np.float32)

    found = weeks(days(300, 99), np.zeros(399, dtype=bool), scores)

    assert [one.moved for one in found] == [None, None]
    assert not found[-1].is_alarming


def test_no_more_weeks_are_told_than_fit() -> None:
    counts = (1,) * (WEEKS + 3)

    found = weeks(
        days(*counts), np.zeros(len(counts), bool), np.zeros(len(counts), np.float32)
    )

    assert len(found) == WEEKS
    assert found[-1] == Week(
        start=MONDAY + timedelta(weeks=WEEKS + 2), letters=1, unwelcome=0, moved=None
    )


def test_scores_that_are_all_the_same_are_no_movement() -> None:
    found = weeks(days(150, 150), np.zeros(300, dtype=bool), np.zeros(300, np.float32))

    assert found[-1].moved == 0
