import pytest

from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import State
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import screen
from tests.values import an_id


def test_comments_are_listed_by_status(enter: Enter, moderator: Person) -> None:
    made = {
        state: rows.make_in(state, rows.make_story(number), moderator).public_id
        for number, state in enumerate(State)
    }
    client = enter(moderator)

    for state, public_id in made.items():
        page = screen(client.get(f"/comments/?status={state}"))
        shown = [one.get("href") for one in page.all("a", class_="line-excerpt")]
        assert shown == [f"/comments/{public_id}/"]

    everything = screen(client.get("/comments/"))
    assert len(everything.all("article")) == len(State)


def test_withdrawn_words_are_not_listed(enter: Enter, moderator: Person) -> None:
    rows.make_in(State.WITHDRAWN, rows.make_story(), moderator)

    page = screen(enter(moderator).get("/comments/?status=withdrawn"))

    assert "its author took it back" in page.text
    assert rows.TEXT not in page.text


def test_comment_is_found_by_its_id_only(enter: Enter, moderator: Person) -> None:
    comment = rows.make_comment(rows.make_story())
    client = enter(moderator)

    found = client.get("/comments/", {"id": f" {comment.public_id} "})
    unknown = client.get("/comments/", {"id": an_id(7)})
    words = client.get("/comments/", {"id": "uncle"})

    assert found.url == f"/comments/{comment.public_id}/"
    assert (unknown.status_code, words.status_code) == (404, 404)
    assert "There is no comment with this id." in screen(unknown).text


@pytest.mark.parametrize("comments", [1, 3])
def test_list_asks_the_database_the_same_few_things(
    enter: Enter, moderator: Person, django_assert_num_queries: object, comments: int
) -> None:
    for number in range(comments):
        rows.make_comment(rows.make_story(number + 1))
    client = enter(moderator)

    with django_assert_num_queries(4):
        page = client.get("/comments/")

    assert len(screen(page).all("article")) == comments


def test_next_page_keeps_what_was_chosen(enter: Enter, moderator: Person) -> None:
    story = rows.make_story()
    for _ in range(51):
        rows.make_comment(story)
    client = enter(moderator)

    page = screen(client.get(f"/comments/?status=pending&story={story.public_id}"))
    (more,) = [one.get("href") or "" for one in page.all("a", rel="next")]

    assert f"story={story.public_id}&status=pending&from=" in more
    assert len(screen(client.get(more)).all("article")) == 1


@pytest.mark.parametrize("decisions", [1, 3])
def test_my_decisions_can_be_undone_from_their_list(
    enter: Enter, moderator: Person, django_assert_num_queries: object, decisions: int
) -> None:
    story = rows.make_story()
    rows.make_published(story, moderator)
    made = [rows.approve(rows.make_comment(story), moderator) for _ in range(decisions)]
    client = enter(moderator)

    with django_assert_num_queries(4):
        page = screen(client.get("/mine/"))

    undo = [
        one.get("action")
        for one in page.all("form")
        if "/undo/" in (one.get("action") or "")
    ]
    assert undo == [f"/comments/{one.public_id}/undo/" for one in reversed(made)]
    assert "the press has acted" in page.text
