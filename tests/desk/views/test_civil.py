import pytest

from letterdesk.desk.models import Copy, GroupPromise, Signal
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import Action
from tests.desk import rows
from tests.desk.screened import AUDITED, scored
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import Screen, screen

PAGE = "/groups/civil/?desk=English&language=en"


def promise(mark: float | None = 0.4, **changes: object) -> None:
    """Keep a promise, as enough decisions would have made it."""
    values = {"scorer": "1", "seen": 62, "missed": 0, "missing": 0, "audits": 14}
    where = {"desk": "English", "language": "en"}
    GroupPromise.objects.create(mark=mark, **(where | values | changes))


@pytest.fixture(autouse=True)
def _scorer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("letterdesk.triage.screening.VERSION", 1)


def tickets(page: Screen) -> list[str | None]:
    return [box.get("value") for box in page.all("input", name="letters")]


def test_group_is_off_and_says_how_much_is_missing(enter: Enter, moderator: Person) -> None:
    scored(rows.make_story(), 0.1)
    promise(None, seen=14, missing=31, audits=0)
    client = enter(moderator)

    for address in (PAGE, "/groups/", "/"):
        page = screen(client.get(address))
        assert "31 more letters, rejected or cut for incivility, are needed" in page.text
        assert tickets(page) == []


def test_nothing_seen_is_45_missing(enter: Enter, moderator: Person) -> None:
    scored(rows.make_story(), 0.1)

    assert "45 more letters" in screen(enter(moderator).get("/groups/")).text


def test_letters_that_read_as_civil_are_approved_together_and_taken_back(
    enter: Enter, moderator: Person
) -> None:
    story = rows.make_story()
    letters = [scored(story, score, text=f"Letter {score}") for score in (0.1, 0.39, 0.2)]
    promise()
    client = enter(moderator)

    start = screen(client.get("/"))
    page = screen(client.get(PAGE))
    sent = {"letters": tickets(page)[:2], "action": "approve"}
    answer = client.post(PAGE, sent)

    assert PAGE.replace("&", "&") in list(start.addresses())
    texts = page.words("div", class_="letter-text alike-text")
    assert texts == ["Letter 0.1", "Letter 0.39", "Letter 0.2"]
    assert "62 letters were rejected or cut" in page.text
    assert "(14 by blind audit)" in page.text
    assert not page.all("input", name="rules")
    assert rows.states(*letters) == ["approved", "approved", "pending"]
    after = screen(client.get(answer.url))
    assert "Approved: 2 letters together." in after.text
    (undo,) = [one for one in after.addresses() if one.endswith("/undo/")]
    client.post(undo)
    assert rows.states(*letters) == ["pending"] * 3


def test_only_quiet_ordinary_letters_below_the_mark_are_in_it(
    enter: Enter, moderator: Person
) -> None:
    story, danger = rows.make_story(), rows.make_story(2, risk="sensitive")
    korean = rows.make_story(3, language="ko")
    promise()
    scored(story, 0.1, text="In it")
    scored(story, 0.4, text="At the mark")
    scored(story, 0.1, text="Audited", salt=AUDITED)
    scored(story, 0.1, text="With a name", also=[("protected_name", "protected")])
    signed = scored(story, 0.1, text="Above it")
    Signal.objects.create(
        comment=signed, of="name", kind="incivility", score=0.9, code="uncivil-maybe"
    )
    scored(story, 0.1, text="Check failed", also=[("figure", "failed")])
    scored(story, 0.1, text="By a robot", trapped=True)
    scored(story, 0.1, text="Late", came_late=True)
    scored(story, 0.1, text="To nobody", lost_parent=True)
    scored(story, 0.1, text="Not as now", screened=0)
    scored(danger, 0.1, text="Sensitive")
    scored(korean, 0.1, text="Korean")
    for text in ("Copy one", "Copy two"):
        copy = scored(story, 0.1, text=text)
        Copy.objects.create(comment=copy, group=7, signature=b"")
    rows.move(scored(story, 0.1, text="Held"), Action.HOLD, moderator)

    page = screen(enter(moderator).get(PAGE))

    assert page.words("div", class_="letter-text alike-text") == ["In it"]


def test_letter_in_which_something_was_noticed_meanwhile_is_left_out(
    enter: Enter, moderator: Person
) -> None:
    story = rows.make_story()
    quiet, loud = scored(story, 0.1, name="Ana"), scored(story, 0.1, name="Bo")
    promise()
    client = enter(moderator)
    sent = {"letters": tickets(screen(client.get(PAGE))), "action": "approve"}
    Signal.objects.create(comment=loud, kind="protected_name", score=1.0, code="protected")

    answer = client.post(PAGE, sent)

    assert rows.states(quiet, loud) == ["approved", "pending"]
    after = screen(client.get(answer.url))
    assert "It is not in this group any more" in after.text
    assert "Bo (waiting)" in after.text


def test_group_that_was_switched_off_meanwhile_approves_nothing(
    enter: Enter, moderator: Person
) -> None:
    letter = scored(rows.make_story(), 0.1, name="Ana")
    promise()
    client = enter(moderator)
    sent = {"letters": tickets(screen(client.get(PAGE))), "action": "approve"}
    GroupPromise.objects.update(mark=None)

    answer = client.post(PAGE, sent)

    assert rows.states(letter) == ["pending"]
    assert "left out" in screen(client.get(answer.url)).text


def test_ticket_of_another_page_and_nothing_ticked_are_refused(
    enter: Enter, moderator: Person
) -> None:
    letter = scored(rows.make_story(), 0.1)
    promise()
    client = enter(moderator)
    other = screen(client.get(f"/comments/{letter.public_id}/copies/"))

    forged = client.post(PAGE, {"letters": tickets(other), "action": "approve"})
    nothing = client.post(PAGE, {"action": "approve"})

    assert (forged.status_code, nothing.status_code) == (400, 422)
    assert "Nothing is ticked." in screen(nothing).text
    assert rows.states(letter) == ["pending"]


def test_what_another_scorer_promised_is_promised_no_more(
    enter: Enter, moderator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    scored(rows.make_story(), 0.1, screened=2)
    promise()
    monkeypatch.setattr("letterdesk.triage.screening.VERSION", 2)

    page = screen(enter(moderator).get(PAGE))

    assert "This group is off" in page.text
    assert "45 more letters" in page.text
    assert tickets(page) == []


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_the_database_the_same_few_things(
    enter: Enter,
    moderator: Person,
    django_assert_num_queries,
    number: int,
) -> None:
    story = rows.make_story()
    for _ in range(number):
        scored(story, 0.1)
    promise()
    client = enter(moderator)
    client.get("/")

    with django_assert_num_queries(12):
        page = screen(client.get(PAGE))

    assert len(tickets(page)) == number


def test_more_than_a_page_goes_on_at_the_next(enter: Enter, moderator: Person) -> None:
    story = rows.make_story()
    for number in range(22):
        scored(story, 0.1, name=f"No. {number}")
    promise()
    client = enter(moderator)

    page = screen(client.get(PAGE))
    (more,) = [one for one in page.addresses() if "from=" in one]
    rest = screen(client.get(more))

    assert len(tickets(page)) == 20
    assert rest.words("h2", class_="alike-name") == ["No. 20", "No. 21"]


def test_ticket_of_one_group_is_none_of_another(enter: Enter, moderator: Person) -> None:
    letter = scored(rows.make_story(), 0.1)
    promise()
    client = enter(moderator)
    found = tickets(screen(client.get(PAGE)))

    answer = client.post(
        PAGE.replace("language=en", "language=zh"), {"letters": found, "action": "approve"}
    )

    assert len(found) == 1
    assert answer.status_code == 400
    assert rows.states(letter) == ["pending"]
