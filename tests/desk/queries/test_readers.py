import pytest

from letterdesk.desk.queries.errors import NotYours
from letterdesk.desk.queries.readers import (
    ReaderLetter,
    count_dangers,
    count_open,
    open_appeals,
    open_notices,
    open_tips,
)
from letterdesk.domain.states import Action
from tests.desk import rows
from tests.desk.rows import move
from tests.values import TODAY, an_id


@pytest.fixture
def letters(moderator):
    """An appeal, two notices and a tip about one story; appeals that cannot be answered."""
    story = rows.make_story()
    comment = rows.make_comment(story, 1)
    move(comment, Action.REJECT, moderator)
    rows.make_appeal(comment, 2)
    rows.make_appeal(comment, 3, comment=None, lookup="B")  # its letter is not here yet
    rows.make_appeal(rows.make_comment(story), 7)  # nobody has decided yet
    rows.make_appeal(comment, 8, is_open=False)
    rows.make_notice(comment, 4)
    rows.make_notice(comment, 5, comment=None, alleged="danger")
    rows.make_tip(story, 6)
    rows.make_tip(story, 9, is_open=False)
    return story


def letter(number: int, kind: str, **changes: object) -> ReaderLetter:
    values: dict[str, object] = {
        "id": an_id(number),
        "kind": kind,
        "story": an_id(901),
        "headline": "The ferry will not come back",
        "story_language": "en",
        "language": "en",
        "comment": an_id(1),
        "arrived": TODAY,
    }
    return ReaderLetter(**(values | changes))


def test_what_readers_ask_is_shown_to_whom_it_concerns(letters, moderator, editor):
    appeals, notices, tips = (
        open_appeals(moderator),
        open_notices(moderator),
        open_tips(editor),
    )

    assert appeals.rows == (letter(2, "appeal", text="Please look again."),)
    assert notices.rows == (
        letter(5, "notice", text="This names my neighbour.", comment="", alleged="danger"),
        letter(4, "notice", text="This names my neighbour."),
    )
    assert tips.rows == (letter(6, "tip", text="Look in the harbour.", comment=""),)
    with pytest.raises(NotYours):
        open_tips(moderator)
    with pytest.raises(NotYours):
        count_open(moderator, "tip")


def test_another_desk_does_not_see_them(letters):
    kim = rows.make_person("kim", role="editor", desks=("Korean",))

    found = [listed(kim).rows for listed in (open_appeals, open_notices, open_tips)]
    counts = [count_open(kim, kind) for kind in ("appeal", "notice", "tip")]

    assert (found, counts) == ([(), (), ()], [0, 0, 0])


def test_lists_go_on_where_they_ended(letters, editor):
    comment = rows.make_comment(letters)
    for number in range(20, 25):
        rows.make_notice(comment, number, alleged="danger" if number > 21 else "")

    seen, after, pages = [], None, 0
    while after is not None or not pages:
        page = open_notices(editor, after=after, size=3)
        seen += [row.id for row in page.rows]
        after, pages = page.next, pages + 1

    assert seen == [an_id(number) for number in (5, 22, 23, 24, 4, 20, 21)]
    assert pages == 3
    assert (count_open(editor, "notice"), count_dangers(editor)) == (7, 4)
