"""The audit log and the figures."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse

from letterdesk.desk.forms.cursor import read_number
from letterdesk.desk.queries.audit import head, recent, verify
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.queries.report import transparency
from letterdesk.desk.views.door import door
from letterdesk.desk.views.pages import page, today

_AT_ONCE = 20_000  # entries that are verified without being asked: well under a second
_SPAN = timedelta(days=29)


@door(Permission.SEE_AUDIT, "GET")
def audit(request: HttpRequest, who: Person) -> HttpResponse:
    """Show the log, newest first, and whether its chain is whole."""
    last = head()
    is_asked = "verify" in request.GET or last.number <= _AT_ONCE
    found = recent(who, before=read_number(request.GET, "before"))
    return page(
        request,
        who,
        "desk/audit.html",
        rows=found.rows,
        next=f"?before={found.next}" if found.next else "",
        head=last,
        is_verified=is_asked,
        broken=verify() if is_asked else None,
    )


@door(Permission.SEE_REPORTS, "GET")
def report(request: HttpRequest, who: Person) -> HttpResponse:
    """Show the figures of some days: of the last thirty unless asked otherwise."""
    end = _day(request.GET.get("to", "")) or today()
    start = _day(request.GET.get("from", "")) or end - _SPAN
    return page(
        request,
        who,
        "desk/report.html",
        figures=transparency(who, min(start, end), max(start, end)),
    )


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
