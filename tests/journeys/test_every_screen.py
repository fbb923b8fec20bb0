"""Every page of the desk: an accessibility scan finds nothing, light or dark.

A page that is not listed here fails the test.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from benchmarks import newsroom
from benchmarks.letters import send
from letterdesk.domain.envelope import pack_batch
from letterdesk.domain.ids import new_id
from tests import newsrooms
from tests.desk.views.addresses import NOT_OURS, PAGES
from tests.journeys import desk
from tests.journeys.conftest import keep
from tests.newsrooms import demo

__all__ = ["demo"]


PLACES = [("light", (1280, 860)), ("dark", (390, 844))]
SCREENS = {  # name → address; {table} is the id of one of them
    "account_login": "/sign-in/",
    "account_inactive": "/sign-in/closed/",
    "account_logout": "/sign-out/",
    "account_reauthenticate": "/sign-in/again/",
    "start": "/",
    "queue": "/queue/",
    "comments": "/comments/?status=held",
    "comment": "/comments/{comment}/",
    "copies": "/comments/{copy}/copies/",
    "groups": "/groups/",
    "civil": "/groups/civil/?desk=english&language=en",
    "group": "/groups/{group}/",
    "mine": "/mine/",
    "letters": "/letters/",
    "appeal": "/letters/appeals/{appeal}/",
    "notice": "/letters/notices/{notice}/",
    "tip": "/letters/tips/{tip}/",
    "stories": "/stories/",
    "new_story": "/stories/new/",
    "risks": "/stories/risks/",
    "story": "/stories/{story}/",
    "rules": "/rules/",
    "draft": "/rules/draft/",
    "write_draft": "/rules/draft/in/ko/",
    "discard_draft": "/rules/draft/discard/",
    "put_into_force": "/rules/draft/into-force/",
    "rules_preview": "/rules/as-readers-see/draft/en/",
    "names": "/names/?story={story}",
    "audit": "/audit/",
    "entry": "/audit/1/",
    "report": "/report/",
    "figures": "/figures/",
    "publish": "/publish/",
    "people": "/people/",
    "new_person": "/people/new/",
    "person": "/people/{person}/",
    "unopened": "/unopened/",
    "account": "/account/",
    "first_password": "/account/first-password/",
    "sessions": "/account/sessions/",
    "second": "/account/second/",
    "add_app": "/account/second/app/",
    "add_passkey": "/account/second/passkeys/",
    "learning": "/learning/",
    "help": "/help/",
}
UNBROKEN = {  # what is on them has long words
    "unbroken": "/comments/{unbroken}/",
    "story-unbroken": "/stories/{wordy}/",
    "queue-unbroken": "/queue/?story={wordy}",
}
NO_PAGES = {  # files, and addresses that only lead to another page
    *("next", "rules_asset", "report_statements", "figures_csv", "language"),
    *("mfa_authenticate", "mfa_login_webauthn"),  # test_sign_in goes there
}
_IDS = {
    "comment": "SELECT public_id FROM desk_comment WHERE state = 'pending'",
    "copy": "SELECT public_id FROM desk_comment WHERE state = 'pending' AND id IN "
    '(SELECT a.comment_id FROM desk_copy a JOIN desk_copy b ON a."group" = b."group" '
    "AND a.comment_id <> b.comment_id)",
    "group": 'SELECT "group" FROM desk_decision WHERE "group" <> \'\'',
    "appeal": "SELECT public_id FROM desk_appeal WHERE is_open",
    "notice": "SELECT public_id FROM desk_notice WHERE is_open",
    "tip": "SELECT public_id FROM desk_tip",
    "story": "SELECT public_id FROM desk_story WHERE risk = 'sensitive'",
    "person": "SELECT id FROM desk_user WHERE username = 'carol'",
    "unbroken": "SELECT public_id FROM desk_comment WHERE name LIKE 'WWW%'",
    "wordy": "SELECT public_id FROM desk_story WHERE url LIKE '%/wordy'",
}


def test_every_page_is_listed_here() -> None:
    pages = PAGES.keys() | NOT_OURS

    assert pages == SCREENS.keys() | NO_PAGES, (
        f"Add to SCREENS of {__file__}: {sorted(pages - SCREENS.keys() - NO_PAGES)}; "
        f"take out: {sorted((SCREENS.keys() | NO_PAGES) - pages)}"
    )


@pytest.fixture(scope="module")
def ready(
    demo: Path, tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> Iterator[tuple[newsroom.Newsroom, str]]:
    """The demo newsroom with something on every page, and an admin's password."""
    made = newsrooms.move(newsrooms.copy(demo, tmp_path_factory.mktemp("screens")))
    password = desk.add_person(made, "ada", role="admin")
    desk.add_person(made, "ben", role="admin")
    (made.spool / new_id()).write_bytes(pack_batch([b"no letter"]))
    with sqlite3.connect(made.folder / "desk.db") as database:
        (story,) = database.execute(
            "SELECT public_id FROM desk_story WHERE language = 'en' AND risk = 'ordinary'"
        ).fetchone()
    send(made, story, ["A" * 1_000 + "\u0301" * 60], name="W" * 80)
    desk.add_person(made, "w" * 60)
    wordy = ("--url", "https://news.example/wordy", "--headline", "Elektrizität" * 9)
    newsroom.call("story", "add", str(made.folder), *wordy, "--language", "en")
    with newsroom.serving(made, only=["desk"]):
        page = browser.new_context(java_script_enabled=False, locale="en-GB").new_page()
        desk.sign_in(page, made, "ada", password)
        _fill(page, f"http://127.0.0.1:{made.desk}")
        page.context.close()
        yield made, password


def _fill(page: Page, address: str) -> None:
    """Add an account that waits, begin a draft, protect a name, hold letters together."""
    page.goto(f"{address}/people/new/")
    page.get_by_label("User name").fill("carol")
    page.get_by_role("button", name="Add", exact=True).click()
    page.goto(f"{address}/rules/")
    page.get_by_role("button", name="Begin the next version", exact=True).click()
    page.goto(f"{address}/names/")
    page.get_by_label(re.compile("What moderators read")).fill("the victim")
    page.get_by_label(re.compile("The name, one")).fill("Daniel Roe")
    page.get_by_role("button", name="Put on the list").click()
    page.goto(f"{address}/groups/")
    page.locator("main a[href$='/copies/']").first.click()
    for box in page.get_by_role("checkbox", name="I have read it").all()[:2]:
        box.check()
    page.get_by_role("button", name=re.compile("^Hold what is ticked")).click()
    page.wait_for_load_state()


@pytest.fixture(params=PLACES, ids=[scheme for scheme, _ in PLACES])
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    scheme, (width, height) = request.param
    made = browser.new_context(
        color_scheme=scheme,
        viewport={"width": width, "height": height},
        bypass_csp=True,  # for the scan, which is a script; the pages allow none
        locale="en-GB",
    )
    yield made
    made.close()


def test_no_page_of_the_desk_has_faults(
    ready: tuple[newsroom.Newsroom, str],
    context: BrowserContext,
    faults: Callable[[Page], list[str]],
) -> None:
    room, password = ready
    page, found = context.new_page(), dict[str, list[str]]()
    ids = _ids(room)

    desk.come_back(page, room, "ada", password)
    for name, address in SCREENS.items():
        if name in {"account_login", "first_password"}:
            continue  # for who is not signed in, or not quite
        answer = page.goto(f"http://127.0.0.1:{room.desk}{address.format(**ids)}")
        assert answer
        status = 403 if name == "account_inactive" else 200
        assert (name, answer.status) == (name, status)
        _open(page)
        found[name] = faults(page)
        keep(page, f"every-{name}-{page.viewport_size['width']}")  # type: ignore[index]
    context.clear_cookies()
    page.goto(f"http://127.0.0.1:{room.desk}/sign-in/")
    found["account_login"] = faults(page)
    first = newsroom.call("user", "reset", str(room.folder), "carol").strip()
    page.get_by_label("User name").fill("carol")
    page.get_by_label("Password").fill(first)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/first-password/")
    found["first_password"] = faults(page)

    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert found.keys() == SCREENS.keys()


_ALONE = """() => {
  const middle = (one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return (top + bottom) / 2;
  };
  const seen = [...document.querySelectorAll(".decide-bar button")]
    .filter((one) => one.checkVisibility());
  const skip = seen.find((one) => one.dataset.key === "s");
  return !seen.some((one) => one !== skip && Math.abs(middle(one) - middle(skip)) < 10);
}"""


def test_skip_never_stands_on_a_row_of_its_own(
    ready: tuple[newsroom.Newsroom, str], browser: Browser
) -> None:
    room, password = ready
    with sqlite3.connect(room.folder / "desk.db") as database:
        (letter,) = database.execute(
            "SELECT public_id FROM desk_comment WHERE risk = 'sensitive' "
            "AND state = 'pending'"
        ).fetchone()
    alone = {}

    for locale in ("en-GB", "ko-KR", "zh-CN", "ug-CN"):
        context = browser.new_context(locale=locale)
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{room.desk}/sign-in/")
        page.locator("[name=login]").fill("ada")
        page.locator("[name=password]").fill(password)
        page.locator("main button[type=submit]").first.click()
        page.wait_for_url(f"http://127.0.0.1:{room.desk}/")
        page.goto(f"http://127.0.0.1:{room.desk}/comments/{letter}/")
        for width in (390, 768, 1024, 1100, 1200, 1280, 1366, 1440):
            page.set_viewport_size({"width": width, "height": 860})
            alone[locale, width] = page.evaluate(_ALONE)
        context.close()

    assert [place for place, is_alone in alone.items() if is_alone] == []


_UNREADABLE = """(isFinger) => {
  const seen = (one) => one.checkVisibility() && !one.closest(".unseen, .skip-link");
  const say = (one) => one.innerText.trim() || one.name || one.localName;
  const isScrolled = (one) => one.closest(".tabs, .table-frame:not(:has(.table-stacked))");
  const cut = [...document.querySelectorAll("main *, .topbar *")].filter(seen)
    .filter((one) => !isScrolled(one) && !one.closest("svg"))
    .filter((one) => {
      const { left, right } = one.getBoundingClientRect();
      return left < -1 || right > innerWidth + 1;
    });
  const inSentence = (one) => getComputedStyle(one).display === "inline"
    && one.parentElement.innerText.trim() !== one.innerText.trim();
  const pressed = "a[href], button, summary, select, input:not([type=hidden])";
  const small = [...document.querySelectorAll(pressed)].filter(seen)
    .filter((one) => !(one.localName === "a" && inSentence(one)))
    .filter((one) => {
      const { width, height } = (one.closest("label") ?? one).getBoundingClientRect();
      const least = isFinger && one.matches(".button:not(.button-plain)") ? 44 : 24;
      return width < 24 || height < least;
    });
  return [
    ...(document.documentElement.scrollWidth > innerWidth ? ["scrolls sideways"] : []),
    ...cut.map((one) => `beyond the edge: ${say(one)}`),
    ...small.map((one) => `small: ${say(one)}`),
  ];
}"""
# What a reader with low vision sets (WCAG 1.4.12); 320 pixels are 1280 at 400 % (1.4.10).
_SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }"""


_SMALL = {"viewport": {"width": 320, "height": 256}}
_PHONE = {"viewport": {"width": 390, "height": 844}}
_FINGER = _PHONE | {"has_touch": True, "is_mobile": True}


@pytest.mark.parametrize(
    ("how", "style", "language"),
    [
        (_SMALL, "", "en"),
        (_PHONE, _SPACED, "ug"),
        (_FINGER, "", "en"),
        (_FINGER, "", "ug"),
    ],
    ids=["400 percent-en", "spaced-ug", "finger-en", "finger-ug"],
)
def test_every_page_is_whole_and_every_target_in_reach(
    ready: tuple[newsroom.Newsroom, str],
    browser: Browser,
    how: dict[str, object],
    style: str,
    language: str,
) -> None:
    room, password = ready
    is_finger = "has_touch" in how
    context = browser.new_context(locale="en-GB", bypass_csp=True, **how)  # type: ignore[arg-type]
    address = f"http://127.0.0.1:{room.desk}"
    page, found = context.new_page(), dict[str, list[str]]()
    desk.come_back(page, room, "ada", password)
    context.add_cookies([{"name": "language", "value": language, "url": address}])
    ids = _ids(room)

    for name, path in (SCREENS | UNBROKEN).items():
        if name in {"account_login", "account_inactive", "first_password"}:
            continue
        page.goto(f"{address}{path.format(**ids)}")
        assert page.locator("main h1").count() == 1
        _open(page)
        if style:
            page.add_style_tag(content=style)
        found[name] = page.evaluate(_UNREADABLE, is_finger)
        keep(page, f"whole-{name}-{language}-{how['viewport']['width']}")  # type: ignore[index]
    context.close()

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_system_colours_tell_the_tab_of_this_page(
    ready: tuple[newsroom.Newsroom, str], browser: Browser
) -> None:
    room, password = ready
    context = browser.new_context(forced_colors="active", locale="en-GB")
    page = context.new_page()
    desk.come_back(page, room, "ada", password)
    page.goto(f"http://127.0.0.1:{room.desk}/comments/?status=held")

    told = {
        place: page.locator(f"{place} a").evaluate_all(
            "(all, side) => Object.groupBy(all, (one) => getComputedStyle(one)[side])", side
        )
        for place, side in (
            (".topbar-nav", "borderBottomColor"),
            (".tabs", "borderTopColor"),
        )
    }
    current = {place: page.locator(f"{place} [aria-current]").count() for place in told}
    context.close()

    assert current == {".topbar-nav": 1, ".tabs": 1}
    assert {
        place: sorted(len(links) for links in found.values())[:1]
        for place, found in told.items()
    } == {".topbar-nav": [1], ".tabs": [1]}
    assert all(len(found) == 2 for found in told.values())


_PARTED = """() => [...document.querySelectorAll(".table :is(th, td)")].flatMap((cell) => {
  const parted = [], words = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    for (const { 0: word, index } of words.currentNode.data.matchAll(/\\S+/g)) {
      const range = new Range();
      range.setStart(words.currentNode, index);
      range.setEnd(words.currentNode, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (lines.size > 1) parted.push(word);
    }
  }
  return parted;
})"""


def test_no_word_in_a_table_is_parted_on_a_korean_phone(
    ready: tuple[newsroom.Newsroom, str], browser: Browser
) -> None:
    room, password = ready
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="ko-KR")
    page = context.new_page()

    page.goto(f"http://127.0.0.1:{room.desk}/sign-in/")
    page.locator("input[name=login]").fill("ada")
    page.locator("input[name=password]").fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"http://127.0.0.1:{room.desk}/")
    parted = {}
    for name in ("people", "audit"):
        page.goto(f"http://127.0.0.1:{room.desk}{SCREENS[name]}")
        assert page.locator(":root:lang(ko) .table td").count() > 10
        parted[name] = [
            word for word in page.evaluate(_PARTED) if "w" * 60 not in word
        ]  # a name that is wider than the screen
    context.close()

    assert parted == {"people": [], "audit": []}


def _open(page: Page) -> None:
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


def _ids(room: newsroom.Newsroom) -> dict[str, str]:
    with sqlite3.connect(room.folder / "desk.db") as database:
        return {
            name: str(database.execute(f"{query} ORDER BY id LIMIT 1").fetchone()[0])
            for name, query in _IDS.items()
        }
