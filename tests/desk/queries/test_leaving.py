from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.withdraw import withdraw
from letterdesk.desk.models import Comment, Story
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.leaving import in_order, shown, story_keys, threads
from letterdesk.desk.queries.people import COMMAND, Person
from letterdesk.domain.states import Action, State
from letterdesk.interchange.portion import Portion
from letterdesk.interchange.records import CommentRecord, Found, StoryRecord
from tests.desk import rows
from tests.desk.rows import CUT, TEXT, move
from tests.values import TODAY, an_id

pytestmark = pytest.mark.django_db
ALL = Portion()
PUBLISHED = Portion(published_only=True)


def records(portion: Portion = ALL) -> list[CommentRecord]:
    found = threads(story_keys(COMMAND, portion), portion)
    return [record for _, comments in found for record in comments]


def found_of(comment: Comment, portion: Portion = ALL) -> Found | None:
    found = {one.id: one.found for one in records(portion)}
    return found.get(comment.public_id)


def publish_all(story: Story, *numbers: int, by: Person) -> list[Comment]:
    return [rows.make_published(story, by, number) for number in numbers]


@pytest.mark.parametrize(
    ("state", "found"),
    [
        (State.PENDING, Found.PENDING),
        (State.HELD, Found.PENDING),
        (State.APPROVED, Found.PENDING),
        (State.PUBLISHED, Found.PUBLISHED),
        (State.REJECTED, Found.REJECTED),
        (State.RETRACTED, Found.REJECTED),
        (State.WITHDRAWN, Found.DELETED),
    ],
)
def test_every_state_leaves_as_what_it_is(state, found, moderator):
    comment = rows.make_in(state, rows.make_story(), moderator)

    assert found_of(comment) is found
    shown = {Found.PUBLISHED: Found.PUBLISHED}.get(found)
    assert found_of(comment, PUBLISHED) is shown


def test_a_record_has_what_readers_get(moderator):
    story = rows.make_story(body="It left.")
    parent = rows.make_published(story, moderator, 1)
    comment = rows.make_comment(story, 2, reply_to=parent, name="Mi\u202era")
    move(comment, Action.EDIT, moderator)
    rows.act_and_show(story)

    told = StoryRecord(
        url="https://news.example/1",
        headline="The ferry will not come back",
        language="en",
        desk="English",
        risk="ordinary",
        body="It left.",
    )
    wanted = [
        CommentRecord(
            id=an_id(1),
            story=told,
            found=Found.PUBLISHED,
            written=datetime(2026, 11, 23, 0, 0, 1, tzinfo=UTC),
            text=TEXT,
            name="Mira",
            language="en",
        ),
        CommentRecord(
            id=an_id(2),
            story=told,
            found=Found.PUBLISHED,
            written=datetime(2026, 11, 23, 0, 0, 2, tzinfo=UTC),
            text=CUT,
            name="Mira",
            reply_to=an_id(1),
            language="en",
        ),
    ]
    assert records() == wanted
    assert records(PUBLISHED) == wanted


def test_a_cut_without_a_note_leaves_its_place(moderator):
    story = rows.make_story()
    comment = rows.make_comment(story, 1)
    move(comment, Action.EDIT, moderator, text="My uncle worked. His name was Daniel Roe.")
    rows.act_and_show(story)

    told = "My uncle worked […]. His name was Daniel Roe."
    assert [[one.text for one in records(portion)] for portion in (ALL, PUBLISHED)] == [
        [told],
        [told],
    ]


def test_an_author_s_wish_to_be_published_as_written_leaves_with_her_words(moderator):
    story = rows.make_story()
    rows.make_comment(story, 1, as_written=True)
    rows.make_comment(story, 2)

    assert {one.id: one.as_written for one in records()} == {
        an_id(1): True,
        an_id(2): False,
    }


def test_what_was_decided_and_can_be_undone_does_not_make_anything_public(moderator):
    story = rows.make_story()
    taken_down, put_back = publish_all(story, 1, 2, by=moderator)
    move(put_back, Action.RETRACT, moderator)
    rows.act_and_show(story)
    move(taken_down, Action.RETRACT, moderator)
    move(put_back, Action.RESTORE, moderator)

    assert found_of(taken_down) is Found.REJECTED
    assert found_of(put_back) is Found.PENDING
    assert found_of(taken_down, PUBLISHED) is None  # readers still see it
    assert found_of(put_back, PUBLISHED) is None


def test_what_no_page_has_shown_yet_waits_in_every_file(moderator):
    story = rows.make_story()
    out, back = publish_all(story, 1, 2, by=moderator)
    move(back, Action.RETRACT, moderator)
    rows.act_and_show(story)
    new = rows.approve(rows.make_comment(story, 3), moderator)
    move(back, Action.RESTORE, moderator)
    act(story.pk, today=TODAY)  # and its page fails, or its process is killed

    ((_, thread),) = shown(story_keys(COMMAND, PUBLISHED))
    kept = [found_of(one) for one in (out, back, new)]
    public = [found_of(one, PUBLISHED) for one in (out, back, new)]

    assert kept == [Found.PUBLISHED, Found.PENDING, Found.PENDING]
    assert public == [Found.PUBLISHED, None, None]
    assert [one.id for one in thread if not one.is_gone] == [out.public_id]


def test_words_that_were_taken_back_are_gone_before_the_press_acts(moderator):
    story = rows.make_story()
    comment = rows.make_published(story, moderator, 1)
    reply = rows.make_comment(story, 2, reply_to=comment)
    rows.approve(reply, moderator)
    rows.act_and_show(story)
    withdraw([comment.pk], today=TODAY)

    gone, answer = records()
    assert (gone.id, gone.found, gone.text, gone.name) == (an_id(1), Found.DELETED, "", "")
    assert answer.reply_to == an_id(1)


@pytest.mark.parametrize("portion", [ALL, PUBLISHED])
def test_what_is_to_go_has_gone_from_every_file(portion, moderator):
    story = rows.make_story()
    back, down, cut, nameless = publish_all(story, 1, 2, 3, 4, by=moderator)
    with transaction.atomic():
        withdraw([back.pk], today=TODAY)
    move(down, Action.RETRACT, moderator)
    move(cut, Action.EDIT, moderator)
    move(nameless, Action.EDIT, moderator, leave_name_out=True)

    said = {one.id: one for one in records(portion) if one.found is Found.PUBLISHED}

    assert [*said] == [cut.public_id, nameless.public_id]
    assert said[cut.public_id].text == CUT
    assert said[nameless.public_id].name == "[name left out]"


def test_the_archive_has_no_word_that_is_to_go(moderator):
    story = rows.make_story()
    back, cut = publish_all(story, 1, 2, by=moderator)
    with transaction.atomic():
        withdraw([back.pk], today=TODAY)
    move(cut, Action.EDIT, moderator)

    ((_, thread),) = shown(story_keys(COMMAND, PUBLISHED))

    assert [(one.is_gone, one.name, len(one.cuts)) for one in thread] == [
        (True, "", 0),
        (False, "Mira", 1),
    ]


def test_readers_see_a_gap_where_somebody_answered(moderator):
    story = rows.make_story()
    parent = rows.make_published(story, moderator, 1)
    reply = rows.make_comment(story, 2, reply_to=parent)
    rows.approve(reply, moderator)
    rows.act_and_show(story)
    move(parent, Action.RETRACT, moderator)
    rows.act_and_show(story)

    gap, answer = records(PUBLISHED)
    assert (gap.found, gap.text, gap.name) == (Found.DELETED, "", "")
    assert (answer.found, answer.reply_to) == (Found.PUBLISHED, an_id(1))


def test_the_order_tells_the_thread_and_not_who_wrote_first(moderator):
    story = rows.make_story()
    for number, place in ((9, 2), (8, 1), (7, None), (6, None), (5, 3)):
        rows.make_comment(story, number, place=place)

    ids = dict(Comment.objects.values_list("pk", "public_id"))
    assert [ids[key] for key in in_order(story, ALL)] == [
        *(an_id(8), an_id(9), an_id(5)),
        *(an_id(6), an_id(7)),
    ]


def test_what_is_answered_comes_first_even_in_a_circle():
    story = rows.make_story()
    last = rows.make_comment(story, 3)
    middle = rows.make_comment(story, 2, reply_to=last)
    first = rows.make_comment(story, 1, reply_to=middle)
    odd = rows.make_comment(story, 4)
    Comment.objects.filter(pk=odd.pk).update(reply_to=odd.pk)

    assert in_order(story, ALL) == [last.pk, middle.pk, first.pk, odd.pk]


def test_a_story_or_days_narrow_what_leaves(moderator):
    one, two = rows.make_story(1), rows.make_story(2)
    rows.make_comment(one, 1, arrived=date(2026, 11, 1))
    parent = rows.make_comment(one, 2, arrived=date(2026, 11, 2))
    rows.make_comment(one, 3, arrived=date(2026, 11, 3), reply_to=parent)
    rows.make_comment(two, 4, arrived=date(2026, 11, 9))

    def ids(**chosen: object) -> list[str]:
        return [record.id for record in records(Portion(**chosen))]

    assert ids(story=two.public_id) == [an_id(4)]
    assert ids(start=date(2026, 11, 2)) == [an_id(2), an_id(3), an_id(4)]
    assert ids(end=date(2026, 11, 2)) == [an_id(1), an_id(2)]
    assert ids(start=date(2026, 11, 3), end=date(2026, 11, 3)) == [an_id(3)]
    assert len(story_keys(COMMAND, Portion(end=date(2026, 11, 2)))) == 1
    alone = records(Portion(start=date(2026, 11, 3), end=date(2026, 11, 3)))
    assert alone[0].reply_to == ""  # what it answers is not in this file


@pytest.mark.parametrize("story", ["nonsense", an_id(77)])
def test_a_story_that_is_not_there_is_told(story):
    with pytest.raises(NotFound):
        story_keys(COMMAND, Portion(story=story))


def test_nobody_at_the_screens_but_an_admin_may_take_letters_out(moderator, editor):
    for person in (moderator, editor):
        with pytest.raises(NotYours):
            story_keys(person, ALL)


@pytest.mark.parametrize("comments", [1, 3])
def test_a_story_costs_the_same_few_queries(comments, moderator, django_assert_num_queries):
    story = rows.make_story()
    for number in range(comments):
        parent = rows.make_published(story, moderator, 10 + number)
        rows.make_comment(story, 20 + number, reply_to=parent)
    keys = story_keys(COMMAND, ALL)

    with django_assert_num_queries(3):
        found = [len(list(some)) for _, some in threads(keys, ALL)]

    assert found == [2 * comments]


def test_a_name_that_was_left_out_does_not_leave(moderator):
    story = rows.make_story(language="ko")
    out = rows.make_published(story, moderator, 1)
    move(out, Action.EDIT, moderator, leave_name_out=True)
    rows.act_and_show(story)
    waits = rows.make_comment(story, 2)
    move(waits, Action.EDIT, moderator, leave_name_out=True)
    undecided = rows.make_published(story, moderator, 3)
    move(undecided, Action.EDIT, moderator, leave_name_out=True)
    Comment.objects.filter(pk=waits.pk).update(outcome_due=False)

    named = {one.id: one.name for one in records()}
    shown = {one.id: one.name for one in records(PUBLISHED)}

    assert (named[an_id(1)], named[an_id(2)]) == ("[이름 뺌]", "[이름 뺌]")
    assert (shown[an_id(1)], shown[an_id(3)]) == ("[이름 뺌]", "[이름 뺌]")
    assert named[an_id(3)] == "[이름 뺌]"  # readers still see it until the press acts
