"""The work that benchmarks.screening times; imported where the desk is open."""

import secrets
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from letterdesk.desk.actions.screen import screen
from letterdesk.desk.models import Comment, Story
from letterdesk.domain import base32
from letterdesk.domain.ids import new_id
from letterdesk.triage.screening import Asked


def rate(letters: Sequence[Asked]) -> float:
    """Give how many of `letters` are screened in a second, with all that is stored."""
    today = datetime.now(UTC).date()
    stories = {
        asked.story: Story.objects.create(
            public_id=new_id(),
            url=f"https://news.test/{new_id()}",
            headline="A story",
            language=asked.language,
            desk=asked.language,
            registered=today,
            body=asked.story,
        )
        for asked in {one.story: one for one in letters}.values()
    }
    Comment.objects.bulk_create(
        Comment(
            public_id=new_id(),
            story=stories[asked.story],
            desk=asked.language,
            text=asked.text,
            name=asked.name,
            language=asked.language,
            arrived=today,
            lookup=base32.encode(secrets.token_bytes(16)),
            salt=secrets.token_bytes(16),
        )
        for asked in letters
    )
    started = time.process_time()
    done = screen(seconds=600)
    return done / (time.process_time() - started)
