import pytest

from letterdesk.desk.actions.publish import publish
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import State
from letterdesk.places.folder import Folder
from letterdesk.settings import Settings
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import screen
from tests.values import TODAY


def test_report_adds_up_the_days_that_were_asked_for(
    enter: Enter, moderator: Person
) -> None:
    rows.make_published(rows.make_story(), moderator)
    client = enter(moderator)

    inside = screen(client.get("/report/?from=2026-11-01&to=2026-11-30"))
    outside = screen(client.get("/report/?from=2025-11-01&to=2025-11-30"))

    assert "published1" in inside.words("tr")
    assert "published0" in outside.words("tr")


def test_statements_come_as_a_file_that_fills_no_memory_and_leaves_nothing(
    enter: Enter, moderator: Person, newsroom: Settings
) -> None:
    rows.make_in(State.REJECTED, rows.make_story(), moderator)
    publish(Folder(root=newsroom.folder / "public"), newsroom=newsroom, today=TODAY)
    auditor = rows.make_person("ada", role="auditor")
    before = set(newsroom.folder.iterdir())

    answer = enter(auditor).get(f"/report/statements.csv?from={TODAY}&to={TODAY}")
    during = set(newsroom.folder.iterdir())
    raw = answer.getvalue()

    assert (answer.streaming, during) == (True, before)
    assert answer["Content-Length"] == str(len(raw))
    assert answer["Content-Disposition"].endswith(f'"statements-{TODAY}-{TODAY}.csv"')
    assert raw.decode().startswith('"decision_visibility",')
    assert raw.count(b"\r\n") == 2


@pytest.mark.parametrize(
    "asked",
    ["?from=2026-12-31&to=2026-01-01", "?to=0001-01-05"],
)
def test_odd_days_are_forgiven(enter: Enter, moderator: Person, asked: str) -> None:
    assert enter(moderator).get(f"/report/{asked}").status_code == 200
