"""A comment of very many lines leaves the rest of its page in reach, and is read whole."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import discussions
from tests.journeys.conftest import keep
from tests.processes import wait_until

_LOOKS = [
    (390, "light", "en"),
    (1280, "dark", "en"),
    (390, "dark", "ko"),
    (390, "light", "ug"),
]
_SIZES = (
    """(box) => [box.clientHeight < innerHeight, box.scrollHeight > 20 * innerHeight]"""
)
_WHOLE = """(box) => box.clientHeight >= box.scrollHeight"""
# Whether there is a shade, where it stays, that it leaves presses alone, and whether the
# last words are above it.
_SHADE = """(box) => {
  const shade = getComputedStyle(box, "::after");
  const words = box.lastElementChild.getBoundingClientRect();
  const foot = box.getBoundingClientRect().bottom - parseFloat(shade.height);
  return [
    shade.backgroundImage.startsWith("linear-gradient"),
    shade.position,
    shade.pointerEvents === "none",
    words.bottom <= foot + 1,
  ];
}"""
_HEIGHT = "() => document.documentElement.scrollHeight"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("long") / "newsroom"
    with discussions.served(folder, with_long=True) as address:
        yield address


@pytest.fixture(params=_LOOKS, ids=str)
def page(browser: Browser, request: pytest.FixtureRequest, address: str) -> Iterator[Page]:
    """The story's page in one look, its long comment in focus."""
    width, scheme, language = request.param
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        color_scheme=scheme,
        bypass_csp=True,  # for what the tests ask of the page
    )
    page = context.new_page()
    page.goto(f"{address}/t/{discussions.story_id(language)}/")
    page.get_by_role("group", name=discussions.WORDS[language]["name"]).focus()
    keep(page, f"long-{width}-{scheme}-{language}")
    yield page
    context.close()


def test_a_comment_of_very_many_lines_scrolls_by_keyboard_in_less_than_a_screen(
    page: Page,
) -> None:
    box = page.locator(".comment-long")

    page.keyboard.press("End")
    wait_until(lambda: page.evaluate("document.activeElement.scrollTop > 10_000"))

    assert box.evaluate(_SIZES) == [True, True]
    assert page.evaluate(_HEIGHT) < 10 * 844


def test_it_has_no_fault_for_those_who_hear_the_page(
    page: Page, faults: Callable[[Page], list[str]]
) -> None:
    assert faults(page) == []


def test_on_paper_it_is_whole(page: Page) -> None:
    box = page.locator(".comment-long")
    expect(box).to_have_count(1)

    page.emulate_media(media="print")

    assert box.evaluate(_WHOLE)


@pytest.fixture
def foreign(page: Page, address: str) -> Page:
    """Another site's page in that look, which includes the discussion and embed.css."""
    story = page.url.rstrip("/").rpartition("/")[2]
    thread = page.request.get(f"{address}/t/{story}/thread.html").text()
    body = (
        '<!doctype html><meta charset="utf-8">'
        '<meta name="color-scheme" content="light dark">'
        '<meta name="viewport" content="width=device-width"><title>The bus</title>'
        f'<link rel="stylesheet" href="/embed.css"><main>{thread}</main>'
    )
    page.route(
        "**/foreign", lambda route: route.fulfill(body=body, content_type="text/html")
    )
    page.goto(f"{address}/foreign")
    return page


def test_in_a_foreign_page_a_shade_says_that_there_is_more_and_covers_no_last_word(
    foreign: Page,
) -> None:
    box = foreign.locator(".comment-long")
    size = foreign.viewport_size["width"]
    looked_at = f"{foreign.locator('.letterdesk').get_attribute('lang')}-{size}"
    box.scroll_into_view_if_needed()
    keep(foreign, f"long-foreign-{looked_at}")

    begun = box.evaluate(_SHADE)
    box.evaluate("(box) => box.scrollTo(0, box.scrollHeight)")
    done = box.evaluate(_SHADE)
    keep(foreign, f"long-foreign-{looked_at}-end")

    assert begun == [True, "sticky", True, False]
    assert done == [True, "sticky", True, True]
