"""The figures of the public report."""

from io import TextIOWrapper
from tempfile import TemporaryFile

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse

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
def report_statements(request: HttpRequest, who: Person) -> FileResponse:
    """Give the statements of reasons of some days, for the Transparency Database.

    By a file without a name, so that they fill no memory, and a slow client keeps no
    transaction open.
    """
    start, end = read_days(request.GET, today=today())
    found = statements(who, start, end)
    file = TemporaryFile(dir=settings.NEWSROOM.folder)  # noqa: SIM115 -- the answer closes it
    text = TextIOWrapper(file, encoding="utf-8", newline="")
    write(found, text, site_url=settings.NEWSROOM.site.url)
    text.detach().seek(0)
    return FileResponse(
        file,
        as_attachment=True,
        content_type="text/csv; charset=utf-8",
        filename=f"statements-{start}-{end}.csv",
    )
