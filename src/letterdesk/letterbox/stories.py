"""What the letterbox knows of stories: what the press has published about them."""

import asyncio
from collections.abc import Mapping
from typing import TypeVar
from weakref import WeakKeyDictionary

import msgspec

from letterdesk.domain.ids import is_id
from letterdesk.domain.story import Story
from letterdesk.letterbox.files import File, Files
from letterdesk.letterbox.refusals import Refused

Row = Mapping[str, object]  # a comment as thread.json has it
_MOST_WAITING = 32  # searches in long threads; a letter is not kept waiting for more


class _Story(msgspec.Struct):
    id: str
    url: str
    headline: str
    language: str
    open: bool


class _Thread(msgspec.Struct):
    comments: list[dict[str, object]]


class _Mention(msgspec.Struct):
    id: str
    gone: bool = False


class _Ids(msgspec.Struct):
    comments: list[_Mention]
    pages: int = 1


_Known = TypeVar("_Known", _Story, _Thread, _Ids)


class Stories:
    """Stories and their published comments.

    Of a version of a file is kept which comments are in it, never what they say: that has
    its bound in `Files`. Belongs to one event loop.
    """

    def __init__(self, files: Files) -> None:
        self._files = files
        self._stories: WeakKeyDictionary[File, Story] = WeakKeyDictionary()
        self._pages: WeakKeyDictionary[File, tuple[int, frozenset[str]]] = (
            WeakKeyDictionary()
        )
        self._search = asyncio.Lock()
        self._searching = 0

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
        """Give the published comment, None when there is none that can be read.

        Raises Refused: `too-many` while too many look for comments in long threads.
        """
        found = await self._find(story_id, comment_id)
        return _row(found[1].plain.raw, comment_id) if found else None

    async def has(self, story_id: str, comment_id: str) -> bool:
        """Say whether the comment can be read. Raises as `comment` does."""
        return await self._find(story_id, comment_id) is not None

    async def address(self, story_id: str, comment_id: str) -> str:
        """Give the path at which the comment can be read; its story's when it cannot.

        Also while too many look for comments: nobody's answer is to wait for them.
        """
        try:
            found = await self._find(story_id, comment_id)
        except Refused as refused:
            if refused.code != "too-many":
                raise
            found = None
        return f"/t/{story_id}/{found[0]}#c-{comment_id}" if found else f"/t/{story_id}/"

    async def _find(self, story_id: str, comment_id: str) -> tuple[str, File] | None:
        """Give the page on which a comment is, as a folder, "" or "2/", and its file.

        An id that is made up leads through every page: one search at a time goes past the
        first, and lets others have their turn at each.
        """
        if not is_id(comment_id):
            return None
        file = await self._files.find(f"t/{story_id}/thread.json")
        if file is None:
            return None
        pages, ids = self._read(file)
        if comment_id in ids:
            return "", file
        if pages < 2:
            return None
        if self._searching > _MOST_WAITING:
            raise Refused("too-many")
        self._searching += 1
        try:
            async with self._search:
                return await self._find_further(story_id, comment_id)
        finally:
            self._searching -= 1

    async def _find_further(
        self, story_id: str, comment_id: str
    ) -> tuple[str, File] | None:
        page, pages = 2, 2
        while page <= pages:
            file = await self._files.find(f"t/{story_id}/{page}/thread.json")
            if file is None:
                return None
            pages, ids = self._read(file)
            if comment_id in ids:
                return f"{page}/", file
            page += 1
            await asyncio.sleep(0)
        return None

    def _read(self, file: File) -> tuple[int, frozenset[str]]:
        known = self._pages.get(file)
        if known is None:
            known = self._pages[file] = _ids(file.plain.raw)
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


def _ids(raw: bytes) -> tuple[int, frozenset[str]]:
    """Give how many pages there are, and which comments can be read on this one."""
    thread = _decode(raw, _Ids)
    return thread.pages, frozenset(one.id for one in thread.comments if not one.gone)


def _row(raw: bytes, comment_id: str) -> Row | None:
    rows = _decode(raw, _Thread).comments
    return next((row for row in rows if row.get("id") == comment_id), None)


def _decode(raw: bytes, kind: type[_Known]) -> _Known:
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.DecodeError as error:
        raise Refused("unavailable") from error
