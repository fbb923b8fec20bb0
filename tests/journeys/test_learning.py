"""A few hundred decisions teach triage an insult; an editor tries it, and goes back."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks import newsroom
from benchmarks.letters import send
from tests import newsrooms
from tests.desk.decisions import INSULT
from tests.journeys import desk
from tests.journeys.conftest import keep

_DECIDE = """
import sys
from pathlib import Path
from letterdesk.newsroom.opening import open_desk
open_desk(Path(sys.argv[1]))
from letterdesk.desk.models import Story
from letterdesk.desk.queries.people import by_name
from tests.desk.decisions import decide_on
decide_on(300, by=by_name("mina"), story=Story.objects.get(public_id=sys.argv[2]))
"""


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[newsroom.Newsroom]:
    made = newsrooms.make(tmp_path_factory.mktemp("learning") / "newsroom")
    with newsroom.serving(made, only=["desk"]):
        yield made


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 860},
        locale="en-GB",
        bypass_csp=True,  # for the scan, which is a script; the pages allow none
    )
    yield context.new_page()
    context.close()


def test_an_editor_takes_what_was_learnt_into_use_and_goes_back(
    page: Page, room: newsroom.Newsroom, faults: Callable[[Page], list[str]]
) -> None:
    desk.add_person(room, "mina")
    password = desk.add_person(room, "erin", role="editor")
    story = newsroom.add_story(room, 1)
    _decide(room, story)
    assert newsroom.call("triage", "learn", str(room.folder)).endswith(
        "300 decisions, a better model.\n"
    )
    send(room, story, [INSULT])
    desk.sign_in(page, room, "erin", password)
    expect(_remark(page, room, story)).to_have_count(0)

    page.goto(f"http://127.0.0.1:{room.desk}/")
    page.get_by_role("link", name="Better models").click()
    expect(page.get_by_text("On your last")).to_be_visible()
    assert faults(page) == []
    keep(page, "learning")
    page.get_by_role("button", name="Take into use").click()
    expect(page.get_by_text("Letters that wait are looked over again")).to_be_visible()
    newsroom.call("collect", str(room.folder))
    expect(_remark(page, room, story)).to_have_count(1)

    page.goto(f"http://127.0.0.1:{room.desk}/learning/")
    expect(page.get_by_text("Model 1, from 300 decisions")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Go back to the shipped model").click()
    expect(page.get_by_role("button", name="Go back to model 1")).to_be_visible()
    newsroom.call("collect", str(room.folder))
    expect(_remark(page, room, story)).to_have_count(0)


def _decide(room: newsroom.Newsroom, story: str) -> None:
    command = [sys.executable, "-c", _DECIDE, str(room.folder), story]
    subprocess.run(command, cwd=Path(__file__).parents[2], check=True)


def _remark(page: Page, room: newsroom.Newsroom, story: str) -> Locator:
    """Give the remark that the waiting letter reads as uncivil, where it has one."""
    page.goto(f"http://127.0.0.1:{room.desk}/queue/next/?story={story}")
    expect(page.get_by_text(INSULT).first).to_be_visible()
    return page.locator(".remark-sentence", has_text="uncivil")
