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


def twins(source: str, wanted: Collection[Twin]) -> int:
    """Count those whose words another system than `source` has brought.

    By the same author, about the same story, and on the same day or the one beside it.
    Index comment_queue_of_story.
    """
    if not wanted or not ImportRun.objects.exclude(source=source).exists():
        return 0
    days = _days_of(source, wanted)
    return sum(
        any(abs(one.day - day) <= _ZONES for day in days.get(one.words, ()))
        for one in wanted
    )


def _days_of(
    source: str, wanted: Collection[Twin]
) -> dict[tuple[int, str, str], Sequence[date]]:
    """Give the days of what other systems have brought about these stories, by words."""
    rows = Comment.objects.filter(
        story__in={one.story for one in wanted},
        arrived__gte=min(one.day for one in wanted) - _ZONES,
        arrived__lte=max(one.day for one in wanted) + _ZONES,
        imported__isnull=False,
    ).exclude(imported__source=source)
    found: dict[tuple[int, str, str], list[date]] = defaultdict(list)
    for story, day, name, text in rows.values_list("story_id", "arrived", "name", "text"):
        found[Twin(story=story, day=day, name=name, text=text).words].append(day)
    return dict(found)
