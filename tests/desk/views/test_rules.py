import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client

from letterdesk.desk.actions.publish import publish
from letterdesk.desk.actions.terms import adopt
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.terms import book, draft, draft_text
from letterdesk.places.folder import Folder
from letterdesk.reader.terms import terms
from letterdesk.settings import Settings, Site
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import Screen, screen
from tests.values import TODAY

SITE = ("en", "ko")


@pytest.fixture(autouse=True)
def newsroom(newsroom: Settings, monkeypatch: pytest.MonkeyPatch, db: None) -> Settings:
    """A site in two languages, with the terms that we ship."""
    site = Site(languages=SITE, url="https://letters.example")
    made = Settings(folder=newsroom.folder, site=site)
    monkeypatch.setattr(django_settings, "NEWSROOM", made)
    adopt(languages=SITE, today=TODAY)
    return made


@pytest.fixture
def browser(enter: Enter, editor: Person) -> Client:
    """An editor's browser, a draft begun in it."""
    client = enter(editor)
    client.post("/rules/draft/begin/", {"base": "1"})
    return client


def fields(page: Screen) -> dict[str, str]:
    """Give what the form would send."""
    found = {one.get("name", ""): one.get("value", "") for one in page.all("input")}
    found |= {
        one.get("name", ""): "".join(one.itertext()).removeprefix("\n")
        for one in page.all("textarea")
    }
    return {name: value for name, value in found.items() if name}


def write(client: Client, language: str, **changes: str) -> object:
    address = f"/rules/draft/in/{language}/"
    sent = fields(screen(client.get(address))) | {"do": "save"}
    return client.post(address, sent | changes)


def force(client: Client) -> object:
    sent = fields(screen(client.get("/rules/draft/into-force/")))
    return client.post("/rules/draft/into-force/", {"seen": sent["seen"]})


def test_everybody_reads_the_rules_and_only_editors_are_offered_a_draft(
    enter: Enter, editor: Person, moderator: Person
) -> None:
    hers, theirs = (screen(enter(who).get("/rules/")) for who in (editor, moderator))

    assert "Version 1 in force" in hers.words("h2")
    assert "Begin the next version" in hers.words("button")
    assert "Begin the next version" not in theirs.words("button")


def test_an_editor_writes_previews_and_publishes_a_version(
    browser: Client, newsroom: Settings, public: Folder
) -> None:
    write(browser, "en", title="House <rules>", **{"text-1": "Respect everybody."})
    write(browser, "ko", title="약속", **{"text-1": "모두를 존중해 주세요."})
    before = browser.get("/rules/as-readers-see/draft/en/").content.decode()

    done = force(browser)
    publish(public, newsroom=newsroom, today=TODAY)

    assert done.url == "/rules/?done=in-force"
    after = public.read("rules/en/index.html").decode()
    today = re.compile(r"in force from \d+ \w+ \d+")
    assert browser.get("/rules/as-readers-see/2/en/").content.decode() == before
    at_desk = before.replace("/rules/assets/", "/assets/").replace(
        'href="https://letters.example/', 'href="/'
    )
    assert today.sub("", at_desk) == today.sub("", after)
    assert "House &lt;rules&gt;" in after
    assert terms("en").title in public.read("rules/en/1/index.html").decode()
    assert "약속" in public.read("rules/ko/2/terms.json").decode()


def test_the_preview_finds_its_styles_at_the_desk(browser: Client) -> None:
    shown = browser.get("/rules/as-readers-see/draft/ko/")

    (sheet,) = re.findall(r'rel="stylesheet" href="([^"]+)"', shown.content.decode())
    styles = browser.get(sheet)
    assert (styles.status_code, styles["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert b".rule" in styles.content
    assert browser.get("/rules/assets/other.css").status_code == 404
    assert browser.get("/rules/as-readers-see/9/en/").status_code == 404
    assert browser.get("/rules/as-readers-see/draft/xx/").status_code == 404


def test_buttons_save_what_is_typed_before_they_move_anything(browser: Client) -> None:
    answer = write(browser, "en", **{"text-1": "Typed."}, do="down-1")

    found = draft_text("en", languages=SITE)
    assert answer.url == "/rules/draft/in/en/?done=saved#rule-1"
    assert [rule.text for rule in found.terms.rules][1] == "Typed."
    assert found.keys[:2] == ("2", "1")
    write(browser, "en", do="up-1")
    write(browser, "en", do="add")
    write(browser, "en", do="remove-2")
    assert len(draft_text("ko", languages=SITE).terms.rules) == 8
    assert draft_text("ko", languages=SITE).keys[:2] == ("1", "3")


def test_second_editor_gets_both_versions_and_loses_no_word(browser: Client) -> None:
    sent = fields(screen(browser.get("/rules/draft/in/en/")))
    write(browser, "en", title="First", do="remove-8")

    late = browser.post("/rules/draft/in/en/", sent | {"title": "Second", "do": "save"})

    page = screen(late)
    assert late.status_code == 409
    assert page.all("input", name="title")[0].get("value") == "Second"
    assert "First" in page.words("div", class_="other")[0]
    assert terms("en").find("8").text in page.text  # the rule that went meanwhile
    assert draft_text("en", languages=SITE).terms.title == "First"
    again = fields(page) | {"do": "save"}
    assert browser.post("/rules/draft/in/en/", again).status_code == 302
    assert draft_text("en", languages=SITE).terms.title == "Second"


def test_what_cannot_be_kept_comes_back_with_every_word(browser: Client) -> None:
    answer = write(browser, "en", title="a" * 201, intro="Half written")

    page = screen(answer)
    assert answer.status_code == 422
    assert "201 characters" in page.words("p", role="alert")[0]
    assert "Half written" in fields(page)["intro"]


def test_an_editor_who_leaves_a_language_out_is_told_whose_readers_lose_it(
    enter: Enter, editor: Person
) -> None:
    rows.make_story(language="ug")
    client = enter(editor)
    client.post("/rules/draft/begin/", {"base": "1"})
    before = screen(client.get("/rules/draft/"))
    client.post("/rules/draft/languages/", {"remove": "ug"})

    pages = [screen(client.get(f"/rules/{one}")) for one in ("draft/", "draft/into-force/")]
    force(client)
    after = screen(client.get("/rules/"))

    assert before.words("p", class_="hint-amber") == []
    for page in pages:
        assert page.words("p", class_="hint-amber") == [
            "Uyghur is left out. 1 story shows its readers the rules in it; they will see "
            "the text in this language instead: English."
        ]
        assert "7 languages that no story is in are left out, too" in page.words("summary")
        assert page.words("li", class_="field-hint")[0] == (
            "Chinese (Simplified): its readers will find the rules in this language: "
            "English."
        )
    assert after.words("p", class_="hint-amber") == [
        "Uyghur is missing. The readers of 1 story in it see the rules in this language: "
        "English. The next version can have it."
    ]


def test_draft_says_what_is_missing_and_cannot_come_into_force(browser: Client) -> None:
    write(browser, "en", **{"reason-2": ""})
    browser.post("/rules/draft/languages/", {"remove": "ko"})

    page = screen(browser.get("/rules/draft/"))
    refused = force(browser)

    assert "1 gap" in page.text
    assert "Missing: Korean" in page.text
    assert "Put it into force…" not in page.text
    assert refused.status_code == 409
    assert "A language of the site is missing" in screen(refused).text
    assert book()[0].version == "1"
    browser.post("/rules/draft/languages/", {"add": "ko"})
    assert draft(SITE).missing == ()  # type: ignore[union-attr]
    assert browser.post("/rules/draft/languages/", {"add": "ko"}).status_code == 422


def test_draft_shows_what_differs_and_what_was_forgotten(browser: Client) -> None:
    write(browser, "en", **{"text-1": "Respect everybody."})

    page = screen(browser.get("/rules/draft/"))

    assert "Respect everybody." in page.words("ins")
    assert page.words("p", class_="hint-amber") == [
        "Rule 1 is worded differently in another language now, but not in this one."
    ]


def test_discarding_asks_first(browser: Client) -> None:
    asked = screen(browser.get("/rules/draft/discard/"))
    there = draft(SITE)
    done = browser.post("/rules/draft/discard/")

    assert "Discard the draft?" in asked.words("h1")
    assert there is not None
    assert (done.url, draft(SITE)) == ("/rules/?done=discarded", None)
    assert browser.get("/rules/draft/").status_code == 404


def test_what_cannot_be_taken_is_not_called_another_persons_change(browser: Client) -> None:
    sent = fields(screen(browser.get("/rules/draft/in/en/"))) | {"do": "save"}
    long = sent | {"title": "First", "text-1": "x" * 20_001}

    alone = browser.post("/rules/draft/in/en/", long)
    write(browser, "en", title="Second")
    late = browser.post("/rules/draft/in/en/", long)

    assert (alone.status_code, late.status_code) == (422, 422)
    assert screen(alone).words("div", class_="other") == []
    assert screen(late).words("div", class_="other")[0].endswith("Second")


def test_what_somebody_wrote_since_is_not_discarded_unseen(browser: Client) -> None:
    seen = fields(screen(browser.get("/rules/draft/discard/")))["seen"]
    write(browser, "en", title="First")

    late = browser.post("/rules/draft/discard/", {"seen": seen})
    page = screen(late)
    kept = draft(SITE)
    done = browser.post("/rules/draft/discard/", {"seen": fields(page)["seen"]})

    assert late.status_code == 409
    assert page.words("p", role="alert")[0].startswith("This was changed meanwhile")
    assert kept is not None
    assert (done.url, draft(SITE)) == ("/rules/?done=discarded", None)


def test_a_form_of_an_earlier_draft_overwrites_nothing_of_this_one(browser: Client) -> None:
    sent = fields(screen(browser.get("/rules/draft/in/en/"))) | {"title": "Old"}
    browser.post("/rules/draft/discard/")
    browser.post("/rules/draft/begin/", {"base": "1"})

    late = browser.post("/rules/draft/in/en/", sent | {"do": "save"})
    page = screen(late)
    kept = draft_text("en", languages=SITE).terms.title
    again = browser.post("/rules/draft/in/en/", fields(page) | {"do": "save"})

    assert (late.status_code, kept) == (409, terms("en").title)
    assert page.all("input", name="title")[0].get("value") == "Old"
    assert (again.status_code, draft_text("en", languages=SITE).terms.title) == (302, "Old")


def test_another_language_is_shown_beside(browser: Client) -> None:
    page = screen(browser.get("/rules/draft/in/ko/?beside=en"))

    assert terms("en").find("1").reason in page.words("div", class_="beside")[5]
    kept = write(browser, "ko", beside="en", title="새")
    assert kept.url == "/rules/draft/in/ko/?done=saved&beside=en"


def test_a_letter_is_judged_by_the_rules_of_its_day(
    browser: Client, enter: Enter, moderator: Person
) -> None:
    story = rows.make_story()
    old = rows.make_comment(story, 1)
    new = rows.make_comment(story, 2, arrived=datetime.now(UTC).date())
    write(browser, "en", do="remove-8")
    write(browser, "ko", title="새")
    force(browser)

    offered = []
    for comment in (old, new):
        shown = screen(enter(moderator).get(f"/comments/{comment.public_id}/"))
        offered.append({one.get("value") for one in shown.all("input", name="rules")})

    assert offered == [set("12345678"), set("1234567")]


def test_unknown_drafts_and_languages_are_not_there(enter: Enter, editor: Person) -> None:
    client = enter(editor)

    assert client.get("/rules/draft/in/en/").status_code == 404
    assert client.post("/rules/draft/in/en/", {"title": "x"}).status_code == 404
    assert client.post("/rules/draft/begin/", {"base": "7"}).status_code == 404
    assert client.post("/rules/draft/into-force/", {}).status_code == 404


def test_hostile_words_stay_words(browser: Client, tmp_path: Path) -> None:
    evil = '"><script>alert(1)</script>'
    write(browser, "en", title=evil, **{"text-1": evil, "note-1": f"[{evil}]"})

    for address in (
        "/rules/draft/",
        "/rules/draft/in/en/",
        "/rules/draft/in/ko/?beside=en",
        "/rules/draft/into-force/",
        "/rules/as-readers-see/draft/en/",
    ):
        shown = browser.get(address).content.decode()
        assert "alert(1)" in shown
        assert "<script>alert" not in shown
