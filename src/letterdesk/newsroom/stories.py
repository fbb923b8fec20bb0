"""Register a story and publish its page. Imported after open_desk only."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from letterdesk.desk.actions.pictures import PictureSheet, take_picture
from letterdesk.desk.actions.publish import publish_story
from letterdesk.desk.actions.stories import StorySheet, register
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.states import Risk
from letterdesk.domain.story import Credit, Picture
from letterdesk.places import choose
from letterdesk.places.base import Place
from letterdesk.settings import Settings


class NotReadable(LetterdeskError):
    """A file with a story's body that is not text."""

    code = "body-wrong"


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a person wrote on the command line about a story; None: nothing."""

    url: str
    headline: str
    language: str
    desk: str | None = None
    body: Path | None = None
    picture: Path | None = None
    caption: str = ""
    alt: str = ""
    credit: tuple[Credit, ...] | None = None
    risk: str | None = None


@dataclass(frozen=True, kw_only=True)
class Added:
    """A story that is registered now."""

    id: str
    is_new: bool


def add_story(newsroom: Settings, written: Written, *, today: date) -> Added:
    """Give the story's id; when this returns, the letterbox knows the story.

    The same URL is the same story. Raises StoryWrong, PictureWrong, NotReadable.
    """
    place = choose.public(newsroom)
    sheet = StorySheet(
        url=written.url,
        headline=written.headline,
        language=written.language,
        desk=written.desk,
        risk=Risk(written.risk) if written.risk else None,
        body=_read(written.body) if written.body else None,
        credits=written.credit,
        picture=_picture(written, place=place) if written.picture else None,
    )
    story, is_new = register(sheet, today=today)
    publish_story(story.id, place, newsroom=newsroom, today=today)
    return Added(id=story.id, is_new=is_new)


def _picture(written: Written, *, place: Place) -> Picture:
    raw = written.picture.read_bytes() if written.picture else b""
    picture = PictureSheet(raw=raw, alt=written.alt, caption=written.caption)
    return take_picture(picture, place=place)


def _read(body: Path) -> str:
    try:
        return body.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise NotReadable(f"{body} is not text. Save it as plain text in UTF-8.") from error
