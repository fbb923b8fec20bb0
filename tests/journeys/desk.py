"""A newsroom whose desk is open, for the moderators' journeys."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from playwright.sync_api import Page

from benchmarks import newsroom
from letterdesk import sealing, settings
from letterdesk.domain.envelope import pack_batch
from letterdesk.domain.ids import new_id
from letterdesk.domain.letter import Letter, LetterKind
from letterdesk.places import choose


def send(
    room: newsroom.Newsroom,
    story: str,
    texts: Sequence[str],
    *,
    language: str = "en",
    as_written: bool = False,
) -> None:
    """Put letters into the spool as the letterbox would, and have them collected."""
    known = settings.read(room.folder)
    key = sealing.read_public_keys(known.public_keys)[0]
    letters = [
        Letter(
            id=new_id(),
            kind=LetterKind.COMMENT,
            arrived=datetime.now(UTC).date(),
            story=story,
            language=language,
            text=text,
            name="A neighbour",
            as_written=as_written,
        )
        for text in texts
    ]
    choose.spool(known).put(
        new_id(), pack_batch([sealing.seal(letter, key) for letter in letters])
    )
    newsroom.call("collect", str(room.folder))


def add_person(room: newsroom.Newsroom, name: str, *, role: str = "moderator") -> str:
    """Give the password of a new account."""
    said = newsroom.call("user", "add", str(room.folder), name, "--role", role)
    return said.strip().splitlines()[-1].split()[-1]


def sign_in(page: Page, room: newsroom.Newsroom, name: str, password: str) -> None:
    page.goto(f"http://127.0.0.1:{room.desk}/sign-in/")
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"http://127.0.0.1:{room.desk}/")


def begin(page: Page, room: newsroom.Newsroom, story: str) -> None:
    """Go to the oldest letter of a story."""
    page.goto(f"http://127.0.0.1:{room.desk}/queue/next/?story={story}")


def standing(room: newsroom.Newsroom, story: str) -> list[tuple[str, list[str], object]]:
    """Give state, rules and cuts of a story's comments, in the order they came in."""
    with sqlite3.connect(room.folder / "desk.db") as database:
        rows = database.execute(
            "SELECT comment.state, comment.rules, comment.cuts FROM desk_comment comment "
            "JOIN desk_story story ON story.id = comment.story_id "
            "WHERE story.public_id = ? ORDER BY comment.id",
            [story],
        ).fetchall()
    return [(state, json.loads(rules), json.loads(cuts)) for state, rules, cuts in rows]
