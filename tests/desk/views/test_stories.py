from pathlib import Path

import pytest

from letterdesk.desk.models import Story
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import Risk
from letterdesk.settings import Settings
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import screen

SHEET = {
    "url": "https://news.example/new",
    "headline": "The bridge holds",
    "language": "en",
    "desk": "English",
    "risk": "sensitive",
    "body": "It holds.\n\nStill.",
    "credits": "Reported by; Ivo Kell; English\nEdited by; Jo\nnonsense",
}


def test_editor_registers_a_story_and_readers_find_it(
    enter: Enter, editor: Person, newsroom: Settings
) -> None:
    client = enter(editor)

    answer = client.post("/stories/new/", SHEET)

    story = Story.objects.get()
    assert answer.url == f"/stories/{story.public_id}/?done=registered"
    page = screen(client.get(answer.url))
    assert page.words("h1")[0] == "The bridge holds"
    assert "The story is registered." in page.text
    assert (story.desk, story.risk, story.body) == (
        "English",
        Risk.SENSITIVE,
        SHEET["body"],
    )
    assert story.credits == [
        {"role": "Reported by", "name": "Ivo Kell", "desk": "English"},
        {"role": "Edited by", "name": "Jo", "desk": ""},
    ]
    published = newsroom.folder / "public" / "t" / story.public_id / "index.html"
    assert "The bridge holds" in published.read_text(encoding="utf-8")


def test_same_address_is_the_same_story(enter: Enter, editor: Person) -> None:
    client = enter(editor)
    client.post("/stories/new/", SHEET)

    again = client.post("/stories/new/", SHEET | {"headline": "The bridge fell"})

    assert again.url.endswith("?done=known")
    assert [story.headline for story in Story.objects.all()] == ["The bridge fell"]


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("url", "javascript:alert(1)"),
        ("language", "Klingon!"),
        ("headline", " "),
        ("body", "\0"),
    ],
)
def test_what_cannot_be_registered_is_handed_back(
    enter: Enter, editor: Person, field: str, written: str
) -> None:
    sent = SHEET | {field: written}

    answer = enter(editor).post("/stories/new/", sent)

    page_source = answer.content.decode()
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in page_source
    assert "Ivo Kell" in page_source
    assert Story.objects.count() == 0


def test_editor_closes_opens_and_marks_a_story(
    enter: Enter, editor: Person, newsroom: Settings
) -> None:
    story = rows.make_story()
    client, where = enter(editor), f"/stories/{story.public_id}/change/"
    story_json = Path(newsroom.folder, "public", "t", story.public_id, "story.json")

    client.post(where, {"close": ""})
    closed = story_json.read_text(encoding="utf-8")
    client.post(where, {"open": ""})
    client.post(where, {"risk": "sensitive"})
    answer = client.post(where, {"headline": "  The ferry   came back "})

    story.refresh_from_db()
    assert '"open":false' in closed.replace(" ", "")
    assert answer.url == f"/stories/{story.public_id}/?done=saved"
    assert (story.is_open, story.risk, story.headline) == (
        True,
        Risk.SENSITIVE,
        "The ferry came back",
    )


def test_headline_that_is_none_is_refused(enter: Enter, editor: Person) -> None:
    story = rows.make_story()

    answer = enter(editor).post(f"/stories/{story.public_id}/change/", {"headline": " "})

    assert answer.status_code == 422
    story.refresh_from_db()
    assert story.headline == "The ferry will not come back"


def test_moderator_reads_a_story_without_forms(enter: Enter, moderator: Person) -> None:
    story = rows.make_story(body="Text.")

    page = screen(enter(moderator).get(f"/stories/{story.public_id}/"))

    assert "Text." in page.text
    assert [one for one in page.addresses() if one.endswith("/change/")] == []


@pytest.mark.parametrize("stories", [1, 3])
def test_stories_ask_the_database_the_same_few_things(
    enter: Enter, moderator: Person, django_assert_num_queries: object, stories: int
) -> None:
    for number in range(stories):
        rows.make_story(number + 1)
    client = enter(moderator)

    with django_assert_num_queries(4):
        page = client.get("/stories/")

    assert len(screen(page).all("article")) == stories


def test_earlier_stories_are_on_the_next_page(enter: Enter, moderator: Person) -> None:
    for number in range(51):
        rows.make_story(number + 1)
    client = enter(moderator)

    (more,) = [
        one.get("href") or ""
        for one in screen(client.get("/stories/")).all("a", rel="next")
    ]

    assert len(screen(client.get(more)).all("article")) == 1
