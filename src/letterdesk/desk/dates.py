"""Days and moments as the language of the screen writes them."""

from datetime import UTC, date, datetime, timedelta

from django.utils.translation import get_language

from letterdesk.reader import words


def whole_day(day: date) -> str:
    """Give a day: "27 November 2026"."""
    return words.day(day.isoformat()[:10], _language())


def short_day(day: date) -> str:
    """Give a day without its year: "27 Nov"."""
    return words.short_day(day.isoformat()[:10], _language())


def month(day: date) -> str:
    """Give the month of a day: "November 2026"."""
    return words.month(day.isoformat()[:7], _language())


def moment(taken: datetime) -> str:
    """Give a moment, in UTC: "27 Nov, 09:05 UTC"."""
    return words.moment(taken, _language())


def days_around(taken: datetime) -> list[str]:
    """Give the day of a moment in UTC between those beside it: one is that of any zone."""
    day = taken.astimezone(UTC).date()
    return [short_day(day + timedelta(days=apart)) for apart in (-1, 0, 1)]


def _language() -> str:
    return get_language() or "en"
