"""The site's own page with scripts: sealed, answered in place, nothing lost."""

import re
import secrets
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, Route, expect

from letterdesk.domain import receipt
from letterdesk.domain.ids import new_id
from letterdesk.reader.assets import asset
from letterdesk.reader.render import render
from letterdesk.settings import Site
from tests.journeys.conftest import keep
from tests.journeys.hosts import Host, hosting
from tests.processes import wait_until
from tests.reader.vectors import ENCRYPT_THE_VECTOR, VECTOR
from tests.values import a_letter, a_story, an_id

CHANGED = ".form:has(textarea)"  # not the one that sends what is read over, as it is


def staying(page: Page) -> list[str]:
    """Answer every question whether to leave with no; give what was asked, as it comes."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    return asked


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    with hosting(tmp_path_factory.mktemp("own")) as host:
        host.put_letters(a_letter(id=an_id(1), story=host.story, text="The first word."))
        host.publish()
        yield host


@pytest.fixture
def page(with_scripts: BrowserContext, host: Host) -> Page:
    page = with_scripts.new_page()
    page.goto(f"{host.letterbox}/t/{host.story}/")
    return page


def test_nothing_is_fetched_before_she_starts_to_write(host: Host, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.reload()
    page.get_by_role("heading", name="Add your comment").wait_for()
    before = [one for one in asked if one.startswith(("write-", "seal-", "letterdesk"))]

    page.get_by_role("textbox", name="Your comment").focus()
    expect(page.locator(".counter")).to_have_text("0 / 5,000")

    assert before == []
    assert "letterdesk.json" in asked


def test_letter_is_sealed_and_the_receipt_stands_where_the_form_was(
    host: Host, page: Page, faults: Callable[[Page], list[str]]
) -> None:
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.post_data or ""))
    page.get_by_role("textbox", name="Your comment").focus()
    expect(page.locator(".form-sealed")).to_contain_text("sealed in your browser")
    page.get_by_role("textbox", name="Your comment").fill("Sealed on the own page.")
    found = faults(page)

    page.get_by_role("button", name="Read it over first").click()
    expect(page.get_by_role("textbox", name="Your comment")).to_be_hidden()
    expect(page.locator(".choices")).to_be_hidden()
    found += faults(page)
    keep(page, "own-look")
    page.get_by_role("button", name="Send to the newsroom").click()

    thanks = page.get_by_role("region", name="Thank you. Your letter has arrived.")
    expect(thanks).to_be_focused()
    keep(page, "own-receipt")
    [letter] = host.arrived("Sealed on the own page.")
    code = page.locator("code").inner_text()
    assert letter.lookup == receipt.derive(receipt.read_code(code)).lookup
    assert not [body for body in posted if "Sealed+on" in body or "Sealed%20on" in body]
    assert found + faults(page) == []


def test_answer_is_written_below_what_it_answers_and_can_be_left(
    host: Host, page: Page
) -> None:
    turn = page.locator(f"#c-{an_id(1)}")
    turn.get_by_role("link", name="Reply").click()
    page.get_by_role("textbox", name="Your comment").fill("Half a thought")

    page.get_by_role("button", name="Do not answer").click()
    expect(turn.get_by_role("textbox")).to_have_count(0)
    kept = page.get_by_role("textbox", name="Your comment").input_value()
    turn.get_by_role("link", name="Reply").click()
    page.get_by_role("button", name="Send to the newsroom").click()
    page.locator("code").wait_for()

    [letter] = host.arrived("Half a thought")
    assert (kept, letter.reply_to) == ("Half a thought", an_id(1))


def test_rfc_9180_s_own_vector_comes_out_of_the_browser(host: Host, page: Page) -> None:
    sealed = page.evaluate(
        "async ([module, given]) => {"
        "  const { encrypt, hex, unhex } = await import(module);"
        f"  return (async () => {ENCRYPT_THE_VECTOR})();"
        "}",
        [f"{host.letterbox}/{asset('seal.js')}", VECTOR],
    )

    assert sealed == VECTOR["pkEm"] + VECTOR["ct"]


@pytest.mark.parametrize("answer", ["stay", "leave"])
def test_leaving_with_unsent_words_is_asked_about(
    host: Host, page: Page, answer: str
) -> None:
    asked: list[str] = []

    def decide(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss() if answer == "stay" else dialog.accept()

    page.on("dialog", decide)
    page.get_by_role("textbox", name="Your comment").press_sequentially("Unsent.")
    page.locator(".counter").wait_for()

    with page.expect_event("dialog"):
        page.evaluate("setTimeout(() => location.reload(), 0)")
    if answer == "leave":
        expect(page.get_by_role("textbox", name="Your comment")).to_have_value("")

    left = page.get_by_role("textbox", name="Your comment").input_value()
    assert asked == ["beforeunload"]
    assert left == ("Unsent." if answer == "stay" else "")


def test_leaving_is_asked_about_in_a_browser_that_cannot_seal(
    host: Host, page: Page
) -> None:
    asked = staying(page)
    page.add_init_script(
        "crypto.subtle.generateKey = () => Promise.reject(new Error('unknown'))"
    )
    page.reload()
    field = page.get_by_role("textbox", name="Your comment")
    field.press_sequentially("Not sealed here.")

    with page.expect_event("dialog"):
        page.evaluate("setTimeout(() => location.reload(), 0)")
    kept = field.input_value()
    page.get_by_role("button", name="Send to the newsroom").click()
    page.get_by_role("heading", name="Thank you").wait_for()

    assert (asked, kept) == (["beforeunload"], "Not sealed here.")


def test_without_a_connection_before_she_writes_her_words_stay(
    host: Host, page: Page
) -> None:
    words = f"Written in a tunnel {new_id()}"
    page.context.set_offline(True)
    field = page.get_by_role("textbox", name="Your comment")
    field.fill(words)

    page.get_by_role("button", name="Send to the newsroom").click()

    told = page.get_by_role("alert")
    expect(told).to_contain_text("There is no connection just now.")
    expect(field).to_have_value(words)
    page.context.set_offline(False)
    page.get_by_role("button", name="Send to the newsroom").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    assert [one.text for one in host.arrived(words)] == [words]


def test_without_a_connection_while_she_writes_her_words_stay(
    host: Host, page: Page
) -> None:
    words = f"The network went {new_id()}"
    page.route("**/.well-known/letterdesk.json", lambda route: route.abort())
    field = page.get_by_role("textbox", name="Your comment")
    field.fill(words)
    page.locator(".counter").wait_for()
    page.context.set_offline(True)

    page.get_by_role("button", name="Send to the newsroom").click()

    expect(page.get_by_role("alert")).to_contain_text("There is no connection just now.")
    expect(field).to_have_value(words)
    page.context.set_offline(False)
    page.unroute("**/.well-known/letterdesk.json")
    page.get_by_role("button", name="Send to the newsroom").click()
    page.locator("code").wait_for()
    assert [one.text for one in host.arrived(words)] == [words]


def test_without_a_connection_where_nothing_is_sealed_her_words_stay(
    host: Host, page: Page
) -> None:
    words = f"Not sealed, not lost {new_id()}"
    page.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    page.reload()
    field = page.get_by_role("textbox", name="Your comment")
    field.fill(words)
    page.context.set_offline(True)

    page.get_by_role("button", name="Read it over first").click()

    expect(page.get_by_role("alert")).to_contain_text("There is no connection just now.")
    expect(field).to_have_value(words)
    page.context.set_offline(False)
    page.get_by_role("button", name="Send to the newsroom").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    assert [one.text for one in host.arrived(words)] == [words]


def test_without_a_connection_what_she_reports_stays(host: Host, page: Page) -> None:
    words = f"It gives my address {new_id()}"
    page.get_by_role("link", name="Report").first.click()
    field = page.get_by_role("textbox", name="What is wrong with it")
    field.fill(words)
    page.get_by_role("radio", name="It puts somebody in danger").check()
    page.context.set_offline(True)

    page.get_by_role("button", name="Send the report").click()

    expect(page.get_by_role("alert")).to_contain_text("There is no connection just now.")
    expect(field).to_have_value(words)
    keep(page, "report-offline")
    page.context.set_offline(False)
    page.get_by_role("button", name="Send the report").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    assert [(one.text, one.kind, one.alleged) for one in host.arrived(words)] == [
        (words, "notice", "danger")
    ]


def turned_down(host: Host) -> str:
    """Give the receipt code of a letter that was rejected."""
    number = secrets.randbits(128)
    keys = receipt.derive(number)
    letter = a_letter(
        id=new_id(),
        story=host.story,
        text="A word that was turned down.",
        lookup=keys.lookup,
        outcome_key=keys.outcome_key,
        action_digest=receipt.action_digest(keys.action_key),
    )
    host.put_letters(letter)
    host.turn_down()
    return receipt.show_code(number)


def test_without_a_connection_her_appeal_stays(host: Host, page: Page) -> None:
    words = f"It was my own name {new_id()}"
    code = turned_down(host)
    page.goto(f"{host.letterbox}/receipt?language=en")
    page.get_by_role("textbox").fill(code)
    page.get_by_role("button").first.click()
    field = page.get_by_role("textbox", name="Why it should be decided differently")
    field.fill(words)
    page.context.set_offline(True)

    page.get_by_role("button", name="Send the appeal").click()

    expect(page.get_by_role("alert")).to_contain_text("There is no connection just now.")
    expect(field).to_have_value(words)
    keep(page, "appeal-offline")
    page.context.set_offline(False)
    page.get_by_role("button", name="Send the appeal").click()
    page.get_by_role("heading", name="Your appeal has arrived").wait_for()
    assert [(one.text, one.kind) for one in host.arrived(words)] == [(words, "appeal")]


def test_without_a_connection_an_appeal_that_was_refused_stays(
    host: Host, page: Page
) -> None:
    words = f"It was my own name {new_id()}"
    code = turned_down(host)
    page.goto(f"{host.letterbox}/receipt?language=en")
    page.get_by_role("textbox").fill(code)
    page.get_by_role("button").first.click()
    page.get_by_role("button", name="Send the appeal").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Your letter has not been sent"
    )
    field = page.get_by_role("textbox", name="Why it should be decided differently")
    field.fill(words)
    page.context.set_offline(True)

    page.get_by_role("button", name="Send the appeal").click()

    told = page.get_by_role("alert").filter(has_text="There is no connection just now.")
    expect(told).to_be_visible()
    expect(field).to_have_value(words)
    page.context.set_offline(False)
    page.get_by_role("button", name="Send the appeal").click()
    page.get_by_role("heading", name="Your appeal has arrived").wait_for()
    assert [(one.text, one.kind) for one in host.arrived(words)] == [(words, "appeal")]


def handed_back(page: Page, words: str, *, name: str) -> None:
    """Read a letter over, unsealed; with a name too long it is refused instead."""
    page.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    page.reload()
    page.get_by_role("textbox", name="Your comment").fill(words)
    page.get_by_role("textbox", name="Name, if you like").fill(name)
    page.get_by_role("button", name="Read it over first").click()
    page.wait_for_url("**/comments")


@pytest.mark.parametrize(
    ("name", "pressed"),
    [("Mira", ".send-now"), ("Mira", CHANGED), ("n" * 81, CHANGED)],
    ids=["before it is sent, as it is", "before it is sent, changed", "refused"],
)
def test_without_a_connection_what_was_handed_back_stays(
    host: Host, page: Page, name: str, pressed: str
) -> None:
    words = f"Handed back {new_id()}"
    handed_back(page, words, name=name)
    if name != "Mira":
        page.get_by_role("textbox", name="Name, if you like").fill("Mira")
    page.context.set_offline(True)
    form = page.locator(pressed)
    send = form.get_by_role("button", name="Send to the newsroom")

    send.click()

    told = form.get_by_role("alert")
    expect(told).to_contain_text("There is no connection just now.")
    expect(page.get_by_role("textbox", name="Your comment")).to_have_value(words)
    page.context.set_offline(False)
    send.click()
    page.get_by_role("heading", name="Thank you").wait_for()
    assert [one.text for one in host.arrived(words)] == [words]


def test_with_scripts_what_was_handed_back_keeps_its_mark_and_counts_once(
    host: Host, page: Page
) -> None:
    words = f"Marked {new_id()}"
    handed_back(page, words, name="Mira")
    mark = page.locator(f"{CHANGED} [name=once]").input_value()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))

    page.locator(CHANGED).get_by_role("button", name="Send to the newsroom").click()
    page.get_by_role("heading", name="Thank you").wait_for()

    [body] = [one for one in sent if "text=" in one]
    assert re.findall(r"\bonce=(\w+)", body) == [mark]


def test_what_was_handed_back_is_asked_about_and_seals_nothing(
    host: Host, page: Page
) -> None:
    handed_back(page, "Half a thought", name="n" * 81)
    asked, fetched = staying(page), []
    page.on("request", lambda request: fetched.append(request.url))

    page.get_by_role("textbox", name="Your comment").press_sequentially("!")
    with page.expect_event("dialog"):
        page.evaluate("setTimeout(() => location.assign('/'), 0)")

    assert asked == ["beforeunload"]
    assert [one for one in fetched if "/assets/write-" in one] == []


@pytest.mark.parametrize("seals", [True, False])
def test_an_empty_form_is_answered_in_the_page_s_language(
    host: Host, page: Page, *, seals: bool
) -> None:
    if not seals:
        page.add_init_script(
            "Object.defineProperty(crypto, 'subtle', { value: undefined })"
        )
        page.reload()

    page.get_by_role("button", name="Send to the newsroom").click()

    expect(page.get_by_role("alert")).to_contain_text("There is no text yet.")
    field = page.get_by_role("textbox", name="Your comment")
    expect(field).to_have_attribute("aria-invalid", "true")
    if seals:
        expect(field).to_be_focused()
        error = "There is no text yet. Please write something and send it again."
        expect(field).to_have_accessible_error_message(error)
    expect(field).to_have_attribute("required", "")


def test_code_stands_with_the_rest_in_a_page_from_right_to_left(
    host: Host, page: Page
) -> None:
    page.get_by_role("textbox", name="Your comment").fill(f"From the right {new_id()}")
    page.get_by_role("button", name="Send to the newsroom").click()
    code = page.locator(".code")
    expect(code).to_have_css("text-align", "start")

    page.evaluate("document.documentElement.dir = 'rtl'")

    expect(code).to_have_css("text-align", "end")
    expect(code).to_have_css("direction", "ltr")


def test_new_key_of_the_newsroom_is_asked_for_and_used(host: Host, page: Page) -> None:
    page.get_by_role("textbox", name="Your comment").fill(f"For the new key {new_id()}")
    page.locator(".counter").wait_for()
    refused: list[int] = []

    def refuse_once(route: Route) -> None:
        if refused:
            route.continue_()
            return
        refused.append(422)
        problem = '{"status": 422, "code": "sealed-wrong", "detail": "An old key."}'
        route.fulfill(status=422, content_type="application/problem+json", body=problem)

    page.route("**/comments", refuse_once)
    page.get_by_role("button", name="Send to the newsroom").click()

    expect(page.locator("code")).to_be_visible()
    assert refused == [422]


def test_what_a_proxy_says_is_not_taken_for_an_answer(host: Host, page: Page) -> None:
    page.get_by_role("textbox", name="Your comment").fill("Behind a bad gateway.")
    page.locator(".counter").wait_for()
    page.route("**/comments", lambda route: route.fulfill(status=502, body="<h1>502</h1>"))

    page.get_by_role("button", name="Send to the newsroom").click()

    expect(page.get_by_role("alert")).to_contain_text("We cannot say whether")
    assert page.url.startswith(host.letterbox)
    assert host.arrived("Behind a bad gateway.") == []


def test_count_of_characters_is_read_with_its_field_and_not_at_every_key(
    host: Host, page: Page
) -> None:
    field = page.get_by_role("textbox", name="Your comment")
    field.focus()
    expect(page.locator(".counter")).to_have_text("0 / 5,000")
    before = page.locator("#text-hint").evaluate("(hint) => hint.childNodes.length")

    field.press_sequentially("Ten keys. ")
    expect(page.locator(".counter")).to_have_text("9 / 5,000")

    expect(page.locator("form").get_by_role("status")).to_have_count(0)
    after = page.locator("#text-hint").evaluate("(hint) => hint.childNodes.length")
    assert (before, after) == (3, 3)
    expect(field).to_have_accessible_description(
        "Plain text, at most 5,000 characters. 9 / 5,000"
    )


def test_reply_after_a_last_look_goes_on_writing(host: Host, page: Page) -> None:
    field = page.get_by_role("textbox", name="Your comment")
    field.fill("Looked at, then moved.")
    page.locator(".counter").wait_for()
    page.get_by_role("button", name="Read it over first").click()
    page.locator(".look").wait_for()

    page.locator(f"#c-{an_id(1)}").get_by_role("link", name="Reply").click()

    expect(page.locator(".look")).to_have_count(0)
    expect(field).to_be_focused()
    expect(field).to_have_value("Looked at, then moved.")


def test_words_to_which_she_came_back_are_asked_about_once_more(
    host: Host, page: Page
) -> None:
    asked = staying(page)
    page.route("**/.well-known/letterdesk.json", lambda route: route.abort())
    page.evaluate(  # in a function of its own: Playwright calls what an expression gives
        "() => { HTMLFormElement.prototype.submit = () => { window.isGone = true; }; }"
    )
    page.get_by_role("textbox", name="Your comment").press_sequentially("Sent as it is.")
    page.locator(".counter").wait_for()
    page.get_by_role("button", name="Send to the newsroom").click()
    wait_until(lambda: page.evaluate("window.isGone"))

    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    with page.expect_event("dialog"):
        page.evaluate("setTimeout(() => location.reload(), 0)")

    assert asked == ["beforeunload"]


@pytest.mark.parametrize("answer", [True, False], ids=["old way", "not at all"])
def test_clipboard_that_is_refused_is_not_passed_over_in_silence(
    host: Host, page: Page, *, answer: bool
) -> None:
    page.get_by_role("textbox", name="Your comment").fill(f"To be copied {new_id()}")
    page.locator(".counter").wait_for()
    page.get_by_role("button", name="Send to the newsroom").click()
    code = page.locator("code").inner_text()
    page.evaluate(
        "(answer) => {"
        "  navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));"
        "  document.execCommand = () => answer && (window.copied = `${getSelection()}`);"
        "}",
        answer,
    )

    page.get_by_role("button", name="Copy the code").click()

    if answer:
        page.get_by_role("button", name="Copied").wait_for()
        assert page.evaluate("window.copied") == code
    else:
        expect(page.get_by_role("alert")).to_contain_text("Write it down")
        expect(page.get_by_role("button", name="Copy the code")).to_be_visible()


def test_receipt_stays_beside_an_answer_and_not_for_whoever_comes_back(
    host: Host, page: Page
) -> None:
    field = page.get_by_role("textbox", name="Your comment")
    field.fill("Nobody else reads my code.")
    page.locator(".counter").wait_for()
    page.get_by_role("button", name="Read it over first").click()
    page.get_by_role("button", name="Send to the newsroom").click()
    page.locator("code").wait_for()
    page.get_by_role("link", name="Reply").click()
    expect(field).to_have_value("")
    field.fill("Another.")
    page.get_by_role("button", name="Send to the newsroom").click()
    expect(page.locator("code")).to_have_count(2)

    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")

    expect(page.locator("code")).to_have_count(0)
    expect(page.get_by_role("heading", name="Thank you")).to_have_count(0)
    expect(field).to_have_value("")


@pytest.mark.parametrize(
    ("box", "said", "kind"),
    [
        ("It is for the newsroom only", "It is never published.", "tip"),
        ("Publish it as I wrote it", "or not at all.", "as_written"),
    ],
)
def test_thanks_say_what_happens_next_with_such_a_letter(
    host: Host, page: Page, box: str, said: str, kind: str
) -> None:
    page.get_by_role("textbox", name="Your comment").fill(f"Such a letter {new_id()}")
    page.locator(".counter").wait_for()
    page.get_by_label(box).check()
    page.set_viewport_size({"width": 390, "height": 480})  # lower than the receipt
    page.get_by_role("button", name="Send to the newsroom").click()

    expect(page.locator("code")).to_be_in_viewport()
    steps = page.locator(".steps li")
    expect(steps).to_have_count(3)
    expect(steps.first).to_contain_text(said)
    assert said in render(
        "thanks.html",
        "en",
        site=Site(),
        story=a_story(),
        code="A",
        counts_once=True,
        letter_is=kind,
    )
