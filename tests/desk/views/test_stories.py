import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from PIL import Image

from letterdesk.desk.actions.risks import set_desk_risk
from letterdesk.desk.models import DeskRisk, Story
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import Risk
from letterdesk.settings import Settings
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import Screen, screen
from tests.markup import parse
from tests.values import TODAY

SHEET = {
    "url": "https://news.example/new",
    "headline": "The bridge holds",
    "language": "en",
    "desk": "English",
    "risk": "sensitive",
    "body": "It holds.\n\nStill.",
    "credits": "Reported by; Ivo Kell; English\nEdited by; Jo\n",
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
        ("url", "https://u:p@news.example/new"),
        ("url", "https://news.example:abc/new"),
        ("language", "Klingon!"),
        ("headline", " "),
        ("body", "The bri\0dge.\n\n\x1b\ufffeStill."),
        ("credits", "Ivo Kell"),
        ("credits", "Edited by; Ivo Kell\nReported by; ; English"),
    ],
)
def test_what_cannot_be_registered_is_handed_back(
    enter: Enter, editor: Person, field: str, written: str
) -> None:
    sent = SHEET | {field: written}

    answer = enter(editor).post("/stories/new/", sent)

    page_source = answer.content.decode()
    tree = parse(page_source)
    wrong = [one for one in tree.iter() if one.get("aria-invalid")]
    assert answer.status_code == 422
    assert [one.get("name") for one in wrong] == [field]
    assert "autofocus" in wrong[0].attrib  # who reads by ear lands on it, and hears why:
    assert wrong[0].get("aria-describedby", "").split()[-1] == "wrong"
    assert "Ivo Kell" in page_source
    assert Story.objects.count() == 0


def test_what_no_text_has_is_taken_out_and_the_form_can_be_sent_again(
    enter: Enter, editor: Person
) -> None:
    client = enter(editor)
    sent = SHEET | {"body": "It\0 holds.\n\n\x1bStill.\ufffe", "caption": "The\0 bridge"}

    answer = client.post("/stories/new/", sent)

    tree = parse(answer.content.decode())
    fields = {one.get("name"): one for one in tree.iter() if one.get("name")}
    (wrong,) = (one for one in tree.iter() if one.get("id") == "wrong")
    assert (answer.status_code, Story.objects.count()) == (422, 0)
    assert (fields["body"].text, fields["caption"].get("value")) == (
        SHEET["body"],
        "The bridge",
    )
    assert "not text" in (wrong.text or "")
    assert int(answer["Content-Length"]) == len(answer.content)
    again = SHEET | {"body": fields["body"].text, "caption": fields["caption"].get("value")}
    client.post("/stories/new/", again)
    assert Story.objects.get().body == SHEET["body"]


def test_a_form_that_is_too_large_gets_a_page_that_says_so(
    enter: Enter, editor: Person
) -> None:
    answer = enter(editor).post("/stories/new/", SHEET | {"body": "x" * 3_000_000})

    assert answer.status_code == 413
    assert "This is too much at once" in answer.content.decode()
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


def a_picture(size: tuple[int, int] = (2000, 1000)) -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, "JPEG")
    return SimpleUploadedFile("IMG_0001.JPG", file.getvalue(), "image/jpeg")


def test_editor_uploads_a_picture_and_readers_see_it(
    enter: Enter, editor: Person, newsroom: Settings
) -> None:
    words = {"alt": "A bridge at dawn", "caption": "It holds."}

    enter(editor).post("/stories/new/", SHEET | words | {"picture": a_picture()})

    story = Story.objects.get()
    path = story.picture["path"]
    assert story.picture == {"path": path, "width": 1600, "height": 800, **words}
    public = newsroom.folder / "public"
    assert (public / path).exists()
    page = (public / "t" / story.public_id / "index.html").read_text(encoding="utf-8")
    assert path in page
    assert "A bridge at dawn" in page


def test_words_of_a_picture_are_corrected_without_a_new_one(
    enter: Enter, editor: Person
) -> None:
    client = enter(editor)
    client.post("/stories/new/", SHEET | {"alt": "A bride", "picture": a_picture()})
    before = Story.objects.get().picture

    client.post("/stories/new/", SHEET | {"alt": "A bridge", "caption": "At dawn"})
    client.post("/stories/new/", SHEET | {"alt": " "})

    after = {"alt": "A bridge", "caption": ""}
    assert Story.objects.get().picture == before | after


@pytest.mark.parametrize(
    ("picture", "alt", "said"),
    [
        (b"GIF89a no picture", "A bridge", "not a picture that we can read"),
        (None, "", "Describe the picture for people who do not see it"),
    ],
)
def test_picture_that_cannot_be_taken_is_refused_with_all_that_was_written(
    enter: Enter,
    editor: Person,
    newsroom: Settings,
    picture: bytes | None,
    alt: str,
    said: str,
) -> None:
    file = SimpleUploadedFile("a.jpg", picture) if picture else a_picture()

    answer = enter(editor).post("/stories/new/", SHEET | {"picture": file, "alt": alt})

    page = screen(answer)
    assert answer.status_code == 422
    assert said in page.words("p", role="alert")[0]
    assert page.all("input", name="picture")[0].get("aria-invalid") == "true"
    assert page.all("input", name="headline")[0].get("value") == SHEET["headline"]
    assert not Story.objects.exists()
    assert not list((newsroom.folder / "public").rglob("picture-*"))


def test_picture_that_is_too_large_is_never_kept(
    enter: Enter, editor: Person, settings: Any
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 5_000

    answer = enter(editor).post("/stories/new/", SHEET | {"picture": a_picture()})

    assert answer.status_code == 422
    assert "more than 16 megabytes" in screen(answer).words("p", role="alert")[0]
    assert not answer.wsgi_request.FILES
    assert not Story.objects.exists()


def test_text_is_previewed_and_nothing_stored(enter: Enter, editor: Person) -> None:
    sent = SHEET | {"body": "## Before\n\nIt holds.", "preview": "1"}

    page = screen(enter(editor).post("/stories/new/", sent))

    assert "Before" in page.words("h2")
    assert page.all("textarea", name="body")[0].text == "## Before\n\nIt holds."
    assert not Story.objects.exists()


def test_form_of_a_story_holds_what_is_known_of_it(enter: Enter, editor: Person) -> None:
    client = enter(editor)
    client.post("/stories/new/", SHEET)
    story = Story.objects.get()

    page = screen(client.get(f"/stories/new/?story={story.public_id}"))
    again = {one.get("name"): one.get("value") or "" for one in page.all("input")}
    answer = client.post("/stories/new/", SHEET | {"body": "It fell."})

    assert (again["url"], again["headline"]) == (SHEET["url"], SHEET["headline"])
    assert answer.url == f"/stories/{story.public_id}/?done=known"
    assert Story.objects.get().body == "It fell."


def test_a_form_that_was_opened_before_a_change_does_not_take_it_back(
    enter: Enter, editor: Person
) -> None:
    client = enter(editor)
    client.post("/stories/new/", SHEET | {"credits": "Reported by; Nell Cawdry"})
    address = f"/stories/new/?story={Story.objects.get().public_id}"
    seen = screen(client.get(address)).all("input", name="seen")[0].get("value")
    client.post("/stories/new/", SHEET | {"seen": seen, "credits": "Reported by; A friend"})
    stale = SHEET | {
        "seen": seen,
        "credits": "Reported by; Nell Cawdry",
        "body": "It fell.",
    }

    refused = client.post("/stories/new/", stale)
    page = screen(refused)
    kept = Story.objects.get().credits[0]["name"]
    again = stale | {"seen": page.all("input", name="seen")[0].get("value")}
    saved = client.post("/stories/new/", again)

    assert (refused.status_code, kept) == (409, "A friend")
    assert page.words("p", role="alert")[0].startswith("This was changed meanwhile")
    assert page.all("textarea", name="body")[0].text == "It fell."
    assert saved.status_code == 302
    assert Story.objects.get().body == "It fell."


def test_a_headline_that_was_corrected_meanwhile_is_not_taken_back(
    enter: Enter, editor: Person
) -> None:
    story = rows.make_story()
    client, where = enter(editor), f"/stories/{story.public_id}/change/"
    page = screen(client.get(f"/stories/{story.public_id}/"))
    seen = page.all("input", name="seen")[0].get("value")
    client.post(where, {"seen": seen, "headline": "Ferry sinks"})

    refused = client.post(where, {"seen": seen, "headline": f"{seen}!"})
    page = screen(refused)
    kept = Story.objects.get().headline
    again = page.all("input", name="seen")[0].get("value")
    saved = client.post(where, {"seen": again, "headline": f"{seen}!"})

    assert (refused.status_code, kept) == (409, "Ferry sinks")
    assert page.words("p", role="alert")[0].startswith("This was changed meanwhile")
    assert page.all("input", id="headline")[0].get("value") == f"{seen}!"
    assert (saved.status_code, Story.objects.get().headline) == (302, f"{seen}!")


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("ferry", {"The Ferry is late"}),
        ("https://news.example/2", {"나루의 밤"}),
        ("나루", {"나루의 밤"}),
        ("%", {"100% of the bridge"}),
        ("nothing such", set()),
    ],
)
def test_stories_are_found_by_headline_or_address(
    enter: Enter, moderator: Person, sought: str, found: set[str]
) -> None:
    headlines = ("The Ferry is late", "나루의 밤", "100% of the bridge")
    for number, headline in enumerate(headlines, start=1):
        rows.make_story(number, headline=headline)

    page = screen(enter(moderator).get("/stories/", {"q": sought}))

    assert set(page.words("a", _class="line-title")) == found


def test_what_was_sought_is_sought_on_the_next_page(
    enter: Enter, moderator: Person
) -> None:
    for number in range(51):
        rows.make_story(number + 1)
    client = enter(moderator)

    (more,) = [
        one.get("href") or ""
        for one in screen(client.get("/stories/?q=ferry")).all("a", rel="next")
    ]

    assert "q=ferry" in more
    assert len(screen(client.get(more)).all("article")) == 1


@pytest.mark.parametrize("of", ["story", "desk"])
def test_who_asks_to_lower_a_risk_does_not_agree_unseen(
    enter: Enter, editor: Person, of: str
) -> None:
    story = rows.make_story(risk=Risk.SENSITIVE)
    set_desk_risk("English", Risk.SENSITIVE, by=editor, today=TODAY)
    where = {"story": f"/stories/{story.public_id}/", "desk": "/stories/risks/"}[of]
    to = {"story": f"{where}change/", "desk": where}[of]
    client, other = enter(editor), enter(rows.make_person("ezra", role="editor"))
    form = {"risk": "ordinary", "desk": "English"}
    sent = form | {"risk_seen": risk_seen(client.get(where), to)}

    asked = other.post(to, form | {"risk_seen": risk_seen(other.get(where), to)})
    refused = client.post(to, sent)
    is_sensitive = {
        Story.objects.get().risk,
        DeskRisk.objects.get(desk="English").risk,
    } == {"sensitive"}
    agreed = client.post(to, sent | {"risk_seen": risk_seen(refused, to)})
    again = client.post(to, sent | {"risk_seen": risk_seen(refused, to)})

    statuses = [one.status_code for one in (asked, refused, agreed, again)]
    assert (statuses, is_sensitive) == ([302, 409, 302, 302], True)
    (said,) = screen(refused).words("p", role="alert")
    assert said == "It has changed meanwhile. Look at it again."
    assert "ezra asks to call it ordinary." in screen(refused).text


def risk_seen(answer: HttpResponse, action: str) -> str:
    """Give what the first form of a risk says that it was when it was shown."""
    forms = [
        Screen(tree=one)
        for one in screen(answer).all("form", action=action)
        if Screen(tree=one).all("button", name="risk")
    ]
    return forms[0].all("input", name="risk_seen")[0].get("value", "")


def test_two_editors_lower_a_risk_on_the_storys_page(enter: Enter, editor: Person) -> None:
    story = rows.make_story(risk=Risk.SENSITIVE)
    other = rows.make_person("ezra", role="editor")
    page, where = f"/stories/{story.public_id}/", f"/stories/{story.public_id}/change/"

    enter(editor).post(where, {"risk": "ordinary"})
    hers = screen(enter(editor).get(page))
    again = enter(editor).post(where, {"risk": "ordinary"})
    theirs = screen(enter(other).get(page))
    enter(other).post(where, {"risk": "ordinary"})

    assert "You asked to call it ordinary." in hers.text
    assert "Agree: ordinary" not in hers.words("button")
    assert again.status_code == 422
    assert "somebody else has to agree" in screen(again).words("p", role="alert")[0]
    assert "erin asks to call it ordinary." in theirs.text
    assert "Agree: ordinary" in theirs.words("button")
    story.refresh_from_db()
    assert story.risk == Risk.ORDINARY


def test_an_editor_reads_before_she_calls_it_sensitive_that_she_cannot_undo_it_alone(
    enter: Enter, editor: Person
) -> None:
    story = rows.make_story()

    for where in (f"/stories/{story.public_id}/", "/stories/risks/"):
        page = screen(enter(editor).get(where))

        assert "Call it sensitive: two people decide" in page.words("button")
        assert "To call it ordinary again, another editor has to agree." in page.words("p")


def test_editor_sets_what_new_stories_of_a_desk_are(enter: Enter, editor: Person) -> None:
    for number, desk in enumerate(("English", "Korean"), start=1):
        rows.make_story(number, desk=desk)
    client, where = enter(editor), "/stories/risks/"

    answer = client.post(where, {"desk": "Korean", "risk": "sensitive"})
    odd = client.post(where, {"desk": "Nowhere", "risk": "sensitive"})
    client.post(where, {"desk": "Korean", "risk": "ordinary"})
    again = client.post(where, {"desk": "Korean", "risk": "ordinary"})
    client.post("/stories/new/", SHEET | {"desk": "Korean", "risk": ""})

    assert (answer.url, odd.url) == (f"{where}?done=saved", where)
    assert again.status_code == 422
    assert "somebody else has to agree" in screen(again).words("p", role="alert")[0]
    assert Story.objects.get(url=SHEET["url"]).risk == Risk.SENSITIVE
    shown = screen(client.get(where)).words("p", _class="line-main")
    assert [words.split()[:2] for words in shown] == [
        ["English", "ordinary"],
        ["Korean", "sensitive"],
    ]
