"""The people who must not be named: their labels for editors, their hashes for triage."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from letterdesk.desk.models import NameForm, ProtectedName, Story
from letterdesk.desk.queries.errors import NotYours, no_story
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require
from letterdesk.domain.ids import is_id
from letterdesk.triage.protected_name import Names


@dataclass(frozen=True, kw_only=True)
class ListedName:
    """A label on the list. What it stands for is nowhere."""

    id: int
    label: str
    added: date


def listed(person: Person, *, story: str = "") -> tuple[ListedName, ...]:
    """Give the labels listed for a story, or for the site. Raises NotFound, NotYours."""
    rows = on_list(whose(person, story)).order_by("id")
    return tuple(ListedName(id=row.pk, label=row.label, added=row.added) for row in rows)


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


def names_for(stories: Collection[int], *, key: bytes) -> dict[int, Names]:
    """Give the names that count for each of these stories, the site's among them."""
    wanted = Q(name__story__in=stories) | Q(name__story=None)
    exact: dict[int, dict[bytes, str]] = defaultdict(dict)
    near: dict[int, dict[bytes, str]] = defaultdict(dict)
    kinds: dict[int, set[str]] = defaultdict(set)
    fields = ("name__story_id", "name__label", "digest", "kind", "is_near")
    for story, label, digest, kind, is_near in NameForm.objects.filter(wanted).values_list(
        *fields
    ):
        for one in stories if story is None else (story,):
            (near if is_near else exact)[one][bytes(digest)] = label
            kinds[one].add(kind)
    return {
        story: Names(
            key=key, exact=exact[story], near=near[story], kinds=frozenset(kinds[story])
        )
        for story in kinds
    }
