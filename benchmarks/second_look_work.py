"""The work that benchmarks.second_look times; imported where the desk is open."""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from benchmarks import fill as filling
from letterdesk import settings
from letterdesk.desk.actions import show
from letterdesk.desk.models import Story
from letterdesk.domain import story as values
from letterdesk.domain.thread import Published
from letterdesk.newsroom.passes import publish_changes

_settle = show._settle  # noqa: SLF001 -- the second look itself


def measure(folder: Path, comments: int, rounds: int) -> tuple[float, float, float]:
    """Give the median milliseconds of the press without and with it, and of it alone."""
    today = datetime.now(UTC).date()
    newsroom = settings.read(folder)
    (story,) = filling.stories(1, today=today)
    filling.comments([(story, filling.Mix(published=comments))], today=today)
    looks: list[float] = []

    def look(story_id: int, shown: values.Story, thread: list[Published]) -> None:
        begun = time.perf_counter()
        _settle(story_id, shown, thread)
        looks.append((time.perf_counter() - begun) * 1_000)

    def press(settle: Callable[[int, values.Story, list[Published]], None]) -> float:
        headline = f"What the council decided at {time.time_ns()}"
        Story.objects.update(headline=headline, changed=True)
        with patch.object(show, "_settle", settle):
            begun = time.perf_counter()
            publish_changes(newsroom, today=today)
            spent = (time.perf_counter() - begun) * 1_000
        if Story.objects.filter(changed=True).exists():
            raise SystemExit("The story was not shown.")
        return spent

    pairs = [(press(_without), press(look)) for _ in range(rounds + 1)][1:]
    without, with_it = (statistics.median(some) for some in zip(*pairs, strict=True))
    return without, with_it, statistics.median(looks[1:])


def _without(story_id: int, shown: values.Story, comments: list[Published]) -> None:  # noqa: ARG001 -- as the press calls it
    Story.objects.filter(pk=story_id).update(
        published_comments=len(comments), changed=False, outdated=False
    )
