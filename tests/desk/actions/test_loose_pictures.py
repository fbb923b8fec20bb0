"""A picture that no story has, and no page shows, goes from the public place."""

import io
from contextlib import suppress
from datetime import date, timedelta

import pytest
from PIL import Image

from letterdesk.desk.actions.pictures import PictureSheet, PictureWords, take_picture
from letterdesk.desk.actions.pictures import taken as kept
from letterdesk.desk.actions.publish import Publication, publish
from letterdesk.desk.actions.stories import StorySheet, StoryWrong, register
from letterdesk.desk.models import LoosePicture
from letterdesk.domain.errors import PlaceFailed
from letterdesk.domain.story import Picture, Story
from letterdesk.places.base import Place
from letterdesk.places.folder import Folder
from tests.desk.failing import FailingPlace, Meanwhile
from tests.values import TODAY

pytestmark = pytest.mark.django_db
NEXT, LATER = (TODAY + timedelta(days=days) for days in (1, 2))


@pytest.fixture
def press(newsroom, public):
    def run(place: Place = public, *, today: date = TODAY) -> Publication:
        return publish(place, newsroom=newsroom, today=today)

    return run


@pytest.fixture(autouse=True)
def _no_disk(quick_disk):
    """These tests write whole publications."""


def taken(public: Folder, colour: str, *, today: date = TODAY) -> Picture:
    return take_picture(file_of(colour), place=public, today=today)


def file_of(colour: str) -> PictureSheet:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "JPEG")
    return PictureSheet(raw=file.getvalue(), alt="A pier")


def registered(picture: Picture, number: int = 1, *, today: date = TODAY) -> Story:
    sheet = StorySheet(
        url=f"https://news.example/{number}", headline="It", language="en", picture=picture
    )
    return register(sheet, today=today)[0]


def there(public: Folder) -> set[str]:
    return {name for name in public.list("assets") if "picture" in name}


def page(public: Folder, story: Story) -> str:
    return public.read(f"t/{story.id}/index.html").decode()


def test_a_picture_that_was_replaced_goes_with_the_page_that_showed_it(press, public):
    old = taken(public, "red")
    story = registered(old)
    press()
    new = taken(public, "teal")
    registered(new)
    before = there(public)

    done = press()

    assert before == {old.path, new.path}
    assert there(public) == {new.path}
    assert new.path in page(public, story)
    assert done.removed == 1
    assert press() == Publication()


def test_a_picture_stays_as_long_as_a_page_that_fails_shows_it(press, public):
    old = taken(public, "red")
    story = registered(old)
    press()
    registered(taken(public, "teal"))

    class Full(FailingPlace):
        def put(self, name: str, raw: bytes) -> None:
            if story.id in name:
                raise PlaceFailed("The disk is full.")
            super().put(name, raw)

    press(Full(public, at=-1))
    kept = there(public)
    press()

    assert old.path in kept
    assert old.path not in there(public)
    assert old.path not in page(public, story)


def test_a_picture_that_is_replaced_while_its_page_is_written_stays_with_it(press, public):
    old = taken(public, "red")
    story = registered(old)

    press(Meanwhile(public, "t/", lambda: registered(taken(public, "teal"))))
    kept, shown = there(public), page(public, story)
    press()

    assert old.path in shown
    assert old.path in kept
    assert old.path not in there(public)


def test_a_picture_that_another_story_has_stays(press, public):
    both = taken(public, "red")
    registered(both, 1)
    registered(both, 2)
    press()
    registered(taken(public, "teal"), 1)

    press()
    press(today=LATER)

    assert both.path in there(public)
    assert not LoosePicture.objects.exists()


def test_a_picture_whose_words_are_corrected_stays(press, public):
    picture = taken(public, "red")
    story = registered(picture)
    press()
    words = PictureWords(caption="At dawn")
    sheet = StorySheet(url=story.url, headline="It", language="en", words=words)
    register(sheet, today=TODAY)

    press()
    press(today=LATER)

    assert there(public) == {picture.path}


def test_a_picture_of_a_story_that_was_never_saved_goes_after_a_day(press, public):
    picture = taken(public, "red")

    press(today=NEXT)
    kept = there(public)
    press(today=LATER)

    assert (kept, there(public)) == ({picture.path}, set())


def test_a_picture_that_is_taken_in_again_while_it_is_to_go_stays(press, public):
    old = taken(public, "red")
    registered(old)
    press()
    registered(taken(public, "teal"), today=LATER)

    again = taken(public, "red", today=LATER)
    press(today=LATER)  # before its story is saved
    registered(again, today=LATER)
    press(today=LATER + timedelta(days=9))

    assert again.path == old.path
    assert there(public) == {old.path}


def test_a_picture_that_one_story_lets_go_of_while_another_takes_it_in_stays(press, public):
    red = file_of("red")
    registered(taken(public, "red"), 1)
    press()

    with kept(red, place=public, today=TODAY) as picture:
        registered(taken(public, "teal"), 1)
        press()
        before = there(public)
        story = registered(picture, 2)
    press()
    press(today=LATER)

    assert picture.path in before
    assert picture.path in there(public)
    assert picture.path in page(public, story)
    assert not LoosePicture.objects.exists()


def test_a_picture_that_is_let_go_of_while_another_story_is_refused_goes_after_a_day(
    press, public
):
    registered(taken(public, "red"), 1)
    with suppress(StoryWrong), kept(file_of("red"), place=public, today=TODAY) as picture:
        registered(taken(public, "teal"), 1)
        raise StoryWrong("headline", "The headline is empty.")

    press()
    before = there(public)
    press(today=LATER)

    assert picture.path in before
    assert picture.path not in there(public)


def test_one_that_cannot_be_removed_keeps_nobody_waiting_and_is_tried_again(press, public):
    old = taken(public, "red")
    story = registered(old)
    press()
    new = taken(public, "teal")
    registered(new)

    class Kept(FailingPlace):
        def remove(self, name: str) -> None:
            raise PlaceFailed(f"Could not remove {name}: Permission denied.")

    press(Kept(public, at=-1))
    kept = there(public)
    press()

    assert new.path in page(public, story)
    assert (kept, there(public)) == ({old.path, new.path}, {new.path})


def test_those_of_before_go_some_days_after_all_was_written_anew(press, newsroom, public):
    stray = taken(public, "red")
    picture = taken(public, "teal")
    LoosePicture.objects.all().delete()  # an earlier version noted none
    registered(picture)
    press(today=LATER)
    others = set(public.list("assets"))

    publish(public, newsroom=newsroom, today=LATER, anew=True)
    kept = there(public)
    press(today=LATER + timedelta(days=2))

    assert kept == {stray.path, picture.path}
    assert set(public.list("assets")) == others - {stray.path}
