"""The newsroom's figures: charts, the table behind each, and each as CSV."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse

from letterdesk.desk.forms.figures import read_window, window_query
from letterdesk.desk.queries.errors import NotFound
from letterdesk.desk.queries.figures import Window, figures
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.queries.stories import desks
from letterdesk.desk.views.door import door
from letterdesk.desk.views.figure_words import Chart, charts
from letterdesk.desk.views.pages import page, today
from letterdesk.domain.spreadsheet import to_csv

_SPANS = (30, 90, 365)  # days that one click shows


@door(Permission.SEE_REPORTS, "GET")
def show_figures(request: HttpRequest, who: Person) -> HttpResponse:
    """Show the figures of some days, of the last thirty unless asked otherwise."""
    window = read_window(request.GET, today=today())
    found = figures(who, window)
    return page(
        request,
        who,
        "desk/figures.html",
        charts=charts(found),
        figures=found,
        window=window,
        query=window_query(window),
        spans=[(days, window_query(_last(window, days))) for days in _SPANS],
        desks=_with(window.desk, sorted(who.desks) or desks()),
        languages=_with(window.language, (tag for tag, _ in found.languages)),
    )


@door(Permission.SEE_REPORTS, "GET")
def figures_csv(request: HttpRequest, who: Person, name: str) -> HttpResponse:
    """Give one chart's table as CSV."""
    window = read_window(request.GET, today=today())
    chart = _find(charts(figures(who, window)), name)
    file = f"letterdesk-{name}-{window.start}-{window.end}.csv"
    return HttpResponse(
        to_csv(chart.head, chart.cells),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file}"'},
    )


def _with(chosen: str, known: Iterable[str]) -> list[str]:
    """Give what can be chosen, and what is chosen, known or not."""
    return list(dict.fromkeys(filter(None, (*known, chosen))))


def _last(window: Window, days: int) -> Window:
    """Give the same desk and language, of so many days up to today."""
    end: date = today()
    start = end - timedelta(days=days - 1)
    return Window(start=start, end=end, desk=window.desk, language=window.language)


def _find(found: tuple[Chart, ...], name: str) -> Chart:
    for chart in found:
        if chart.name == name:
            return chart
    raise NotFound("figure-unknown", "There is no such figure.")
