"""Sent twice by a browser, and gone back to: nothing is taken twice, no word is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from benchmarks import chromium, newsroom
from tests import newsrooms
from tests.journeys.hosts import Host, hosting
from tests.processes import wait_until

WORDS = "Words that must not be lost."
NINE = "강"  # bytes in a form: Chromium lays out a million letters for half a minute
NO_X25519 = (
    "crypto.subtle.generateKey = () => Promise.reject(new DOMException('', "
    "'NotSupportedError'));"
)


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    with hosting(tmp_path_factory.mktemp("again")) as host:
        yield host


@pytest.fixture(scope="module")
def remembering(browser: Browser) -> Iterator[Browser]:
    """Chromium as people have it: a page that was left is kept as it was, for a while."""
    running = browser.browser_type.launch(
        executable_path=chromium.path(),
        args=chromium.ARGUMENTS,
        ignore_default_args=["--disable-back-forward-cache"],
        timeout=180_000,
    )
    yield running
    running.close()


@pytest.fixture
def left(remembering: Browser) -> Iterator[Page]:
    context = remembering.new_context(java_script_enabled=False, locale="en-GB")
    yield context.new_page()
    context.close()


def test_without_scripts_a_letter_that_was_read_over_first_counts_once(
    host: Host, without_scripts: BrowserContext
) -> None:
    page = without_scripts.new_page()
    _write(page, host, "Read over first.")
    page.get_by_role("button", name="Read it over first").click()
    page.get_by_role("button", name="Send to the newsroom").first.click()
    first = page.locator("code").inner_text()

    page.reload()

    again = page.locator("code").inner_text()
    assert again == first
    assert "load this page anew" not in page.locator("main").inner_text()
    assert len({letter.id for letter in host.arrived("Read over first.")}) == 1
    assert len(host.arrived("Read over first.")) == 2


def test_without_scripts_the_page_s_own_form_asks_not_to_be_sent_again(
    host: Host, without_scripts: BrowserContext
) -> None:
    page = without_scripts.new_page()
    _write(page, host, "Sent as it is.")
    page.get_by_role("button", name="Send to the newsroom").click()

    expect(page.locator(".receipt-again")).to_contain_text("do not load this page anew")


def test_with_scripts_that_cannot_seal_it_counts_once(
    host: Host, with_scripts: BrowserContext
) -> None:
    with_scripts.add_init_script(NO_X25519)
    page = with_scripts.new_page()
    _write(page, host, "Sent without a seal.")
    page.get_by_role("button", name="Send to the newsroom").click()
    first = page.locator("code").inner_text()

    page.reload()

    assert page.locator("code").inner_text() == first
    assert len({letter.id for letter in host.arrived("Sent without a seal.")}) == 1


def test_on_a_foreign_page_what_cannot_be_sealed_counts_once(
    host: Host, with_scripts: BrowserContext
) -> None:
    page = with_scripts.new_page()
    page.goto(host.article())
    page.get_by_role("link", name="Add your comment").click()
    page.get_by_role("textbox", name="Your comment").fill("From a foreign page.")
    page.route(
        "**/comments",
        lambda route: (
            route.fulfill(
                status=422,
                content_type="application/problem+json",
                body='{"code": "empty"}',
            )
            if "sealed=" in (route.request.post_data or "")
            else route.continue_()
        ),
    )
    page.get_by_role("button", name="Send to the newsroom").click()
    first = page.locator("code").inner_text()

    page.reload()

    assert page.locator("code").inner_text() == first
    assert len({letter.id for letter in host.arrived("From a foreign page.")}) == 1


def test_words_are_still_there_when_the_letterbox_did_not_answer(
    left: Page, tmp_path: Path
) -> None:
    room = newsrooms.make(tmp_path / "newsroom")
    story = newsroom.add_story(room, 1)
    newsroom.call("publish", str(room.folder))
    with newsroom.serving(room, only=["letterbox"]):
        left.goto(f"http://127.0.0.1:{room.letterbox}/t/{story}/")
        left.get_by_role("textbox", name="Your comment").fill(WORDS)

    left.get_by_role("button", name="Send to the newsroom").click(no_wait_after=True)
    wait_until(lambda: left.title() == "127.0.0.1")  # the browser's own page of errors
    left.go_back(wait_until="commit")

    expect(left.get_by_role("textbox", name="Your comment")).to_have_value(WORDS)


@pytest.mark.parametrize(
    ("words", "said", "is_handed_back"),
    [
        ("", "There is no text yet", True),
        ("x" * 6_000, "has 6,000 characters", True),
        ("x" * 100_000, "too large", True),
        (NINE * 45_000, "too large", False),
        (NINE * 170_000, "too large", False),
    ],
    ids=["empty", "long", "large", "larger", "huge"],
)
def test_what_was_refused_is_handed_back_or_lies_behind_it(
    host: Host, left: Page, words: str, said: str, *, is_handed_back: bool
) -> None:
    _write(left, host, words or " ")
    left.get_by_role("textbox", name="Name, if you like").fill("Mira")

    left.get_by_role("button", name="Send to the newsroom").click()
    expect(left.locator("main")).to_contain_text(said)
    handed_back = left.locator("textarea").all()
    if is_handed_back:
        expect(handed_back[0]).to_have_value(words or " ")
    left.go_back(wait_until="commit")
    expect(left.get_by_role("heading", name="Add your comment")).to_be_visible()

    assert len(handed_back) == is_handed_back
    expect(left.get_by_role("textbox", name="Your comment")).to_have_value(words or " ")
    expect(left.get_by_role("textbox", name="Name, if you like")).to_have_value("Mira")


def test_an_answer_that_was_begun_is_still_there(host: Host, left: Page) -> None:
    _write(left, host, "First published.")
    left.get_by_role("button", name="Send to the newsroom").click()
    left.locator("code").wait_for()
    host.publish()
    left.goto(f"{host.letterbox}/t/{host.story}/")
    left.get_by_role("link", name="Reply").first.click()
    left.get_by_role("textbox", name="Your comment").fill(WORDS)

    left.get_by_role("link", name="Terms of Use").first.click()
    left.go_back(wait_until="commit")

    expect(left.get_by_role("textbox", name="Your comment")).to_have_value(WORDS)


def _write(page: Page, host: Host, text: str) -> None:
    page.goto(f"{host.letterbox}/t/{host.story}/")
    page.get_by_role("textbox", name="Your comment").fill(text)
