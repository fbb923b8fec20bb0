from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory

from letterdesk.desk import config
from letterdesk.desk.actions.pictures import MAX_PIXELS, MAX_WHOLE
from letterdesk.desk.actions.undo import undo
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.desk.views.problems import forbidden
from letterdesk.desk.views.sentences import BROUGHT, sentence
from letterdesk.domain.edit import MAX_CUT_NOTE, find_cuts
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.states import Action
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import screen


def raised(act: Callable[[], object]) -> LetterdeskError:
    with pytest.raises(LetterdeskError) as caught:
        act()
    return caught.value


@pytest.mark.parametrize("proposed", ["Another word", "[note]"])
def test_sentences_that_errors_bring_are_known_to_the_catalogues(proposed: str) -> None:
    error = raised(lambda: find_cuts("My words", proposed))

    assert error.sentence in BROUGHT
    assert sentence(error) == error.sentence


@pytest.mark.parametrize(
    "bound",
    [
        f"at most {MAX_CUT_NOTE} characters",
        f"more than {MAX_PIXELS // 1_000_000} million pixels",
        f"at most {MAX_WHOLE // 1_000_000} million pixels",
        f"more than {config.FILE_UPLOAD_MAX_MEMORY_SIZE >> 20} megabytes",
    ],
)
def test_a_bound_that_is_moved_is_moved_in_the_sentence_that_names_it(bound: str) -> None:
    assert any(bound in sentence for sentence in BROUGHT)


def test_sentences_about_people_are_known_to_the_catalogues(
    moderator: Person, colleague: Person
) -> None:
    comment = rows.approve(rows.make_comment(rows.make_story()), colleague)

    errors = [
        raised(lambda: require(moderator, Permission.PUBLISH)),
        raised(lambda: undo(comment.public_id, by=moderator, now=rows.NOW)),
    ]

    assert {error.sentence for error in errors} <= set(BROUGHT)


def test_nothing_cut_is_known_to_the_catalogues(moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story())

    error = raised(lambda: rows.move(comment, Action.EDIT, moderator, text=rows.TEXT))

    assert error.sentence in BROUGHT


def test_note_that_is_too_long_is_handed_back_with_its_length(
    enter: Enter, moderator: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    sent = {"action": "reject", "version": 1, "rules": "1", "note": "a" * 2_001}

    answer = enter(moderator).post(f"/comments/{comment.public_id}/", sent)

    page = screen(answer)
    assert answer.status_code == 422
    assert page.words("p", role="alert") == [
        "It has 2001 characters; at most 2000 can be taken."
    ]
    assert page.words("textarea", id="reject-note") == ["a" * 2_001]


def test_host_that_is_not_ours_is_refused(client: Client, db: None) -> None:
    answer = client.get("/sign-in/", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert screen(answer).words("h1") == ["This request cannot be understood"]


def test_what_a_library_forbids_gets_our_page() -> None:
    answer = forbidden(RequestFactory().get("/"), PermissionDenied())

    assert answer.status_code == 403
    assert screen(answer).words("h1") == ["This is not open to you"]
