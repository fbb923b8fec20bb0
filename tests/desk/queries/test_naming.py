"""The list of what is published and names somebody: until it is cut or taken down."""

import pytest

from letterdesk.desk.actions.names import NewName, protect
from letterdesk.desk.actions.reread import reread
from letterdesk.desk.models import Comment, Story
from letterdesk.desk.queries import naming as queries
from letterdesk.desk.queries.errors import NotYours
from letterdesk.desk.queries.naming import naming
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import State
from tests.desk import rows

pytestmark = pytest.mark.django_db
KEY = bytes(32)
TEXT = "Ask Daniel Roe. I said: Daniel Roe."


def listed(editor: Person, story: Story | None = None) -> None:
    protect(
        NewName(label="him", spellings=("Daniel Roe",)),
        story=story.public_id if story else "",
        key=KEY,
        by=editor,
        now=rows.NOW,
    )
    reread(seconds=60, key=KEY)


def published(story: Story, **changes: object) -> Comment:
    values = {"text": TEXT, "state": State.PUBLISHED, "screened": 1}
    return rows.make_comment(story, **(values | changes))


def test_it_says_who_may_be_named_and_by_whom_newest_first(editor: Person) -> None:
    story, other = rows.make_story(1), rows.make_story(2)
    first = published(story, name="Daniel Rowe")
    second = published(other)
    published(other, text="Thank you.")

    listed(editor)

    found, here = naming(editor), naming(editor, story=story.public_id)
    assert [(one.comment.id, one.labels) for one in found.comments] == [
        (second.public_id, (("him", False),)),
        (first.public_id, (("him", False), ("him", True))),
    ]
    assert (found.number, found.are_more, found.next, found.is_reading) == (
        2,
        False,
        0,
        False,
    )
    assert [one.comment.id for one in here.comments] == [first.public_id]


def test_what_readers_do_not_get_any_more_is_not_on_it(editor: Person) -> None:
    story = rows.make_story()
    half = published(story, cuts=[[4, 14, "name removed"]])
    published(story, cuts=[[4, 14, "name removed"], [24, 34, ""]])
    published(story, text="Thank you.", name="Daniel Roe", name_left_out=True)
    down, waiting = published(story), published(story)

    listed(editor)
    Comment.objects.filter(pk=down.pk).update(state=State.RETRACTED)
    Comment.objects.filter(pk=waiting.pk).update(state=State.PENDING)

    assert [one.comment.id for one in naming(editor).comments] == [half.public_id]


def test_a_long_list_comes_in_pages_and_counts_so_far_as_it_tells(
    editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_PAGE", 2)
    monkeypatch.setattr(queries, "_MOST", 3)
    story = rows.make_story()
    made = [published(story).public_id for _ in range(4)]

    listed(editor)
    first, last = naming(editor), naming(editor, start=2)

    assert [one.comment.id for one in first.comments] == [made[3], made[2]]
    assert (first.number, first.are_more, first.next) == (3, True, 2)
    assert ([one.comment.id for one in last.comments], last.next) == ([made[1]], 0)


def test_it_says_that_it_is_not_complete_while_comments_are_still_read(
    editor: Person,
) -> None:
    story, other = rows.make_story(1), rows.make_story(2)
    new = NewName(label="him", spellings=("Daniel Roe",))

    protect(new, story=story.public_id, key=KEY, by=editor, now=rows.NOW)

    assert naming(editor, story=story.public_id).is_reading
    assert naming(editor).is_reading
    assert not naming(editor, story=other.public_id).is_reading


def test_it_is_for_those_who_may_change_the_list(moderator: Person) -> None:
    story = rows.make_story()

    for public_id in (story.public_id, ""):
        with pytest.raises(NotYours):
            naming(moderator, story=public_id)


@pytest.mark.parametrize("comments", [1, 3])
def test_it_asks_the_database_the_same_few_things(
    editor: Person, comments: int, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    story = rows.make_story()
    for _ in range(comments):
        published(story)
    listed(editor)

    with django_assert_num_queries(4):  # type: ignore[operator]
        assert naming(editor).number == comments
