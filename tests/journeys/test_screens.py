"""Screens of the demo newsroom: an accessibility scan finds nothing, light or dark.

Every page of the desk as it opens is in test_every_screen; here is what keys open on them.

With LETTERDESK_SCREENSHOTS=FOLDER the screens are saved there; `make screenshots` does it.
"""

import os
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from benchmarks import newsroom
from tests import newsrooms
from tests.journeys import desk
from tests.journeys.conftest import keep
from tests.newsrooms import demo

__all__ = ["demo"]


SIZES = {"desk": (1280, 860), "phone": (390, 844)}
# Dark are only tokens, and no token knows of a width: each is scanned once. Pictures are
# taken of all four.
PLACES = [("light", "desk"), ("dark", "phone")]
if os.environ.get("LETTERDESK_SCREENSHOTS"):
    PLACES += [("dark", "desk"), ("light", "phone")]
HEADLINES = {
    "english": "Eleven people boarded the night bus",
    "korean": "강을 건너다",
    "chinese": "烛台渡早市",
}


@pytest.fixture(scope="module")
def room(
    demo: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[newsroom.Newsroom]:
    made = newsrooms.move(newsrooms.copy(demo, tmp_path_factory.mktemp("demo")))
    with newsroom.serving(made, only=["letterbox"]), newsroom.serving(made, only=["desk"]):
        yield made


@pytest.fixture(params=PLACES, ids="-".join)
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    scheme, size = request.param
    width, height = SIZES[size]
    made = browser.new_context(
        color_scheme=scheme,
        viewport={"width": width, "height": height},
        has_touch=size == "phone",
        is_mobile=size == "phone",
        bypass_csp=True,  # for the scan, which is a script; the pages allow none
        locale="en-GB",
    )
    yield made
    made.close()


def name_of(page: Page, part: str) -> str:
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    width = page.viewport_size["width"] if page.viewport_size else 0
    return f"{part}-{width}-{'dark' if dark else 'light'}"


def test_readers_pages_have_no_faults(
    room: newsroom.Newsroom, context: BrowserContext, faults: Callable[[Page], list[str]]
) -> None:
    address = f"http://127.0.0.1:{room.letterbox}"
    receipt = tomllib.loads((room.folder / "demo.toml").read_text())["receipt"]
    page, found = context.new_page(), {}

    page.goto(address)
    found["index"] = faults(page)
    for language, headline in HEADLINES.items():
        page.goto(address)
        page.get_by_role("link", name=re.compile(headline)).click()
        found[language] = faults(page)
        keep(page, name_of(page, f"story-{language}"))
        page.locator(".comment-edited, #comments").last.scroll_into_view_if_needed()
        keep(page, name_of(page, f"thread-{language}"))
    for path in ("/rules/en/", "/rules/ko/", "/rules/ug/", "/report/", "/receipt"):
        page.goto(address + path)
        found[path] = faults(page)
        keep(page, name_of(page, path.strip("/").replace("/", "-")))
    page.locator("input[name=code]").fill(receipt)
    page.locator("main form button").click()
    found["outcome"] = faults(page)
    keep(page, name_of(page, "outcome"))

    assert [fault for faults_ in found.values() for fault in faults_] == []


def test_pages_made_of_what_a_reader_typed_have_no_faults(
    room: newsroom.Newsroom, context: BrowserContext, faults: Callable[[Page], list[str]]
) -> None:
    address = f"http://127.0.0.1:{room.letterbox}"
    page, found, headings = context.new_page(), {}, {}
    page.goto(address)
    page.get_by_role("link", name=re.compile(HEADLINES["english"])).click()
    story = page.url
    report, reply = (
        page.locator(f"a[href*='/{part}?']").first.get_attribute("href")
        for part in ("notices", "reply")
    )
    words = {"text": "Nobody told us where it went.", "name": "A neighbour"}

    for name, at, typed in (
        ("look", story, {**words, "preview": "1"}),
        ("thanks", story, words),
        ("refused", story, {"text": "x" * 5_001}),
        ("refused-name", story, words | {"name": "n" * 81}),
        ("answer", address + reply, None),
        ("notice", address + report, None),
        ("notice-refused", address + report, {"text": "x" * 5_001}),
        ("notice-taken", address + report, words),
        ("code-wrong", f"{address}/receipt", {"code": "A code"}),
        ("nothing", f"{address}/nothing", None),
    ):
        page.goto(at)
        if typed is not None:
            with page.expect_navigation():
                page.evaluate(_SEND, typed)
        found[name] = faults(page)
        headings[name] = page.locator("h1").inner_text()
        keep(page, name_of(page, name))

    assert {name: one for name, one in found.items() if one} == {}
    assert headings["look"] == "Before you send it"
    assert headings["refused"] == headings["refused-name"]
    assert headings["refused"] == "Your letter has not been sent"


_SEND = """fields => {
  const form = document.querySelector("main form");
  for (const [name, value] of Object.entries(fields)) {
    const known = form.elements[name]; // a button that nobody pressed is not sent
    const isField = known && known.type !== "submit";
    const field = isField ? known : document.createElement("input");
    Object.assign(field, { name, value });
    form.append(field);
  }
  form.submit();
}"""  # as without scripts: what listens for a submission hears nothing


def test_what_opens_on_a_moderators_screen_has_no_faults(
    room: newsroom.Newsroom, context: BrowserContext, faults: Callable[[Page], list[str]]
) -> None:
    address = f"http://127.0.0.1:{room.desk}"
    passwords = tomllib.loads((room.folder / "demo.toml").read_text())["passwords"]
    name, password = next(iter(passwords.items()))
    page, found = context.new_page(), {}

    desk.sign_in(page, room, name, password)
    keep(page, name_of(page, "desk-start"))
    page.goto(f"{address}/groups/")
    page.locator("main a[href$='/copies/']").first.click()
    page.locator("[data-opens=reject]").click()
    found["copies-reject"] = faults(page)
    page.goto(f"{address}/queue/?desk=english")
    page.locator("main a.line-excerpt").first.click()
    keep(page, name_of(page, "desk-comment"))
    page.locator("[data-opens=edit]").click()
    found["cut"] = faults(page)
    keep(page, name_of(page, "desk-cut"))

    assert [fault for faults_ in found.values() for fault in faults_] == []
