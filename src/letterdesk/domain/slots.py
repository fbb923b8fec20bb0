"""Slots: the fixed times at which the press publishes, counted from midnight UTC.

When minutes do not divide the day, the last slot of a day is the shorter one, so that the
slots are the same every day.
"""

from datetime import UTC, datetime, time, timedelta


def last_slot(now: datetime, minutes: int) -> datetime:
    """Give the slot at or before `now` (aware), in UTC; slots lie `minutes` apart."""
    utc = now.astimezone(UTC)
    midnight = datetime.combine(utc.date(), time(), tzinfo=UTC)
    return midnight + (utc - midnight) // timedelta(minutes=minutes) * timedelta(
        minutes=minutes
    )


def next_slot(now: datetime, minutes: int) -> datetime:
    """Give the slot after `now` (aware), in UTC; at a slot, the one after it."""
    slot = last_slot(now, minutes)
    midnight = datetime.combine(slot.date(), time(), tzinfo=UTC) + timedelta(days=1)
    return min(slot + timedelta(minutes=minutes), midnight)
