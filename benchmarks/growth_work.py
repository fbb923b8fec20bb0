"""The work that benchmarks.growth times; imported where the desk is open."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.test import Client

from benchmarks import fill as filling
from benchmarks import words
from letterdesk import sealing, settings
from letterdesk.desk.actions.decide import decide
from letterdesk.desk.actions.rulings import Ruling
from letterdesk.desk.models import Comment, Story, User
from letterdesk.desk.queries.people import Person, person
from letterdesk.domain.envelope import pack_batch
from letterdesk.domain.ids import new_id
from letterdesk.domain.letter import Letter, LetterKind
from letterdesk.domain.receipt import action_digest, derive
from letterdesk.domain.states import Action, State
from letterdesk.letterbox.once import names_by_chance
from letterdesk.newsroom.passes import collect_letters, publish_changes
from letterdesk.places import choose
from letterdesk.settings import Settings

_TARGET = filling.Mix(published=90, pending=10)
_OTHER = filling.Mix(published=80, rejected=10, pending=10)
_NEW = 100  # stories, the newest, that most letters are about
_NEW_SHARE = 0.9


@dataclass(frozen=True, kw_only=True)
class Site:
    """A filled newsroom; `targets` are the stories of which comments are to be approved."""

    newsroom: Settings
    by: Person
    stories: list[str]
    targets: list[Story]
    today: date


def fill(folder: Path, *, comments: int, threads: int, targets: int) -> Site:
    """Fill the newsroom in `folder` with `comments` in `threads`."""
    newsroom = settings.read(folder)
    today = datetime.now(UTC).date()
    filling.sign_up("editor", "admin", today=today)
    stories = filling.stories(threads, today=today)
    filling.files(stories, folder / newsroom.places.public)
    chosen = stories[: min(targets, threads)]
    mixes = ((story, _TARGET if story in chosen else _OTHER) for story in stories)
    if filling.comments(mixes, today=today) != comments:
        raise SystemExit("A thread has 100 comments: ask for 100 times as many as threads.")
    return Site(
        newsroom=newsroom,
        by=person(User.objects.get(username="editor")),
        stories=[story.public_id for story in stories],
        targets=list(chosen),
        today=today,
    )


def approve(site: Site) -> None:
    """Approve a waiting comment of the next target, and put that last in line."""
    story = site.targets.pop(0)
    site.targets.append(story)
    waiting = Comment.objects.filter(story=story, state=State.PENDING).earliest("id")
    decide(
        waiting.public_id,
        Action.APPROVE,
        by=site.by,
        version=waiting.version,
        ruling=Ruling(),
        now=datetime.now(UTC),
    )


def publish(site: Site) -> None:
    """Publish, and make sure that it was one comment of one story."""
    done = publish_changes(site.newsroom, today=site.today)
    if (done.stories, done.comments) != (1, 1):
        raise SystemExit(f"Expected one comment of one story to be published: {done}.")


def queue_pages(site: Site, times: int) -> Callable[[], None]:
    """Give what asks for the queue's first page, `times` times, as somebody signed in."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(pk=site.by.id))

    def ask() -> None:
        for _ in range(times):
            answer = client.get("/queue/")
            if answer.status_code != 200 or b"/comments/" not in answer.content:
                raise SystemExit(f"The queue answered {answer.status_code}.")

    return ask


def post(site: Site, letters: int, batch: int, *, spread: bool) -> None:
    """Put sealed letters into the spool, as the letterbox would.

    Nine of ten are about the newest stories; with `spread` each is about any story.
    """
    key = sealing.read_public_keys(site.newsroom.public_keys)[0]
    spool = choose.spool(site.newsroom)
    chance = random.Random(4)  # noqa: S311 -- repeatable, not secret
    texts = words.comments(seed=chance.randrange(10**9))
    sealed = [
        sealing.seal(
            letter(_story(site, chance, spread=spread), next(texts), site.today), key
        )
        for _ in range(letters)
    ]
    for at in range(0, letters, batch):
        spool.put(new_id(), pack_batch(sealed[at : at + batch]))


def _story(site: Site, chance: random.Random, *, spread: bool) -> str:
    is_new = not spread and chance.random() < _NEW_SHARE
    return chance.choice(site.stories[-_NEW:] if is_new else site.stories)


def collect(site: Site) -> None:
    """Collect what is in the spool."""
    collect_letters(site.newsroom, today=site.today)


def letter(story: str, text: str, today: date) -> Letter:
    """Give a letter as the letterbox makes it, with a receipt that nobody holds."""
    id_, number = names_by_chance()
    keys = derive(number)
    return Letter(
        id=id_,
        kind=LetterKind.COMMENT,
        arrived=today,
        story=story,
        language="en",
        text=text,
        name="A reader",
        lookup=keys.lookup,
        outcome_key=keys.outcome_key,
        action_digest=action_digest(keys.action_key),
    )
