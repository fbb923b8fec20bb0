"""The figures of the public report."""

from io import StringIO

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from letterdesk.desk.forms.days import read_days
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.queries.report import transparency
from letterdesk.desk.queries.statements import statements
from letterdesk.desk.views.door import door
from letterdesk.desk.views.pages import page, today
from letterdesk.interchange.transparency import write


@door(Permission.SEE_REPORTS, "GET")
def report(request: HttpRequest, who: Person) -> HttpResponse:
    """Show the figures of some days: of the last thirty unless asked otherwise."""
    start, end = read_days(request.GET, today=today())
    return page(request, who, "desk/report.html", figures=transparency(who, start, end))


@door(Permission.SEE_AUDIT, "GET")
def report_statements(request: HttpRequest, who: Person) -> HttpResponse:
    """Give the statements of reasons of some days, for the Transparency Database."""
    start, end = read_days(request.GET, today=today())
    file = StringIO()
    write(statements(who, start, end), file, site_url=settings.NEWSROOM.site.url)
    answer = HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"statements-{start}-{end}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
