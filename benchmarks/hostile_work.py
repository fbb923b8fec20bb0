"""Collect and publish whatever came; runs in a process of its own, whose desk is open."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import newsroom
from letterdesk.newsroom.passes import collect_letters, publish_changes
from letterdesk.settings import read


def main() -> None:
    """Publish every comment without a decision, in the order of arrival; print them."""
    folder = Path(sys.argv[1])
    newsroom.open_desk(folder)
    from letterdesk.desk.models import Comment, Story  # noqa: PLC0415 -- after open_desk
    from letterdesk.domain.states import State  # noqa: PLC0415

    room, today = read(folder), datetime.now(UTC).date()
    collect_letters(room, today=today)
    comments = list(Comment.objects.order_by("id"))
    for place, comment in enumerate(comments, start=1):
        comment.state, comment.published, comment.place = State.PUBLISHED, today, place
        comment.outcome_due = False
    changed = ["state", "published", "place", "outcome_due"]
    Comment.objects.bulk_update(comments, changed, batch_size=500)
    Story.objects.update(changed=True)
    publish_changes(room, today=today)
    rows = [{"id": one.public_id, "text": one.text, "name": one.name} for one in comments]
    json.dump(rows, sys.stdout)


if __name__ == "__main__":
    main()
