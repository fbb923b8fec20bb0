"""Which figures are asked for, as the address says it."""

from datetime import date, timedelta

from django.http import QueryDict
from django.utils.http import urlencode

from letterdesk.desk.forms.days import read_day
from letterdesk.desk.queries.figures import LONGEST, Window

_SPAN, _LONGEST = timedelta(days=29), timedelta(days=LONGEST - 1)


def read_window(sent: QueryDict, *, today: date) -> Window:
    """Give the window: of the last thirty days unless asked otherwise, at most LONGEST."""
    end = read_day(sent, "to") or today
    start = read_day(sent, "from") or _before(end, _SPAN)
    start, end = min(start, end, today), min(max(start, end), today)
    return Window(
        start=max(start, _before(end, _LONGEST)),
        end=end,
        desk=sent.get("desk", "").replace("\0", ""),
        language=sent.get("language", "").replace("\0", ""),
    )


def window_query(window: Window) -> str:
    """Give the address's query for a window."""
    known = {
        "from": window.start.isoformat(),
        "to": window.end.isoformat(),
        "desk": window.desk,
        "language": window.language,
    }
    return "?" + urlencode({name: value for name, value in known.items() if value})


def _before(day: date, span: timedelta) -> date:
    return day - span if day - date.min > span else date.min
