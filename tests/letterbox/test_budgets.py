"""Budgets: how many letters there is room for, in which lane."""

import pytest

from letterdesk.letterbox import budgets
from letterdesk.letterbox.budgets import Budgets, Size, State

WHOLE = Size(burst=100, refill=10, reserved=0.3)
STORY = Size(burst=20, refill=1, reserved=0.3)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def make(clock: Clock, *, whole: Size = WHOLE, story: Size = STORY) -> Budgets:
    return Budgets(whole, story=story, clock=clock)


def taken(
    room: Budgets, story: str = "a", *, of: int = 1_000, proven: bool = False, slow=False
) -> int:
    """Give how many of `of` letters there was room for."""
    return sum(bool(room.take(story, proven=proven, slow=slow)) for _ in range(of))


def test_a_story_without_proofs_gets_half_the_common_part_and_all_that_is_reserved(clock):
    room = make(clock)

    # Of 20, 14 are common: they are open to all while seven or more are left, 6 reserved.
    assert taken(room) == 8 + 6
    assert room.state("a") is State.SLOW
    assert taken(room, proven=True) == 6
    assert room.state("a") is State.CLOSED


def test_a_letter_with_a_proof_is_never_worse_off_than_one_without(clock):
    room = make(clock)

    assert taken(room, proven=True) == 20
    assert (taken(room), taken(room, proven=True)) == (0, 0)


def test_proofs_alone_leave_the_reserved_part_to_others_until_the_common_one_is_gone(clock):
    room = make(clock)

    assert taken(room, of=14, proven=True) == 14
    assert taken(room) == 6


def test_a_newsroom_that_slows_down_gives_letters_without_a_proof_what_is_reserved(clock):
    room = make(clock)

    assert taken(room, slow=True) == 6
    assert taken(room, slow=True, proven=True) == 14


def test_one_story_leaves_room_for_others(clock):
    room = make(clock)

    assert taken(room, "a") == 14
    assert taken(room, "b") == 14
    assert room.state("c") is State.OPEN


def test_the_whole_is_a_limit_for_all_stories_together(clock):
    room = make(clock)

    without = sum(taken(room, str(number)) for number in range(50))

    assert without == 36 + 30
    assert room.state() is State.SLOW
    assert sum(taken(room, str(number), proven=True) for number in range(50)) == 34
    assert room.state() is State.CLOSED


def test_what_a_story_has_no_room_for_costs_the_whole_nothing(clock):
    room = make(clock)

    taken(room, "a", of=100_000)

    assert room.state() is State.OPEN
    assert sum(taken(room, str(number)) for number in range(50)) == 36 + 30 - 14


def test_room_comes_back_with_time_and_never_exceeds_the_burst(clock):
    room = make(clock)
    taken(room, proven=True)

    clock.now += 9
    soon = taken(room), taken(room, proven=True)
    clock.now += 1_000_000
    later = taken(room)

    assert soon == (2, 6)
    assert later == 14


def test_a_clock_that_stands_still_or_goes_back_gives_nothing(clock):
    room = make(clock)
    taken(room, proven=True)

    clock.now -= 500

    assert taken(room, proven=True) == 0


def test_every_lane_has_room_for_one_however_small_the_budget(clock):
    small = Size(burst=1, refill=0.001, reserved=0.3)

    room = make(clock, whole=small, story=small)

    assert taken(room, slow=True) == 1
    assert taken(room, proven=True) == 1
    assert taken(room, proven=True) == 0


def test_memory_is_bounded_whatever_the_number_of_stories(clock, monkeypatch):
    monkeypatch.setattr(budgets, "_STORIES", 3)
    room = make(clock, whole=Size(burst=10_000, refill=1, reserved=0.3))
    taken(room, "a")

    for number in range(2):
        taken(room, str(number), of=1)
    still_known = taken(room, "a")
    for number in range(3):
        taken(room, str(number), of=1)

    assert still_known == 0
    assert taken(room, "a") == 14
    assert len(room._stories) == 3
