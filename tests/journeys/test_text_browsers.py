"""Reading, writing, asking and taking back in w3m, by keyboard, and with curl.

What lynx and ELinks show of the pages with a form.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks import newsroom
from letterdesk.settings import Site
from letterdesk.tags import LANGUAGES
from tests import newsrooms
from tests.journeys import discussions
from tests.journeys.terminal import Terminal, running

WRITTEN = "Nobody told us where the bus went."
ONCE = "0123456789abcdefghjkmnpqrs"
CODE = r"(?:[0-9A-Z]{5}-){5}[0-9A-Z*~$=]{2}"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[newsroom.Newsroom]:
    made = newsrooms.make(
        tmp_path / "newsroom",
        settings={"worker": {"collect_seconds": 3600}, "press": {"slot_minutes": 1440}},
    )
    with newsroom.serving(made, only=["letterbox"]):
        yield made


@pytest.fixture
def story(room: newsroom.Newsroom) -> str:
    """The address of a story that takes letters."""
    return f"{_address(room)}/t/{newsroom.add_story(room, 1)}/"


@pytest.fixture
def curl() -> str:
    return _program("curl")


@pytest.fixture
def w3m() -> str:
    return _program("w3m")


def test_reader_writes_asks_and_takes_back_in_w3m(
    room: newsroom.Newsroom, story: str, w3m: str, tmp_path: Path
) -> None:
    with _w3m(w3m, story, tmp_path) as screen:
        screen.wait_for("Add your comment")
        _to_field(screen, "Your comment")
        screen.press("\r")  # opens the editor, which writes the letter
        screen.wait_for("Nobody told us")
        _press_button(screen, "Send to the newsroom")
        code = screen.wait_for(CODE)
    undecided = _ask_in_w3m(w3m, room, tmp_path, code, "There is no decision yet")
    newsroom.call("collect", str(room.folder))
    newsroom.call("publish", str(room.folder))
    taken_back = _ask_in_w3m(w3m, room, tmp_path, code, "has been taken back")

    assert undecided
    assert taken_back


def test_reader_looks_over_her_letter_in_w3m_and_sends_it_twice(
    room: newsroom.Newsroom, story: str, w3m: str, tmp_path: Path
) -> None:
    with _w3m(w3m, story, tmp_path) as screen:
        screen.wait_for("Add your comment")
        _to_field(screen, "Your comment")
        screen.press("\r")
        screen.wait_for("Nobody told us")
        _press_button(screen, "Read it over first")
        screen.wait_for("So it would appear")
        _press_button(screen, "Send to the newsroom")
        first = screen.wait_for(CODE)
        screen.press("B")  # back to the last look
        screen.wait_for("So it would appear")
        _press_button(screen, "Send to the newsroom")
        again = screen.wait_for(CODE)
    told = json.loads(newsroom.call("collect", str(room.folder), "--json"))

    assert again == first
    assert (told["letters"], told["repeated"]) == (1, 1)


def test_reader_reads_a_discussion_in_w3m(room: newsroom.Newsroom, w3m: str) -> None:
    discussions.publish(room.public, Site(url=_address(room), languages=LANGUAGES))

    for language in LANGUAGES:
        address = f"{_address(room)}/t/{discussions.story_id(language)}/"
        command = [w3m, "-dump", "-cols", "70", "-O", "UTF-8", address]
        read = subprocess.run(command, capture_output=True, text=True, check=True).stdout

        said = discussions.WORDS[language]
        before, note, after = re.split(r"(\[.*\])", said["cut"])
        for words in (
            said["headline"],
            before,
            note,
            after,
            said["reply"],
            said["answers"],
        ):
            assert _unspaced(words) in _unspaced(read), (language, words)
        assert _unspaced(said["first"]) not in _unspaced(read)


@pytest.mark.parametrize(
    "command",
    [
        ["w3m", "-dump", "-cols", "1000", "-O", "UTF-8"],
        ["lynx", "-dump", "-width=1000", "-display_charset=UTF-8", "-nolist"],
        ["elinks", "-dump", "-dump-width", "1000", "-no-numbering"],
    ],
    ids=lambda command: command[0],
)
def test_nothing_is_said_before_it_has_happened(
    room: newsroom.Newsroom, command: list[str]
) -> None:
    site = Site(url=_address(room), languages=LANGUAGES)
    discussions.publish(room.public, site)
    story = f"{site.url}/t/{discussions.story_id('en')}/"
    thread = room.public / f"t/{discussions.story_id('en')}/thread.json"
    [first, *_] = json.loads(thread.read_text())["comments"]
    program = [_program(command[0]), *command[1:]]

    for address in (story, f"{story}frame.html", f"{story}reply?to={first['id']}"):
        shown = _run(*program, address)

        assert "Send to the newsroom" in shown
        for early in ("has arrived", "So it would appear", "Copy the code", "{", "}"):
            assert early not in shown, (address, early)


def test_reader_writes_asks_and_takes_back_with_curl(
    room: newsroom.Newsroom, story: str, curl: str
) -> None:
    receipt = f"{_address(room)}/receipt"

    page = _curl(curl, story)
    thanks = _curl(curl, f"{story}comments", text=WRITTEN, name="A neighbour")
    code = _code(thanks)
    undecided = _curl(curl, receipt, code=code.lower().replace("-", " "))
    taken = _curl(curl, f"{receipt}/withdraw", code=code)
    newsroom.call("collect", str(room.folder))
    newsroom.call("publish", str(room.folder))
    answer = _curl(curl, receipt, code=code)

    assert f'action="{story.removeprefix(_address(room))}comments"' in page
    assert "There is no decision yet" in undecided
    assert "Your letter will be taken back" in taken
    assert "Your letter has been taken back" in answer
    assert WRITTEN not in answer


def test_reader_reports_a_comment_and_appeals_with_curl(
    room: newsroom.Newsroom, story: str, curl: str
) -> None:
    code, again = (
        _code(_curl(curl, f"{story}comments", text=WRITTEN, once=ONCE)) for _ in range(2)
    )
    with newsroom.serving(room, only=["desk"]):
        _decide(room, curl, "approve")
        thread = _curl(curl, f"{story}thread.json")
        comment = json.loads(thread)["comments"][0]["id"]
        form = _curl(curl, f"{story}notices?comment={comment}")
        reported = _curl(
            curl,
            f"{story}notices",
            comment=comment,
            text="My name is in it.",
            alleged="law",
        )
        _decide(room, curl, "retract", "3")
    answer = _curl(curl, f"{_address(room)}/receipt", code=code)
    appeal = _curl(
        curl, f"{_address(room)}/receipt/appeal", code=code, text="It is my own name."
    )
    told = json.loads(newsroom.call("collect", str(room.folder), "--json"))

    assert again == code
    assert "Report a comment" in form
    assert _code(reported) != code
    assert "has been taken down" in answer
    assert "Your appeal has arrived" in appeal
    assert (told["letters"], told["unopened"]) == (1, 0)


def _decide(room: newsroom.Newsroom, curl: str, action: str, *rules: str) -> None:
    """Collect, and take a decision on the only comment there is, by the desk's API."""
    newsroom.call("collect", str(room.folder))
    token = newsroom.add_token(room, action, role="editor")
    base = f"http://127.0.0.1:{room.desk}/api/v1/comments"
    bearer = ("--header", f"Authorization: Bearer {token}")
    comment = json.loads(_quietly(curl, *bearer, base))["items"][0]
    ruling = {"action": action, "version": comment["version"], "rules": rules}
    decisions = f"{base}/{comment['id']}/decisions"
    _quietly(curl, *bearer, "--fail", "--json", json.dumps(ruling), decisions)
    newsroom.call("publish", str(room.folder))


def _ask_in_w3m(
    w3m: str, room: newsroom.Newsroom, folder: Path, code: str, answer: str
) -> bool:
    """Enter the code, read the answer, and take the letter back where that is offered."""
    with _w3m(w3m, f"{_address(room)}/receipt", folder) as screen:
        screen.wait_for("Receipt code")
        _to_field(screen, "Receipt code")
        screen.press("\r")
        screen.wait_for("TEXT:")
        screen.press(f"{code}\r")
        screen.wait_for(re.escape(code))
        _press_button(screen, "Show the decision")
        found = bool(screen.wait_for(answer))
        if "no decision" in answer:
            _press_button(screen, "Take my letter back")
            screen.wait_for("Take your letter back?")
            _press_button(screen, "Take my letter back")
            screen.wait_for("will be taken back")
        return found


@contextmanager
def _w3m(w3m: str, address: str, folder: Path) -> Iterator[Terminal]:
    letter, editor = folder / "letter", folder / "editor"
    letter.write_text(WRITTEN)
    editor.write_text(f'#!/bin/sh\ncat "{letter}" > "$1"\n')
    editor.chmod(0o755)
    environment = {"EDITOR": str(editor), "HOME": str(folder), "LANG": "C.UTF-8"}
    with running(
        [w3m, "-no-cookie", "-o", f"editor={editor}", address], environment
    ) as screen:
        yield screen


def _to_field(screen: Terminal, label: str) -> None:
    screen.press(f"g/^ *{label}\r\t")


def _press_button(screen: Terminal, label: str) -> None:
    screen.press(f"g/{label}\r\r")


def _unspaced(text: str) -> str:
    """Give the text without its white space: where a line ends is w3m's business."""
    return re.sub(r"\s", "", text)


def _code(page: str) -> str:
    """Give the receipt code on a page."""
    return re.search(CODE, re.sub(r"<[^>]+>", "", page))[0]


def _curl(curl: str, address: str, **fields: str) -> str:
    sent = [
        part for pair in fields.items() for part in ("--data-urlencode", "=".join(pair))
    ]
    return _quietly(curl, *sent, address)


def _quietly(curl: str, *options: str) -> str:
    return _run(curl, "--silent", "--show-error", *options)


def _run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _address(room: newsroom.Newsroom) -> str:
    return f"http://127.0.0.1:{room.letterbox}"


def _program(name: str) -> str:
    path = shutil.which(name)
    if not path:
        pytest.skip(f"There is no {name} here: tools/browser installs it where it may.")
    return path
