"""Collect and publish whatever came; runs in a process of its own, whose desk is open."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import newsroom
from letterdesk.settings import read


def main() -> None:
    """Publish every comment without a decision, in the order of arrival; print them."""
    folder = Path(sys.argv[1])
    newsroom.open_desk(folder)
    from django.db.models import F  # noqa: PLC0415 -- after open_desk

    from letterdesk.desk.models import Comment, Story  # noqa: PLC0415 -- after open_desk
    from letterdesk.domain.states import State  # noqa: PLC0415
    from letterdesk.newsroom.passes import (  # noqa: PLC0415 -- after open_desk
        collect_letters,
        publish_changes,
    )

    room, today = read(folder), datetime.now(UTC).date()
    collect_letters(room, today=today)
    Comment.objects.update(
        state=State.PUBLISHED, published=today, place=F("id"), outcome_due=False
    )
    Story.objects.update(changed=True)
    publish_changes(room, today=today)
    comments = Comment.objects.order_by("id").values_list("public_id", "text", "name")
    json.dump(
        [{"id": id_, "text": text, "name": name} for id_, text, name in comments],
        sys.stdout,
    )


if __name__ == "__main__":
    main()
