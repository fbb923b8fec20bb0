"""Fill a newsroom's database directly: a site of a given size, without its history.

Works in a process whose desk is open. A comment is put in as the press left it: published,
turned down, or waiting; decisions and the audit log stay short, because nothing that is
measured reads them.
"""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from benchmarks import words
from letterdesk.desk.actions.own_account import choose_password
from letterdesk.desk.actions.people import add_user
from letterdesk.desk.models import Comment, PublishedFile, Story
from letterdesk.desk.queries.people import by_name
from letterdesk.domain import base32
from letterdesk.domain.ids import new_id
from letterdesk.domain.states import State
from letterdesk.triage.screening import VERSION

_FILES = ("index.html", "thread.html", "thread.json", "feed.atom", "story.json")
_ROWS = 5_000  # in one statement


@dataclass(frozen=True, kw_only=True)
class Mix:
    """How many comments of a thread are in which state."""

    published: int
    rejected: int = 0
    pending: int = 0


def sign_up(name: str, role: str, *, today: date) -> None:
    """Give somebody an account, with a password of her own."""
    add_user(name, role, today=today)
    choose_password(by_name(name), new=secrets.token_urlsafe(12), today=today)


def stories(count: int, *, today: date) -> list[Story]:
    """Put stories in, about which the press has nothing left to do."""
    made = [
        Story(
            public_id=new_id(),
            url=f"https://news.test/filled-{number}",
            headline=f"What the council decided, part {number}",
            language="en",
            desk="english",
            registered=today,
            changed=False,
        )
        for number in range(count)
    ]
    return Story.objects.bulk_create(made, batch_size=_ROWS)


def comments(filled: Iterable[tuple[Story, Mix]], *, today: date) -> int:
    """Put comments under stories; give how many."""
    total = 0
    texts = words.comments(seed=3)
    rows = (row for story, mix in filled for row in _thread(story, mix, texts, today))
    while some := list(islice(rows, _ROWS)):
        total += len(Comment.objects.bulk_create(some))
    return total


def files(listed: Iterable[Story], public: Path) -> None:
    """Put in what the press knows of its files, and a file for each of them."""
    rows = []
    for story in listed:
        folder = public / "t" / story.public_id
        folder.mkdir(parents=True)
        for name in _FILES:
            (folder / name).write_bytes(b"-")
            path = f"t/{story.public_id}/{name}"
            rows.append(PublishedFile(path=path, digest=secrets.token_hex(32), story=story))
    PublishedFile.objects.bulk_create(rows, batch_size=_ROWS)


def _thread(story: Story, mix: Mix, texts: Iterator[str], today: date) -> Iterator[Comment]:
    states = (
        [State.PUBLISHED] * mix.published
        + [State.REJECTED] * mix.rejected
        + [State.PENDING] * mix.pending
    )
    for place, state in enumerate(states, start=1):
        decided = state is not State.PENDING
        yield Comment(
            public_id=new_id(),
            story=story,
            desk=story.desk,
            state=state,
            text=next(texts),
            name="A reader",
            language="en",
            arrived=today,
            rules=["3"] if state is State.REJECTED else [],
            version=2 if decided else 1,
            acted_version=2 if decided else 1,
            published=today if state is State.PUBLISHED else None,
            place=place if state is State.PUBLISHED else None,
            lookup=base32.encode(secrets.token_bytes(16)),
            outcome_key=secrets.token_bytes(32),
            action_digest=secrets.token_bytes(32),
            salt=secrets.token_bytes(16),
            screened=VERSION,
        )
