"""A comment of very many lines leaves the rest of its page in reach, and is read whole."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import discussions
from tests.journeys.conftest import keep

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
    page.wait_for_function("() => document.activeElement.scrollTop > 10_000")

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
