"""The people who must not be named: their labels for editors, their hashes for triage."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from shlex import quote

from django.db.models import Q, QuerySet

from letterdesk.desk.models import (
    Comment,
    NameForm,
    ProtectedName,
    ScreeningMark,
    Story,
)
from letterdesk.desk.queries.errors import NotYours, no_story
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.domain.ids import is_id
from letterdesk.domain.told import some
from letterdesk.settings import Settings
from letterdesk.triage.protected_name import SIZE, Names, fingerprint


@dataclass(frozen=True, kw_only=True)
class ListedName:
    """A label on the list. What it stands for is nowhere.

    Where its key `is_lost` it is not recognised. `kinds` are those of its forms, as
    triage.protected_name makes them.
    """

    id: int
    label: str
    added: date
    is_lost: bool
    kinds: frozenset[str] = frozenset()


def listed(person: Person, *, story: str = "", key: bytes) -> tuple[ListedName, ...]:
    """Give the labels listed for a story, or for the site. Raises NotFound, NotYours."""
    rows = on_list(whose(person, story)).order_by("id")
    lost = set(not_recognised(key).values_list("pk", flat=True))
    kinds: dict[int, set[str]] = defaultdict(set)
    made = NameForm.objects.filter(name__in=rows).values_list("name_id", "kind")
    for name, kind in made.distinct().order_by():
        kinds[name].add(kind)
    return tuple(
        ListedName(
            id=row.pk,
            label=row.label,
            added=row.added,
            is_lost=row.pk in lost,
            kinds=frozenset(kinds[row.pk]),
        )
        for row in rows
    )


def whose(person: Person, story: str) -> int | None:
    """Give the key of the story, None for the site, whose list the person may change."""
    require(person, Permission.STORIES)
    if story:
        row = Story.objects.filter(public_id=story).first() if is_id(story) else None
        if row is None:
            raise no_story()
        require(person, Permission.STORIES, desk=row.desk)
        return row.pk
    if person.desks:
        raise NotYours("The list for the whole site is for editors of all desks.")
    return None


def on_list(story: int | None) -> QuerySet[ProtectedName]:
    """Give the rows of a story's list, or of the site's when `story` is None."""
    found = ProtectedName.objects.all()
    return found.filter(story=None) if story is None else found.filter(story_id=story)


def counts_for(story: int | None) -> QuerySet[Comment]:
    """Give the comments that a story's list counts for, or the site's without a `story`."""
    found = Comment.objects.all()
    return found if story is None else found.filter(story_id=story)


def listed_keys() -> frozenset[int]:
    """Give the keys of all who are on a list: another one when a list has changed."""
    return frozenset(ProtectedName.objects.values_list("pk", flat=True))


def any_listed() -> bool:
    """Say whether anybody is on a list."""
    return ProtectedName.objects.exists()


def under_other_keys(key: bytes) -> QuerySet[ProtectedName]:
    """Give the rows that `key` is known not to be the key of."""
    return ProtectedName.objects.exclude(key=None).exclude(key=fingerprint(key))


def not_recognised(key: bytes) -> QuerySet[ProtectedName]:
    """Give the rows that nobody is recognised by with `key`: all when it is empty."""
    return under_other_keys(key) if key else ProtectedName.objects.all()


def names_lost(newsroom: Settings) -> Iterator[str]:
    """Say which names are listed, and not recognised, for want of their key."""
    key = newsroom.names_key
    urls = set(not_recognised(key).values_list("story__url", flat=True))
    if not urls:
        return
    lists = [url or "the site’s" for url in sorted(urls, key=lambda url: url or "")]
    fault = (
        "is not the key that names on these lists were listed with"
        if key
        else "is missing or damaged, the key for protected names on these lists"
    )
    yield (
        f"{newsroom.names_file} {fault}: {some(lists)}. Letters that give such a name are "
        "not recognised. Put the file back from a backup: the worker then reads again what "
        "was decided on without it. If it is lost for good, take these names off their "
        "lists, run `letterdesk init`, and list them anew."
    )


def names_unread(newsroom: Settings) -> Iterator[str]:
    """Say that not everything has been looked at with the present key of names."""
    key = newsroom.names_key
    if not key or not any_listed() or not_recognised(key).exists():
        return
    if ScreeningMark.objects.exclude(names=fingerprint(key)).exists():
        yield (
            "Letters have yet to be looked at for protected names with "
            f"{newsroom.names_file}: it was missing once, or no worker has run with this "
            "version yet. The worker does that. If none runs: letterdesk collect "
            f"{quote(str(newsroom.folder))}"
        )


def names_for(stories: Collection[int], *, key: bytes) -> dict[int, Names]:
    """Give the names that count for each of these stories, the site's among them.

    Those of another key are left out, and the others are in part: nobody is recognised by
    them.
    """
    others = under_other_keys(key) if key else ProtectedName.objects.none()
    lost = set(others.values_list("story_id", flat=True))
    wanted = Q(name__story__in=stories) | Q(name__story=None)
    forms = NameForm.objects.filter(wanted).exclude(name__in=others)
    exact: dict[int, dict[bytes, str]] = defaultdict(dict)
    near: dict[int, dict[bytes, str]] = defaultdict(dict)
    kinds: dict[int, set[str]] = defaultdict(set)
    fields = ("name__story_id", "name__label", "digest", "kind", "is_near")
    for story, label, digests, kind, is_near in forms.values_list(*fields):
        some = dict.fromkeys(_each(digests), label)
        for one in stories if story is None else (story,):
            (near if is_near else exact)[one].update(some)
            kinds[one].add(kind)
    return {
        story: Names(
            key=key,
            exact=exact[story],
            near=near[story],
            kinds=frozenset(kinds[story]),
            is_in_part=bool(lost & {story, None}),
        )
        for story in stories
        if story in kinds or lost & {story, None}
    }


def _each(digests: bytes | memoryview) -> list[bytes]:
    """Give each HMAC of those that stand one after another."""
    return [bytes(digests[at : at + SIZE]) for at in range(0, len(digests), SIZE)]
