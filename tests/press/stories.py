"""A story with comments of every kind, and its files."""

from collections.abc import Iterable

from letterdesk.domain.edit import find_cuts
from letterdesk.domain.story import Credit, Picture, Story
from letterdesk.domain.thread import Published
from letterdesk.press.story import story_files
from letterdesk.reader.terms import terms
from letterdesk.settings import Site
from tests.values import STORY_ID, a_comment, a_story, an_id

SITE = Site(name="River Post", url="https://letters.example")
HERE = f"t/{STORY_ID}"
ORIGINAL = "My uncle John worked on that ferry.\n\nIt sank."


def a_full_story(**changes: object) -> Story:
    facts: dict[str, object] = {
        "credits": (
            Credit(role="Reported by", name="Nell Cawdry", desk="City desk"),
            Credit(role="Translated by", name="Jonna Pell"),
            Credit(role="Reported by", name="Bo"),
        ),
        "picture": Picture(
            path="assets/picture-0.webp",
            width=1600,
            height=1000,
            alt="A ferry",
            caption="It.",
        ),
        "body": "It left.\n\n## Nine o'clock\n\n> It will not return.\n\nSo they say.",
    }
    return a_story(**(facts | changes))


def a_discussion() -> list[Published]:
    """Give a comment with a cut, a gap with a reply, and a reply to that."""
    return [
        a_comment(
            id=an_id(1),
            order=1,
            text=ORIGINAL,
            cuts=find_cuts(ORIGINAL, ORIGINAL.replace("uncle John", "[name removed]")),
            rules=("3", "7"),
        ),
        a_comment(id=an_id(2), order=2, text="", name="", reply_to=an_id(1), is_gone=True),
        a_comment(id=an_id(3), order=3, text="مرحبا", name="", reply_to=an_id(2)),
        a_comment(id=an_id(4), order=4, text="Yes.", reply_to=an_id(3), language="ko"),
        a_comment(id=an_id(5), order=5, text="No.", reply_to=an_id(3), is_pick=True),
    ]


def press(
    comments: Iterable[Published], *, story: Story | None = None, per_page: int = 200
) -> dict[str, bytes]:
    """Give a story's files by their path below t/STORY/."""
    shown = story or a_full_story()
    files = story_files(
        shown,
        comments,
        site=SITE,
        terms=terms(shown.language),
        per_page=per_page,
        slot_minutes=60,
    )
    return {path.removeprefix(f"t/{shown.id}/"): raw for path, raw in files.items()}
