"""Threads to read, made and published; imported where the desk is open."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import fill
from letterdesk import settings
from letterdesk.desk.models import Story
from letterdesk.newsroom.passes import publish_changes


def publish(folder: Path, sizes: Sequence[int]) -> Iterator[str]:
    """Give the ids of stories with as many published comments as `sizes` say, pressed."""
    today = datetime.now(UTC).date()
    stories = fill.stories(len(sizes), today=today)
    mixes = [fill.Mix(published=size) for size in sizes]
    fill.comments(zip(stories, mixes, strict=True), today=today)
    Story.objects.update(changed=True)
    publish_changes(settings.read(folder), today=today)
    return (story.public_id for story in stories)
