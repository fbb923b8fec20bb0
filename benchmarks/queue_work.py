"""The work that benchmarks.queue times; imported where the desk is open."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import connection
from django.test import Client

from benchmarks import fill as filling
from letterdesk.desk.actions.undo import undo
from letterdesk.desk.models import Comment, User
from letterdesk.desk.queries.people import Person, person
from letterdesk.domain.states import State

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

_NAME = "moderator"
_CARD = re.compile(r"/comments/([0-9a-z]+)/")
_VERSION = re.compile(rb'data-version="(\d+)"')


def fill(*, letters: int, stories: int) -> None:
    """Fill the newsroom with stories on which letters wait, unless it is filled."""
    if User.objects.exists():
        return
    today = datetime.now(UTC).date()
    made = filling.stories(stories, today=today)
    mix = filling.Mix(published=0, pending=letters // stories)
    if filling.comments(((story, mix) for story in made), today=today) != letters:
        raise SystemExit("Ask for a number of letters that the stories can share evenly.")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    filling.sign_up(_NAME, "moderator", today=today)


@dataclass(kw_only=True)
class Desk:
    """Somebody signed in; each request is prepared, and what sends it is given."""

    client: Client
    by: Person
    decided: list[str] = field(default_factory=list)
    card: str = ""  # the letter that is open
    version: int = 0

    def start(self) -> Callable[[], object]:
        """Ask for the start page."""
        return lambda: self._page("/", b"waits-line")

    def queue(self) -> Callable[[], object]:
        """Ask for the queue's first page."""
        return lambda: self._page("/queue/", b"line-excerpt")

    def next_letter(self) -> Callable[[], object]:
        """Ask for the oldest letter."""
        return lambda: self._seen(self.client.get("/queue/next/", follow=True))

    def decide(self) -> Callable[[], object]:
        """Approve the letter that is open, and see the next one."""
        if not self.card:
            self.next_letter()()
        self.decided.append(self.card)
        sent = {"action": "approve", "version": self.version}
        where = f"/comments/{self.card}/"
        return lambda: self._seen(self.client.post(where, sent, follow=True))

    def put_back(self) -> None:
        """Undo all decisions, for the next time."""
        for public_id in self.decided:
            undo(public_id, by=self.by, now=datetime.now(UTC))
        waiting = Comment.objects.filter(public_id__in=self.decided, state=State.PENDING)
        if waiting.count() != len(self.decided):
            raise SystemExit("A decision was not stored, or could not be undone.")

    def _page(self, address: str, mark: bytes) -> None:
        answer = self.client.get(address)
        if answer.status_code != 200 or mark not in answer.content:
            raise SystemExit(f"{address} answered {answer.status_code} without {mark!r}.")

    def _seen(self, answer: "Answer") -> None:
        found = _CARD.match(answer.request["PATH_INFO"])
        version = _VERSION.search(answer.content)
        if not found or not version or (found[1] == self.card and self.decided):
            raise SystemExit(f"No next letter came: {answer.status_code}.")
        self.card, self.version = found[1], int(version[1])


def sign_in() -> Desk:
    """Give the desk, as the moderator sees it."""
    user = User.objects.get(username=_NAME)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    return Desk(client=client, by=person(user))
