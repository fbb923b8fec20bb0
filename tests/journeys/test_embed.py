"""Comments in a foreign page: read, write sealed, receipt, desk, and back into the page."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from benchmarks import newsroom
from letterdesk.domain import receipt
from letterdesk.domain.ids import new_id
from letterdesk.reader.terms import terms
from tests.journeys import foreign
from tests.journeys.conftest import keep
from tests.journeys.hosts import Host, hosting
from tests.processes import wait_until
from tests.values import a_letter, an_id

WRITTEN = "My cousin was on that bus.\n\nNobody told us where it went: 강, 河, دەريا."
HOSTILE = """
* { letter-spacing: 0.5em; text-transform: uppercase; text-align: right; }
p, h2, h3, li, a, button, textarea, section, article { display: none; color: red; }
.comment, .turn, .thread, .button, .write, .letterdesk { display: none; opacity: 0; }
"""
NO_X25519 = """
const generate = SubtleCrypto.prototype.generateKey;
SubtleCrypto.prototype.generateKey = function (how, ...rest) {
  if (how === "X25519") return Promise.reject(new Error("unknown"));
  return generate.call(this, how, ...rest);
};
"""
LATE = """
const ask = fetch;
window.fetch = async (address, how) => {
  const answer = await ask(address, { ...how, signal: undefined });
  if (!String(address).includes("/3/")) return answer;
  const words = await answer.text();
  await new Promise((resolve) => (window.letCome = resolve));
  return new Response(words);
};
"""
MEASURE = """(root) => Array.from(root.querySelectorAll("*"), (one) => {
  const style = getComputedStyle(one);
  const looked = ["display", "color", "letterSpacing", "textTransform", "textAlign"];
  return [one.localName, ...looked.map((name) => style[name])];
})"""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    with hosting(tmp_path_factory.mktemp("embed")) as host:
        yield host


@pytest.fixture
def page(with_scripts: BrowserContext) -> Page:
    return with_scripts.new_page()


def requests_of(page: Page) -> list[Request]:
    found: list[Request] = []
    page.on("request", lambda request: found.append(request))
    return found


def origin_of(request: Request) -> str:
    return "/".join(request.url.split("/")[:3])


def write(page: Page, text: str, *, name: str = "") -> None:
    page.get_by_role("link", name="Add your comment").click()
    page.get_by_role("textbox", name="Your comment").fill(text)
    page.get_by_role("textbox", name="Name, if you like").fill(name)


def with_pages(host: Host, first: int) -> None:
    """Have at least three pages of comments, of three each."""
    ids = [an_id(number) for number in range(first, first + 7)]
    host.put_letters(*(a_letter(id=one, story=host.story, text="One turn.") for one in ids))
    host.publish()


def send(page: Page) -> str:
    """Press the button; give the receipt code that is shown."""
    page.get_by_role("button", name="Send to the newsroom").click()
    return page.locator("code").inner_text()


def test_letter_goes_from_a_foreign_page_to_the_desk_and_back_into_it(
    host: Host, page: Page, faults: Callable[[Page], list[str]]
) -> None:
    address = host.article()
    page.goto(address)
    asked = requests_of(page)

    write(page, WRITTEN, name="A neighbour")
    found = faults(page)
    code = send(page)
    found += faults(page)
    keep(page, "embed-receipt")
    [letter] = host.letters()
    sent = [one.post_data or "" for one in asked if one.method == "POST"]
    host.publish()
    page.goto(address)

    comment = page.locator("letterdesk-thread article")
    expect(comment).to_contain_text("Nobody told us where it went: 강, 河, دەريا.")
    expect(comment).to_contain_text("A neighbour")
    keys = receipt.derive(receipt.read_code(code))
    assert (letter.text, letter.name, letter.lookup) == (
        WRITTEN,
        "A neighbour",
        keys.lookup,
    )
    assert letter.action_digest == receipt.action_digest(keys.action_key)
    assert [body.partition("=")[0] for body in sent] == ["sealed"]
    assert {one.url.split("/t/")[0] for one in asked if "/t/" in one.url} == {
        host.letterbox
    }
    assert {origin_of(one) for one in asked} == {host.letterbox, host.origin}
    assert found + faults(page) == []
    assert page.url == address
    assert page.context.cookies() == []


def test_styles_of_a_hostile_page_stay_outside(host: Host, page: Page) -> None:
    host.put_letters(a_letter(id=new_id(), story=host.story, text="Mild words."))
    host.publish()
    page.goto(host.article("/mild"))
    before = measured(page)

    page.goto(host.article("/hostile", style=HOSTILE))

    assert measured(page) == before
    assert page.locator("h1").is_hidden() is False
    expect(page.locator("h1")).to_have_css("letter-spacing", "16px")


def test_page_lends_its_face_and_ink_and_its_properties(host: Host, page: Page) -> None:
    lent = "body { color: rgb(1, 2, 3); font-family: monospace; }"
    page.goto(host.article("/lent", style=lent))
    words = page.locator("letterdesk-thread .thread-title")
    expect(words).to_have_css("color", "rgb(1, 2, 3)")
    expect(words).to_have_css("font-family", "monospace")

    named = (
        "letterdesk-thread { --letterdesk-ink: rgb(9, 8, 7); --letterdesk-font: serif; }"
    )
    page.goto(host.article("/named", style=lent + named))

    expect(words).to_have_css("color", "rgb(9, 8, 7)")
    expect(words).to_have_css("font-family", "serif")


def test_without_webcrypto_the_form_is_on_the_newsroom_s_whole_page(
    host: Host, page: Page
) -> None:
    page.add_init_script("delete Crypto.prototype.subtle")
    page.goto(host.article("/old"))

    page.get_by_role("link", name="Add your comment").click()
    page.wait_for_url(f"{host.letterbox}/t/{host.story}/#write")
    page.get_by_role("textbox", name="Your comment").fill("Sent by the ordinary form.")
    page.get_by_role("button", name="Send to the newsroom").click()

    expect(page.locator("h1")).to_have_text("Thank you. Your letter has arrived.")
    assert len(host.arrived("Sent by the ordinary form.")) == 1


def test_without_x25519_it_is_the_same(host: Host, page: Page) -> None:
    page.add_init_script(NO_X25519)
    page.goto(host.article("/older"))

    page.get_by_role("link", name="Add your comment").click()

    page.wait_for_url(f"{host.letterbox}/t/{host.story}/#write")


def test_sealing_that_fails_in_the_middle_sends_the_ordinary_form_once(
    host: Host, page: Page
) -> None:
    page.goto(host.article("/middle"))
    write(page, "Sealing broke on this one.")
    page.evaluate("() => { crypto.subtle.encrypt = () => Promise.reject(new Error()); }")

    page.get_by_role("button", name="Send to the newsroom").click()

    expect(page.locator("h1")).to_have_text("Thank you. Your letter has arrived.")
    assert len(host.arrived("Sealing broke on this one.")) == 1


def test_letter_whose_thanks_were_lost_on_the_way_counts_once(
    host: Host, page: Page
) -> None:
    page.goto(host.article("/lossy"))
    lost: list[int] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/comments", lose)
    write(page, "Did this arrive?")
    page.get_by_role("button", name="Send to the newsroom").click()
    expect(page.get_by_role("alert")).to_contain_text("We cannot say whether")
    kept = page.get_by_role("textbox", name="Your comment").input_value()
    code = send(page)

    first, second = host.arrived("Did this arrive?")
    newsroom.call("collect", str(host.room.folder))
    assert (lost, kept) == ([201], "Did this arrive?")
    assert first == second
    assert first.lookup == receipt.derive(receipt.read_code(code)).lookup
    assert host.texts().count("Did this arrive?") == 1


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("   ", "", "There is no text yet."),
        ("\u3164\u200b", "", "There is no text yet."),
        ("x" * 5001, "", "Your text is too long."),
        ("Words.", "n" * 81, "The name is too long."),
        ("Words\x00", "", "There are characters in it that are not text."),
    ],
)
def test_what_the_desk_could_not_take_is_said_before_it_is_sealed(
    host: Host, page: Page, text: str, name: str, said: str
) -> None:
    before = host.spooled()
    page.goto(host.article("/wrong"))
    write(page, text, name=name)

    page.get_by_role("button", name="Send to the newsroom").click()

    expect(page.get_by_role("alert")).to_contain_text(said)
    assert page.get_by_role("textbox", name="Your comment").input_value() == text
    assert host.spooled() == before


def test_refusal_of_the_letterbox_is_shown_beside_the_words(host: Host, page: Page) -> None:
    page.goto(host.article("/closed"))
    write(page, "Too late.")
    newsroom.call("letterbox", str(host.room.folder), "closed")
    try:
        page.get_by_role("button", name="Send to the newsroom").click()
        expect(page.get_by_role("alert")).to_contain_text("takes no letters just now")
    finally:
        newsroom.call("letterbox", str(host.room.folder), "open")

    assert page.get_by_role("textbox", name="Your comment").input_value() == "Too late."
    assert receipt.read_code(send(page))


def test_last_look_shows_the_words_and_the_rules_and_sends_nothing(
    host: Host, page: Page
) -> None:
    before = host.spooled()
    page.goto(host.article("/look"))
    write(page, "First.\n\n<b>Second</b>\nthird.", name="Mira")
    page.get_by_label("Publish it as I wrote it").check()

    page.get_by_role("button", name="Read it over first").click()

    look = page.locator(".look")
    look.wait_for()
    assert look.locator(".letter p").all_inner_texts() == [
        "First.",
        "<b>Second</b>\nthird.",
    ]
    assert look.locator(".letter strong").inner_text() == "Mira"
    expect(look.locator(".hint")).to_have_text(
        "It will be published as you wrote it, or not at all."
    )
    assert look.locator("li").count() == len(terms("en").rules)
    assert host.spooled() == before
    page.get_by_role("button", name="Go on writing").click()
    expect(page.get_by_role("textbox", name="Your comment")).to_be_focused()
    page.get_by_label("Publish it as I wrote it").uncheck()
    page.get_by_role("button", name="Read it over first").click()
    expect(look.locator(".hint")).to_contain_text("She may only cut words out of it")


def test_long_thread_is_read_page_by_page_and_answered_in_place(
    host: Host, page: Page
) -> None:
    host.put_letters(
        *(a_letter(id=an_id(n), story=host.story, text=f"Turn {n}.") for n in range(1, 8))
    )
    host.publish()
    last = f"#c-{an_id(7)}"

    page.goto(host.article("/long") + last)
    turn = page.locator(f"letterdesk-thread {last}")
    expect(turn).to_be_in_viewport()
    expect(turn).to_have_class("turn here")
    turn.get_by_role("link", name="Reply").click()
    expect(turn.get_by_role("heading", name="Your answer")).to_be_visible()
    page.get_by_role("textbox", name="Your comment").fill("I answer.")
    send(page)
    page.goto(host.article("/long"))
    page.get_by_role("link", name="Later comments").click()

    expect(page.locator("letterdesk-thread")).to_be_in_viewport()
    assert [one.reply_to for one in host.arrived("I answer.")] == [an_id(7)]
    assert page.url == host.origin + "/long"


def test_what_is_being_written_goes_along_to_another_page_of_the_thread(
    host: Host, page: Page
) -> None:
    ids = [an_id(n) for n in range(21, 28)]
    host.put_letters(
        *(a_letter(id=one, story=host.story, text="A further turn.") for one in ids)
    )
    host.publish()
    page.goto(host.article("/leaf"))
    page.get_by_role("link", name="Reply").first.click()
    page.get_by_role("textbox", name="Your comment").fill("Half a thought.")

    page.get_by_role("link", name="Later comments").click()

    page.get_by_role("link", name="Earlier comments").wait_for()
    field = page.get_by_role("textbox", name="Your comment")
    expect(field).to_have_value("Half a thought.")
    page.get_by_role("button", name="Do not answer").click()
    expect(field).to_be_focused()
    send(page)
    assert [one.reply_to for one in host.arrived("Half a thought.")] == [""]


def test_without_a_connection_she_stays_with_what_she_has_typed(
    host: Host, page: Page
) -> None:
    with_pages(host, 81)
    page.goto(host.article("/offline"))
    write(page, "Not gone.")
    page.context.set_offline(True)

    page.get_by_role("link", name="Later comments").click()

    told = page.locator("letterdesk-thread").get_by_role("alert")
    expect(told).to_contain_text("There is no connection just now.")
    field = page.get_by_role("textbox", name="Your comment")
    expect(field).to_have_value("Not gone.")
    page.context.set_offline(False)
    page.get_by_role("link", name="Later comments").click()
    expect(page.locator(".pages-here")).to_contain_text("Page 2 of")
    expect(told).to_have_count(0)
    expect(field).to_have_value("Not gone.")
    assert page.url == host.origin + "/offline"


def test_without_a_connection_no_form_comes_and_she_stays(host: Host, page: Page) -> None:
    page.goto(host.article("/no-form"))
    page.context.set_offline(True)

    page.get_by_role("link", name="Add your comment").click()

    told = page.locator("letterdesk-thread").get_by_role("alert")
    expect(told).to_contain_text("There is no connection just now.")
    page.context.set_offline(False)
    write(page, "Now it comes.")
    assert page.url == host.origin + "/no-form"


def test_without_a_connection_a_thread_of_an_older_version_says_so_in_its_language(
    host: Host, page: Page
) -> None:
    with_pages(host, 41)
    page.route("**/thread.html", as_an_older_version)
    page.goto(host.article("/offline-older"))
    later = page.get_by_role("link", name="Later comments")
    later.wait_for()
    page.wait_for_load_state("networkidle")
    page.unroute("**/thread.html")  # which would fetch without the browser's network
    page.context.set_offline(True)

    later.click()

    told = page.locator("letterdesk-thread").get_by_role("alert")
    expect(told).to_contain_text("지금은 연결되어 있지 않습니다.")
    page.context.set_offline(False)
    assert page.url == host.origin + "/offline-older"


def as_an_older_version(route: Route) -> None:
    """Give the thread in Korean, and without words for a missing connection."""
    answer = route.fetch()
    markup = re.sub(r' data-offline="[^"]*"', "", answer.text())
    markup = markup.replace(' lang="en"', ' lang="ko"', 1)
    route.fulfill(response=answer, body=markup)


def test_receipt_goes_along_to_another_page_and_beside_another_letter(
    host: Host, page: Page
) -> None:
    with_pages(host, 31)
    page.goto(host.article("/kept"))
    write(page, "The receipt of this one stays.")
    code = send(page)

    page.get_by_role("link", name="Later comments").click()
    page.get_by_role("link", name="Earlier comments").wait_for()
    turned = page.locator("code").inner_text()
    page.get_by_role("link", name="Reply").first.click()
    page.get_by_role("textbox", name="Your comment").fill("And one more.")
    beside = page.locator("code").inner_text()
    page.get_by_role("button", name="Send to the newsroom").click()

    expect(page.locator("code")).to_have_count(2)
    assert [turned, beside] == [code, code]
    assert len(set(page.locator("code").all_inner_texts())) == 2
    assert len(host.arrived("And one more.")) == 1


def test_last_press_on_a_page_counts_and_not_the_last_answer(
    host: Host, page: Page
) -> None:
    with_pages(host, 41)
    page.add_init_script(LATE)
    page.goto(host.article("/late"))
    page.get_by_role("link", name="Later comments").click()
    here = page.locator(".pages-here")
    expect(here).to_contain_text("Page 2 of")

    page.get_by_role("link", name="Later comments").click()
    wait_until(lambda: page.evaluate("Boolean(window.letCome)"))
    page.get_by_role("link", name="Earlier comments").click()
    expect(here).to_contain_text("Page 1 of")
    page.evaluate("() => { letCome(); return new Promise(requestAnimationFrame); }")

    expect(here).to_contain_text("Page 1 of")
    assert page.url == host.origin + "/late"


def test_who_listens_or_uses_keys_is_at_the_top_of_another_page(
    host: Host, page: Page
) -> None:
    with_pages(host, 51)
    page.goto(host.article("/heard"))

    page.get_by_role("link", name="Later comments").press("Enter")

    page.get_by_role("link", name="Earlier comments").wait_for()
    expect(page.locator("letterdesk-thread .thread-title")).to_be_focused()


def test_address_of_a_comment_leads_back_too_and_one_of_none_stays_here(
    host: Host, page: Page
) -> None:
    with_pages(host, 61)
    page.goto(host.article("/back"))
    first = page.locator("letterdesk-thread .turn").first.get_attribute("id")
    here = page.locator(".pages-here")
    for number in (2, 3):
        page.get_by_role("link", name="Later comments").click()
        expect(here).to_contain_text(f"Page {number} of")

    with page.expect_response("**/2/thread.html"):
        page.evaluate("() => { location.hash = 'c-nowhere'; }")
    expect(here).to_contain_text("Page 3 of")
    page.evaluate("(id) => { location.hash = id; }", first)

    expect(page.locator(f"#{first}")).to_have_class("turn here")
    expect(here).to_contain_text("Page 1 of")


def test_link_to_a_comment_leads_there_as_often_as_it_is_pressed(
    host: Host, page: Page
) -> None:
    with_pages(host, 71)
    page.goto(host.article("/again", style="main { padding-block-end: 5000px; }"))
    turn = page.locator("letterdesk-thread .turn").first
    day = turn.locator(".comment-day")
    day.click()
    expect(turn).to_have_class("turn here")

    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(turn).not_to_be_in_viewport()
    day.dispatch_event("click")

    expect(turn).to_be_in_viewport()


def test_second_press_while_the_form_comes_takes_no_words_away(
    host: Host, page: Page
) -> None:
    held: list[Route] = []
    page.route("**/form.html", lambda route: held.append(route))
    page.goto(host.article("/twice"))
    link = page.get_by_role("link", name="Add your comment")

    with page.expect_request("**/form.html"):
        link.click()
        link.click()
    page.evaluate("0")  # the route is told of right after its request: a round trip later
    held[0].continue_()
    field = page.get_by_role("textbox", name="Your comment")
    field.fill("Half a thought.")
    for late in held[1:]:
        with page.expect_response("**/form.html"):
            late.continue_()

    expect(field).to_have_value("Half a thought.")
    assert len(held) == 1


def test_receipt_is_printed_in_its_language_and_direction(host: Host, page: Page) -> None:
    page.add_init_script("window.print = () => {};")
    page.goto(host.article("/print"))
    write(page, "For the printer.")
    send(page)
    page.locator(".letterdesk").evaluate(
        "(one) => Object.assign(one, { lang: 'ug', dir: 'rtl' })"
    )

    page.get_by_role("button", name="Print").click()

    printed = page.locator(".thanks > iframe").content_frame.locator("html")
    expect(printed).to_have_attribute("dir", "rtl")
    expect(printed).to_have_attribute("lang", "ug")


def test_listing_page_shows_numbers(host: Host, page: Page) -> None:
    script = f'<script type="module" src="{host.letterbox}/embed.js"></script>'
    spots = f'<b data-letterdesk-count="{host.story}">some</b>'
    body = f'<p>{spots} <i data-letterdesk-count="x">no</i></p>'
    counts = json.loads((host.room.public / "counts.json").read_text())["counts"]

    page.goto(host.page("/list", script + body))

    expect(page.locator("b")).to_have_text(str(counts[host.story]))
    expect(page.locator("i")).to_have_text("no")


@pytest.mark.parametrize(
    "tag",
    [
        '<script type="module" src="{letterbox}/embed.js" data-story="{story}"></script>',
        '<script type="module" src="{letterbox}/embed.js" data-url="{url}"></script>',
        '<link rel="canonical" href="{url}"><script type="module" '
        'src="{letterbox}/embed.js" data-url></script>',
    ],
    ids=["story", "address", "canonical"],
)
def test_one_tag_is_enough(host: Host, page: Page, tag: str) -> None:
    facts = {"letterbox": host.letterbox, "story": host.story}

    page.goto(host.page("/tag", tag.format(**facts, url="https://News.test:443/story-1")))

    expect(page.locator("letterdesk-thread .thread-title")).to_be_visible()


def test_what_cannot_be_fetched_leaves_what_the_page_wrote(host: Host, page: Page) -> None:
    page.route("**/thread.html", lambda route: route.abort())

    page.goto(host.article("/down"))

    expect(page.get_by_role("link", name="Comments")).to_be_visible()


def test_site_that_is_not_allowed_reads_and_sends_nothing(host: Host, page: Page) -> None:
    with foreign.serving(host.pages) as other:
        host.article("/stranger")
        page.goto(f"{other}/stranger")

        expect(page.get_by_role("link", name="Comments")).to_be_visible()
        assert page.locator("letterdesk-thread .thread").count() == 0


def test_frame_shows_the_thread_to_allowed_sites_and_the_form_works_in_it(
    host: Host, page: Page
) -> None:
    framed = f'<iframe src="{host.letterbox}/t/{host.story}/frame.html" title="Comments">'
    page.goto(host.page("/framed", f"{framed}</iframe>"))
    frame = page.frame_locator("iframe")

    frame.get_by_role("textbox", name="Your comment").fill("From a frame.")
    frame.locator(
        ".counter"
    ).wait_for()  # until the script is there, an answer takes the tab
    frame.get_by_role("button", name="Send to the newsroom").click()

    expect(frame.locator("code")).to_be_visible()
    assert len(host.arrived("From a frame.")) == 1


def measured(page: Page) -> list[object]:
    """Give how the comments look, by what a reader sees of them."""
    page.locator("letterdesk-thread .comment-words").first.wait_for()
    return page.locator("letterdesk-thread .letterdesk").evaluate(MEASURE)


def test_right_to_left_comments_fit_into_a_left_to_right_page(
    host: Host, page: Page, faults: Callable[[Page], list[str]]
) -> None:
    story = newsroom.add_story(host.room, "ug", language="ug")
    newsroom.call("publish", str(host.room.folder))
    script = f'src="{host.letterbox}/embed.js" data-story="{story}"'
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(host.page("/ug", f'<script type="module" {script}></script>'))

    page.locator("letterdesk-thread a[href$='#write']").click()
    page.locator("letterdesk-thread .counter").wait_for()

    thread = page.locator("letterdesk-thread .letterdesk")
    expect(thread).to_have_css("direction", "rtl")
    leading = thread.evaluate(
        "(one) => parseFloat(getComputedStyle(one).lineHeight)"
        " / parseFloat(getComputedStyle(one).fontSize)"
    )
    assert round(leading, 2) == 1.95
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert faults(page) == []
