"""The figures of the public report."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from letterdesk.desk.forms.days import read_day
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.queries.report import transparency
from letterdesk.desk.views.door import door
from letterdesk.desk.views.pages import page, today

_SPAN = timedelta(days=29)


@door(Permission.SEE_REPORTS, "GET")
def report(request: HttpRequest, who: Person) -> HttpResponse:
    """Show the figures of some days: of the last thirty unless asked otherwise."""
    end = read_day(request.GET, "to") or today()
    start = read_day(request.GET, "from") or end - _SPAN
    return page(
        request,
        who,
        "desk/report.html",
        figures=transparency(who, min(start, end), max(start, end)),
    )
