import shutil

from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import State
from letterdesk.settings import Settings
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import screen


def test_editor_publishes_after_confirming(
    enter: Enter, editor: Person, newsroom: Settings
) -> None:
    comment = rows.approve(rows.make_comment(rows.make_story()), editor)
    client = enter(editor)

    asked = screen(client.get("/publish/"))
    comment.refresh_from_db()
    before = comment.state
    done = screen(client.post("/publish/"))
    comment.refresh_from_db()

    assert "Publish now?" in asked.words("h1")
    assert (before, comment.state) == (State.APPROVED, State.PUBLISHED)
    assert "1 decision was acted on." in done.text
    thread = newsroom.folder / "public" / "t" / comment.story.public_id / "index.html"
    assert "My uncle worked on that ferry." in thread.read_text(encoding="utf-8")


def test_place_that_cannot_be_written_is_told(
    enter: Enter, editor: Person, newsroom: Settings
) -> None:
    rows.approve(rows.make_comment(rows.make_story()), editor)
    shutil.rmtree(newsroom.folder / "public")
    (newsroom.folder / "public").write_text("no folder")

    answer = enter(editor).post("/publish/")

    assert answer.status_code == 503
    assert screen(answer).words("p", role="alert") != []
