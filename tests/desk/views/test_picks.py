from letterdesk.desk.actions.publish import publish
from letterdesk.desk.models import AuditEntry, Comment, Story
from letterdesk.desk.queries.people import Person
from letterdesk.places.folder import Folder
from letterdesk.settings import Settings
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import screen
from tests.values import TODAY

CHOSEN = "Chosen by the editors"


def test_editor_chooses_a_comment_and_readers_see_it(
    enter: Enter, editor: Person, moderator: Person, public: Folder, newsroom: Settings
) -> None:
    comment = rows.make_published(rows.make_story(), moderator)
    client, where = enter(editor), f"/comments/{comment.public_id}/"
    page = f"t/{comment.story.public_id}/index.html"

    answer = client.post(f"{where}pick/")
    client.post(f"{where}pick/")
    publish(public, newsroom=newsroom, today=TODAY)
    shown = public.read(page).decode()
    chosen = screen(client.get(where))
    client.post(f"{where}pick/", {"no": "1"})
    publish(public, newsroom=newsroom, today=TODAY)

    assert answer.url == f"{where}?done=saved"
    assert CHOSEN in shown
    assert CHOSEN in chosen.text
    assert CHOSEN not in public.read(page).decode()
    said = [entry.facts["what"] for entry in AuditEntry.objects.order_by("number")]
    assert [what for what in said if "pick" in what] == ["picked", "unpicked"]


def test_what_is_not_published_is_not_chosen(enter: Enter, editor: Person) -> None:
    comment = rows.make_comment(rows.make_story())
    client, where = enter(editor), f"/comments/{comment.public_id}/"

    answer = client.post(f"{where}pick/")

    assert answer.status_code == 409
    assert not Comment.objects.get().is_pick
    assert not Story.objects.get().changed
    assert "Choose it for readers" not in screen(client.get(where)).text


def test_moderator_is_offered_no_choice(enter: Enter, moderator: Person) -> None:
    comment = rows.make_published(rows.make_story(), moderator)

    page = screen(enter(moderator).get(f"/comments/{comment.public_id}/"))

    assert "Choose it for readers" not in page.text
