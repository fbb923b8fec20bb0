"""A wall of the widest character there is leaves none of the desk's boxes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from benchmarks import newsroom
from benchmarks.letters import send
from tests.journeys import desk
from tests.journeys.conftest import keep

WALL = "\ufdfd"  # a sentence of four words as one character
_OUT = """() => Math.max(
  document.documentElement.scrollWidth - innerWidth,
  ...[...document.querySelectorAll(".letter, .flash, .flash > p, .line, .facts")]
    .map((one) => one.scrollWidth - one.clientWidth),
)"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[newsroom.Newsroom]:
    with desk.opened(tmp_path_factory.mktemp("wide") / "newsroom") as made:
        yield made


@pytest.fixture(scope="module")
def password(room: newsroom.Newsroom) -> str:
    return desk.add_person(room, "mina")


@pytest.mark.parametrize("width", [1366, 390])
def test_a_wall_of_the_widest_character_stays_in_its_box(
    with_scripts: BrowserContext, room: newsroom.Newsroom, password: str, width: int
) -> None:
    story = newsroom.add_story(room, f"{WALL * 40}{width}")
    send(room, story, [WALL * 300], name=WALL * 20)
    page: Page = with_scripts.new_page()
    page.set_viewport_size({"width": width, "height": 768})
    desk.sign_in(page, room, "mina", password)
    found: dict[str, int] = {}

    def look(name: str) -> None:
        keep(page, f"wide-{name}-{width}")
        found[name] = page.evaluate(_OUT)

    desk.begin(page, room, story)
    expect(page.locator("[data-letter]")).to_be_visible()
    look("card")
    page.keyboard.press("e")
    expect(page.locator("[data-panel=edit]")).to_be_visible()
    look("cut")
    page.keyboard.press("Escape")
    page.keyboard.press("h")
    page.keyboard.press("Enter")
    expect(page.locator(".flash", has_text="Held: a letter on")).to_be_visible()
    look("told")
    page.goto(f"http://127.0.0.1:{room.desk}/mine/")
    page.wait_for_load_state()
    look("mine")
    page.keyboard.press("u")
    expect(page.locator(".flash", has_text="waits in the queue again")).to_be_visible()
    look("undone")
    page.goto(f"http://127.0.0.1:{room.desk}/queue/?story={story}")
    look("queue")

    assert found == dict.fromkeys(found, 0)
