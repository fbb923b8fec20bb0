"""What the letterbox learns of stories from what is published."""

import asyncio
import gc
import threading
from collections.abc import Awaitable
from typing import ClassVar, TypeVar

import pytest

from letterdesk.letterbox.files import Files
from letterdesk.letterbox.refusals import Refused
from letterdesk.letterbox.stories import Stories
from letterdesk.places.folder import Folder
from tests.letterbox.rooms import Room
from tests.values import STORY_ID, a_story, an_id

T = TypeVar("T")


def run(question: Awaitable[T]) -> T:
    async def inside() -> T:
        return await question

    return asyncio.run(inside())


@pytest.fixture
def stories(room: Room) -> Stories:
    return Stories(Files(room.public))


def known(stories: Stories, comment_id: str) -> bool:
    row = run(stories.comment(STORY_ID, comment_id))
    assert row is None or row["id"] == comment_id
    return row is not None


def test_a_story_is_what_was_published_of_it(room: Room, stories: Stories) -> None:
    before = run(stories.find(STORY_ID))
    again = run(stories.find(STORY_ID))
    room.publish_story(language="ko", headline="페리", open=False, later="ignored")
    after = run(stories.find(STORY_ID))

    assert before == a_story(headline="The ferry <will> not come back", registered="")
    assert again is before
    assert (after.language, after.headline, after.is_open) == ("ko", "페리", False)


@pytest.mark.parametrize("story_id", [an_id(9), "", "../..", STORY_ID.upper()])
def test_a_story_that_is_not_published_is_unknown(stories: Stories, story_id: str) -> None:
    with pytest.raises(Refused) as caught:
        run(stories.find(story_id))

    assert caught.value.code == "story-unknown"


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b'{"id": 3}', b"\xff"])
def test_a_file_that_says_nothing_is_no_reason_to_take_letters(
    room: Room, stories: Stories, raw: bytes
) -> None:
    room.public.put(f"t/{STORY_ID}/story.json", raw)
    room.public.put(f"t/{STORY_ID}/thread.json", raw)

    for question in (stories.find(STORY_ID), stories.comment(STORY_ID, an_id(1))):
        with pytest.raises(Refused) as caught:
            run(question)
        assert caught.value.code == "unavailable"


def test_published_comments_are_known_on_every_page(room: Room, stories: Stories) -> None:
    room.publish_thread(an_id(1), an_id(2), pages=3)
    room.publish_thread(an_id(3), page=2, pages=3)
    room.publish_thread(an_id(4), page=3, pages=3)

    assert [known(stories, an_id(number)) for number in range(6)] == [0, 1, 1, 1, 1, 0]


def test_a_comment_is_found_on_its_page(room: Room, stories: Stories) -> None:
    room.publish_thread(an_id(1), pages=2)
    room.publish_thread(an_id(2), page=2, pages=2)

    found = [run(stories.address(STORY_ID, an_id(number))) for number in (1, 2, 3)]

    assert found == [
        f"/t/{STORY_ID}/#c-{an_id(1)}",
        f"/t/{STORY_ID}/2/#c-{an_id(2)}",
        f"/t/{STORY_ID}/",
    ]


def test_a_comment_is_known_as_soon_as_it_is_published(
    room: Room, stories: Stories
) -> None:
    before = known(stories, an_id(1))
    room.publish_thread(an_id(1))

    assert (before, known(stories, an_id(1))) == (False, True)


def test_a_comment_that_was_taken_down_cannot_be_answered(
    room: Room, stories: Stories
) -> None:
    room.publish_thread(an_id(1), "x" + an_id(2)[1:])

    assert [known(stories, an_id(number)) for number in (1, 2)] == [True, False]


def test_the_words_of_comments_are_kept_by_nobody_but_the_files(
    room: Room, stories: Stories
) -> None:
    room.publish_thread(an_id(1), pages=2)
    room.publish_thread(an_id(2), page=2, pages=2)

    told = [known(stories, an_id(number)) for number in (1, 2)]

    objects = [one for one in gc.get_objects() if type(one) is dict]
    assert told == [True, True]
    assert [one for one in objects if one.get("id") in (an_id(1), an_id(2))] == []


class Slow(Folder):
    """A disk that gives the second page of a thread when it is let, and counts."""

    reads: ClassVar[list[str]] = []
    may_go_on = threading.Event()

    def read(self, name: str) -> bytes:
        if name.endswith("/2/thread.json"):
            self.reads.append(name)
            self.may_go_on.wait()
        return super().read(name)


def test_ids_that_are_made_up_search_a_long_thread_one_at_a_time_and_not_without_bound(
    room: Room,
) -> None:
    room.publish_thread(an_id(1), pages=3)
    room.publish_thread(an_id(2), page=2, pages=3)
    room.publish_thread(an_id(3), page=3, pages=3)
    slow = Slow(root=room.public.root)
    stories = Stories(Files(slow))

    async def ask() -> tuple[list[object], list[object]]:
        searches = [
            asyncio.create_task(stories.comment(STORY_ID, an_id(100 + number)))
            for number in range(40)
        ]
        while not slow.reads:
            await asyncio.sleep(0)
        others = [
            asyncio.create_task(stories.comment(STORY_ID, an_id(1))),
            asyncio.create_task(stories.address(STORY_ID, an_id(3))),
        ]
        for _ in range(1_000):
            await asyncio.sleep(0)
        at_once = [one.result() if one.done() else "waits" for one in others]
        slow.may_go_on.set()  # else nothing ends
        found = await asyncio.gather(*searches, *others, return_exceptions=True)
        return found[: len(searches)], at_once

    found, at_once = asyncio.run(ask())

    refused = [one for one in found if isinstance(one, Refused)]
    assert [one.code for one in refused] == ["too-many"] * (40 - 33)
    assert [one for one in found if not isinstance(one, Refused)] == [None] * 33
    assert len(slow.reads) == 1
    assert isinstance(at_once[0], dict)
    assert at_once[1] == f"/t/{STORY_ID}/"
    assert known(stories, an_id(3))  # and all is as before


def test_a_search_in_a_long_thread_lets_others_have_their_turn(
    room: Room, stories: Stories
) -> None:
    for page in range(1, 31):
        room.publish_thread(an_id(page), page=page, pages=30)
    assert not known(stories, an_id(99))  # every page is in memory now

    async def turns() -> int:
        search = asyncio.create_task(stories.comment(STORY_ID, an_id(99)))
        number = 0
        while not search.done():
            await asyncio.sleep(0)
            number += 1
        return number

    assert asyncio.run(turns()) >= 29


def test_a_page_that_is_missing_ends_the_search(room: Room, stories: Stories) -> None:
    room.publish_thread(an_id(1), pages=2_000_000_000)

    assert not known(stories, an_id(2))
    assert run(stories.comment(an_id(9), an_id(1))) is None


@pytest.mark.parametrize("comment_id", ["", "None", "../story", an_id(1) + "x"])
def test_what_is_no_id_is_not_looked_for(room: Room, comment_id: str) -> None:
    stories = Stories(Files(room.public))
    stories._files = None  # type: ignore[assignment] # nothing may be asked of it

    assert not known(stories, comment_id)


def test_without_the_public_place_no_story_is_called_unknown(
    stories: Stories, room: Room
) -> None:
    room.public.remove("index.html")

    with pytest.raises(Refused) as caught:
        run(stories.find(an_id(9)))

    assert caught.value.code == "unavailable"
