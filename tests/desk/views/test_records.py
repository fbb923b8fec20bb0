import pytest

from letterdesk.desk.models import AuditEntry
from letterdesk.desk.queries.people import Person
from letterdesk.desk.views import records
from letterdesk.domain.states import Action
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import screen


def test_auditor_reads_the_log_and_sees_that_it_is_whole(
    enter: Enter, auditor: Person, moderator: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    rows.move(comment, Action.HOLD, moderator)
    rows.move(comment, Action.APPROVE, moderator)

    page = screen(enter(auditor).get("/audit/"))

    assert "The chain is whole: 2 entries" in page.text
    shown = [words for words in page.words("tr") if words[0].isdigit()]
    assert [words.split(" Facts")[0] for words in shown] == [
        f"2 2026-11-23 mina approve {comment.public_id}",
        f"1 2026-11-23 mina hold {comment.public_id}",
    ]


def test_changed_log_is_found_out(enter: Enter, auditor: Person, moderator: Person) -> None:
    rows.move(rows.make_comment(rows.make_story()), Action.HOLD, moderator)
    AuditEntry.objects.update(facts={"what": "approve", "who": "mina", "day": "2026-11-23"})

    page = screen(enter(auditor).get("/audit/"))

    assert page.words("p", role="alert") == [
        "The chain is broken at entry 1: "
        "somebody changed the log there, or took entries away."
    ]


def test_long_log_is_verified_when_asked(
    enter: Enter, auditor: Person, moderator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "_AT_ONCE", 0)
    rows.move(rows.make_comment(rows.make_story()), Action.HOLD, moderator)
    client = enter(auditor)

    assert "1 entry, not verified just now." in screen(client.get("/audit/")).text
    assert "The chain is whole" in screen(client.get("/audit/?verify=1")).text


def test_earlier_entries_are_on_the_next_page(
    enter: Enter, auditor: Person, moderator: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    for _ in range(51):
        rows.move(comment, Action.HOLD, moderator)
        rows.move(comment, Action.RESTORE, moderator)
    client = enter(auditor)

    (more,) = [
        one.get("href") or "" for one in screen(client.get("/audit/")).all("a", rel="next")
    ]

    assert more == "/audit/?before=3"
    assert len(screen(client.get(more)).all("tr")) == 3  # the heading, entries 2 and 1


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
    "asked", ["?from=x", "?to=2026-13-45", "?from=2026-12-31&to=2026-01-01"]
)
def test_odd_days_are_forgiven(enter: Enter, moderator: Person, asked: str) -> None:
    assert enter(moderator).get(f"/report/{asked}").status_code == 200
