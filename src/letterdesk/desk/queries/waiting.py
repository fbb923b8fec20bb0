"""How long a letter waits, in whole days."""

from datetime import date


def days_waited(arrived: date, *, today: date) -> int:
    """Give the days from one day to another, never less than 0.

    What was collected while the clock was ahead has a day that is still to come.
    """
    return max(0, (today - arrived).days)
