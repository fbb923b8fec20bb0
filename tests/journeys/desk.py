"""A newsroom whose desk is open, for the moderators' journeys."""

import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from benchmarks import newsroom
from tests import newsrooms, warm
from tests.processes import done

_cookies: dict[tuple[Path, str], list[Any]] = {}  # of who is signed in


@contextmanager
def opened(folder: Path) -> Iterator[newsroom.Newsroom]:
    """Give a newsroom whose desk is open, and in which nothing happens by itself."""
    made = newsrooms.make(
        folder,
        settings={"worker": {"collect_seconds": 3600}, "press": {"slot_minutes": 1440}},
    )
    with newsroom.serving(made, only=["desk"]):
        yield made


def add_person(
    room: newsroom.Newsroom, name: str, *, role: str = "moderator", at: str = ""
) -> str:
    """Give the password that a new person, `at` one desk, has chosen for her first one."""
    only = ["--desk", at] if at else []
    done("user", "add", room.folder, name, "--role", role, *only)
    password = secrets.token_urlsafe(12)
    chosen = warm.run(
        [str(room.folder), name, password], first=f"{newsroom.CHOOSE}sys.exit()"
    )
    assert chosen.returncode == 0, chosen.stderr
    return password


def sign_in(page: Page, room: newsroom.Newsroom, name: str, password: str) -> None:
    page.goto(f"http://127.0.0.1:{room.desk}/sign-in/")
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"http://127.0.0.1:{room.desk}/")


def come_back(page: Page, room: newsroom.Newsroom, name: str, password: str) -> None:
    """Come as somebody who is signed in, from an earlier test; else sign in."""
    page.context.add_cookies(_cookies.get((room.folder, name), []))
    page.goto(f"http://127.0.0.1:{room.desk}/")
    if "/sign-in/" in page.url:
        sign_in(page, room, name, password)
        _cookies[room.folder, name] = page.context.cookies()


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
