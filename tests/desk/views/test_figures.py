import csv
import io
from datetime import timedelta
from xml.etree.ElementTree import Element

import pytest
from django.utils import timezone

from letterdesk.desk.models import Tally
from letterdesk.desk.queries.people import Person
from letterdesk.desk.views.charts import Column, plot, round_up
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import Screen, screen

NAMES = ("letters", "outcomes", "waiting", "rules", "languages", "agreement", "hours")


@pytest.fixture
def counted(db: None) -> None:
    """A month with letters in two languages at two desks."""
    today = timezone.now().date()
    for number, kind, key in (
        (12, "received", ""),
        (9, "decision", "approve"),
        (1, "decision", "undo"),
        (6, "published", ""),
        (2, "rejected", ""),
        (2, "rule", "3"),
        (8, "waited", "2"),
        (3, "second", "second agreed"),
    ):
        for desk, language in (("English", "en"), ("Korean", "ko")):
            Tally.objects.create(
                day=today, kind=kind, key=key, desk=desk, language=language, count=number
            )
    month = today.replace(day=1)
    Tally.objects.create(day=month, kind="hour", key="07 letters", count=24)
    for number, desk in enumerate(("English", "Korean"), start=1):
        rows.make_story(number, desk=desk)


def bars(page: Screen, chart: str) -> int:
    (section,) = page.all("section", aria_labelledby=chart)
    return len([one for one in section.iter() if str(one.get("class")).startswith("ser")])


def test_every_figure_is_a_chart_with_its_table(
    enter: Enter, moderator: Person, counted: None
) -> None:
    page = screen(enter(moderator).get("/figures/"))

    assert [one.get("id") for one in page.all("h2") if one.get("id") in NAMES] == [*NAMES]
    assert len(page.all("details")) >= len(NAMES)
    images = page.all("svg", role="img") or [
        one for one in page.tree.iter() if one.get("role") == "img"
    ]
    assert len(images) == 4
    for image in images:
        named = (image.get("aria-labelledby") or "").split()
        inside = {one.get("id"): "".join(one.itertext()) for one in image}
        assert named
        assert all(inside[name].strip() for name in named)
    for sentence in (
        "24 letters came in. 18 decisions were taken.",
        "12 letters were published as they were written. 0 were published with a cut. "
        "4 were rejected.",
        "Half of the letters were decided within 2 days. Nine of ten were decided within "
        "2 days.",
        "Rule 3 cited 4 times",
        "English 12 letters",
        "second look on sensitive stories agreed in 6 of 6 cases",
        "appeals none in these days",
    ):
        assert sentence in page.text
    assert bars(page, "letters") == 2  # a bar and a mark for today, none for empty days


def test_figures_are_narrowed_by_desk_and_language(
    enter: Enter, moderator: Person, counted: None
) -> None:
    client = enter(moderator)

    desk = screen(client.get("/figures/?desk=Korean"))
    language = screen(client.get("/figures/?language=en"))
    both = screen(client.get("/figures/?desk=Korean&language=en"))

    assert "12 letters came in." in desk.text
    assert "12 letters came in." in language.text
    assert "Nothing to show in these days." in both.words("p", _class="empty")


def test_one_letter_in_an_hour_is_one_letter(enter: Enter, moderator: Person) -> None:
    month = timezone.now().date().replace(day=1)
    Tally.objects.create(day=month, kind="hour", key="07 letters", count=1)

    page = screen(enter(moderator).get("/figures/"))

    assert "07:00 UTC: 1 letter came in. 0 decisions were taken." in page.text


def test_empty_newsroom_has_figures_too(enter: Enter, moderator: Person) -> None:
    page = screen(enter(moderator).get("/figures/"))

    assert page.words("p", _class="empty") == ["Nothing to show in these days."] * 7


def _as_in_a_file(cell: Element) -> str:
    """Give what a cell says; a day as ISO 8601 has it, and not as the screen writes it."""
    day = cell.find("{http://www.w3.org/1999/xhtml}time")
    if day is not None:
        return day.attrib["datetime"]
    return "".join(cell.itertext()).replace("–", "")


@pytest.mark.parametrize("name", NAMES)
def test_every_table_is_given_as_csv(
    enter: Enter, moderator: Person, counted: None, name: str
) -> None:
    client = enter(moderator)

    answer = client.get(f"/figures/{name}.csv?desk=Korean")
    table = list(csv.reader(io.StringIO(answer.content.decode(), newline="")))
    (section,) = screen(client.get("/figures/?desk=Korean")).all(
        "section", aria_labelledby=name
    )

    shown = [
        [_as_in_a_file(cell) for cell in row]
        for row in section.iter("{http://www.w3.org/1999/xhtml}tr")
    ]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert f'filename="letterdesk-{name}-2' in answer["Content-Disposition"]
    assert table == shown
    assert len(table) > 1


def test_no_other_figure_is_given(enter: Enter, moderator: Person) -> None:
    assert enter(moderator).get("/figures/salaries.csv").status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        "from=2026-12-31&to=2026-01-01",
        "from=0001-01-01&to=9999-12-31",
        "desk=%00&language=%00",
        "to=0001-01-01",
    ],
)
def test_odd_windows_are_forgiven(enter: Enter, moderator: Person, asked: str) -> None:
    assert enter(moderator).get(f"/figures/?{asked}").status_code == 200


def test_three_years_are_the_most_that_is_shown(enter: Enter, moderator: Person) -> None:
    page = screen(enter(moderator).get("/figures/?from=2001-01-01"))

    today = timezone.now().date()
    shown = page.all("input", name="from")[0].get("value")
    assert shown == (today - timedelta(days=1_099)).isoformat()


@pytest.mark.parametrize(
    ("number", "top"), [(0, 2), (1, 2), (2, 2), (3, 4), (9, 10), (11, 20), (101, 200)]
)
def test_a_scale_ends_with_a_round_number(number: int, top: int) -> None:
    assert round_up(number) == top


def test_bars_stand_on_each_other_and_the_mark_lies_across() -> None:
    columns = [
        Column(name="a", words="A", bars=(5, 3), mark=10),
        Column(name="b", words="B", bars=(0, 0)),
    ]

    drawn = plot(columns)

    assert [(one.series, one.x, one.y, one.width, one.height) for one in drawn.shapes] == [
        (1, "70.00", "100.00", "360.00", "100.00"),
        (2, "70.00", "40.00", "360.00", "60.00"),
        (0, "35.00", "0.00", "430.00", "0"),
    ]
    assert (drawn.scale, drawn.axis) == (("10", "5", "0"), ("a", "b"))
