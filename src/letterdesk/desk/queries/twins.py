"""Comments that another system's file has brought already, as far as their words tell."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from letterdesk.desk.models import Comment, ImportRun

_ZONES = timedelta(days=1)  # a file may have the time of where it was written


@dataclass(frozen=True, kw_only=True)
class Twin:
    """What of a comment two systems tell alike: `story` is the key of ours."""

    story: int
    day: date
    name: str
    text: str

    @property
    def words(self) -> tuple[int, str, str]:
        """What is compared, without how it is spaced and in which case it is written."""
        name, text = (" ".join(one.casefold().split()) for one in (self.name, self.text))
        return self.story, name, text


def twins(source: str, wanted: Sequence[Twin]) -> list[int]:
    """Give the key of the comment that another system has brought with the words of each.

    0 where none but `source` has. By the same author, about the same story, and on the
    same day or the one beside it: of what was imported no time is kept. Index
    comment_queue_of_story.
    """
    if not wanted or not ImportRun.objects.exclude(source=source).exists():
        return [0] * len(wanted)
    told = _told_by(source, wanted)
    return [
        next(
            (key for day, key in told.get(one.words, ()) if abs(one.day - day) <= _ZONES), 0
        )
        for one in wanted
    ]


def _told_by(
    source: str, wanted: Collection[Twin]
) -> dict[tuple[int, str, str], Sequence[tuple[date, int]]]:
    """Give day and key of what other systems have brought about these stories, by words."""
    rows = Comment.objects.filter(
        story__in={one.story for one in wanted},
        arrived__gte=min(one.day for one in wanted) - _ZONES,
        arrived__lte=max(one.day for one in wanted) + _ZONES,
        imported__isnull=False,
    ).exclude(imported__source=source)
    found: dict[tuple[int, str, str], list[tuple[date, int]]] = defaultdict(list)
    columns = ("id", "story_id", "arrived", "name", "text")
    for key, story, day, name, text in rows.order_by("id").values_list(*columns):
        found[Twin(story=story, day=day, name=name, text=text).words].append((day, key))
    return dict(found)
