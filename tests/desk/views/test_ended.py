"""Forms that nothing takes, for the sign-in had ended or they are old: nothing is lost."""

import pytest
from django.test import Client

from letterdesk.desk.models import User
from letterdesk.desk.queries.people import Person
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import Screen, screen

NOTE = "The <name> of a child."
FORM = {
    "action": "reject",
    "version": "1",
    "rules": ["3", "5"],
    "note": "Her name.",
    "wording-3": "We do not publish where anybody lives.",
    "wording-4": "We do not publish calls to violence.",
    "law": "",
    "password": "p" * 40,
    "letters": "a-signed-ticket-that-nobody-typed",
}


def handed_back(page: Screen) -> list[str]:
    return [(one.text or "").strip() for one in page.all("textarea")]


def test_decision_is_handed_back_when_the_sign_in_has_ended(db: None) -> None:
    comment = rows.make_comment(rows.make_story())

    answer = Client().post(f"/comments/{comment.public_id}/undo/", FORM)

    page = screen(answer)
    (link,) = page.all("a", class_="button button-main")
    assert answer.status_code == 401
    assert page.words("h1") == ["You are signed out"]
    assert page.words("dd") == ["Reject, rules 3, 5"]
    assert handed_back(page) == ["Her name.", "We do not publish where anybody lives."]
    assert link.get("href") == f"/sign-in/?next=%2Fcomments%2F{comment.public_id}%2F"
    assert link.get("target") == "_blank"
    assert "p" * 40 not in answer.content.decode()


def test_words_of_any_form_are_handed_back(db: None) -> None:
    story = rows.make_story()
    headline = "I have written this <long> headline for half an hour."

    answer = Client().post(f"/stories/{story.public_id}/change/", {"headline": headline})

    assert handed_back(screen(answer)) == [headline]


def test_who_typed_nothing_reads_that_nothing_was_done(db: None) -> None:
    comment = rows.make_comment(rows.make_story())

    page = screen(Client().post(f"/comments/{comment.public_id}/", {"action": "approve"}))

    (link,) = page.all("a", class_="button button-main")
    assert "so nothing was done." in page.text
    assert page.words("dd") == ["Approve"]
    assert (handed_back(page), link.get("target")) == ([], None)


@pytest.fixture
def strict(moderator: Person) -> Client:
    """A moderator's browser; the forms that it sends here have an old mark."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(pk=moderator.id))
    return client


def test_old_form_is_handed_back_to_a_page_of_this_desk(strict: Client) -> None:
    comment = rows.make_comment(rows.make_story())

    answer = strict.post(
        f"/comments/{comment.public_id}/", FORM, headers={"Sec-Fetch-Site": "same-origin"}
    )

    page = screen(answer)
    assert answer.status_code == 403
    assert page.words("h1") == ["This form is out of date"]
    assert handed_back(page) == ["Her name.", "We do not publish where anybody lives."]
    comment.refresh_from_db()
    assert comment.version == 1


def test_nothing_is_handed_back_that_may_come_from_elsewhere(strict: Client) -> None:
    comment = rows.make_comment(rows.make_story())

    answer = strict.post(f"/comments/{comment.public_id}/", {**FORM, "note": NOTE})

    page = screen(answer)
    assert answer.status_code == 403
    assert page.words("h1")[0] == "This form is out of date"
    assert handed_back(page) == []
    assert NOTE not in page.text


def test_form_of_one_person_is_not_taken_from_the_next(
    enter: Enter, moderator: Person, colleague: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    where = f"/comments/{comment.public_id}/"
    hers = screen(enter(moderator).get(where))

    answer = enter(colleague).post(where, {**FORM, "whose": "mina"})

    page = screen(answer)
    assert [one.get("data-person") for one in hers.all("body")] == ["mina"]
    assert {one.get("value") for one in hers.all("input", name="whose")} == {"mina"}
    assert (answer.status_code, page.words("h1")) == (403, ["This form is somebody else’s"])
    assert "mina filled it in, and noor is signed in in this browser now." in page.text
    assert handed_back(page) == ["Her name.", "We do not publish where anybody lives."]
    comment.refresh_from_db()
    assert (comment.version, comment.state) == (1, "pending")
