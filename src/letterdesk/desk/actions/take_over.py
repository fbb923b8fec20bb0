"""Take over pages of stories that lie in a public place and that the database lacks.

They are newer than the backup that a desk comes back from. Nobody could take down what they
show, not even its author: the next pass of the press writes or removes all of them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import msgspec
from django.db import transaction

from letterdesk.desk.actions.stories import StorySheet, StoryWrong, register_again
from letterdesk.desk.models import PublishedFile, Story
from letterdesk.desk.queries.found import found_by
from letterdesk.desk.queries.published import files_at
from letterdesk.domain.errors import LetterRefused
from letterdesk.domain.ids import is_id
from letterdesk.places.base import Missing, Place

_PAGE = re.compile(r"(?P<plain>t/(?P<story>[^/]+)/.+?)(?:\.br|\.gz)?", re.DOTALL)


class _Facts(msgspec.Struct):
    """What story.json says of a story. Whoever can write there may have written it."""

    id: str
    url: str
    headline: str
    language: str


@dataclass(frozen=True, kw_only=True)
class TakenOver:
    """The URLs of stories that are registered again, closed; folders that cannot be."""

    stories: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@transaction.atomic
def take_over(place: Place, *, today: date) -> TakenOver:
    """Register the stories that only the public place knows, and all files of stories.

    What lies there is neither changed nor believed: a story that is registered again has no
    comments, and so has its page after the next pass. Raises PlaceFailed.
    """
    taken = TakenOver()
    pages = _pages(place)
    known = {story for (story,) in found_by(Story, "public_id", [*pages])}
    for story in sorted(pages.keys() - known):
        if url := _register(story, place, today=today):
            taken.stories.append(url)
        else:
            taken.left.append(f"t/{story}")
            del pages[story]
    for story, paths in pages.items():
        _note(paths, story=story)
    return taken


def _pages(place: Place) -> dict[str, set[str]]:
    """Give the files of stories by the story's id, copies as their plain file."""
    pages: dict[str, set[str]] = defaultdict(set)
    for name in place.list("t"):
        if (found := _PAGE.fullmatch(name)) and is_id(found["story"]):
            pages[found["story"]].add(found["plain"])
    return pages


def _register(story: str, place: Place, *, today: date) -> str:
    """Give the URL of the story that is registered again; "" where it cannot be."""
    try:
        facts = msgspec.json.decode(place.read(f"t/{story}/story.json"), type=_Facts)
        sheet = StorySheet(url=facts.url, headline=facts.headline, language=facts.language)
        return register_again(story, sheet, today=today).url
    except (Missing, msgspec.DecodeError, StoryWrong, LetterRefused):
        return ""


def _note(paths: Iterable[str], *, story: str) -> None:
    """Let the press know of files that it is to write anew, or to remove."""
    lacking = sorted(set(paths) - files_at(paths).keys())
    row = Story.objects.get(public_id=story) if lacking else None
    PublishedFile.objects.bulk_create(
        PublishedFile(path=path, digest="", story=row) for path in lacking
    )
