"""Days as a form or an address names them."""

from datetime import date

from django.http import QueryDict


def read_day(sent: QueryDict, name: str) -> date | None:
    """Give a day written YYYY-MM-DD; None when there is none, or nothing to go by."""
    try:
        return date.fromisoformat(sent.get(name, ""))
    except ValueError:
        return None
