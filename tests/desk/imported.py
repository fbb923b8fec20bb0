"""Comments from elsewhere, and an import of them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from letterdesk.desk.actions.import_run import Report, import_all
from letterdesk.desk.actions.import_stories import Shelf, Stories
from letterdesk.interchange.notes import Notes
from letterdesk.interchange.records import CommentRecord, Found, StoryRecord
from tests.values import TODAY

URL = "https://news.example/ferry"
FERRY = StoryRecord(url=URL, headline="The ferry", language="en")
BEGUN = datetime(2019, 5, 2, 8, tzinfo=UTC)


def a_record(number: int, **changes: object) -> CommentRecord:
    values: dict[str, object] = {
        "id": str(number),
        "story": FERRY,
        "found": Found.PUBLISHED,
        "written": BEGUN + timedelta(hours=number),
        "text": f"There was a ferry, number {number}, and it is not there.",
        "name": f"Reader {number}",
    }
    return CommentRecord(**(values | changes))


def take(
    found: Iterable[CommentRecord],
    *,
    source: str = "wordpress",
    file: str = "file.xml",
    takes_held: bool = False,
    twins: Notes | None = None,
    **shelf: object,
) -> Report:
    return import_all(
        ((one, one.story.url) for one in found),
        source,
        replace(stories(**shelf), twins=twins),
        file=file,
        takes_held=takes_held,
    )


def stories(**shelf: object) -> Stories:
    given: dict[str, object] = {"languages": ("en", "ko", "zh-Hans"), "today": TODAY}
    return Stories(shelf=Shelf(**(given | shelf)))
