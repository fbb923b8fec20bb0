"""What readers ask of the newsroom, and what it answers; what triage remarks."""

import re
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from benchmarks import newsroom
from benchmarks.letters import send
from tests import newsrooms
from tests.journeys import desk

_STORY = "The ferry carried 93,300 people last year. It leaves at 9.15 in the morning."
_WHO = {"mina": "moderator", "noor": "moderator", "erin": "editor"}
_numbers = count(1)
_Enter = Callable[[str], Page]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[newsroom.Newsroom]:
    made = newsrooms.make(
        tmp_path_factory.mktemp("answers") / "newsroom",
        settings={"worker": {"collect_seconds": 3600}, "press": {"slot_minutes": 1440}},
    )
    with newsroom.serving(made, only=["letterbox"]), newsroom.serving(made, only=["desk"]):
        yield made


@pytest.fixture(scope="module")
def passwords(room: newsroom.Newsroom) -> dict[str, str]:
    return {name: desk.add_person(room, name, role=role) for name, role in _WHO.items()}


@pytest.fixture
def story(room: newsroom.Newsroom, tmp_path: Path) -> str:
    """A story, as readers find it."""
    number = next(_numbers)
    body = tmp_path / "story.txt"
    body.write_text(_STORY)
    made = newsroom.call(
        *("story", "add", str(room.folder), "--url", f"https://news.test/{number}"),
        *("--headline", f"Story {number}", "--language", "en", "--body", str(body)),
    ).strip()
    newsroom.call("publish", str(room.folder))
    return made


@pytest.fixture
def enter(
    browser: Browser, room: newsroom.Newsroom, passwords: dict[str, str]
) -> Iterator[_Enter]:
    """Give a page, without scripts, of a reader (""), or of somebody at the desk."""
    contexts = []

    def open_page(name: str) -> Page:
        context = browser.new_context(java_script_enabled=False, locale="en-GB")
        contexts.append(context)
        page = context.new_page()
        if name:
            desk.sign_in(page, room, name, passwords[name])
        return page

    yield open_page
    for context in contexts:
        context.close()


def pass_on(room: newsroom.Newsroom) -> None:
    """Let a slot come: letters are collected, decisions published."""
    newsroom.call("collect", str(room.folder))
    newsroom.call("publish", str(room.folder))


def write(page: Page, room: newsroom.Newsroom, story: str, text: str) -> str:
    """Send a letter; give its receipt code."""
    page.goto(f"http://127.0.0.1:{room.letterbox}/t/{story}/")
    page.get_by_role("textbox", name="Your comment").fill(text)
    page.get_by_role("button", name="Send to the newsroom").click()
    return page.locator("code").inner_text()


def ask(page: Page, room: newsroom.Newsroom, code: str) -> None:
    page.goto(f"http://127.0.0.1:{room.letterbox}/receipt")
    page.get_by_label("code").fill(code)
    page.locator("main form button").click()


def decide(page: Page, room: newsroom.Newsroom, story: str, action: str) -> None:
    """Decide on a story's oldest letter; a rejection rests on rule 1."""
    desk.begin(page, room, story)
    button = page.get_by_role("button", name=re.compile(f"^{action}"))
    if action == "Reject":
        button.click()
        page.get_by_role("checkbox", name=re.compile("^1")).check()
        button = page.locator("#panel-reject").get_by_role("button", name="Reject")
    with page.expect_navigation():
        button.click()


def report(page: Page, room: newsroom.Newsroom, story: str, words: str) -> str:
    """Report the first comment as one that puts somebody in danger; give the receipt."""
    page.goto(f"http://127.0.0.1:{room.letterbox}/t/{story}/")
    page.get_by_role("link", name=re.compile("^Report")).click()
    page.get_by_label("It puts somebody in danger").check()
    page.get_by_label("What is wrong with it").fill(words)
    page.get_by_role("button", name="Send the report").click()
    return page.locator("code").inner_text()


def to_letters(page: Page, room: newsroom.Newsroom, kind: str, words: str) -> None:
    page.goto(f"http://127.0.0.1:{room.desk}/letters/?kind={kind}")
    page.get_by_role("link", name=words).click()


@pytest.mark.parametrize(
    ("answer", "heading", "status"),
    [
        ("The decision stands", "the decision stands", "turned down"),
        ("Publish the whole letter", "the decision is changed", "published"),
    ],
)
def test_another_person_answers_an_appeal_and_the_receipt_tells_it(
    room: newsroom.Newsroom,
    story: str,
    enter: _Enter,
    answer: str,
    heading: str,
    status: str,
) -> None:
    reader, mina, noor = enter(""), enter("mina"), enter("noor")
    plea = f"I said it civilly, about {story[:8]}."
    code = write(reader, room, story, "This mayor should resign.")
    newsroom.call("collect", str(room.folder))
    decide(mina, room, story, "Reject")
    pass_on(room)

    ask(reader, room, code)
    expect(reader.locator("h1")).to_have_text("Your comment has been turned down")
    reader.get_by_label("Why it should be decided differently").fill(plea)
    reader.get_by_role("button", name="Send the appeal").click()
    expect(reader.locator("h1")).to_have_text("Your appeal has arrived")
    pass_on(room)
    to_letters(mina, room, "appeal", plea)
    expect(mina.get_by_text("You took part in this decision.")).to_be_visible()
    expect(mina.get_by_role("button", name=answer)).to_have_count(0)
    to_letters(noor, room, "appeal", plea)
    noor.get_by_label("Add a line to its author").fill("Thank you for asking.")
    noor.get_by_role("button", name=answer).click()
    expect(noor.get_by_text("Answered.")).to_be_visible()
    pass_on(room)
    ask(reader, room, code)

    expect(reader.locator("h1")).to_contain_text(status)
    expect(
        reader.get_by_role("heading", name=f"Your appeal was answered: {heading}")
    ).to_be_visible()
    expect(
        reader.get_by_role("heading", name="The decision before your appeal")
    ).to_be_visible()
    expect(reader.locator("main")).to_contain_text("Thank you for asking.")
    expect(reader.get_by_role("button", name="Send the appeal")).to_have_count(0)
    reader.goto(f"http://127.0.0.1:{room.letterbox}/t/{story}/")
    published = int(status == "published")
    expect(reader.get_by_text("This mayor should resign.")).to_have_count(published)


def test_a_reported_comment_is_taken_down_and_who_reported_it_is_told(
    room: newsroom.Newsroom,
    story: str,
    enter: _Enter,
    with_scripts: BrowserContext,
    passwords: dict[str, str],
) -> None:
    reader, noor = enter(""), with_scripts.new_page()
    desk.sign_in(noor, room, "noor", passwords["noor"])
    author = write(reader, room, story, "My neighbour Daniel Roe drove it.")
    newsroom.call("collect", str(room.folder))
    decide(enter("mina"), room, story, "Approve")
    pass_on(room)

    code = report(reader, room, story, "He can be found by this name.")
    newsroom.call("collect", str(room.folder))
    to_letters(noor, room, "notice", "He can be found by this name.")
    expect(noor.get_by_text("puts somebody in danger")).to_be_visible()
    noor.wait_for_url(re.compile("/notices/"))
    noor.wait_for_load_state()
    noor.keyboard.press("6")
    expect(noor.locator("[name=rules]:checked")).to_have_value("6")
    noor.keyboard.press("3")
    expect(noor.locator("[name=rules]:checked")).to_have_value("3")
    noor.get_by_label("Add a line to who sent the notice").fill("You were right.")
    noor.get_by_role("button", name="Take the comment down").click()
    expect(noor.get_by_text("Answered.")).to_be_visible()
    newsroom.call("publish", str(room.folder))

    reader.goto(f"http://127.0.0.1:{room.letterbox}/t/{story}/")
    expect(reader.get_by_text("Daniel Roe")).to_have_count(0)
    ask(reader, room, code)
    expect(reader.locator("h1")).to_have_text(
        "The comment that you reported is no longer published"
    )
    expect(reader.locator("main")).to_contain_text("You were right.")
    ask(reader, room, author)
    expect(reader.locator("h1")).to_have_text("Your comment has been taken down")


def test_a_tip_is_downloaded_by_an_editor_and_wiped(
    room: newsroom.Newsroom, story: str, enter: _Enter
) -> None:
    reader, erin = enter(""), enter("erin")
    reader.goto(f"http://127.0.0.1:{room.letterbox}/t/{story}/")
    reader.get_by_label("It is for the newsroom only: do not publish it").check()
    words = "Look below the third pier."
    reader.get_by_role("textbox", name="Your comment").fill(words)
    reader.get_by_role("button", name="Send to the newsroom").click()
    reader.locator("code").wait_for()
    newsroom.call("collect", str(room.folder))

    mina = enter("mina")
    mina.goto(f"http://127.0.0.1:{room.desk}/letters/?kind=tip")
    expect(mina.get_by_text(words)).to_have_count(0)
    to_letters(erin, room, "tip", words)
    address = erin.url
    wipe = erin.get_by_role("button", name="I have the file: wipe the tip here")
    expect(wipe).to_be_disabled()
    with erin.expect_download() as taken:
        erin.get_by_role("button", name="Download").click()
    saved = Path(taken.value.path()).read_text()
    erin.goto(address)
    wipe.click()
    expect(erin.get_by_text("Wiped. Nothing of the tip is kept here.")).to_be_visible()
    erin.goto(address)

    assert words in saved
    expect(erin.get_by_text("It was handed over and wiped here.")).to_be_visible()
    assert words.encode() not in (room.folder / "desk.db").read_bytes()


def test_remarks_lead_to_their_marks_in_the_letter_and_in_the_story(
    room: newsroom.Newsroom, story: str, enter: _Enter
) -> None:
    text = "Only 30,000 people took the ferry last year. Call 212-555-0147."
    send(room, story, [text])
    page = enter("mina")

    desk.begin(page, room, story)
    remarks = page.get_by_role("region", name="What triage noticed")
    expect(remarks).to_contain_text("It seems to give a phone number.")
    expect(remarks).to_contain_text("The story says 93,300; this says 30,000.")
    marks = page.locator("[data-letter] mark")
    expect(marks.filter(has_text="212-555-0147")).to_be_visible()
    expect(page.locator(".story-text mark").filter(has_text="93,300").first).to_be_visible()
    figure = remarks.get_by_role("listitem").filter(has_text="The story says")
    figure.get_by_role("link", name="In the story").click()

    expect(_mark(page)).to_contain_text("93,300")
    figure.get_by_role("link", name="In the letter").click()
    expect(_mark(page)).to_contain_text("30,000")


def _mark(page: Page) -> Locator:
    """Give the mark beside the place that the address names."""
    place = page.url.rpartition("#")[2]
    return page.locator(f"mark:has(+ #{place}), #{place} + mark").first
