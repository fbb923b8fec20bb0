"""A letter's whole journey, with scripts switched off."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from benchmarks import newsroom
from tests import newsrooms
from tests.journeys import desk

WRITTEN = "My cousin Tarek Osman was on that bus. Nobody told us where it went."
CUT = "My cousin [name removed] was on that bus. Nobody told us where it went."


@pytest.fixture
def room(tmp_path: Path) -> newsroom.Newsroom:
    made = newsrooms.make(
        tmp_path / "newsroom",
        settings={"worker": {"collect_seconds": 3600}, "press": {"slot_minutes": 1440}},
    )
    newsroom.add_story(made, 1)
    return made


def sign_in(page: Page, room: newsroom.Newsroom, name: str, password: str) -> None:
    page.goto(f"http://127.0.0.1:{room.desk}/")
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def write(page: Page, room: newsroom.Newsroom, text: str) -> str:
    page.goto(f"http://127.0.0.1:{room.letterbox}/")
    page.get_by_role("link", name="Story 1").click()
    page.get_by_role("textbox", name="Your comment").fill(text)
    page.get_by_role("textbox", name="Name, if you like").fill("A neighbour")
    page.get_by_role("button", name="Send to the newsroom").click()
    return page.locator("code").inner_text()


def ask(page: Page, room: newsroom.Newsroom, code: str) -> None:
    page.goto(f"http://127.0.0.1:{room.letterbox}/receipt")
    page.get_by_label("code").fill(code.lower().replace("-", " "))
    with page.expect_navigation():
        page.locator("main form button").click()


def cut(page: Page, room: newsroom.Newsroom, text: str) -> str:
    """Try to add a word, then save the cut; give the sentence that refused the first."""
    page.get_by_role("link", name=re.compile("Begin with the oldest")).click()
    letter = page.locator("[data-letter]")
    expect(letter).to_have_attribute("data-original", WRITTEN)
    expect(letter.locator("mark")).to_have_text("Tarek Osman")  # as a name
    page.get_by_role("button", name=re.compile("^Cut")).click()
    page.get_by_label("What readers get").fill(text.replace("was on", "was not on"))
    page.get_by_role("checkbox", name=re.compile("^3")).check()
    page.get_by_role("button", name=re.compile("^Save the cut")).click()
    refusal = page.locator("[data-wrong]").inner_text()
    page.get_by_label("What readers get").fill(text)
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^Save the cut")).click()
    return refusal


def test_reader_and_moderator_bring_a_letter_to_its_page_without_scripts(
    room: newsroom.Newsroom, without_scripts: BrowserContext
) -> None:
    password = desk.add_person(room, "alice", role="editor")
    page = without_scripts.new_page()
    with newsroom.serving(room, only=["letterbox"]), newsroom.serving(room, only=["desk"]):
        code = write(page, room, WRITTEN)
        ask(page, room, code)
        undecided = page.locator("h1").inner_text()
        newsroom.call("collect", str(room.folder))

        sign_in(page, room, "alice", password.strip())
        refusal = cut(page, room, CUT)
        newsroom.call("publish", str(room.folder))

        page.goto(f"http://127.0.0.1:{room.letterbox}/")
        page.get_by_role("link", name="Story 1").click()
        comment = page.locator("li[id^=c-]")
        shown = comment.inner_text()
        rule = comment.get_by_role("link", name="rule 3").get_attribute("href")
        ask(page, room, code)
        answer = page.locator("main").inner_text()

    assert undecided == "There is no decision yet"
    assert "more than a cut" in refusal
    assert "A neighbour" in shown
    assert "[name removed]" in shown
    assert "Tarek" not in shown
    assert rule == "/rules/en/1/#rule-3"
    assert "Tarek Osman" in answer
    assert "[name removed]" in answer
    # What the desk set; the letterbox sets none.
    assert sorted(one["name"] for one in without_scripts.cookies()) == ["csrf", "desk"]


def test_reader_takes_her_letter_back(
    room: newsroom.Newsroom, without_scripts: BrowserContext
) -> None:
    page = without_scripts.new_page()
    with newsroom.serving(room, only=["letterbox"]):
        code = write(page, room, "I should not have written this.")
        ask(page, room, code)
        page.get_by_role("button", name="Take my letter back").click()
        expect(page.locator("h1")).to_have_text("Take your letter back?")
        page.get_by_role("button", name="No, keep it").click()
        expect(page.locator("h1")).to_have_text("There is no decision yet")
        page.get_by_role("button", name="Take my letter back").click()
        expect(page.locator("h1")).to_have_text("Take your letter back?")
        page.get_by_role("button", name="Take my letter back").click()
        expect(page.locator("h1")).to_have_text("Your letter will be taken back")
        newsroom.call("collect", str(room.folder))
        newsroom.call("publish", str(room.folder))
        ask(page, room, code)
        answer = page.locator("main").inner_text()
        page.goto(f"http://127.0.0.1:{room.letterbox}/")
        page.get_by_role("link", name="Story 1").click()

        expect(page.locator("li[id^=c-]")).to_have_count(0)

    assert "I should not have written this." not in answer
    assert "back" in answer
