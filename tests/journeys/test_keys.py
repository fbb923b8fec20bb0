"""Keys that save the hand a way: to a note, to a mark, to the next of a list."""

import sqlite3
from collections.abc import Callable, Iterator
from itertools import count
from typing import cast

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from benchmarks import newsroom
from benchmarks.letters import send
from tests.journeys import desk
from tests.journeys.conftest import keep

MARKED = (
    "Tarek told us at noon. Call him on 212-555-0147, or write to tarek@ferry.example. "
    "The whole of Elm Street has heard of it by now."
)
_FOCUS = """(() => {
  const one = document.activeElement;
  return one.id || one.name || one.textContent.trim();
})()"""
_TOP = "document.querySelector('.letter').getBoundingClientRect().top"
_numbers = count(1)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[newsroom.Newsroom]:
    with desk.opened(tmp_path_factory.mktemp("keys") / "newsroom") as made:
        yield made


@pytest.fixture(scope="module")
def password(room: newsroom.Newsroom) -> str:
    return desk.add_person(room, "mina")


@pytest.fixture
def story(room: newsroom.Newsroom) -> str:
    return newsroom.add_story(room, next(_numbers))


@pytest.fixture
def mina(with_scripts: BrowserContext, room: newsroom.Newsroom, password: str) -> Page:
    page = with_scripts.new_page()
    page.set_viewport_size({"width": 1366, "height": 768})
    desk.come_back(page, room, "mina", password)
    return page


@pytest.fixture
def noor(browser: Browser, room: newsroom.Newsroom) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    desk.sign_in(page, room, "noor", desk.add_person(room, "noor"))
    yield page
    context.close()


def letter(page: Page, words: str) -> None:
    """Wait for a letter; whatever was pressed, focus is in the page that shows it."""
    expect(page.locator("[data-letter]")).to_have_attribute("data-original", words)
    expect(page.locator("main")).not_to_have_attribute("aria-busy", "true")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def selected(page: Page) -> str:
    return str(page.evaluate("String(getSelection())"))


def said(room: newsroom.Newsroom, story: str) -> list[tuple[str, str]]:
    """Give what was done with a story's letters and said to their authors, oldest first."""
    with sqlite3.connect(room.folder / "desk.db") as database:
        return database.execute(
            "SELECT decision.move, decision.note FROM desk_decision decision "
            "JOIN desk_comment comment ON comment.id = decision.comment_id "
            "JOIN desk_story story ON story.id = comment.story_id "
            "WHERE story.public_id = ? ORDER BY decision.id",
            [story],
        ).fetchall()


def test_letter_is_rejected_with_a_line_to_its_author_by_six_keys_and_the_words(
    room: newsroom.Newsroom, story: str, mina: Page, faults: Callable[[Page], list[str]]
) -> None:
    send(room, story, ["You are all wrong.", "Thank you."])
    desk.begin(mina, room, story)
    letter(mina, "You are all wrong.")

    press(mina, "r", "l")
    expect(mina.locator("#reject-note")).to_be_focused()
    expect(mina.locator("#panel-reject kbd.with-keys")).to_have_text("L")
    form = mina.get_by_role("form", name="Reject")  # who listens hears in which form she is
    for button, key in (("Reject", "Enter"), ("Cancel", "Escape")):
        pressed = form.locator("button, a").filter(has_text=button)
        expect(pressed).to_have_attribute("aria-keyshortcuts", key)
    for name, key in (
        ("Add a line to its author (optional)", "L"),
        ("1 Respect people", "1"),
    ):
        expect(form.get_by_label(name)).to_have_attribute("aria-keyshortcuts", key)
    keep(mina, "keys-line-to-its-author")
    assert faults(mina) == []
    mina.keyboard.type("Say what is wrong.")
    press(mina, "Tab", "4")
    letter(mina, "Thank you.")
    press(mina, "l")  # no form is open, so there is none

    assert said(room, story) == [("reject", "Say what is wrong.")]
    expect(mina.locator("#reject-note")).to_be_hidden()


def test_tab_leads_past_the_wording_of_rules_that_are_not_ticked(
    room: newsroom.Newsroom, story: str, mina: Page
) -> None:
    send(room, story, ["You are all wrong."])
    desk.begin(mina, room, story)
    letter(mina, "You are all wrong.")
    rules = mina.locator("#panel-reject [name=rules]").count()

    press(mina, "r", "Space")
    passed = []
    for _ in range(rules + 2):
        press(mina, "Tab")
        passed.append(str(mina.evaluate(_FOCUS)))

    assert passed[0] == "Wording 1"
    assert [one for one in passed if one.startswith("Wording")] == ["Wording 1"]
    assert passed[-2].startswith("It also breaks the law")
    assert passed[-1] == "reject-note"
    mina.locator("#panel-reject summary", has_text="Wording 3").click()
    expect(mina.locator("#panel-reject [name=wording-3]")).to_be_visible()


def open_cut(page: Page, room: newsroom.Newsroom, story: str) -> Locator:
    """Open the cut of a letter that has two marks; give the button that goes to them."""
    send(room, story, [MARKED, "Thank you."])
    desk.begin(page, room, story)
    letter(page, MARKED)
    expect(page.locator("[data-letter] mark")).to_have_count(2)
    press(page, "e")
    expect(page.locator("[data-announce]")).to_contain_text("Select words in the letter")
    button = page.get_by_role("button", name="Next mark")
    expect(button).to_be_visible()
    return button


def test_m_leads_from_mark_to_mark_and_one_more_key_cuts_it(
    room: newsroom.Newsroom, story: str, mina: Page, faults: Callable[[Page], list[str]]
) -> None:
    button = open_cut(mina, room, story)
    keep(mina, "keys-next-mark")
    assert faults(mina) == []
    found = []

    for keys in (["m"], ["m"], ["Shift+M"], ["Shift+ArrowLeft", "x", "m"], ["3", "m"]):
        press(mina, *keys)
        found.append(selected(mina))
    expect(button).to_be_disabled()
    press(mina, "Enter")
    letter(mina, "Thank you.")
    press(mina, "e")

    expect(button).to_be_hidden()
    phone, mail = "212-555-0147", "tarek@ferry.example"
    assert found == [phone, mail, phone, mail, ""]
    cuts = cast("list[tuple[int, int, str]]", desk.standing(room, story)[0][2])
    assert [MARKED[start:end].strip() for start, end, _ in cuts] == [f"on {phone}", mail]


def test_mark_is_selected_by_the_mouse_told_and_cut_by_a_digit(
    room: newsroom.Newsroom, story: str, mina: Page
) -> None:
    button = open_cut(mina, room, story)

    button.click()
    expect(mina.locator("[data-announce]")).to_have_text("212-555-0147")
    press(mina, "3", "Enter")
    letter(mina, "Thank you.")

    assert desk.standing(room, story)[0][1] == ["3"]


@pytest.mark.parametrize("width", [1366, 390])
def test_letter_lies_where_it_lay_and_what_was_done_takes_no_room_from_a_cut(
    room: newsroom.Newsroom, story: str, mina: Page, width: int
) -> None:
    texts = [f"{number}. {MARKED}" for number in range(3)]
    send(room, story, texts)
    mina.set_viewport_size({"width": width, "height": 768})
    desk.begin(mina, room, story)
    letter(mina, texts[0])
    before = mina.evaluate(_TOP)

    press(mina, "r", "4")
    letter(mina, texts[1])
    told = mina.locator(".flash", has_text="Rejected: a letter on")
    expect(told).to_be_visible()
    expect(mina.locator("[data-announce]")).to_contain_text("Rejected: a letter on")
    beside = mina.evaluate(_TOP)
    keep(mina, f"keys-told-{width}")
    press(mina, "e")
    keep(mina, f"keys-told-cutting-{width}")

    assert beside == before
    if width < 1000:
        expect(told).to_be_hidden()
        press(mina, "Escape")
        expect(told).to_be_visible()


def test_groups_are_gone_through_by_keys_to_the_last_and_back_to_the_list(
    room: newsroom.Newsroom,
    with_scripts: BrowserContext,
    faults: Callable[[Page], list[str]],
) -> None:
    page = with_scripts.new_page()
    desk.sign_in(page, room, "rita", desk.add_person(room, "rita", at="River"))
    story = newsroom.add_story(room, "river", desk="River")
    ferry = "As an ordinary citizen I ask the council to keep the old ferry on the river."
    night = "Whoever has walked home in the dark knows why the lamps have to be mended."
    send(room, story, [ferry, night, ferry, night, ferry])
    page.goto(f"http://127.0.0.1:{room.desk}/groups/")
    first = page.get_by_role("link", name=ferry)
    second = page.get_by_role("link", name=night)
    expect(page.get_by_text("With J and K from one to the next")).to_be_visible()
    keep(page, "keys-groups")

    press(page, "j")
    expect(first).to_be_focused()
    press(page, "j")
    expect(second).to_be_focused()
    press(page, "k", "Enter")
    onward = page.get_by_role("link", name="Next group")
    for group, letters in ((ferry, 3), (night, 2)):
        expect(page.locator(".alike-text").first).to_have_text(group)
        expect(page.locator("[data-count]")).to_have_text("0")
        press(page, "t", "h", "Enter")
        expect(page.get_by_text(f"Held: {letters} letters together.")).to_be_visible()
        page.wait_for_load_state()
        if group == ferry:
            expect(onward).to_be_visible()
            keep(page, "keys-next-group")
            assert faults(page) == []
        press(page, "j")

    expect(page.get_by_role("heading", name="Groups", level=1)).to_be_visible()
    assert [state for state, _, _ in desk.standing(room, story)] == ["held"] * 5


def test_u_pressed_twice_takes_back_two_decisions(
    room: newsroom.Newsroom, story: str, mina: Page, faults: Callable[[Page], list[str]]
) -> None:
    texts = ["The first one.", "The second one.", "The last one."]
    send(room, story, texts)
    desk.begin(mina, room, story)
    letter(mina, texts[0])

    press(mina, "a")
    letter(mina, texts[1])
    press(mina, "r", "4")
    letter(mina, texts[2])
    press(mina, "u")
    letter(mina, texts[1])
    expect(mina.locator(".flash-before")).to_contain_text("Approved: a letter on")
    keep(mina, "keys-undo-again")
    assert faults(mina) == []
    press(mina, "u")
    letter(mina, texts[0])

    assert [state for state, _, _ in desk.standing(room, story)] == ["pending"] * 3


def test_who_came_second_goes_on_by_a_key_from_one_row_of_buttons(
    room: newsroom.Newsroom,
    story: str,
    mina: Page,
    noor: Page,
    faults: Callable[[Page], list[str]],
) -> None:
    send(room, story, ["You are all wrong.", "Thank you."])
    for page in (mina, noor):
        page.goto(f"http://127.0.0.1:{room.desk}/queue/?story={story}")
        page.get_by_role("link", name="You are all wrong.").click()
        letter(page, "You are all wrong.")
    press(noor, "a")
    letter(noor, "Thank you.")
    noor.goto(f"http://127.0.0.1:{room.desk}/")

    press(mina, "r", "4")
    conflict = mina.locator(".conflict")
    expect(conflict.locator(".compare-side").first).to_contain_text("Approved noor")
    press(mina, "Escape")
    keep(mina, "keys-conflict")
    assert faults(mina) == []
    tops = conflict.locator(".button").evaluate_all(
        "(all) => all.map((one) => Math.round(one.getBoundingClientRect().top))"
    )
    press(mina, "s")
    letter(mina, "Thank you.")

    assert len(tops) == 2
    assert len(set(tops)) == 1
    assert desk.standing(room, story)[0][0] == "approved"


LEAVES = """() => document.querySelector("main").insertAdjacentHTML("beforeend", `
  <nav data-leaves><a href="/mine/" data-key="j">Next</a></nav><textarea></textarea>`)"""


def test_j_leaves_no_answer_that_is_written_and_not_sent(
    room: newsroom.Newsroom, mina: Page
) -> None:
    mina.goto(f"http://127.0.0.1:{room.desk}/help/")
    mina.evaluate(LEAVES)  # as on the page of an appeal or a notice
    field = mina.locator("textarea")

    field.fill("It was right to")
    press(mina, "Tab", "j")
    expect(field).to_have_value("It was right to")
    field.fill("")
    press(mina, "Tab", "j")

    expect(mina.get_by_role("heading", name="My decisions")).to_be_visible()


TWICE = """() => {
  document.querySelector("main").insertAdjacentHTML("beforeend", "<form data-once></form>");
  const form = document.querySelector("[data-once]");
  const held = [];
  window.addEventListener("submit", (event) => {
    held.push(event.defaultPrevented);
    event.preventDefault();
  });
  form.requestSubmit();
  form.requestSubmit();
  return held;
}"""


def test_a_form_that_says_what_was_done_is_sent_once_however_often_it_is_pressed(
    room: newsroom.Newsroom, mina: Page
) -> None:
    mina.goto(f"http://127.0.0.1:{room.desk}/help/")

    held = mina.evaluate(TWICE)  # as on the page that publishes now

    assert held == [False, True]
