"""Days as a form or an address names them."""

from datetime import date, timedelta

from django.http import QueryDict

from letterdesk.desk.forms.filters import FilterUnknown

_SPAN = timedelta(days=29)  # from the first to the last of thirty days


def read_day(sent: QueryDict, name: str) -> date | None:
    """Give a day written YYYY-MM-DD; None when there is none. Raises FilterUnknown."""
    written = str(sent.get(name, "")).strip()
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise FilterUnknown(name) from error


def read_days(sent: QueryDict, *, today: date) -> tuple[date, date]:
    """Give the first and the last day that are asked for: by default of thirty days.

    Raises FilterUnknown.
    """
    end = read_day(sent, "to") or today
    start = read_day(sent, "from") or before(end, _SPAN)
    return min(start, end), max(start, end)


def before(day: date, span: timedelta) -> date:
    """Give the day that is so long before another one, or the first day that there is."""
    return day - span if day - date.min > span else date.min
