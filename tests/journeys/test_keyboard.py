"""The whole journey by keyboard alone, with scripts and without."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks import newsroom
from tests import newsrooms

WRITTEN = "Nobody told us where the bus went."
_FOCUS = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const style = getComputedStyle(one);
  return {
    name: one.name || one.textContent.trim(),
    seen: box.top < innerHeight && box.bottom > 0 && box.right > 0 && box.left < innerWidth,
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}"""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[newsroom.Newsroom]:
    made = newsrooms.make(
        tmp_path / "newsroom",
        settings={"worker": {"collect_seconds": 3600}, "press": {"slot_minutes": 1440}},
    )
    with newsroom.serving(made, only=["letterbox"]):
        yield made


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(
        java_script_enabled=request.param,
        locale="en-GB",
        viewport={"width": 390, "height": 844},
    )
    yield context.new_page()
    context.close()


def tab_to(page: Page, name: str) -> list[str]:
    """Press Tab until something of this name has the focus; give what had it on the way.

    Whatever has the focus can be seen and is marked.
    """
    passed = []
    for _ in range(60):
        page.keyboard.press("Tab")
        focus = page.evaluate(_FOCUS)
        assert (focus["name"], focus["seen"], focus["marked"]) == (
            focus["name"],
            True,
            True,
        )
        if re.fullmatch(name, focus["name"]):
            return passed
        passed.append(focus["name"])
    return pytest.fail(f"Tab does not lead to {name!r}, only to {passed}.")


def test_reader_writes_asks_and_takes_back_by_keyboard(
    room: newsroom.Newsroom, page: Page
) -> None:
    address = f"http://127.0.0.1:{room.letterbox}"
    page.goto(f"{address}/t/{newsroom.add_story(room, 1)}/")

    passed = tab_to(page, "text")
    page.keyboard.type(WRITTEN)
    passed += tab_to(page, "name")
    page.keyboard.type("A neighbour")
    passed += tab_to(page, "as_written")
    page.keyboard.press("Space")
    passed += tab_to(page, "Send to the newsroom")
    page.keyboard.press("Enter")
    page.get_by_text("Thank you. Your letter has arrived.").wait_for()
    code = page.locator("code").first.inner_text()
    page.goto(f"{address}/receipt")
    tab_to(page, "code")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no decision yet")
    tab_to(page, "Take my letter back")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Take your letter back?")
    tab_to(page, "Take my letter back")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Your letter will be taken back"
    )
    assert passed[0] == "Skip to the content"
    assert "homepage" not in passed  # the trap is for robots


def test_skip_link_leads_past_the_masthead(room: newsroom.Newsroom, page: Page) -> None:
    page.goto(f"http://127.0.0.1:{room.letterbox}/receipt")

    tab_to(page, "Skip to the content")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.name") == "code"
