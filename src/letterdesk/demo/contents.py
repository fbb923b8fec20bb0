"""What the demo newsroom is made of: stories, comments, notices and tips, from TOML."""

import tomllib
from pathlib import Path

import msgspec

from letterdesk.domain.states import Risk

_HERE = Path(__file__).parent


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of a file."""


class DemoCredit(_Table, frozen=True):
    """Who did what for a story."""

    role: str
    name: str
    desk: str


class DemoComment(_Table, frozen=True):
    """A comment, and how it came to where it stands.

    `state` is a comment's state, or `edited` for one that was published with a cut, or
    without its name.
    `reply_to` is another comment's `key` in the same story.
    """

    key: str
    name: str
    text: str
    state: str
    days_ago: int
    reply_to: str = ""
    as_written: bool = False
    edited_text: str = ""
    name_left_out: bool = False
    rules: tuple[str, ...] = ()
    note: str = ""
    appeal: str = ""


class DemoStory(_Table, frozen=True):
    """A story with its comments. `slug` is the name of its file, without the ending."""

    slug: str
    url: str
    headline: str
    language: str
    desk: str
    risk: Risk
    picture: str
    caption: str
    alt: str
    body: str
    credits: tuple[DemoCredit, ...]
    comments: tuple[DemoComment, ...]

    @property
    def oldest(self) -> int:
        """How many days ago its first comment came."""
        return max(comment.days_ago for comment in self.comments)

    def picture_file(self) -> Path:
        """Give where the picture lies."""
        return _HERE / "pictures" / self.picture


class DemoNotice(_Table, frozen=True):
    """A reader's notice about the published comment with this key."""

    story: str
    comment: str
    text: str


class DemoTip(_Table, frozen=True):
    """A letter for the newsroom only."""

    story: str
    text: str


class DemoName(_Table, frozen=True):
    """Somebody whom no letter on a story may name."""

    story: str
    label: str
    spellings: tuple[str, ...]


class Contents(_Table, frozen=True):
    """All of it."""

    stories: tuple[DemoStory, ...]
    notices: tuple[DemoNotice, ...]
    tips: tuple[DemoTip, ...]
    names: tuple[DemoName, ...]

    @property
    def oldest(self) -> int:
        """How many days ago the first comment of all came."""
        return max(story.oldest for story in self.stories)


def contents() -> Contents:
    """Give what the demo newsroom is made of."""
    stories = [
        {"slug": file.stem, **_read(file)}
        for file in sorted((_HERE / "stories").glob("*.toml"))
    ]
    written = {
        "stories": stories,
        **_read(_HERE / "notices.toml"),
        **_read(_HERE / "tips.toml"),
        **_read(_HERE / "names.toml"),
    }
    return msgspec.convert(written, Contents)


def _read(file: Path) -> dict[str, object]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
