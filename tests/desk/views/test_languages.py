import pytest
from django.conf import settings

from letterdesk.desk.models import Comment
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import Action, State
from tests.desk import rows
from tests.desk.rows import TEXT
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import said as said_by
from tests.desk.views.pages import screen
from tests.values import an_id

_RIGHT_TO_LEFT = {"ug"}


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_every_page_opens_in_every_language(
    enter: Enter, editor: Person, language: str
) -> None:
    story = rows.make_story()
    for number, state in enumerate(State):
        rows.make_in(state, rows.make_story(number + 2), editor)
    comment = rows.make_comment(story)
    rows.move(rows.make_comment(story), Action.HOLD, editor, group=an_id(9))
    client = enter(editor)
    client.cookies["language"] = language

    for address in (
        *("/", "/queue/", "/comments/", "/letters/", "/stories/", "/stories/new/"),
        *("/groups/", "/groups/civil/?desk=English&language=en", f"/groups/{an_id(9)}/"),
        f"/comments/{comment.public_id}/copies/?left={comment.public_id}.nothing",
        *("/mine/", "/audit/", "/report/", "/publish/", "/account/", "/help/", "/nowhere/"),
        f"/comments/{comment.public_id}/?do=reject",
        f"/stories/{story.public_id}/",
    ):
        page = screen(client.get(address))
        (top,) = page.all("html")
        expected = "rtl" if language in _RIGHT_TO_LEFT else "ltr"
        assert (top.get("lang"), top.get("dir")) == (language.lower(), expected)


def test_readers_words_carry_their_own_language_and_direction(
    enter: Enter, moderator: Person
) -> None:
    story = rows.make_story(language="ar", desk="Arabic")
    comment = rows.make_comment(story, language="ko")

    page = screen(enter(moderator).get(f"/comments/{comment.public_id}/"))

    assert [
        (one.get("lang"), one.get("dir")) for one in page.all("div", data_letter="")
    ] == [("ko", "auto")]
    assert [(one.get("lang"), one.get("dir")) for one in page.all("h2", id="story")] == [
        ("ar", "auto")
    ]


def test_what_is_quoted_tells_its_language_wherever_it_stands(
    enter: Enter, editor: Person, moderator: Person
) -> None:
    story = rows.make_story(language="ar", desk="Arabic")
    parent = rows.make_in(State.PUBLISHED, story, moderator)
    comment = rows.make_comment(story, language="ko", reply_to=parent)
    Comment.objects.filter(pk=parent.pk).update(language="ug")
    notice, appeal = rows.make_notice(parent), rows.make_appeal(parent)
    tip = rows.make_tip(story)
    rows.move(comment, Action.HOLD, editor)
    client = enter(editor)
    card = f"/comments/{comment.public_id}/"
    said = {
        "/comments/?status=held": [(story.headline, "ar"), (TEXT, "ko")],
        "/mine/": [(story.headline, "ar"), (TEXT, "ko")],
        "/letters/?kind=notice": [(story.headline, "ar"), (notice.text, "ar")],
        "/letters/?kind=appeal": [(story.headline, "ar"), (appeal.text, "ug")],
        "/letters/?kind=tip": [(story.headline, "ar"), (tip.text, "ar")],
        f"/letters/notices/{notice.public_id}/": [(notice.text, "ar")],
        card: [(story.headline, "ar"), (TEXT, "ug")],
        f"{card}?after={comment.public_id}": [(story.headline, "ar")],
        f"/?undone={comment.public_id}": [(story.headline, "ar"), (TEXT, "ko")],
        f"/queue/?story={story.public_id}": [(story.headline, "ar")],
    }

    for address, quoted in said.items():
        page = screen(client.get(address))
        tagged = {
            (said_by(one), one.get("lang"))
            for one in page.tree.iter()
            if one.get("lang") and (one.get("dir") or one.tag.endswith("bdi"))
        }
        assert set(quoted) <= tagged, address


def test_our_own_words_in_place_of_a_letter_are_not_said_in_its_language(
    enter: Enter, moderator: Person
) -> None:
    rows.make_in(State.WITHDRAWN, rows.make_story(language="ko"), moderator)

    page = screen(enter(moderator).get("/comments/?status=withdrawn"))

    (line,) = page.all("a", class_="line-excerpt")
    assert (said_by(line), line.get("lang")) == ("(its author took it back)", None)


def test_odd_language_tag_is_shown_as_it_is(enter: Enter, moderator: Person) -> None:
    rows.make_comment(rows.make_story(), language="x-moon")

    assert "x-moon" in screen(enter(moderator).get("/queue/")).text


def test_labels_belong_to_fields(enter: Enter, editor: Person) -> None:
    comment = rows.make_comment(rows.make_story())
    client = enter(editor)

    for address in (
        "/stories/new/",
        "/account/",
        f"/comments/{comment.public_id}/?do=edit",
    ):
        page = screen(client.get(address))
        ids = {one.get("id") for one in page.tree.iter() if one.get("id")}
        assert {one.get("for") for one in page.all("label") if one.get("for")} <= ids
        described = [
            (one.get("aria-describedby") or "").split() for one in page.tree.iter()
        ]
        assert {name for names in described for name in names} <= ids


def test_no_id_is_given_twice(enter: Enter, editor: Person) -> None:
    comment = rows.make_comment(rows.make_story(body="Text."))

    page = screen(enter(editor).get(f"/comments/{comment.public_id}/"))

    ids = [one.get("id") for one in page.tree.iter() if one.get("id")]
    assert sorted(ids) == sorted(set(ids))
