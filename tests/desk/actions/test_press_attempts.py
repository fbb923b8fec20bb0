"""What fails for one story, or for one letter, keeps nobody else waiting."""

import json

import pytest
from django.db import OperationalError, connection

from letterdesk.desk.actions.publish import (
    Publication,
    publish,
    publish_story,
    renew,
)
from letterdesk.desk.models import Comment, Notice, PressFailure, Story
from letterdesk.desk.queries.due import outdated_stories
from letterdesk.desk.queries.failing import failing
from letterdesk.domain import outcome as outcomes
from letterdesk.domain.errors import PlaceFailed
from letterdesk.domain.states import Action
from tests.desk import rows
from tests.desk.failing import FailingPlace
from tests.desk.rows import move
from tests.values import TODAY, an_id

WORDS = "Words that nobody has read so far."
DAMAGED = [["Daniel Roe"]]  # no cut has one value


@pytest.fixture
def press(newsroom, public):
    def run(place=public) -> Publication:
        return publish(place, newsroom=newsroom, today=TODAY)

    return run


@pytest.fixture
def stories(press, moderator):
    """Three stories with a published comment each, of which the second is damaged."""
    made = [rows.make_story(number) for number in (1, 2, 3)]
    for number, story in enumerate(made, start=1):
        rows.approve(rows.make_comment(story, number), moderator)
    press()
    Comment.objects.filter(public_id=an_id(2)).update(cuts=DAMAGED)
    return made


def page(public, story) -> str:
    return public.read(f"t/{story.public_id}/index.html").decode()


def has_outcome(public, number: int) -> bool:
    return outcomes.path(rows.receipt(number).lookup) in set(public.list("r"))


def decide_on_each(stories, moderator) -> None:
    for at, story in enumerate(stories, start=1):
        rows.approve(rows.make_comment(story, 10 + at, text=WORDS), moderator)
        move(rows.make_comment(story, 20 + at), Action.REJECT, moderator)


def test_a_page_that_fails_stays_as_it_was_and_no_other_waits(
    press, public, stories, moderator
):
    before = page(public, stories[1])
    decide_on_each(stories, moderator)

    done = press()

    assert [WORDS in page(public, story) for story in stories] == [True, False, True]
    assert page(public, stories[1]) == before
    (failed,) = done.failed
    assert (failed.story, failed.part, failed.since) == (
        stories[1].public_id,
        "page",
        TODAY,
    )
    assert failed.why.startswith("code=unexpected error=ValueError at=cuts.py:")
    assert done.failed == failing()
    assert (done.stories, done.comments) == (2, 4)
    counts = json.loads(public.read("counts.json"))["counts"]
    assert [counts[story.public_id] for story in stories] == [2, 1, 2]


def test_authors_are_told_what_no_page_has_to_show_first(press, public, stories, moderator):
    decide_on_each(stories, moderator)

    press()

    assert [has_outcome(public, number) for number in (11, 12, 13)] == [True, False, True]
    assert [has_outcome(public, number) for number in (21, 22, 23)] == [True, True, True]


def test_it_is_tried_again_and_nothing_of_it_is_left_when_it_works(
    press, public, stories, moderator
):
    decide_on_each(stories, moderator)
    press()

    again = press()
    Comment.objects.filter(public_id=an_id(2)).update(cuts=[])
    mended = press()

    assert (len(again.failed), again.files, again.comments) == (1, 0, 0)
    assert (mended.failed, mended.stories, failing()) == ((), 1, ())
    assert WORDS in page(public, stories[1])
    assert has_outcome(public, 12)
    assert press() == Publication()


def test_since_when_it_fails_is_kept(newsroom, press, public, stories):
    Story.objects.update(changed=True)
    press()
    later = TODAY.replace(day=TODAY.day + 3)

    done = publish(public, newsroom=newsroom, today=later)

    assert [one.since for one in done.failed] == [TODAY]
    assert PressFailure.objects.count() == 1


def test_what_failed_before_is_tried_after_all_others(press, public, stories):
    Story.objects.update(changed=True)
    press()
    Story.objects.update(changed=True, headline="Another headline")
    tried: list[str] = []

    class Noting(FailingPlace):
        def put(self, name: str, raw: bytes) -> None:
            tried.append(name)
            super().put(name, raw)

    Comment.objects.filter(public_id=an_id(2)).update(cuts=[])
    press(Noting(public, at=-1))

    pages = [tried.index(f"t/{story.public_id}/index.html") for story in stories]
    assert pages[1] == max(pages)


def test_a_letter_whose_outcome_cannot_be_made_keeps_no_other_waiting(
    press, public, moderator
):
    story = rows.make_story()
    for number in (1, 2, 3):
        move(rows.make_comment(story, number), Action.REJECT, moderator)
    Comment.objects.filter(public_id=an_id(1)).update(outcome_key=b"too short")

    done = press()

    assert [has_outcome(public, number) for number in (1, 2, 3)] == [False, True, True]
    assert [(one.part, one.story) for one in done.failed] == [("outcomes", story.public_id)]
    Comment.objects.filter(public_id=an_id(1)).update(
        outcome_key=rows.receipt(1).outcome_key
    )
    assert press().failed == failing() == ()
    assert has_outcome(public, 1)


def test_a_notice_whose_outcome_cannot_be_made_keeps_no_other_waiting(
    press, public, moderator
):
    comment = rows.make_published(rows.make_story(), moderator)
    first, second = (
        rows.make_notice(
            comment, number, fate="kept", is_open=False, decided=rows.NOW, outcome_due=True
        )
        for number in (31, 32)
    )
    Notice.objects.filter(pk=first.pk).update(outcome_key=b"too short")

    done = press()

    there = set(public.list("r"))
    assert outcomes.path(first.lookup) not in there
    assert outcomes.path(second.lookup) in there
    assert [one.part for one in done.failed] == ["outcomes"]


def test_who_reported_a_comment_is_told_when_the_page_shows_what_was_done(
    press, public, stories, moderator
):
    comment = Comment.objects.get(public_id=an_id(2))
    notice = rows.make_notice(
        comment, fate="gone", is_open=False, decided=rows.NOW, outcome_due=True
    )
    Story.objects.update(changed=True)

    press()
    early = outcomes.path(notice.lookup) in set(public.list("r"))
    Comment.objects.filter(public_id=an_id(2)).update(cuts=[])
    press()

    assert not early
    assert outcomes.path(notice.lookup) in set(public.list("r"))


class Unwritable(FailingPlace):
    """A place in which what has `of` in its name cannot be put."""

    of = ""

    def put(self, name: str, raw: bytes) -> None:
        if self.of in name:
            raise PlaceFailed(f"Could not store {name}: Permission denied.")
        super().put(name, raw)


def test_a_story_whose_files_cannot_be_put_keeps_no_other_waiting(
    press, public, stories, moderator
):
    decide_on_each([stories[0], stories[2]], moderator)
    place = Unwritable(public, at=-1)
    place.of = stories[0].public_id

    done = press(place)

    assert [one.story for one in done.failed] == [stories[0].public_id]
    assert done.failed[0].why.startswith("code=place-failed Could not store t/")
    assert WORDS in page(public, stories[2])


def test_nor_does_it_in_a_place_that_is_new(press, public, moderator):
    bad, good = (rows.make_story(number) for number in (1, 2))
    decide_on_each([bad, good], moderator)
    place = Unwritable(public, at=-1)
    place.of = bad.public_id

    done = press(place)

    assert [one.story for one in done.failed] == [bad.public_id]
    assert WORDS in page(public, good)
    assert good.public_id in json.loads(public.read("counts.json"))["counts"]


def test_nor_does_it_in_a_place_that_was_emptied(press, public, stories, moderator):
    decide_on_each([stories[0], stories[2]], moderator)
    for name in list(public.list()):
        public.remove(name)
    place = Unwritable(public, at=-1)
    place.of = stories[0].public_id

    done = press(place)

    assert [one.story for one in done.failed] == [stories[0].public_id]
    assert WORDS in page(public, stories[2])


@pytest.mark.parametrize("is_emptied", [False, True])
def test_a_place_that_takes_no_file_at_all_is_no_story_s_fault(
    press, public, stories, moderator, is_emptied
):
    decide_on_each([stories[0], stories[2]], moderator)
    if is_emptied:
        for name in list(public.list()):
            public.remove(name)

    with pytest.raises(PlaceFailed):
        press(Unwritable(public, at=-1))  # "" is in every name

    assert failing() == ()


def test_a_database_that_fails_is_no_story_s_fault(press, stories, moderator):
    decide_on_each([stories[0], stories[2]], moderator)

    def locked(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and "desk_comment" in sql:
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(locked), pytest.raises(OperationalError):
        press()

    assert failing() == ()


def test_a_new_story_without_a_page_is_not_in_the_list(press, newsroom, public, stories):
    story = rows.make_story(4, credits=[{"who": "nobody"}])

    done = publish_story(story.public_id, public, newsroom=newsroom, today=TODAY)

    assert [one.story for one in done.failed] == [story.public_id]
    listed = json.loads(public.read("counts.json"))["counts"]
    assert set(listed) == {one.public_id for one in stories}
    Story.objects.filter(pk=story.pk).update(credits=[])
    publish_story(story.public_id, public, newsroom=newsroom, today=TODAY)
    assert failing() == ()
    assert story.public_id in json.loads(public.read("counts.json"))["counts"]


def test_pages_of_an_earlier_version_do_not_wait_for_one_that_fails(
    press, newsroom, public, stories
):
    Story.objects.update(outdated=True)

    done = renew(outdated_stories(), public, newsroom=newsroom, today=TODAY)

    assert [one.story for one in done.failed] == [stories[1].public_id]
    assert (done.renewed, outdated_stories()) == (2, [])
    Comment.objects.filter(public_id=an_id(2)).update(cuts=[])
    press()  # the slot sees to it
    stories[1].refresh_from_db()
    assert (stories[1].outdated, failing()) == (False, ())
