from datetime import UTC, datetime, timedelta, timezone

import pytest

from letterdesk.domain.slots import last_slot, next_slot


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "minutes", "last", "following"),
    [
        ("2026-11-23T00:00:00", 60, "2026-11-23T00:00:00", "2026-11-23T01:00:00"),
        ("2026-11-23T00:59:59.999999", 60, "2026-11-23T00:00:00", "2026-11-23T01:00:00"),
        ("2026-11-23T01:00:00", 60, "2026-11-23T01:00:00", "2026-11-23T02:00:00"),
        ("2026-11-23T23:30:00", 60, "2026-11-23T23:00:00", "2026-11-24T00:00:00"),
        ("2026-11-23T23:59:30", 1, "2026-11-23T23:59:00", "2026-11-24T00:00:00"),
        ("2026-11-23T12:00:00", 1440, "2026-11-23T00:00:00", "2026-11-24T00:00:00"),
        # 7 hours do not divide a day: 0, 7, 14, 21, and midnight again.
        ("2026-11-23T20:59:59", 420, "2026-11-23T14:00:00", "2026-11-23T21:00:00"),
        ("2026-11-23T22:00:00", 420, "2026-11-23T21:00:00", "2026-11-24T00:00:00"),
        ("2026-12-31T23:59:59", 45, "2026-12-31T23:15:00", "2027-01-01T00:00:00"),
        ("2028-02-28T23:59:59", 15, "2028-02-28T23:45:00", "2028-02-29T00:00:00"),
    ],
)
def test_slots_lie_around_now(now: str, minutes: int, last: str, following: str) -> None:
    assert (last_slot(at(now), minutes), next_slot(at(now), minutes)) == (
        at(last),
        at(following),
    )


def test_slots_are_counted_from_midnight_utc_wherever_the_clock_stands() -> None:
    urumqi = datetime(2026, 11, 23, 5, 30, tzinfo=timezone(timedelta(hours=6)))

    assert last_slot(urumqi, 360) == at("2026-11-22T18:00:00")
    assert next_slot(urumqi, 360) == at("2026-11-23T00:00:00")


@pytest.mark.parametrize("minutes", [1, 7, 60, 61, 1439, 1440])
def test_the_next_slot_is_never_now_and_is_its_own_last_slot(minutes: int) -> None:
    now = at("2026-11-23T00:00:00")
    for _ in range(200):
        following = next_slot(now, minutes)
        assert following > now
        assert last_slot(following, minutes) == following
        now = following
