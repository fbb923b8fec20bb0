"""Readers' pages in every language: no faults, and no line too long.

Dark are only tokens, which know of no language: two languages, the whole way, show them.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from letterdesk.tags import LANGUAGES
from tests.journeys import discussions
from tests.journeys.conftest import keep
from tests.values import an_id

_OVERFLOW = """() => document.documentElement.scrollWidth > innerWidth"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a newsroom that publishes in every language is served."""
    folder = tmp_path_factory.mktemp("languages") / "newsroom"
    with discussions.served(folder) as address:
        yield address


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address in a browser of that width, colours and language."""
    contexts = []

    def opened(address: str, language: str, *, width: int, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 844},
            color_scheme=scheme,
            locale=language,
            bypass_csp=True,  # for the scan, which is a script
            java_script_enabled=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


def paths(language: str) -> list[str]:
    """Give where pages of every kind lie in one language."""
    story = f"/t/{discussions.story_id(language)}"
    own = "" if language == LANGUAGES[0] else f"{language}/"
    return [
        f"{story}/",
        f"{story}/reply?to={an_id(1)}",
        f"{story}/notices?comment={an_id(1)}",
        f"/rules/{language}/",
        f"/stories/{own}" if own else "/",
        "/receipt",
        f"/report/{own}",
        "/unavailable.html",
        "/nowhere/",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_discussion_in_every_language_has_no_faults(
    address: str,
    open_page: Callable[..., Page],
    faults: Callable[[Page], list[str]],
    language: str,
) -> None:
    story, *_ = paths(language)
    page = open_page(address + story, language, width=390)

    found = faults(page)

    page.evaluate("document.querySelector('#comments').scrollIntoView()")
    keep(page, f"language-{language}-light")
    assert found == []


@pytest.mark.parametrize(("language", "scheme"), [("ug", "dark"), ("bo", "light")])
def test_no_page_has_a_fault_from_right_to_left_or_in_a_tall_script(
    address: str,
    open_page: Callable[..., Page],
    faults: Callable[[Page], list[str]],
    language: str,
    scheme: str,
) -> None:
    for path in paths(language)[1:]:
        page = open_page(address + path, language, width=390, scheme=scheme)
        assert (path, faults(page)) == (path, [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_wider_than_a_small_telephone(
    address: str, open_page: Callable[..., Page], language: str
) -> None:
    page = open_page(address, language, width=320)
    too_wide = []
    for path in paths(language):
        page.goto(address + path)
        if page.evaluate(_OVERFLOW):
            too_wide.append(path)

    assert too_wide == []


def test_every_language_is_wide_enough_for_a_finger(
    address: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{address}/receipt", "en", width=390)

    widths = page.locator(".tongues > a").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().width)"
    )

    assert len(widths) == len(LANGUAGES)
    assert min(widths) >= 44
