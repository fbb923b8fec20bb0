"""Whatever letter is on the screen, every decision on it is whole, and in reach at once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks import newsroom
from benchmarks.letters import send
from tests import newsrooms
from tests.journeys import desk
from tests.journeys.conftest import keep

SIZES = ((1280, 720), (1280, 800), (1440, 900), (1920, 1080))
LANGUAGES = {"en": "en", "ko": "ko", "zh-Hans": "zh-hans", "ug": "ug"}  # to the screens'
SHORT = "Call Tarek Hamed, 12 Elm Street, phone 212-555-0147, you idiot."
LONG = " ".join([SHORT] + ["Nobody told us where the night bus went after that."] * 80)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PANELS = {"e": "edit", "r": "reject", "h": "hold"}

# What of a decision cannot be seen whole, by its words.
HIDDEN = """() => {
  const clips = (one) => {
    const found = [[0, 0, innerWidth, innerHeight]];
    for (let up = one.parentElement; up; up = up.parentElement) {
      if (!/auto|scroll|hidden/.test(getComputedStyle(up).overflowY)) continue;
      const box = up.getBoundingClientRect();
      found.push([box.left, box.top, box.right, box.bottom]);
    }
    return found;
  };
  const covered = (one, box) => {
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const at = document.elementFromPoint(x, y);
    return !one.contains(at) && !at?.contains(one);
  };
  const out = (box, [left, top, right, bottom]) => (
    Math.min(box.left - left, box.top - top, right - box.right, bottom - box.bottom) < -1
  );
  const fields = "textarea, input:not([type])";
  return [...document.querySelectorAll(
    `.decide :is(button, .choice-label, summary, [data-closes], ${fields})`,
  )]
    .filter((one) => one.checkVisibility())
    .filter((one) => !one.closest("details:not([open]) > :not(summary)"))
    .filter((one) => {
      const box = one.getBoundingClientRect();
      return covered(one, box) || clips(one).some((clip) => out(box, clip));
    })
    .map((one) => (one.innerText || one.name || one.textContent).trim());
}"""
LETTER_SEEN = """() => {
  const letter = document.querySelector("[data-letter]").getBoundingClientRect();
  const floor = document.querySelector(".decide").getBoundingClientRect().top;
  return Math.min(letter.bottom, floor, innerHeight) - Math.max(letter.top, 0);
}"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[newsroom.Newsroom]:
    made = newsrooms.make(
        tmp_path_factory.mktemp("reach") / "newsroom",
        settings={
            "site": {"languages": list(LANGUAGES)},
            "worker": {"collect_seconds": 3600},
            "press": {"slot_minutes": 1440},
        },
    )
    with newsroom.serving(made, only=["desk"]):
        yield made


@pytest.fixture(scope="module")
def password(room: newsroom.Newsroom) -> str:
    return desk.add_person(room, "mina")


def open_desk(
    browser: Browser,
    room: newsroom.Newsroom,
    password: str,
    screen: str,
    *,
    name: str = "mina",
    **how: object,
) -> Page:
    still = {
        "locale": "en-GB",
        "reduced_motion": "reduce",
    }  # what is measured does not glide
    context = browser.new_context(**still, **how)  # type: ignore[arg-type]
    page = context.new_page()
    desk.come_back(page, room, name, password)
    context.add_cookies(
        [{"name": "language", "value": screen, "url": f"http://127.0.0.1:{room.desk}"}]
    )
    return page


@pytest.mark.parametrize("text", [SHORT, LONG], ids=["short", "long"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_decision_is_whole_and_in_reach(
    browser: Browser, room: newsroom.Newsroom, password: str, language: str, text: str
) -> None:
    story = newsroom.add_story(room, f"{language}-{len(text)}", language=language)
    send(room, story, [text])
    page = open_desk(browser, room, password, LANGUAGES[language])
    hidden: dict[str, list[str]] = {}

    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        desk.begin(page, room, story)
        expect(page.locator("[data-letter]")).to_have_attribute("data-original", text)
        expect(page.locator(".remark").first).to_be_attached()
        name = f"reach-{language}-{len(text)}-{width}x{height}"
        hidden[f"{name}-bar"] = page.evaluate(HIDDEN)
        keep(page, f"{name}-bar")
        for key, panel in PANELS.items():
            page.keyboard.press(key)
            expect(page.locator(f"[data-panel={panel}]")).to_be_visible()
            hidden[f"{name}-{panel}"] = page.evaluate(HIDDEN)
            keep(page, f"{name}-{panel}")
            page.keyboard.press("Escape")
    page.context.close()

    assert {name: one for name, one in hidden.items() if one} == {}


@pytest.mark.parametrize("text", [SHORT, LONG], ids=["short", "long"])
@pytest.mark.parametrize("language", ["en", "ug"])
def test_letter_is_seen_on_a_phone_while_it_is_cut(
    browser: Browser, room: newsroom.Newsroom, password: str, language: str, text: str
) -> None:
    story = newsroom.add_story(room, f"phone-{language}-{len(text)}", language=language)
    send(room, story, [text])
    page = open_desk(browser, room, password, LANGUAGES[language], **PHONE)
    desk.begin(page, room, story)
    name = f"phone-{language}-{len(text)}"
    keep(page, f"{name}-bar")
    bar = page.evaluate(HIDDEN)

    expect(page.locator("[data-opens=edit]")).to_have_attribute("aria-expanded", "false")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")  # far below the letter
    page.locator("[data-opens=edit]").tap()
    expect(page.locator("[data-panel=edit]")).to_be_visible()
    keep(page, f"{name}-edit")

    assert bar == []
    assert page.evaluate(LETTER_SEEN) > 60
    expect(page.locator("[data-panel=edit] [data-save]")).to_be_in_viewport(ratio=1)
    page.context.close()


@pytest.mark.parametrize("text", [SHORT, LONG], ids=["short", "long"])
@pytest.mark.parametrize(
    ("panel", "seen"), [("reject", "[data-letter]"), ("name", ".letter-name")]
)
def test_what_is_decided_on_is_seen_on_a_phone(
    browser: Browser,
    room: newsroom.Newsroom,
    password: str,
    text: str,
    panel: str,
    seen: str,
) -> None:
    story = newsroom.add_story(room, f"phone-{panel}-{len(text)}")
    send(room, story, [text])
    how = PHONE | {"viewport": {"width": 360, "height": 740}}
    page = open_desk(browser, room, password, "en", **how)
    desk.begin(page, room, story)
    opener = page.locator(f"[data-opens={panel}]")
    expect(opener).to_have_attribute("aria-expanded", "false")

    opener.tap()

    expect(page.locator(f"[data-panel={panel}]")).to_be_visible()
    keep(page, f"phone-{panel}-{len(text)}")
    place, floor = (page.locator(one).bounding_box() for one in (seen, ".decide"))
    assert place
    assert floor
    assert place["y"] >= 0
    assert place["y"] + min(place["height"], 80) < floor["y"]
    expect(page.locator(f"[data-panel={panel}] [data-save]")).to_be_in_viewport(ratio=1)
    page.context.close()


@pytest.mark.parametrize("how", [{}, PHONE], ids=["desk", "phone"])
def test_what_triage_noticed_is_seen_before_a_long_letter_is_decided_on(
    browser: Browser, room: newsroom.Newsroom, password: str, how: dict[str, object]
) -> None:
    lines = ["a line", *["another line"] * 300, "I know where you live."]
    story = newsroom.add_story(room, f"long-{len(how)}")
    send(room, story, ["\n".join(lines)])
    page = open_desk(browser, room, password, "en", **how)
    desk.begin(page, room, story)
    threat = page.locator(".facts a.tag-pencil", has_text="Threat")

    expect(threat).to_be_in_viewport(ratio=1)
    keep(page, f"noticed-{'phone' if how else 'desk'}")
    threat.click()
    expect(page.locator("#remark-1 .remark-label")).to_be_in_viewport(ratio=1)
    page.locator("#remark-1 .remark-link").click()
    expect(page.locator(".mark-pencil").first).to_be_in_viewport(ratio=1)
    page.context.close()


def test_buttons_of_a_second_approval_stand_in_one_row(
    browser: Browser, room: newsroom.Newsroom, password: str
) -> None:
    story = newsroom.add_story(room, "by-two", risk="sensitive")
    send(room, story, [SHORT])
    first = open_desk(browser, room, password, "en")
    desk.begin(first, room, story)
    first.locator("[data-opens=approve]").click()
    first.locator("[data-panel=approve] [data-save]").click()
    first.locator(".flash", has_text="First approval given").wait_for()
    first.context.close()
    page = open_desk(browser, room, desk.add_person(room, "noor"), "en", name="noor")

    page.set_viewport_size({"width": 1280, "height": 800})
    desk.begin(page, room, story)
    expect(page.locator("[data-opens=approve]")).to_contain_text("second of two")

    tops = "(all) => all.map((one) => Math.round(one.getBoundingClientRect().top))"
    assert (
        len(set(page.locator(".decide-bar .button:not(.button-plain)").evaluate_all(tops)))
        == 1
    )
    page.context.close()


def test_without_scripts_no_key_is_shown(
    browser: Browser, room: newsroom.Newsroom, password: str
) -> None:
    story = newsroom.add_story(room, "no-scripts")
    send(room, story, [SHORT])
    page = open_desk(browser, room, password, "en", java_script_enabled=False)

    desk.begin(page, room, story)

    expect(page.locator("[data-opens=hold]")).to_be_visible()
    expect(page.locator(".button kbd").filter(visible=True)).to_have_count(0)
    page.context.close()


def test_keys_are_shown_where_there_is_a_keyboard(
    browser: Browser, room: newsroom.Newsroom, password: str
) -> None:
    story = newsroom.add_story(room, "keys")
    send(room, story, [SHORT, LONG])
    page = open_desk(browser, room, password, "en", **PHONE)
    desk.begin(page, room, story)
    cap = page.locator("[data-opens=edit] kbd")

    expect(page.locator("[data-opens=hold]")).to_have_attribute("aria-expanded", "false")
    expect(cap).to_be_hidden()
    page.locator("[data-opens=hold]").tap()
    page.locator("#hold-note").press_sequentially("A keyboard on the screen.")
    expect(cap).to_be_hidden()
    page.locator("[data-panel=hold] [data-closes]").tap()
    expect(page.locator("[data-panel=hold]")).to_be_hidden()
    page.keyboard.press("Shift")
    expect(cap).to_be_visible()
    page.reload()
    expect(cap).to_be_visible()
    page.context.close()
    by_mouse = open_desk(browser, room, password, "en")
    desk.begin(by_mouse, room, story)
    expect(by_mouse.locator("[data-opens=edit] kbd")).to_be_visible()
    by_mouse.context.close()
