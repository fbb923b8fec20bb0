"""Moderators at work: by keys, with colleagues, with a bad connection."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from benchmarks import newsroom
from benchmarks.letters import send
from tests.journeys import desk

_WHO = {"mina": "moderator", "noor": "moderator", "erin": "editor"}
_PRESS_A = """document.body.dispatchEvent(
    new KeyboardEvent("keydown", { key, code: "KeyA", bubbles: true, cancelable: true })
)"""
_numbers = count(1)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[newsroom.Newsroom]:
    with desk.opened(tmp_path_factory.mktemp("desk") / "newsroom") as made:
        yield made


@pytest.fixture(scope="module")
def passwords(room: newsroom.Newsroom) -> dict[str, str]:
    return {name: desk.add_person(room, name, role=role) for name, role in _WHO.items()}


@pytest.fixture
def story(room: newsroom.Newsroom) -> str:
    return newsroom.add_story(room, next(_numbers))


@pytest.fixture
def mina(
    with_scripts: BrowserContext, room: newsroom.Newsroom, passwords: dict[str, str]
) -> Page:
    page = with_scripts.new_page()
    desk.come_back(page, room, "mina", passwords["mina"])
    return page


@pytest.fixture
def noor(
    browser: Browser, room: newsroom.Newsroom, passwords: dict[str, str]
) -> Iterator[Page]:
    yield from another(browser, room, "noor", passwords)


@pytest.fixture
def erin(
    browser: Browser, room: newsroom.Newsroom, passwords: dict[str, str]
) -> Iterator[Page]:
    yield from another(browser, room, "erin", passwords)


def another(
    browser: Browser, room: newsroom.Newsroom, name: str, passwords: dict[str, str]
) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    desk.come_back(page, room, name, passwords[name])
    yield page
    context.close()


def letter(page: Page, words: str) -> None:
    """Wait for a letter; whatever was pressed, focus is in the page that shows it."""
    expect(page.locator("[data-letter]")).to_have_attribute("data-original", words)
    expect(page.locator("main")).not_to_have_attribute("aria-busy", "true")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_letter_is_published_without_its_name_and_gets_it_back_by_keys(
    room: newsroom.Newsroom, story: str, mina: Page, faults: Callable[[Page], list[str]]
) -> None:
    send(room, story, ["I can take you over."], name="Tern Boats 0911-555-0163")
    thread = room.public / "t" / story / "index.html"
    desk.begin(mina, room, story)
    letter(mina, "I can take you over.")
    name = mina.locator(".letter-name")

    press(mina, "n")
    expect(name).to_have_css("text-decoration-line", "line-through")
    expect(mina.get_by_role("heading", name="Leave the name out")).to_be_visible()
    assert faults(mina) == []
    press(mina, "6")
    expect(mina.locator(".flash", has_text="Name left out: a letter on")).to_be_visible()
    press(mina, "u")
    letter(mina, "I can take you over.")
    expect(name).not_to_have_css("text-decoration-line", "line-through")
    press(mina, "e", "n", "6", "Enter")
    expect(mina.locator(".flash", has_text="Name left out: a letter on")).to_be_visible()
    newsroom.call("publish", str(room.folder))
    without = thread.read_text()
    mina.get_by_role("link", name="Look at it again").click()
    expect(mina.locator(".letter-name ins")).to_have_text("[name left out]")
    assert faults(mina) == []
    press(mina, "n", "Enter")
    expect(mina.locator(".flash", has_text="Name put back: a letter on")).to_be_visible()
    newsroom.call("publish", str(room.folder))

    assert ("[name left out]" in without, "0911-555-0163" in without) == (True, False)
    assert "0911-555-0163" in thread.read_text()


def test_a_form_that_was_closed_gives_the_next_decision_no_rule_and_no_note(
    room: newsroom.Newsroom, story: str, mina: Page
) -> None:
    texts = [f"{number}: I know who it was." for number in (1, 2, 3)]
    send(room, story, texts)
    desk.begin(mina, room, story)
    letter(mina, texts[0])
    note = mina.locator("#panel-reject [name=note]")
    ticked = mina.locator("#panel-reject [name=rules]:checked")

    press(mina, "r", "Space", "Escape", "r", "6")
    letter(mina, texts[1])
    press(mina, "r")
    note.fill("You are one yourself.")
    press(mina, "Escape", "n", "r")
    expect(note).to_have_value("You are one yourself.")
    press(mina, "6")
    expect(ticked).to_have_count(1)
    note.fill("That may be, but not here.")
    press(mina, "Enter")
    letter(mina, texts[1])
    note.press("Control+Enter")
    letter(mina, texts[2])

    assert [one[1] for one in desk.standing(room, story)] == [["6"], ["6"], []]
    assert said(room, story) == ["That may be, but not here.", ""]


def said(room: newsroom.Newsroom, story: str) -> list[str]:
    """Give what was added for the authors of a story's letters, the newest first."""
    with sqlite3.connect(room.folder / "desk.db") as database:
        return [
            str(note)
            for (note,) in database.execute(
                "SELECT decision.note FROM desk_decision decision "
                "JOIN desk_comment comment ON comment.id = decision.comment_id "
                "JOIN desk_story story ON story.id = comment.story_id "
                "WHERE story.public_id = ? ORDER BY decision.id DESC",
                [story],
            )
        ]


def test_a_letter_with_a_protected_name_is_approved_by_a_second_press(
    room: newsroom.Newsroom,
    story: str,
    mina: Page,
    erin: Page,
    faults: Callable[[Page], list[str]],
) -> None:
    erin.goto(f"http://127.0.0.1:{room.desk}/names/?story={story}")
    erin.get_by_label("What moderators read instead").fill("the victim")
    erin.get_by_label("The name, one spelling a line").fill("Daniel Roe")
    erin.get_by_role("button", name="Put on the list").click()
    expect(erin.get_by_text("the victim", exact=True)).to_be_visible()
    texts = [f"{number}: His name was Daniel Roe." for number in (1, 2)]
    send(room, story, [*texts, "Thank you."])
    desk.begin(mina, room, story)
    letter(mina, texts[0])
    confirm = mina.get_by_role("button", name="Approve all the same")

    mina.keyboard.press("a")
    expect(confirm).to_be_focused()
    expect(confirm).to_have_accessible_description(re.compile("“the victim”"))
    expect(mina.get_by_role("form", name="Approve all the same?")).to_be_visible()
    assert faults(mina) == []
    mina.keyboard.press("Escape")
    expect(confirm).to_be_hidden()
    assert desk.standing(room, story)[0] == ("pending", [], [])
    press(mina, "a", "a")
    letter(mina, texts[1])
    press(mina, "a", "Enter")
    letter(mina, "Thank you.")
    press(mina, "a")
    expect(mina.get_by_text("Nothing waits here.")).to_be_visible()

    assert [one[0] for one in desk.standing(room, story)] == ["approved"] * 3


def test_moderator_goes_through_ten_letters_by_keys(
    room: newsroom.Newsroom, story: str, mina: Page
) -> None:
    send(room, story, [f"Letter {number}." for number in range(1, 11)])
    desk.begin(mina, room, story)
    mina.evaluate("window.isTheSamePage = true")

    letter(mina, "Letter 1.")
    press(mina, "a")
    letter(mina, "Letter 2.")
    expect(mina.locator("h1").first).to_be_focused()
    expect(mina.locator("[data-announce]")).to_contain_text("Approved: a letter on")
    expect(mina.locator("[data-announce]")).not_to_contain_text("A letter on “Story")
    expect(mina.get_by_role("link", name="Look at it again")).to_be_visible()
    expect(mina.locator("[data-announce]")).not_to_contain_text("Look at it again")
    for keys, next_ in (
        (["r", "4"], 3),
        (["u"], 2),
        (["r", "5"], 3),
        (["s"], 4),
        (["h", *"Is this a name?", "Enter"], 5),
        (["j"], 6),
        (["k"], 5),
        *((["a"], number) for number in range(6, 11)),
    ):
        press(mina, *keys)
        letter(mina, f"Letter {next_}.")
    press(mina, "a")
    expect(mina.get_by_text("You put off 1 letter.")).to_be_visible()

    assert mina.evaluate("window.isTheSamePage")
    assert [state for state, _, _ in desk.standing(room, story)] == [
        *("approved", "rejected", "pending", "held"),
        *["approved"] * 6,
    ]
    assert desk.standing(room, story)[1][1] == ["5"]


def test_undo_is_in_reach_wherever_she_has_gone_since(
    room: newsroom.Newsroom, story: str, mina: Page
) -> None:
    send(room, story, ["Letter 1.", "Letter 2.", "Letter 3."])
    desk.begin(mina, room, story)
    letter(mina, "Letter 1.")

    press(mina, "a")
    letter(mina, "Letter 2.")
    press(mina, "j")
    letter(mina, "Letter 3.")
    press(mina, "u")
    expect(mina.get_by_role("heading", name="My decisions")).to_be_visible()
    mina.wait_for_load_state()  # no key is heard before its scripts are there
    press(mina, "u")
    expect(mina.get_by_text("waits in the queue again")).to_be_visible()

    assert [state for state, _, _ in desk.standing(room, story)] == ["pending"] * 3


def test_name_is_cut_out_with_three_keys(
    room: newsroom.Newsroom, story: str, mina: Page
) -> None:
    texts = ["My cousin Tarek was on that bus.", "Ask Leyla Osman. She knows.", "The end."]
    send(room, story, texts)
    desk.begin(mina, room, story)

    letter(mina, texts[0])
    box = mina.locator("[data-letter]").bounding_box()
    assert box
    mina.mouse.dblclick(box["x"] + 115, box["y"] + 18)
    press(mina, "e", "3", "Enter")
    letter(mina, texts[1])
    press(mina, "e", "ArrowRight", "ArrowRight", "Shift+ArrowRight")
    press(mina, "3", "Enter")
    letter(mina, texts[2])

    assert desk.standing(room, story)[:2] == [
        ("approved", ["3"], [[10, 15, "details removed for safety"]]),
        ("approved", ["3"], [[4, 15, "details removed for safety"]]),
    ]


def test_who_listens_hears_what_is_cut_and_keeps_her_place(
    room: newsroom.Newsroom, story: str, mina: Page
) -> None:
    send(room, story, ["Ask Leyla.", "The end."])
    desk.begin(mina, room, story)
    letter(mina, "Ask Leyla.")
    voice = mina.locator("[data-announce]")

    press(mina, "e", "Enter")
    expect(mina.locator("[data-wrong]")).to_be_focused()
    press(mina, "ArrowRight", "ArrowRight")
    expect(voice).to_have_text("Leyla")
    press(mina, "x")
    expect(voice).to_have_text("Taken out: Leyla")
    press(mina, "3")
    expect(voice).to_have_text("[details removed for safety] stands for: Leyla")
    expect(mina.locator("[data-panel=edit]")).to_be_focused()
    press(mina, "Backspace")
    expect(voice).to_have_text("Taken back: Leyla")


# The answer to the page's first question comes with the second key, before the browser has
# told of what that selected, as it does on a busy machine.
_ANSWER_WITH_THE_KEY = """() => {
  const fetched = window.fetch;
  window.fetch = (address, options) => {
    if (!String(address).endsWith("/preview/")) return fetched(address, options);
    window.fetch = fetched;
    return new Promise((answer) => {
      document.addEventListener("keydown", () => {
        const pieces = [{ text: "Ask Leyla.", cut: false }];
        answer({ json: async () => ({ pieces }) });
        document.body.dataset.answered = "";
      }, { once: true });
    });
  };
}"""


def test_what_is_selected_stays_so_when_the_first_answer_comes_late(
    room: newsroom.Newsroom, story: str, mina: Page
) -> None:
    send(room, story, ["Ask Leyla.", "The end."])
    desk.begin(mina, room, story)
    letter(mina, "Ask Leyla.")
    mina.evaluate(_ANSWER_WITH_THE_KEY)

    press(mina, "e", "Enter")
    expect(mina.locator("[data-wrong]")).to_be_focused()
    press(mina, "ArrowRight")
    expect(mina.locator("body")).to_have_attribute("data-answered", "")
    expect(mina.locator("[data-announce]")).to_have_text("Ask")
    press(mina, "x")

    expect(mina.locator("[data-announce]")).to_have_text("Taken out: Ask")
    expect(mina.get_by_label("What readers get")).to_have_value("Leyla.")


_SAW = "I saw Tarek Osman on the boat that night."


@pytest.mark.parametrize(
    ("begin", "end", "both", "said"),
    [
        (3, 6, "I saw that night.", "Taken out: Tarek Osman on the boat"),
        (3, 3, "I saw on the boat that night.", "Taken out: Tarek Osman"),
        (1, 5, "I boat that night.", "Taken out: saw Tarek Osman on the"),
        (2, 3, "I saw on the boat that night.", "Taken out: Tarek Osman"),
    ],
    ids=["partly", "inside", "around", "the same"],
)
def test_what_is_cut_stays_cut_until_that_very_step_is_taken_back(
    room: newsroom.Newsroom,
    story: str,
    mina: Page,
    begin: int,
    end: int,
    both: str,
    said: str,
) -> None:
    send(room, story, [_SAW])
    desk.begin(mina, room, story)
    letter(mina, _SAW)
    text, voice = mina.get_by_label("What readers get"), mina.locator("[data-announce]")
    noted = "I saw [details removed for safety] on the boat that night."
    back = {
        (3, 6): "Taken back: on the boat",
        (1, 5): "Taken back: saw … on the",
    }.get((begin, end), "[details removed for safety] stands for: Tarek Osman")

    press(mina, "e", *["ArrowRight"] * 3, "Shift+ArrowRight", "3")
    expect(text).to_have_value(noted)
    press(mina, *["ArrowLeft"] * 5, *["ArrowRight"] * begin)
    press(mina, *["Shift+ArrowRight"] * (end - begin), "x")
    expect(text).to_have_value(both)
    expect(voice).to_have_text(said)
    press(mina, "Backspace")
    expect(text).to_have_value(noted)
    expect(voice).to_have_text(back)
    press(mina, "Backspace")
    expect(text).to_have_value(_SAW)
    expect(voice).to_have_text("Taken back: Tarek Osman")


def test_one_cut_around_two_is_taken_back_before_them(
    room: newsroom.Newsroom, story: str, mina: Page
) -> None:
    send(room, story, [_SAW])
    desk.begin(mina, room, story)
    letter(mina, _SAW)
    text, voice = mina.get_by_label("What readers get"), mina.locator("[data-announce]")

    press(mina, "e", *["ArrowRight"] * 3, "x", *["ArrowRight"] * 4, "x")
    expect(text).to_have_value("I saw Osman on the that night.")
    press(mina, *["Shift+ArrowLeft"] * 4, "3")
    expect(text).to_have_value("I saw [details removed for safety] that night.")
    press(mina, "Backspace")
    expect(text).to_have_value("I saw Osman on the that night.")
    expect(voice).to_have_text("Taken back: Osman on the")
    press(mina, "Backspace")
    expect(text).to_have_value("I saw Osman on the boat that night.")


def test_pictures_and_flags_are_reached_by_the_arrows(
    room: newsroom.Newsroom, story: str, mina: Page
) -> None:
    send(room, story, ["Go home 🤮🇰🇷, all."])
    desk.begin(mina, room, story)
    letter(mina, "Go home 🤮🇰🇷, all.")
    voice = mina.locator("[data-announce]")

    press(mina, "e")
    for word in ("Go", "home", "🤮", "🇰🇷", "all"):
        press(mina, "ArrowRight")
        expect(voice).to_have_text(word)


def test_korean_is_selected_between_spaces_and_with_alt_by_syllables(
    room: newsroom.Newsroom, story: str, mina: Page
) -> None:
    text = "김철수 씨가 KBS에서, 우리를"
    send(room, story, [text, "The end."])
    desk.begin(mina, room, story)
    letter(mina, text)
    voice = mina.locator("[data-announce]")

    press(mina, "e")
    for keys, said in (
        ("ArrowRight", "김철수"),
        ("ArrowRight", "씨가"),
        ("ArrowRight", "KBS에서"),
        ("Shift+ArrowRight", "KBS에서, 우리를"),
        ("ArrowLeft", "KBS에서"),
        ("Alt+ArrowRight", "KBS"),
        ("Alt+ArrowRight", "에"),
        ("ArrowRight", "우리를"),
        ("Alt+Shift+ArrowLeft", "우리"),
        ("Alt+Shift+ArrowRight", "우리를"),
        ("Alt+ArrowLeft", "리"),
        ("ArrowLeft", "KBS에서"),
        ("Alt+Shift+ArrowLeft", "KBS에"),
        ("Alt+Shift+ArrowLeft", "KBS"),
    ):
        press(mina, keys)
        expect(voice).to_have_text(said)
    press(mina, "3", "Enter")
    letter(mina, "The end.")

    assert desk.standing(room, story)[0] == (
        "approved",
        ["3"],
        [[7, 10, "details removed for safety"]],
    )


@pytest.mark.parametrize(
    ("keys", "rules"),
    [
        (["ArrowRight", "1", "2"], ["2"]),
        (["ArrowRight", "1", "Backspace", "ArrowRight", "6"], ["6"]),
        (["ArrowRight", "1", "Escape", "e", "Backspace", "ArrowRight", "6"], ["6"]),
        (["ArrowRight", "1", "ArrowRight", "6", "Backspace"], ["1"]),
        (["ArrowRight", "1", "ArrowRight", "6"], ["1", "6"]),
        (["ArrowRight", "1", "x"], ["1"]),
        (["ArrowRight", "1", "Shift+ArrowRight", "x"], ["1"]),
        (["4", "ArrowRight", "1", "Backspace", "ArrowRight", "6"], ["4", "6"]),
    ],
    ids=str,
)
def test_rules_are_those_of_the_cuts_that_stand_and_those_she_ticked(
    room: newsroom.Newsroom, story: str, mina: Page, keys: list[str], rules: list[str]
) -> None:
    send(room, story, [_SAW, "The end."])
    desk.begin(mina, room, story)
    letter(mina, _SAW)

    press(mina, "e", *keys, "Enter")
    letter(mina, "The end.")

    assert desk.standing(room, story)[0][1] == rules


def test_rule_that_she_takes_back_herself_is_no_cuts_any_more(
    room: newsroom.Newsroom, story: str, mina: Page
) -> None:
    send(room, story, [_SAW, "The end."])
    desk.begin(mina, room, story)
    letter(mina, _SAW)

    press(mina, "e", "ArrowRight", "1", "ArrowRight", "x")
    for number, is_ticked in (("1", False), ("5", True)):
        rule = mina.locator(f"[data-panel=edit] [name=rules][value='{number}']")
        rule.set_checked(checked=is_ticked)
    press(mina, "ArrowRight", "6", "Backspace")
    mina.get_by_role("button", name="Save the cut").click()
    letter(mina, "The end.")

    assert desk.standing(room, story)[0][1] == ["5"]


_SLOW_JSON = """() => {
  const json = Response.prototype.json;
  Response.prototype.json = async function () {
    const found = await json.call(this);
    await new Promise((go) => setTimeout(go, 1_000));
    document.body.dataset.answers = Number(document.body.dataset.answers ?? 0) + 1;
    return found;
  };
}"""


def test_late_answer_about_the_text_takes_no_cut_back(
    room: newsroom.Newsroom, story: str, mina: Page
) -> None:
    send(room, story, ["Ask Leyla.", "The end."])
    desk.begin(mina, room, story)
    letter(mina, "Ask Leyla.")
    mina.evaluate(_SLOW_JSON)

    press(mina, "e", "Enter")
    expect(mina.locator("[data-wrong]")).to_be_focused()
    press(mina, "ArrowRight", "ArrowRight", "x")
    # To the text before, and to the cut:
    expect(mina.locator("body")).to_have_attribute("data-answers", "2")
    press(mina, "3", "Enter")

    letter(mina, "The end.")
    assert desk.standing(room, story)[0] == (
        "approved",
        ["3"],
        [[4, 9, "details removed for safety"]],
    )


def test_late_answer_about_a_cut_that_was_taken_back_changes_nothing(
    room: newsroom.Newsroom, story: str, mina: Page
) -> None:
    send(room, story, ["Ask Leyla."])
    desk.begin(mina, room, story)
    letter(mina, "Ask Leyla.")
    mina.evaluate(_SLOW_JSON)

    press(mina, "e", "ArrowRight", "ArrowRight", "x", "Backspace")
    expect(mina.locator("body")).to_have_attribute("data-answers", "1")

    expect(mina.get_by_label("What readers get")).to_have_value("Ask Leyla.")


_AT_THE_NEXT_KEY = """() => {
  const json = Response.prototype.json;
  Response.prototype.json = async function () {
    Response.prototype.json = json;
    const found = await json.call(this);
    document.body.dataset.held = "";
    await new Promise((go) => document.addEventListener("input", go, { once: true }));
    return found;
  };
}"""


def test_late_answer_about_a_cut_leaves_what_is_typed_since(
    room: newsroom.Newsroom, story: str, mina: Page
) -> None:
    send(room, story, ["Ask Leyla now, please.", "The end."])
    desk.begin(mina, room, story)
    letter(mina, "Ask Leyla now, please.")
    mina.evaluate(_AT_THE_NEXT_KEY)
    text = mina.get_by_label("What readers get")

    press(mina, "e", "ArrowRight", "ArrowRight", "3")
    expect(mina.locator("body")).to_have_attribute("data-held", "")
    text.focus()
    press(mina, "ControlOrMeta+End", *["Backspace"] * len("please."))
    mina.keyboard.type("[a request]")
    expect(mina.locator("[data-letter] ins")).to_have_text(  # to what was typed
        ["[details removed for safety]", "[a request]"]
    )
    expect(text).to_have_value("Ask [details removed for safety] now, [a request]")
    mina.get_by_role("button", name="Save the cut").click()
    letter(mina, "The end.")

    assert desk.standing(room, story)[0] == (
        "approved",
        ["3"],
        [[4, 9, "details removed for safety"], [15, 22, "a request"]],
    )


def begun_and_typed(page: Page, keys: list[str], typed: str) -> None:
    """Open the cut, type at the end of its text and choose the second word of the letter.

    What the desk is asked meanwhile is not answered before the route is taken away.
    """
    press(page, "e")
    page.route("**/preview/", lambda _: None)
    text = page.get_by_label("What readers get")
    text.focus()
    press(page, "ControlOrMeta+End", *keys)
    page.keyboard.type(typed)
    page.locator("[data-panel=edit]").evaluate("form => form.focus()")
    press(page, "ArrowRight", "ArrowRight")


def test_cut_right_after_typing_keeps_what_was_typed_and_is_saved_with_it(
    room: newsroom.Newsroom, story: str, mina: Page
) -> None:
    send(room, story, ["Ask Leyla now, please.", "The end."])
    desk.begin(mina, room, story)
    letter(mina, "Ask Leyla now, please.")
    text = mina.get_by_label("What readers get")

    begun_and_typed(mina, ["Backspace"] * len("please."), "[a request]")
    with mina.expect_request("**/preview/"):
        press(mina, "3", "Enter")
    expect(text).to_have_value("Ask Leyla now, [a request]")
    mina.unroute("**/preview/")
    letter(mina, "The end.")

    assert desk.standing(room, story)[0] == (
        "approved",
        ["3"],
        [[4, 9, "details removed for safety"], [15, 22, "a request"]],
    )


def test_cut_after_typing_what_is_no_cut_says_so_and_leaves_it(
    room: newsroom.Newsroom, story: str, mina: Page
) -> None:
    send(room, story, ["Ask Leyla now, please."])
    desk.begin(mina, room, story)
    letter(mina, "Ask Leyla now, please.")

    begun_and_typed(mina, [], " Added words.")
    with mina.expect_request("**/preview/"):
        press(mina, "x", "Enter")
    mina.unroute("**/preview/")

    expect(mina.locator("#cut-wrong")).to_be_visible()
    expect(mina.get_by_label("What readers get")).to_have_value(
        "Ask Leyla now, please. Added words."
    )
    expect(mina.locator("[data-letter] del")).to_have_count(0)
    assert desk.standing(room, story)[0][0] == "pending"


def test_cut_after_typing_without_a_connection_says_so_and_leaves_it(
    room: newsroom.Newsroom, story: str, mina: Page
) -> None:
    send(room, story, ["Ask Leyla now, please."])
    desk.begin(mina, room, story)
    letter(mina, "Ask Leyla now, please.")

    begun_and_typed(mina, ["Backspace"] * len(", please."), ".")
    mina.unroute("**/preview/")
    mina.context.set_offline(True)
    press(mina, "x")
    silent = mina.locator("[data-trouble=silent]")
    expect(silent).to_contain_text("The desk does not answer.")
    expect(mina.get_by_label("What readers get")).to_have_value("Ask Leyla now.")
    mina.context.set_offline(False)
    press(mina, "x")

    expect(mina.get_by_label("What readers get")).to_have_value("Ask now.")
    expect(silent).to_be_hidden()


def test_enter_saves_a_cut_that_was_opened_by_its_button(
    room: newsroom.Newsroom, story: str, mina: Page
) -> None:
    send(room, story, ["Ask Leyla.", "The end."])
    desk.begin(mina, room, story)
    letter(mina, "Ask Leyla.")

    mina.locator("[data-opens=edit]").focus()
    press(mina, "Enter", "ArrowRight", "ArrowRight", "3", "Enter")

    letter(mina, "The end.")
    assert desk.standing(room, story)[0] == (
        "approved",
        ["3"],
        [[4, 9, "details removed for safety"]],
    )


def test_escape_closes_one_thing_at_a_time_and_moves_nothing(
    room: newsroom.Newsroom, story: str, mina: Page
) -> None:
    send(room, story, ["A long letter. " * 300])
    desk.begin(mina, room, story)
    panel, help_ = mina.locator("[data-panel=reject]"), mina.locator("[data-help]")
    mina.evaluate("document.querySelector('h1').tabIndex = -1")
    mina.evaluate("document.querySelector('h1').focus()")
    mina.evaluate("scrollTo(0, 600)")

    press(mina, "r", "?")
    expect(help_).to_be_visible()
    press(mina, "Escape")
    expect(help_).to_be_hidden()
    expect(panel).to_be_visible()
    press(mina, "Escape")
    expect(panel).to_be_hidden()

    expect(mina.locator("h1").first).to_be_focused()
    assert mina.evaluate("scrollY") == 600


@pytest.mark.parametrize(
    ("locale", "written"),
    [("en-GB", r"^\d+:\d\d$"), ("en-US", r" [AP]M$"), ("de-DE", r" [AP]M$")],
)
def test_times_are_written_as_where_she_lives(
    browser: Browser,
    room: newsroom.Newsroom,
    passwords: dict[str, str],
    locale: str,
    written: str,
) -> None:
    context = browser.new_context(locale=locale)
    page = context.new_page()
    desk.sign_in(page, room, "noor", passwords["noor"])

    expect(page.locator("time[data-local]").first).to_have_text(re.compile(written))
    context.close()


def test_hours_are_hers_where_the_browser_knows_no_dates_of_a_language(mina: Page) -> None:
    mina.context.add_cookies([{"name": "language", "value": "ug", "url": mina.url}])
    mina.reload()

    expect(mina.locator("html")).to_have_attribute("lang", "ug")
    hours = mina.locator("time[data-local='']").first
    expect(hours).to_have_text(re.compile(r"^\d+:\d\d$"))


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("Europe/Istanbul", "28-نويابىر، 1:33"),
        ("America/Bogota", "27-نويابىر، 17:33"),
        ("Etc/UTC", "27-نويابىر، 22:33"),
    ],
)
def test_a_day_is_hers_too_where_the_browser_knows_no_dates_of_a_language(
    browser: Browser,
    room: newsroom.Newsroom,
    passwords: dict[str, str],
    zone: str,
    written: str,
) -> None:
    moment = (
        '<time datetime="2026-11-27T22:33:00+00:00" data-local="day" '
        'data-days="26-نويابىر|27-نويابىر|28-نويابىر">27-نويابىر، 22:33 UTC</time>'
    )  # as templatetags.desk.moment gives it
    context = browser.new_context(timezone_id=zone)
    page = context.new_page()
    desk.sign_in(page, room, "noor", passwords["noor"])
    context.add_cookies([{"name": "language", "value": "ug", "url": page.url}])

    def put_it_in(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("<h1", f"{moment}<h1"))

    page.route(page.url, put_it_in)
    page.reload()

    expect(page.locator("[data-days]").first).to_have_text(written)
    context.close()


def test_what_is_no_language_breaks_no_page(
    browser: Browser, room: newsroom.Newsroom, passwords: dict[str, str]
) -> None:
    context = browser.new_context(locale="en-GB")
    odd = "Object.defineProperty(navigator, 'languages', { value: ['C@posix', 'en-GB'] })"
    context.add_init_script(odd)
    page = context.new_page()
    faults = list[object]()
    page.on("pageerror", lambda fault: faults.append(fault))
    desk.sign_in(page, room, "noor", passwords["noor"])

    expect(page.locator("time[data-local]").first).to_have_text(re.compile(r"^\d+:\d\d$"))
    assert faults == []
    context.close()


def test_slash_leads_to_the_search(room: newsroom.Newsroom, mina: Page) -> None:
    mina.goto(f"http://127.0.0.1:{room.desk}/stories/")

    press(mina, "/", "a", "/")

    expect(mina.get_by_role("searchbox")).to_be_focused()
    expect(mina.get_by_role("searchbox")).to_have_value("a/")


def test_two_people_are_given_different_letters_and_the_late_one_sees_both(
    room: newsroom.Newsroom, story: str, mina: Page, noor: Page
) -> None:
    send(room, story, ["Letter 1.", "Letter 2.", "Letter 3."])
    desk.begin(mina, room, story)
    desk.begin(noor, room, story)

    letter(mina, "Letter 1.")
    letter(noor, "Letter 2.")
    noor.goto(mina.url)
    expect(noor.get_by_text("mina has this letter open.")).to_be_visible()
    press(noor, "r", "1")
    letter(noor, "Letter 2.")
    press(mina, "h")
    mina.keyboard.type("A question.")
    press(mina, "Enter")
    expect(mina.get_by_text("Somebody else has decided on this comment")).to_be_focused()
    stands = mina.locator(".compare-side").first
    expect(stands).to_contain_text("Rejected noor rule 1")
    expect(mina.locator(".compare-side").last).to_contain_text("A question.")
    mina.get_by_role("link", name="Go on").click()
    letter(mina, "Letter 3.")

    assert [state for state, _, _ in desk.standing(room, story)] == [
        "rejected",
        "pending",
        "pending",
    ]


def test_what_was_typed_outlives_a_bad_connection_and_a_lost_session(
    room: newsroom.Newsroom, story: str, mina: Page, passwords: dict[str, str]
) -> None:
    send(room, story, ["Letter 1.", "Letter 2."])
    desk.begin(mina, room, story)
    letter(mina, "Letter 1.")
    note = mina.get_by_label("What should a colleague look at?")

    press(mina, "h")
    note.fill("Is this her real name?")
    mina.context.set_offline(True)
    note.press("Enter")
    expect(mina.get_by_text("The desk does not answer.")).to_be_visible()
    expect(note).to_have_value("Is this her real name?")
    mina.context.set_offline(False)
    mina.context.clear_cookies(name="desk")
    note.press("Enter")
    expect(mina.get_by_text("You are signed out.")).to_be_visible()
    other = mina.context.new_page()
    desk.sign_in(other, room, "mina", passwords["mina"])
    note.press("Enter")
    letter(mina, "Letter 2.")

    assert [state for state, _, _ in desk.standing(room, story)] == ["held", "pending"]


def test_page_of_one_person_does_nothing_for_the_next(
    room: newsroom.Newsroom, story: str, mina: Page, passwords: dict[str, str]
) -> None:
    send(room, story, ["Letter 1.", "Letter 2."])
    desk.begin(mina, room, story)
    letter(mina, "Letter 1.")
    note = mina.get_by_label("What should a colleague look at?")
    press(mina, "h")
    note.fill("Is this her real name?")
    other = mina.context.new_page()
    mina.context.clear_cookies(name="desk")
    desk.sign_in(other, room, "noor", passwords["noor"])

    note.press("Enter")

    told = mina.get_by_text("Somebody else has signed in in this browser.")
    expect(told).to_be_visible()
    expect(note).to_have_value("Is this her real name?")
    press(mina, "Escape", "j")
    expect(mina.locator(".topbar")).to_contain_text("mina")
    letter(mina, "Letter 1.")
    assert [state for state, _, _ in desk.standing(room, story)] == ["pending", "pending"]

    mina.context.clear_cookies(name="desk")
    desk.sign_in(other, room, "mina", passwords["mina"])
    press(mina, "h")
    note.press("Enter")
    expect(mina.locator("main").get_by_text("Held: a letter on")).to_be_visible()
    assert [state for state, _, _ in desk.standing(room, story)] == ["held", "pending"]


def test_back_and_forth_lead_through_the_letters(
    room: newsroom.Newsroom, story: str, mina: Page
) -> None:
    send(room, story, ["Letter 1.", "Letter 2.", "Letter 3."])
    desk.begin(mina, room, story)

    letter(mina, "Letter 1.")
    press(mina, "a")
    letter(mina, "Letter 2.")
    press(mina, "a")
    letter(mina, "Letter 3.")
    mina.go_back()
    letter(mina, "Letter 2.")
    expect(mina.get_by_role("button", name=re.compile("Undo"))).to_be_visible()
    mina.go_back()
    letter(mina, "Letter 1.")
    mina.go_forward()
    letter(mina, "Letter 2.")


def test_letter_is_free_again_when_its_page_is_left(
    room: newsroom.Newsroom, story: str, mina: Page, noor: Page
) -> None:
    send(room, story, ["Letter 1."])
    desk.begin(mina, room, story)
    letter(mina, "Letter 1.")
    desk.begin(noor, room, story)
    expect(noor.get_by_text("mina has it open")).to_be_visible()

    mina.get_by_role("link", name="Start").click()
    noor.evaluate(  # the goodbye of a page goes out when it is gone
        "async (next) => { while (!(await fetch(next)).url.includes('/comments/')); }",
        f"/queue/next/?story={story}",
    )
    desk.begin(noor, room, story)

    letter(noor, "Letter 1.")


_LATE_GOODBYE = """navigator.sendBeacon = (address, form) => {
  sessionStorage.setItem("goodbye", JSON.stringify([address, `${form}`]));
}"""
_SEND_IT = """async () => {
  const [address, form] = JSON.parse(sessionStorage.getItem("goodbye"));
  const body = new URLSearchParams(form);
  return (await fetch(address, { method: "POST", body })).status;
}"""


def test_goodbye_of_a_page_that_was_loaded_anew_comes_late_and_frees_nothing(
    room: newsroom.Newsroom, story: str, mina: Page, noor: Page
) -> None:
    send(room, story, ["Letter 1."])
    desk.begin(mina, room, story)
    letter(mina, "Letter 1.")
    mina.evaluate(_LATE_GOODBYE)

    mina.reload()
    letter(mina, "Letter 1.")
    status = mina.evaluate(_SEND_IT)
    desk.begin(noor, room, story)

    expect(noor.get_by_text("mina has it open")).to_be_visible()
    assert status == 204


@pytest.mark.parametrize("key", ["ㅁ", "ئ", "ａ"])
def test_keys_work_on_keyboards_without_latin_letters(
    room: newsroom.Newsroom, story: str, mina: Page, key: str
) -> None:
    send(room, story, ["Letter 1.", "Letter 2."])
    desk.begin(mina, room, story)
    letter(mina, "Letter 1.")

    mina.evaluate(f"key => {_PRESS_A}", key)

    letter(mina, "Letter 2.")


def test_key_that_comes_too_early_decides_nothing(
    room: newsroom.Newsroom, story: str, mina: Page
) -> None:
    send(room, story, ["Letter 1.", "Letter 2.", "Letter 3."])
    desk.begin(mina, room, story)
    letter(mina, "Letter 1.")

    mina.evaluate(f"for (const key of ['a', 'a', 'a']) {_PRESS_A}")

    letter(mina, "Letter 2.")
    assert [state for state, _, _ in desk.standing(room, story)] == [
        "approved",
        "pending",
        "pending",
    ]


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("2", [("2", False)]),
        ("1", [("1", True)]),
        ("10", [("1", True), ("10", False)]),
        ("13", [("1", True), ("3", False)]),
        ("42", [("", True), ("4.2", False)]),
        ("9", [("", False)]),
        ("92", [("", False), ("2", False)]),
    ],
)
def test_every_rule_is_reached_by_its_digits(
    room: newsroom.Newsroom, mina: Page, keys: str, found: list[tuple[str, bool]]
) -> None:
    said = mina.evaluate(
        """async (keys) => {
          const { src } = document.querySelector("script[type=module]");
          const { startDigits } = await import(new URL("digits.js", src));
          const digits = startDigits(["1", "2", "3", "10", "12", "4.1", "4.2"]);
          return [...keys].map((key) => digits.take(key));
        }""",
        keys,
    )

    assert [(one["number"], one["isOpen"]) for one in said] == found


def test_everything_is_there_without_scripts(
    room: newsroom.Newsroom,
    story: str,
    without_scripts: BrowserContext,
    passwords: dict[str, str],
) -> None:
    send(room, story, [f"Letter {number}." for number in range(1, 6)])
    page = without_scripts.new_page()
    desk.sign_in(page, room, "noor", passwords["noor"])

    page.goto(f"http://127.0.0.1:{room.desk}/queue/?story={story}")
    page.get_by_role("link", name=re.compile("Begin with the oldest")).click()
    page.get_by_role("button", name=re.compile("^Approve")).click()
    letter(page, "Letter 2.")
    page.get_by_role("button", name=re.compile("^Undo")).click()
    letter(page, "Letter 1.")
    page.get_by_role("button", name=re.compile("^Reject")).click()
    page.get_by_role("checkbox", name=re.compile("^2")).check()
    page.locator("#panel-reject").get_by_role("button", name="Reject").click()
    letter(page, "Letter 2.")
    page.get_by_role("button", name=re.compile("^Skip")).click()
    letter(page, "Letter 3.")
    page.get_by_role("button", name=re.compile("^Hold")).click()
    page.get_by_label("What should a colleague look at?").fill("The name.")
    page.locator("#panel-hold").get_by_role("button", name="Hold").click()
    letter(page, "Letter 4.")
    page.get_by_role("link", name=re.compile("^Next")).click()
    letter(page, "Letter 5.")
    page.goto(f"http://127.0.0.1:{room.desk}/mine/")
    page.get_by_role("button", name=re.compile("^Undo")).first.click()
    expect(page.get_by_text("waits in the queue again")).to_be_visible()

    assert [state for state, _, _ in desk.standing(room, story)] == [
        "rejected",
        *["pending"] * 4,
    ]


def test_nothing_is_lost_at_four_times_the_size(
    room: newsroom.Newsroom, story: str, mina: Page
) -> None:
    send(room, story, ["A letter with a verylongwordthatnobodycouldeverbreak " * 8] * 2)
    mina.set_viewport_size({"width": 320, "height": 256})
    wide: dict[str, int] = {}

    def look(name: str) -> None:
        width = mina.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[name] = width

    for path in ("/", f"/queue/?story={story}", "/mine/"):
        mina.goto(f"http://127.0.0.1:{room.desk}{path}")
        look(path)
    desk.begin(mina, room, story)
    look("card")
    for name, opened in (
        ("e", "What readers get"),
        ("r", "Add a line"),
        ("h", "colleague"),
    ):
        press(mina, name)
        field = mina.get_by_label(re.compile(opened)).locator("visible=true")
        field.scroll_into_view_if_needed()
        expect(field).to_be_in_viewport()
        look(name)
        press(mina, "Escape")

    assert wide == {}
