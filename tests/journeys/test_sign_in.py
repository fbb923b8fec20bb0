"""A first sign-in: a password of her own, a passkey, and in without a password."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from benchmarks import newsroom
from tests import newsrooms
from tests.journeys.conftest import keep
from tests.processes import wait_until

PASSWORD = "the old ferry leaves"


@pytest.fixture(scope="module")
def room(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[newsroom.Newsroom, str]]:
    """A desk that asks admins for a second factor, and an admin's first password."""
    folder = tmp_path_factory.mktemp("sign-in") / "newsroom"
    made = newsrooms.make(folder, settings={"desk": {"second_factor_roles": ["admin"]}})
    first = newsroom.call("user", "add", str(folder), "ada", "--role", "admin").strip()
    with newsroom.serving(made, only=["desk"]):
        yield made, first


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser at localhost, where passkeys work without https; the policy counts."""
    made = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
    yield made
    made.close()


def enter(page: Page, name: str, password: str) -> None:
    """Fill in the form and send it."""
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def with_key(page: Page) -> None:
    """Give the browser a key that its owner always unlocks."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def choose(page: Page) -> None:
    """Type a new password, once, and look at it."""
    new = page.get_by_label("New password")
    new.fill(PASSWORD)
    page.get_by_label("Show what I type").check()
    assert new.get_attribute("type") == "text"
    assert page.get_by_label("Once more").is_hidden()


def test_a_new_admin_sets_up_a_passkey_and_needs_no_password_any_more(
    room: tuple[newsroom.Newsroom, str], context: BrowserContext
) -> None:
    made, first = room
    page, said = context.new_page(), list[str]()
    page.on("console", lambda line: said.append(line.text))
    with_key(page)

    page.goto(f"http://localhost:{made.desk}/")
    enter(page, "ada", first)
    choose(page)
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text("This newsroom asks for a second factor.").wait_for()
    keep(page, "second-390")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("A name for it").fill("my phone")
    page.get_by_role("button", name="Make it").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    codes = page.locator(".codes code").all_inner_texts()
    page.get_by_role("link", name="I have them").click()
    page.get_by_text("my phone").first.wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("navigation", name="Desk").wait_for()
    page.goto(f"http://localhost:{made.desk}/people/")

    assert page.get_by_role("heading", name="People").is_visible()
    assert len(set(codes)) == 10
    assert [line for line in said if "Content Security" in line or "Error" in line] == []

    page.get_by_role("button", name="Sign out").click()
    enter(page, "ada", PASSWORD)
    page.get_by_role("heading", name="Second step").wait_for()
    keep(page, "second-step-390")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("navigation", name="Desk").wait_for()


def test_a_second_press_while_the_browser_asks_for_a_passkey_asks_nothing(
    room: tuple[newsroom.Newsroom, str], context: BrowserContext
) -> None:
    made, _ = room
    page = context.new_page()
    page.add_init_script(
        "const ask = window.fetch;"
        "window.asked = 0;"
        "window.fetch = (...what) => (window.asked += 1, ask(...what));"
        "navigator.credentials.get = () => new Promise((resolve, reject) => {"
        "  window.refuse = reject;"
        "});"
    )
    page.goto(f"http://localhost:{made.desk}/sign-in/")
    button = page.get_by_role("button", name="Sign in with a passkey")

    button.click()
    wait_until(lambda: page.evaluate("Boolean(window.refuse)"))
    button.click()
    asked = page.evaluate("window.asked")
    page.evaluate("refuse(new Error('given up'))")
    page.locator("[data-passkey] [role=alert]").wait_for()
    button.click()

    assert (asked, page.evaluate("window.asked")) == (1, 2)


def test_the_new_screens_have_no_faults(
    room: tuple[newsroom.Newsroom, str],
    browser: Browser,
    faults: Callable[[Page], list[str]],
) -> None:
    made, _ = room
    address = f"http://127.0.0.1:{made.desk}"
    arguments = ("user", "add", str(made.folder), "erin", "--role", "editor")
    first = newsroom.call(*arguments).strip()
    found: dict[str, list[str]] = {}
    password = first
    for scheme, width in (("light", 1280), ("dark", 390)):
        context = browser.new_context(
            color_scheme=scheme,
            viewport={"width": width, "height": 844},
            bypass_csp=True,  # for the scan, which is a script; the pages allow none
            locale="en-GB",
        )
        page = context.new_page()
        page.goto(address)
        with page.expect_navigation():
            enter(page, "erin", password)
        if password == first:
            found["first password"] = faults(page)
            page.get_by_label("New password").fill(PASSWORD)
            with page.expect_navigation():
                page.get_by_role("button", name="Keep it").click()
            page.goto(f"{address}/rules/")
            with page.expect_navigation():
                page.get_by_role("button", name="Begin the next version").click()
        password = PASSWORD
        for path in (
            "/rules/",
            "/rules/draft/",
            "/rules/draft/in/ko/?beside=en",
            "/rules/draft/into-force/",
            "/account/",
            "/account/second/",
            "/account/second/app/",
            "/account/second/passkeys/",
            "/account/sessions/",
            "/sign-in/again/",
        ):
            page.goto(address + path)
            found[f"{path} {scheme}"] = faults(page)
            keep(page, f"people{path.split('?')[0].replace('/', '-')}{width}-{scheme}")
        context.close()

    assert {name: one for name, one in found.items() if one} == {}
