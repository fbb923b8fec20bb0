"""Register a story and publish its page. Imported after open_desk only."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from letterdesk.desk.actions.pictures import PictureSheet, PictureWords, taken
from letterdesk.desk.actions.publish import publish_story
from letterdesk.desk.actions.stories import StorySheet, check_sheet, register
from letterdesk.desk.queries.failing import Failing
from letterdesk.desk.queries.stories import picture_of
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.states import Risk
from letterdesk.domain.story import Credit
from letterdesk.places import choose
from letterdesk.places.base import Place
from letterdesk.settings import Settings


class NotReadable(LetterdeskError):
    """A file with a story's body that is not text."""

    code = "body-wrong"


class PictureMissing(LetterdeskError):
    """A caption or a description for a story that has no picture."""

    code = "picture-missing"


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a person wrote on the command line about a story; None: nothing."""

    url: str
    headline: str
    language: str
    desk: str | None = None
    body: Path | None = None
    picture: Path | None = None
    caption: str | None = None
    alt: str | None = None
    credit: tuple[Credit, ...] | None = None
    risk: str | None = None


@dataclass(frozen=True, kw_only=True)
class Added:
    """A story that is registered now.

    `stays_sensitive` when it was to be ordinary: that takes two editors at the desk.
    `failed` when its page could not be written: then the letterbox does not know it yet.
    """

    id: str
    desk: str
    is_new: bool
    stays_sensitive: bool
    failed: tuple[Failing, ...] = ()


def add_story(newsroom: Settings, written: Written, *, today: date) -> Added:
    """Give the story's id; when this returns, the letterbox knows the story, if it could.

    The same URL is the same story. Raises StoryWrong, PictureWrong, PictureMissing,
    NotReadable.
    """
    place = choose.public(newsroom)
    sheet = _sheet(written)
    check_sheet(sheet)  # before a picture is where everybody can see it
    with _pictured(sheet, written, place=place, today=today) as whole:
        story, is_new = register(whole, today=today)
    done = publish_story(story.id, place, newsroom=newsroom, today=today)
    stays = written.risk == Risk.ORDINARY and story.risk is Risk.SENSITIVE
    return Added(
        id=story.id,
        desk=story.desk,
        is_new=is_new,
        stays_sensitive=stays,
        failed=done.failed,
    )


def _sheet(written: Written) -> StorySheet:
    """Give all but a new picture."""
    return StorySheet(
        url=written.url,
        headline=written.headline,
        language=written.language,
        desk=written.desk,
        risk=Risk(written.risk) if written.risk else None,
        body=_read(written.body) if written.body else None,
        credits=written.credit,
        words=None if written.picture else _words(written),
    )


def _words(written: Written) -> PictureWords | None:
    """Give the words for a picture that is there. Raises PictureMissing."""
    if written.alt is None and written.caption is None:
        return None
    if picture_of(written.url) is None:
        raise PictureMissing(
            "This story has no picture that --caption and --alt could belong to. "
            "Give one: --picture FILE"
        )
    return PictureWords(alt=written.alt, caption=written.caption)


@contextmanager
def _pictured(
    sheet: StorySheet, written: Written, *, place: Place, today: date
) -> Iterator[StorySheet]:
    """Give the sheet with the new picture, if there is one."""
    if not written.picture:
        yield sheet
        return
    handed_in = PictureSheet(
        raw=written.picture.read_bytes(),
        alt=written.alt or "",
        caption=written.caption or "",
    )
    with taken(handed_in, place=place, today=today) as picture:
        yield replace(sheet, picture=picture)


def _read(body: Path) -> str:
    try:
        return body.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise NotReadable(f"{body} is not text. Save it as plain text in UTF-8.") from error
