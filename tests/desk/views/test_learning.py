"""The page of what triage has learnt: too little, a candidate, one in use, and back."""

from datetime import timedelta
from xml.etree.ElementTree import Element

import pytest

from letterdesk.desk.actions.learn import learn_from_decisions
from letterdesk.desk.models import DeskModel, DeskWeights, Lesson, TeachingRule
from letterdesk.desk.queries.desk_models import model_of
from letterdesk.desk.queries.people import Person
from tests.desk import rows
from tests.desk.decisions import decide_on
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import Screen, screen
from tests.values import TODAY


def learn(count: int, *, by: Person) -> None:
    decide_on(count, by=by)
    assert list(learn_from_decisions(today=TODAY))


def buttons(page: Screen) -> list[str]:
    wanted = ("Take", "Go back")
    return [one for one in page.words("button") if one.startswith(wanted)]


def boxes(page: Screen) -> list[Element]:
    return [one for one in page.all("input") if one.get("name", "").startswith("rules-")]


def ticked(page: Screen, signal: str) -> list[str | None]:
    found = page.all("input", name=f"rules-{signal}", checked="")
    return [one.get("value") for one in found]


def test_before_the_first_lesson_the_page_says_when_it_comes(
    enter: Enter, editor: Person
) -> None:
    page = screen(enter(editor).get("/learning/"))

    assert "once a night" in page.words("p", _class="empty")[0]
    assert ticked(page, "incivility") == ["1", "4"]
    assert ticked(page, "spam") == ["6"]


def test_too_few_decisions_are_told_with_what_is_missing(
    enter: Enter, editor: Person, moderator: Person
) -> None:
    learn(150, by=moderator)

    page = screen(enter(editor).get("/learning/"))

    assert "It takes 200, among them 90" in page.text
    assert page.words("span", _class="chart-number")[0] == "150 so far; 200 are needed"
    assert buttons(page) == []


def test_an_editor_takes_a_candidate_into_use_and_goes_back(
    enter: Enter, editor: Person, moderator: Person
) -> None:
    learn(300, by=moderator)
    client = enter(editor)

    start, offered = screen(client.get("/")), screen(client.get("/learning/"))
    row = DeskModel.objects.get()
    taken = screen(client.post(f"/learning/{row.pk}/use/", follow=True))
    asked = {"desk": "English", "language": "en", "signal": "incivility"}
    again = screen(client.post("/learning/shipped/", asked, follow=True))

    assert "Better models" in start.words("a", _class="tile-link")
    assert "On your last" in offered.text
    assert buttons(offered) == ["Take into use"]
    assert "Model 1, from 300 decisions" in taken.text
    assert "Letters that wait are looked over again" in taken.text
    assert buttons(taken) == ["Go back to the shipped model"]
    assert buttons(again) == ["Go back to model 1"]


def test_moderators_read_and_click_nothing(enter: Enter, moderator: Person) -> None:
    learn(300, by=moderator)

    page = screen(enter(moderator).get("/learning/"))

    assert "On your last" in page.text
    assert buttons(page) == []
    assert boxes(page)
    assert all(box.get("disabled") is not None for box in boxes(page))
    assert "Better models" not in screen(enter(moderator).get("/")).text


def test_what_stands_against_a_candidate_is_said_and_it_cannot_be_taken(
    enter: Enter, editor: Person, moderator: Person
) -> None:
    learn(300, by=moderator)
    row = DeskModel.objects.get()
    row.card["lacks"] = ["gain", "recall", "groups"]
    row.save()
    client = enter(editor)

    page = screen(client.get("/learning/"))
    answer = client.post(f"/learning/{row.pk}/use/")

    assert len(page.words("p", _class="hint-amber")) == 3
    assert buttons(page) == []
    assert answer.status_code == 409
    assert screen(answer).words("p", role="alert")[0].startswith("This model is not better")


def test_damaged_weights_are_said_on_the_page(
    enter: Enter, editor: Person, moderator: Person
) -> None:
    learn(300, by=moderator)
    client = enter(editor)
    client.post(f"/learning/{DeskModel.objects.get().pk}/use/")
    DeskWeights.objects.all().delete()
    model_of.cache_clear()

    page = screen(client.get("/learning/"))

    assert "The desk’s own model cannot be used: its weights are damaged" in page.text
    assert page.words("p", role="alert")


def test_after_a_switch_the_page_says_that_decisions_are_counted_anew(
    enter: Enter, editor: Person, moderator: Person
) -> None:
    learn(300, by=moderator)
    client = enter(editor)
    client.post(f"/learning/{DeskModel.objects.get().pk}/use/")

    before = screen(client.get("/learning/"))
    list(learn_from_decisions(today=TODAY))
    after = screen(client.get("/learning/"))

    assert "is about to look at the decisions anew" in before.text
    assert "0 so far; 45 are needed" in after.text


def test_decisions_that_are_unevenly_spread_are_told_as_such(
    enter: Enter, editor: Person, moderator: Person
) -> None:
    learn(150, by=moderator)
    row = Lesson.objects.get()
    row.facts |= {"decisions": 300, "unwelcome": 100}
    row.save()

    page = screen(enter(editor).get("/learning/"))

    assert "too few of one kind" in page.text


def test_an_alarm_is_told_with_the_week_it_began(
    enter: Enter, editor: Person, moderator: Person
) -> None:
    learn(150, by=moderator)
    row = Lesson.objects.get()
    week = {"start": "2026-11-16", "letters": 1, "unwelcome": 1, "moved": 0.31}
    row.facts["weeks"] = [week | {"start": "2026-11-09", "moved": 0.02}, week]
    row.save()

    page = screen(enter(editor).get("/learning/"))

    assert page.words("p", role="alert")[0].startswith("What readers write has moved")
    assert "Week from 16 Nov: 1 letter, 1 rejected; scores moved by 31." in page.text


def test_new_words_are_told_while_their_letters_are_there(
    enter: Enter, editor: Person, moderator: Person
) -> None:
    learn(300, by=moderator)
    client = enter(editor)

    before = screen(client.get("/learning/"))
    rows.Comment.objects.filter(state="rejected").update(state="withdrawn", text="")
    after = screen(client.get("/learning/"))

    assert "blorker" in before.words("th", scope="row")
    assert "blorker" not in after.text


def test_two_desks_have_a_page_each(
    enter: Enter, editor: Person, moderator: Person
) -> None:
    decide_on(20, by=moderator)
    decide_on(30, by=moderator, story=rows.make_story(2, desk="Elsewhere"))
    list(learn_from_decisions(today=TODAY + timedelta(days=1)))
    client = enter(editor)

    first = screen(client.get("/learning/?desk=English&language=en"))
    other = screen(client.get("/learning/?desk=Elsewhere&language=en"))

    assert "20 so far; 200 are needed" in first.text
    assert "30 so far; 200 are needed" in other.text


def test_rules_that_teach_are_chosen(enter: Enter, editor: Person) -> None:
    client = enter(editor)

    chosen = {"rules-incivility": ["1", "2"], "rules-spam": ["6", "8"]}
    page = screen(client.post("/learning/rules/", chosen, follow=True))

    assert "Saved." in page.text
    assert (ticked(page, "incivility"), ticked(page, "spam")) == (["1", "2"], ["6", "8"])
    assert TeachingRule.objects.get(key="4", signal="incivility").teaches is False


def test_a_choice_of_rules_does_not_take_back_another_ones(
    enter: Enter, editor: Person
) -> None:
    client, where = enter(editor), "/learning/rules/"
    (mark,) = screen(client.get("/learning/")).all("input", name="seen")
    stale = {"seen": mark.get("value"), "rules-incivility": ["1", "3"]}
    client.post(where, {"seen": mark.get("value"), "rules-incivility": ["1", "2"]})

    refused = client.post(where, stale)
    page = screen(refused)
    kept = ticked(screen(client.get("/learning/")), "incivility")
    again = stale | {"seen": page.all("input", name="seen")[0].get("value")}
    saved = screen(client.post(where, again, follow=True))

    assert (refused.status_code, kept) == (409, ["1", "2"])
    assert page.words("p", role="alert")[0].startswith("This was changed meanwhile")
    assert ticked(page, "incivility") == ticked(saved, "incivility") == ["1", "3"]


@pytest.mark.parametrize("role", ["moderator", "editor of a desk"])
def test_who_cannot_choose_the_rules_is_told_who_can(
    db: None, enter: Enter, role: str
) -> None:
    desks = ("English",) if role != "moderator" else ()
    client = enter(rows.make_person("lea", role=role.split()[0], desks=desks))

    page = screen(client.get("/learning/"))

    assert "Which rules teach is for editors of all desks." in page.text
    assert len(boxes(page)) == 16
    assert all(box.get("disabled") is not None for box in boxes(page))


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"rules-incivility": ["99"]}, 422),
        ({"rules-spam": ["1", "\0"]}, 422),
        ({"desk": "nodesk", "language": "en", "signal": "incivility"}, 404),
        ({"desk": "English", "language": "xx", "signal": "incivility"}, 404),
        ({"desk": "English", "language": "en", "signal": "figure"}, 404),
    ],
)
def test_rules_pairs_and_desks_that_are_not_there_are_refused(
    enter: Enter, editor: Person, moderator: Person, sent: dict[str, object], status: int
) -> None:
    decide_on(20, by=moderator)
    list(learn_from_decisions(today=TODAY + timedelta(days=1)))
    client = enter(editor)

    chosen = client.post("/learning/rules/", sent)
    left = client.post("/learning/shipped/", {"desk": "nodesk", "language": "en"})

    assert (chosen.status_code, left.status_code) == (status, 404)
    assert not TeachingRule.objects.exists()


def test_advertising_has_a_page_of_its_own(
    enter: Enter, editor: Person, moderator: Person
) -> None:
    decide_on(300, by=moderator)
    decide_on(90, by=moderator, first=301, rule="6")
    list(learn_from_decisions(today=TODAY))
    client = enter(editor)

    tabs = screen(client.get("/learning/")).words("nav", _class="tabs")
    address = "/learning/?desk=English&language=en&signal=spam"
    page = screen(client.get(address))

    assert "English · English · Spam" in tabs[0]
    assert "rejected as advertising" in page.text
    assert "for how they speak" not in page.text
    assert "40 are needed" in page.text


def test_a_candidate_for_advertising_is_taken_and_told_as_such(
    enter: Enter, editor: Person, moderator: Person
) -> None:
    decide_on(200, by=moderator, rule="6")
    list(learn_from_decisions(today=TODAY))
    client = enter(editor)

    offered = screen(client.get("/learning/"))
    taken = screen(client.post(f"/learning/{DeskModel.objects.get().pk}/use/", follow=True))
    log = screen(client.get("/audit/"))

    assert "were rejected as advertising" in offered.text
    assert "shops and prices" in offered.text
    assert buttons(taken) == ["Go back to the shipped model"]
    assert "model 1 for advertising of the desk English" in log.text
