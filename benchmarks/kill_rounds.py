"""The rounds of benchmarks.kill_work; imported where the desk is open."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import connections

from benchmarks import whole
from benchmarks.growth_work import letter
from benchmarks.kill_work import Victim
from letterdesk import sealing, settings
from letterdesk.desk.actions.decide import decide
from letterdesk.desk.actions.people import add_user
from letterdesk.desk.actions.publish import publish
from letterdesk.desk.actions.rulings import Ruling
from letterdesk.desk.models import Comment, PublishedFile, Story, User
from letterdesk.desk.queries.people import Person, person
from letterdesk.domain.envelope import pack_batch
from letterdesk.domain.ids import new_id
from letterdesk.domain.states import Action, State
from letterdesk.newsroom.passes import collect_letters, publish_changes
from letterdesk.places import choose
from letterdesk.places.folder import Folder

_BATCHES, _LETTERS = 6, 20  # put into the spool for each round of collect
_APPROVED = 6  # comments approved for each round of publish


@dataclass(kw_only=True)
class Site:
    """A newsroom whose desk this process has open."""

    folder: Path
    stories: Sequence[str]
    chance: random.Random
    today: date
    posted: int = 0
    approved: set[str] = field(default_factory=set)  # the texts that may be read


def run(site: Site, collects: int, publishes: int) -> str:
    """Give what was found, as JSON: see kill.Found."""
    newsroom = settings.read(site.folder)
    collecting = Victim(
        work=lambda: collect_letters(newsroom, today=site.today), chance=site.chance
    )
    publishing = Victim(
        work=lambda: publish_changes(newsroom, today=site.today), chance=site.chance
    )
    _collect(site, collecting, collects)
    add_user("editor", "admin", today=site.today)
    by = person(User.objects.get(username="editor"))
    torn = _publish(site, publishing, publishes, by)
    torn += whole.different(site.folder / "public", _fresh(site))
    shown = whole.texts(site.folder / "public")
    return json.dumps(
        {
            "posted": site.posted,
            "hit_collecting": collecting.hit,
            "hit_publishing": publishing.hit,
            "approved": len(site.approved),
            "unpublished": len(site.approved - set(shown)),
            "published_twice": sum(number > 1 for number in shown.values()),
            "torn": torn,
        }
    )


def _collect(site: Site, victim: Victim, rounds: int) -> None:
    connections.close_all()
    victim.finish()  # the letterbox's letters
    _post(site)
    victim.finish()
    for _ in range(rounds):
        _post(site)
        victim.kill()
    victim.finish()


def _publish(site: Site, victim: Victim, rounds: int, by: Person) -> list[str]:
    torn: list[str] = []
    _approve(site, by)
    victim.finish()
    for _ in range(rounds):
        _approve(site, by)
        victim.kill()
        torn += whole.torn(site.folder / "public", site.approved)
    victim.finish()
    return torn


def _post(site: Site) -> None:
    """Put batches of sealed letters into the spool, each marked `#c-NUMBER`."""
    newsroom = settings.read(site.folder)
    key = sealing.read_public_keys(newsroom.public_keys)[0]
    for _ in range(_BATCHES):
        sealed = []
        for _ in range(_LETTERS):
            text = f"#c-{site.posted} a letter for a desk that is killed"
            story = site.chance.choice(site.stories)
            sealed.append(sealing.seal(letter(story, text, site.today), key))
            site.posted += 1
        choose.spool(newsroom).put(new_id(), pack_batch(sealed))


def _approve(site: Site, by: Person) -> None:
    waiting = Comment.objects.filter(state=State.PENDING).order_by("id")[:_APPROVED]
    for comment in waiting:
        site.approved.add(comment.text)
        decide(
            comment.public_id,
            Action.APPROVE,
            by=by,
            version=comment.version,
            ruling=Ruling(),
            now=datetime.now(UTC),
        )
    connections.close_all()


def _fresh(site: Site) -> Path:
    """Press the whole site once more, into an empty folder; give the folder."""
    PublishedFile.objects.all().delete()
    Story.objects.update(changed=True)
    Comment.objects.filter(version__gt=1).update(outcome_due=True)
    fresh = site.folder.with_name("fresh")
    fresh.mkdir()
    publish(Folder(root=fresh), newsroom=settings.read(site.folder), today=site.today)
    connections.close_all()
    return fresh
