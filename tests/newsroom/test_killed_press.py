"""A press that is killed once a page is out, and before it is noted: what readers get."""

import signal
import sqlite3
from contextlib import closing
from pathlib import Path

from tests import warm
from tests.newsrooms import copy, demo
from tests.processes import done

__all__ = ["demo"]

_DIE = """
import os, signal
from django.db.models import QuerySet

def update(rows, *, real=QuerySet.update, **values):
    if values == {"awaits_page": False}:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(rows, **values)

QuerySet.update = update
"""
_AWAITING = (
    "SELECT comment.public_id, story.public_id, story.url, story.headline, story.language "
    "FROM desk_comment comment JOIN desk_story story ON story.id = comment.story_id "
    "WHERE comment.awaits_page"
)


def awaiting(newsroom: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(newsroom / "desk.db")) as database:
        return database.execute(_AWAITING).fetchall()


def test_what_readers_have_may_be_a_gap_only_until_the_press_runs_again(
    demo: Path, tmp_path: Path
):
    newsroom = copy(demo, tmp_path)

    killed = warm.run(["publish", str(newsroom)], first=_DIE)
    (comment, story, url, headline, language), *_ = awaiting(newsroom)
    page = newsroom / "public" / "t" / story / "index.html"
    out = page.read_text()
    add = ("story", "add", newsroom, "--url", url, "--language", language)
    done(*add, "--headline", f"{headline}!")  # its page is written, between slots
    between = page.read_text()
    done("publish", newsroom)

    assert killed.returncode == -signal.SIGKILL
    assert [comment in one for one in (out, between)] == [True, False]
    assert comment in page.read_text()
    assert awaiting(newsroom) == []
