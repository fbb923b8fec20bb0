"""What the letterbox knows of stories: what the press has published about them."""

from collections.abc import Mapping
from typing import TypeVar
from weakref import WeakKeyDictionary

import msgspec

from letterdesk.domain.ids import is_id
from letterdesk.domain.story import Story
from letterdesk.letterbox.files import File, Files
from letterdesk.letterbox.refusals import Refused

Row = Mapping[str, object]  # a comment as thread.json has it


class _Story(msgspec.Struct):
    id: str
    url: str
    headline: str
    language: str
    open: bool


class _Thread(msgspec.Struct):
    comments: list[dict[str, object]]
    pages: int = 1


_Known = TypeVar("_Known", _Story, _Thread)


class Stories:
    """Stories and their published comments; a version of a file is parsed once."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._stories: WeakKeyDictionary[File, Story] = WeakKeyDictionary()
        self._pages: WeakKeyDictionary[File, tuple[int, dict[str, Row]]] = (
            WeakKeyDictionary()
        )

    async def find(self, story_id: str) -> Story:
        """Give the story.

        Raises Refused: `story-unknown`, or `unavailable` when nothing is published at all.
        """
        file = None
        if is_id(story_id):
            file = await self._files.find(f"t/{story_id}/story.json")
        if file is None:
            await self.must_be_there()
            raise Refused("story-unknown")
        story = self._stories.get(file)
        if story is None:
            story = self._stories[file] = _story(file.plain.raw)
        return story

    async def must_be_there(self) -> None:
        """Raise Refused (`unavailable`) when nothing is published: the place is gone."""
        if await self._files.find("index.html") is None:
            raise Refused("unavailable")

    async def comment(self, story_id: str, comment_id: str) -> Row | None:
        """Give the published comment, None when there is none that can be read."""
        found = await self._find(story_id, comment_id)
        return found[1] if found else None

    async def address(self, story_id: str, comment_id: str) -> str:
        """Give the path at which the comment can be read; its story's when it cannot."""
        found = await self._find(story_id, comment_id)
        return f"/t/{story_id}/{found[0]}#c-{comment_id}" if found else f"/t/{story_id}/"

    async def _find(self, story_id: str, comment_id: str) -> tuple[str, Row] | None:
        """Give the comment and its page, as a folder: "" or "2/"."""
        if not is_id(comment_id):
            return None
        page, pages = 1, 1
        while page <= pages:
            folder = f"{page}/" if page > 1 else ""
            file = await self._files.find(f"t/{story_id}/{folder}thread.json")
            if file is None:
                return None
            pages, rows = self._read(file)
            if comment_id in rows:
                return folder, rows[comment_id]
            page += 1
        return None

    def _read(self, file: File) -> tuple[int, dict[str, Row]]:
        known = self._pages.get(file)
        if known is None:
            known = self._pages[file] = _rows(file.plain.raw)
        return known


def _story(raw: bytes) -> Story:
    read = _decode(raw, _Story)
    return Story(
        id=read.id,
        url=read.url,
        headline=read.headline,
        language=read.language,
        is_open=read.open,
    )


def _rows(raw: bytes) -> tuple[int, dict[str, Row]]:
    thread = _decode(raw, _Thread)
    rows: dict[str, Row] = {str(row.get("id")): row for row in thread.comments}
    return thread.pages, {id_: row for id_, row in rows.items() if not row.get("gone")}


def _decode(raw: bytes, kind: type[_Known]) -> _Known:
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.DecodeError as error:
        raise Refused("unavailable") from error
