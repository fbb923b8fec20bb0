"""A campaign, decided on with one key and taken back with one; by hand, too."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from benchmarks import newsroom
from benchmarks.letters import send
from tests.journeys import desk

CAMPAIGNS = iter(
    (
        "As an ordinary citizen I ask the council to keep the {} and end the waste now.",
        "Whoever has walked home in the dark knows why this town has to mend its {} first.",
        "Nobody on this quay believes what the new {} is said to cost the people here.",
        "My grandmother paid for that {} with her own hands, and nobody asks her opinion.",
    )
)
# As Safari tells of the key that ended a composition; says whether a script took it.
END_OF_COMPOSITION = """(key) => {
  const field = document.querySelector("[data-panel=reject] input:not([type=hidden])");
  return !field.dispatchEvent(
    new KeyboardEvent("keydown", { key, keyCode: 229, bubbles: true, cancelable: true }),
  );
}"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[newsroom.Newsroom]:
    with desk.opened(tmp_path_factory.mktemp("together") / "newsroom") as made:
        yield made


@pytest.fixture(scope="module")
def password(room: newsroom.Newsroom) -> str:
    return desk.add_person(room, "mina")


@pytest.fixture
def story(room: newsroom.Newsroom, request: pytest.FixtureRequest) -> str:
    story = newsroom.add_story(room, request.node.name, desk=request.node.name)
    campaign = next(CAMPAIGNS)
    texts = [campaign.format(one) for one in ("ferry", "bridge", "ferry")]
    send(room, story, [*texts, "Something else altogether, about the weather."])
    return story


def open_group(page: Page, room: newsroom.Newsroom, story: str) -> None:
    """Go from the queue to the near-copies of its first letter."""
    page.goto(f"http://127.0.0.1:{room.desk}/queue/?story={story}")
    page.get_by_role("link", name="nearly the same: 2 more").first.click()
    expect(page.get_by_role("heading", name="Near-copies", level=1)).to_be_visible()
    page.wait_for_load_state()  # no key is heard before its scripts are there


def states(room: newsroom.Newsroom, story: str) -> list[tuple[str, list[str]]]:
    return [(state, rules) for state, rules, _ in desk.standing(room, story)]


def test_campaign_is_rejected_by_keys_and_taken_back_with_one_key(
    room: newsroom.Newsroom, story: str, password: str, with_scripts: BrowserContext
) -> None:
    page = with_scripts.new_page()
    desk.come_back(page, room, "mina", password)
    open_group(page, room, story)
    ticked = page.get_by_text("Ticked:")

    expect(page.locator("em.apart")).to_have_text(["bridge"])
    expect(ticked).to_contain_text("0 / 3")
    for key in ("j", "Space", "j", "j", "Space"):
        page.keyboard.press(key)
    expect(ticked).to_contain_text("2 / 3")
    page.keyboard.press("Enter")  # in a box: decides nothing
    expect(ticked).to_contain_text("2 / 3")
    page.keyboard.press("r")
    left = [page.evaluate(END_OF_COMPOSITION, key) for key in ("Enter", "Escape")]
    assert left == [False, False]
    expect(page.locator("[data-panel=reject]")).to_be_visible()
    page.keyboard.press("6")
    expect(page.get_by_text("Rejected: 2 letters together.")).to_be_visible()
    page.wait_for_load_state()
    decided = states(room, story)
    page.keyboard.press("u")
    expect(page.get_by_text("2 letters are as they were before")).to_be_visible()

    pending: tuple[str, list[str]] = ("pending", [])
    assert decided == [("rejected", ["6"]), pending, ("rejected", ["6"]), pending]
    assert states(room, story) == [pending] * 4


def test_page_is_ticked_with_one_key_to_be_rejected_and_not_to_be_approved(
    room: newsroom.Newsroom, story: str, password: str, with_scripts: BrowserContext
) -> None:
    page = with_scripts.new_page()
    desk.come_back(page, room, "mina", password)
    open_group(page, room, story)
    status = page.get_by_role("status")
    approve = page.get_by_role("button", name="Approve what is ticked")

    page.keyboard.press("a")
    nothing = page.get_by_text("Nothing is ticked.")
    expect(nothing).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("t")
    expect(nothing).to_have_count(0)
    expect(status.filter(has_text="3 / 3")).to_be_visible()
    expect(status.get_by_text("Ticked with the page")).to_be_visible()
    expect(approve).to_be_disabled()
    for key in ("t", "j", "Space"):
        page.keyboard.press(key)
    expect(status.filter(has_text="1 / 3")).to_be_visible()
    expect(status.get_by_text("Ticked with the page")).to_be_hidden()
    expect(approve).to_be_enabled()
    for key in ("t", "r", "6"):
        page.keyboard.press(key)
    expect(page.get_by_text("Rejected: 3 letters together.")).to_be_visible()

    rejected = ("rejected", ["6"])
    assert states(room, story) == [rejected] * 3 + [("pending", [])]


def test_campaign_is_held_and_the_rest_approved_without_scripts(
    room: newsroom.Newsroom, story: str, password: str, without_scripts: BrowserContext
) -> None:
    page = without_scripts.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    desk.come_back(page, room, "mina", password)
    open_group(page, room, story)
    boxes = page.get_by_role("checkbox", name="I have read it")

    boxes.nth(1).check()
    page.get_by_label("What should a colleague look at?").fill("Which bridge?")
    page.get_by_role("button", name=re.compile("^Hold what is ticked")).click()
    expect(page.get_by_text("Held: 1 letter.")).to_be_visible()
    for box in boxes.all():
        box.check()
    page.get_by_role("button", name=re.compile("^Approve what is ticked")).click()
    expect(page.get_by_text("Approved: 2 letters together.")).to_be_visible()
    page.goto(f"http://127.0.0.1:{room.desk}/mine/")
    page.get_by_role("button", name="Undo all of it").first.click()

    expect(page.get_by_text("the letters are as they were before")).to_be_visible()
    assert [state for state, _ in states(room, story)] == [
        "pending",
        "held",
        *["pending"] * 2,
    ]


def test_nothing_of_a_group_is_lost_at_four_times_the_size(
    room: newsroom.Newsroom, story: str, password: str, with_scripts: BrowserContext
) -> None:
    page = with_scripts.new_page()
    page.set_viewport_size({"width": 320, "height": 256})
    desk.come_back(page, room, "mina", password)
    open_group(page, room, story)
    wide: dict[str, int] = {}

    def look(name: str) -> None:
        page.wait_for_load_state()  # a link is followed before there is anything to see
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[name] = width

    look("copies")
    page.keyboard.press("r")
    expect(page.locator("[data-panel=reject]")).to_be_visible()
    look("reject")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="All groups").click()
    look("groups")

    assert wide == {}
