"""What a moderator prints: the letter, what was decided and why, and nothing to press."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks import newsroom
from benchmarks.letters import send
from tests import newsrooms
from tests.journeys import desk
from tests.journeys.conftest import keep

WRITTEN = "Buy your tickets from my cousin. He has the good ones."
_INKS = """() => ["body", ".letter", ".letter-text", ".pairs dd"].map((place) => {
  const { backgroundColor, color } = getComputedStyle(document.querySelector(place));
  return [backgroundColor, color];
})"""


@pytest.fixture
def rejected(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The card of a letter that was turned down, on a dark screen."""
    room = newsrooms.make(
        tmp_path / "newsroom",
        settings={"worker": {"collect_seconds": 3600}, "press": {"slot_minutes": 1440}},
    )
    story = newsroom.add_story(room, 1)
    send(room, story, [WRITTEN])
    with newsroom.serving(room, only=["desk"]):
        context = browser.new_context(locale="en-GB", color_scheme="dark")
        page = context.new_page()
        desk.sign_in(page, room, "mina", desk.add_person(room, "mina"))
        desk.begin(page, room, story)
        expect(page.locator("[data-letter]")).to_have_attribute("data-original", WRITTEN)
        page.keyboard.press("r")
        page.keyboard.press("6")
        page.get_by_role("link", name="Look at it again").click()
        expect(page.get_by_text("What its author is told")).to_be_visible()
        yield page
        context.close()


def test_a_card_is_printed_with_its_reasons_and_nothing_to_press(rejected: Page) -> None:
    page = rejected
    on_screen = page.get_by_role("button").count()
    expect(page.get_by_text("What it does", exact=True)).to_be_hidden()  # folded up

    page.emulate_media(media="print", color_scheme="light")  # as browsers do for paper
    keep(page, "paper-card")

    assert on_screen > 1
    assert page.locator("button:visible, .topbar:visible, textarea:visible").count() == 0
    heading = page.get_by_role("heading", level=1).bounding_box()
    assert heading
    assert heading["height"] > 10
    expect(page.get_by_text(WRITTEN)).to_be_visible()
    expect(page.get_by_text("What it does", exact=True)).to_be_visible()
    assert page.evaluate(_INKS) == [
        ["rgb(255, 255, 255)", "rgb(0, 0, 0)"],
        ["rgb(255, 255, 255)", "rgb(0, 0, 0)"],
        ["rgba(0, 0, 0, 0)", "rgb(0, 0, 0)"],
        ["rgba(0, 0, 0, 0)", "rgb(0, 0, 0)"],
    ]


def test_a_screen_reader_finds_the_letter_by_its_name(rejected: Page) -> None:
    letter = rejected.get_by_role("region", name="The letter", exact=True)

    expect(letter).to_contain_text(WRITTEN)
