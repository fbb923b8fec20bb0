"""Moments as other systems write them, in UTC; None for what is none."""

import re
from datetime import UTC, date, datetime, time, timedelta

_FIRST = 1970  # nobody commented on a website before; what is earlier stands for nothing
_LAST = 86_399  # second of a day
# A zone apart from the time, as Go prints it: +0200 CEST, or +0800 +08; or UTC alone.
_ZONE = re.compile(
    r"(?<=\d) ([+-]\d\d:?\d\d)(?: [A-Z+-]\w*(?: m=[+-][\d.]+)?)?$|(?<=\d) UTC$"
)


def moment(written: str) -> datetime | None:
    """Give a moment from ISO 8601 and what is close to it; without a zone it is UTC."""
    text = _ZONE.sub(lambda found: found[1] or "Z", written.strip())
    try:
        found = datetime.fromisoformat(text)
        return _sound(found.replace(tzinfo=found.tzinfo or UTC))
    except (ValueError, OverflowError):
        return None


def since_1970(seconds: float | None) -> datetime | None:
    """Give the moment so many seconds after the beginning of 1970."""
    try:
        return None if seconds is None else _sound(datetime.fromtimestamp(seconds, UTC))
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def moment_of(day: date, place: int) -> datetime:
    """Give a moment of a day of which we know no more: its second keeps the order."""
    return datetime.combine(day, time(), UTC) + timedelta(seconds=min(place, _LAST))


def first_day(*moments: datetime | None) -> date | None:
    """Give the day of the first of these; None where none is known.

    A story appeared before anybody wrote about it, whatever a file says.
    """
    known = [one for one in moments if one]
    return min(known).date() if known else None


def _sound(found: datetime) -> datetime | None:
    return found.astimezone(UTC) if found.year > _FIRST else None
