"""Threads as they leave the newsroom, with what has broken other programs in them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from letterdesk.domain.story import Story
from letterdesk.interchange.records import CommentRecord, Found, StoryRecord
from tests.values import a_story, an_id

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "＋1+1",
    "' @SUM(1)",
    "ends ]]> here <![CDATA[ and ]]&gt; there",
    "<script>alert(1)</script> & <b>bold</b> &amp; &lt;",
    'She said "no", he said \'yes\', twice ""',
    "one\n\ntwo\nthree",
    "\u202egnp.exe\u202c and \u2066x\u2069",
    "👩‍👩‍👧 🇰🇷 𝔘𝔫𝔦 나루 ئۇيغۇر",
    "{name} {0} %s %(x)s $& \\1",
    "a,b;c\td",
    "</wp:comment></item></channel></rss>",
    "x" * 5_000,
)
_STORY = StoryRecord(url="https://news.example/ferry")


def a_record(number: int = 1, **changes: object) -> CommentRecord:
    record = CommentRecord(
        id=an_id(number),
        story=_STORY,
        found=Found.PUBLISHED,
        written=datetime(2026, 11, 23, 0, 0, number % 60, tzinfo=UTC),
        text="My uncle worked on that ferry.",
        name="Mira",
        language="en",
    )
    return replace(record, **changes)


def one_thread(*comments: CommentRecord, **story: object) -> list[tuple[Story, Iterator]]:
    return [(a_story(**story), iter(comments))]


def hostile_records() -> list[CommentRecord]:
    return [
        a_record(number, text=text, name=" ".join(text[:80].split()))
        for number, text in enumerate(HOSTILE, start=1)
    ]
