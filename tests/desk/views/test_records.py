import pytest

from letterdesk.desk.queries.people import Person
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import screen


def test_report_adds_up_the_days_that_were_asked_for(
    enter: Enter, moderator: Person
) -> None:
    rows.make_published(rows.make_story(), moderator)
    client = enter(moderator)

    inside = screen(client.get("/report/?from=2026-11-01&to=2026-11-30"))
    outside = screen(client.get("/report/?from=2025-11-01&to=2025-11-30"))

    assert "published1" in inside.words("tr")
    assert "published0" in outside.words("tr")


@pytest.mark.parametrize(
    "asked",
    ["?from=x", "?to=2026-13-45", "?from=2026-12-31&to=2026-01-01", "?to=0001-01-05"],
)
def test_odd_days_are_forgiven(enter: Enter, moderator: Person, asked: str) -> None:
    assert enter(moderator).get(f"/report/{asked}").status_code == 200
