"""What lists do with an address that they do not understand: they say so."""

import pytest

from letterdesk.desk.models import Comment
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import Action
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import screen
from tests.values import an_id

LISTS = {  # of each list, what an address can say of it that nothing is known of
    "/comments/": ("status=hold", "desk=Nowhere", "from=x", "language=en", "signal=spam"),
    "/queue/": (
        "language=zz",
        "language=KO",
        "signal=spams",
        "desk=Nowhere",
        "from=-1",
        f"story={an_id(1)}&signal=spam",
    ),
    "/queue/next/": ("signal=spams", "desk=Nowhere", f"story={an_id(1)}&language=en"),
    "/letters/": ("kind=appeals", "from=x"),
    "/stories/": ("from=x",),
    "/groups/": ("desk=Nowhere", "language=en", f"story={an_id(1)}"),
    "/groups/civil/": (
        "desk=English&language=zz",
        "desk=Nowhere&language=en",
        "desk=English&language=en&from=x",
    ),
    "/names/": ("start=x", "desk=English"),
    "/unopened/": ("from=x",),
    "/audit/": ("what=aprove", "from=2026-13-01", "to=yesterday", "before=x"),
    "/figures/": ("from=1.2.2026", "to=x"),
    "/report/": ("from=1.2.2026", "to=x"),
    "/report/statements.csv": ("from=1.2.2026",),
    "/figures/received.csv": ("from=1.2.2026",),
    "/learning/": ("desk=Nowhere&language=en", "signal=spam"),
}


@pytest.mark.parametrize(
    ("path", "query"), [(path, one) for path, some in LISTS.items() for one in some]
)
def test_what_a_list_does_not_know_is_said_and_not_left_out(
    enter: Enter, admin: Person, path: str, query: str
) -> None:
    rows.make_comment(rows.make_story(), 1)

    answer = enter(admin).get(f"{path}?{query}")

    assert answer.status_code == 404
    page = screen(answer)
    name = query.rpartition("&")[2].partition("=")[0]
    if "desk=Nowhere" in query:
        name = "desk"
    assert f"says of “{name}” is unknown here" in page.text
    assert page.all("article") == []


@pytest.mark.parametrize(
    "address",
    [
        "/comments/?status=&desk=&story=&from=&words=",
        "/queue/?signal=&language=&desk=English&from=9",
        "/queue/?language=vi",
        "/letters/?kind=",
        "/audit/?who=&what=&about=&from=&to=&before=",
        "/figures/?from=&to=&desk=&language=",
        "/report/?from=&to=",
        "/groups/?desk=English",
        "/learning/?desk=&language=&signal=",
    ],
)
def test_what_is_left_empty_is_not_asked(enter: Enter, admin: Person, address: str) -> None:
    rows.make_comment(rows.make_story(), 1)

    answer = enter(admin).get(address)

    assert answer.status_code == 200


def test_a_part_of_an_address_that_no_browser_writes_is_named(
    enter: Enter, admin: Person
) -> None:
    answer = enter(admin).get("/comments/?status=held&words=%ff")

    assert answer.status_code == 404
    assert "says of “words” is unknown here" in screen(answer).text


@pytest.mark.parametrize("path", ["/comments/{}/", "/comments/{}/copies/"])
def test_an_id_in_capitals_leads_to_its_page(
    enter: Enter, admin: Person, path: str
) -> None:
    comment = rows.make_comment(rows.make_story())
    public_id = "0123456789abcdefghjkmnpqrs"
    Comment.objects.filter(pk=comment.pk).update(public_id=public_id)
    client, typed = enter(admin), path.format(public_id.upper())

    led = client.get(f"{typed}?after=%EA%B0%95")
    nowhere = client.get(path.format(an_id(9).upper()), follow=True)
    sent = client.post(typed, {"action": "hold", "version": "0"})

    assert (led.status_code, led.url) == (302, path.format(public_id) + "?after=%EA%B0%95")
    assert (nowhere.status_code, sent.status_code) == (404, 404)


def test_what_was_chosen_stands_in_the_form_though_nothing_is_known_of_it(
    enter: Enter, admin: Person
) -> None:
    rows.make_story()
    client = enter(admin)

    log = screen(client.get("/audit/?who=zoe"))
    figures = screen(client.get("/figures/?desk=Gone&language=vi"))

    assert log.words("option", selected="") == ["zoe"]
    assert "There is no such entry." in log.text
    assert figures.words("option", selected="") == ["Gone", "Vietnamese"]


def test_the_log_is_asked_about_ids_and_names_however_they_are_written(
    enter: Enter, admin: Person
) -> None:
    public_id = "0123456789abcdefghjkmnpqrs"
    comment = rows.make_comment(rows.make_story())
    Comment.objects.filter(pk=comment.pk).update(public_id=public_id)
    comment.refresh_from_db()
    rows.move(comment, Action.HOLD, admin)
    client = enter(admin)

    for written in (public_id.upper(), f" \u200b{public_id}", "ADA", "ａｄａ", "ada"):
        page = screen(client.get("/audit/", {"about": written}))
        about = "ada" if len(written) == 3 else public_id
        assert page.all("input", name="about")[0].get("value") == about
        assert ("Held a letter" in page.text) == (about == public_id)


def test_stories_are_found_in_every_spelling_and_too_many_words_are_refused(
    enter: Enter, moderator: Person
) -> None:
    story = rows.make_story(headline="Die Straße zum Café")
    rows.make_story(2, headline="Another one")
    client = enter(moderator)

    for sought in ("STRASSE cafe", "ｃａｆé", story.url[:20] + "\u200b"):
        page = screen(client.get("/stories/", {"q": sought}))
        assert "Die Straße zum Café" in page.words("bdi"), sought
    nothing = screen(client.get("/stories/", {"q": "cafe another"}))
    long = client.get("/stories/", {"q": "x" * 501})

    assert "No story is called so." in nothing.text
    assert long.status_code == 422
    assert "501 characters" in screen(long).words("p", role="alert")[0]
    assert screen(long).all("input", name="q")[0].get("value") == "x" * 501
