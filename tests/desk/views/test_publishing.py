import shutil

from letterdesk.desk.models import Comment
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


def test_what_could_not_be_published_is_told_wherever_an_editor_looks(
    enter: Enter, editor: Person, newsroom: Settings
) -> None:
    bad, good = rows.make_story(headline="The bad one"), rows.make_story(2)
    for story in (bad, good):
        rows.approve(rows.make_comment(story), editor)
    Comment.objects.filter(story=bad).update(cuts=[["Daniel Roe"]])
    client = enter(editor)

    done = screen(client.post("/publish/"))
    start = screen(client.get("/"))
    story = screen(client.get(f"/stories/{bad.public_id}/"))

    for page in (done, start, story):
        lines = page.words("li", class_="line")
        [line] = [one for one in lines if "could not be written" in one]
        assert line.startswith("The bad one Its page could not be written since ")
        assert "error=ValueError at=cuts.py:" in line
        assert "Daniel Roe" not in line
    well = screen(client.get(f"/stories/{good.public_id}/"))
    assert "The press could not" not in well.text
    thread = newsroom.folder / "public" / "t" / good.public_id / "index.html"
    assert "My uncle worked on that ferry." in thread.read_text(encoding="utf-8")


def test_what_could_not_be_published_at_other_desks_is_not_shown(
    enter: Enter, editor: Person
) -> None:
    story = rows.make_story(desk="Korean")
    rows.approve(rows.make_comment(story), editor)
    Comment.objects.update(cuts=[["Daniel Roe"]])
    enter(editor).post("/publish/")

    lea = enter(rows.make_person("lea", desks=("English",)))

    assert "The press could not" not in screen(lea.get("/")).text


def test_place_that_cannot_be_written_is_told(
    enter: Enter, editor: Person, newsroom: Settings
) -> None:
    rows.approve(rows.make_comment(rows.make_story()), editor)
    shutil.rmtree(newsroom.folder / "public")
    (newsroom.folder / "public").write_text("no folder")

    answer = enter(editor).post("/publish/")

    assert answer.status_code == 503
    assert screen(answer).words("p", role="alert") != []


def test_spool_that_cannot_be_read_is_told_and_nothing_new_is_published(
    enter: Enter, editor: Person, newsroom: Settings
) -> None:
    comment = rows.approve(rows.make_comment(rows.make_story()), editor)
    (newsroom.folder / "spool").rmdir()

    answer = enter(editor).post("/publish/")

    comment.refresh_from_db()
    assert (answer.status_code, comment.state) == (503, State.APPROVED)
    [told] = screen(answer).words("p", role="alert")
    assert told.startswith("Nothing new was published: the spool cannot be read")
