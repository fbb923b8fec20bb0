"""Which figures are asked for, as the address says it."""

from datetime import date, timedelta

from django.http import QueryDict
from django.utils.http import urlencode

from letterdesk.desk.forms.days import before, read_days
from letterdesk.desk.forms.words import read_word
from letterdesk.desk.queries.figures import LONGEST, Window

_LONGEST = timedelta(days=LONGEST - 1)


def read_window(sent: QueryDict, *, today: date) -> Window:
    """Give the window: of the last thirty days unless asked otherwise, at most LONGEST.

    Raises FilterUnknown.
    """
    start, end = (min(day, today) for day in read_days(sent, today=today))
    return Window(
        start=max(start, before(end, _LONGEST)),
        end=end,
        desk=read_word(sent, "desk"),
        language=read_word(sent, "language"),
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
