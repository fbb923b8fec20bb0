import pytest

from letterdesk.desk.actions.readers import close_appeal, close_notice
from letterdesk.desk.models import Appeal, AuditEntry, Notice, Tip
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.readers import ReaderLetter, open_appeals, open_notices, tips
from letterdesk.domain.states import Action
from tests.desk import rows
from tests.desk.rows import move
from tests.values import TODAY, an_id


@pytest.fixture
def letters(moderator):
    """An appeal, a notice and a tip about one story; an appeal without its comment."""
    story = rows.make_story()
    comment = rows.make_comment(story, 1)
    move(comment, Action.REJECT, moderator)
    common = {"text": "Words.", "arrived": TODAY}
    Appeal.objects.create(public_id=an_id(2), comment=comment, lookup="A", **common)
    Appeal.objects.create(public_id=an_id(3), lookup="B", **common)
    Notice.objects.create(public_id=an_id(4), story=story, comment=comment, **common)
    Notice.objects.create(public_id=an_id(5), story=story, name="Ines", **common)
    Tip.objects.create(public_id=an_id(6), story=story, contact="a@b.example", **common)
    return story


def letter(number: int, kind: str, **changes: object) -> ReaderLetter:
    values: dict[str, object] = {
        "id": an_id(number),
        "kind": kind,
        "story": an_id(901),
        "headline": "The ferry will not come back",
        "comment": an_id(1),
        "text": "Words.",
        "name": "",
        "contact": "",
        "arrived": TODAY,
    }
    return ReaderLetter(**(values | changes))


def test_what_readers_ask_is_shown_to_whom_it_concerns(letters, moderator, editor):
    assert open_appeals(moderator) == (letter(2, "appeal"),)
    assert open_notices(moderator) == (
        letter(4, "notice"),
        letter(5, "notice", comment="", name="Ines"),
    )
    assert tips(editor) == (letter(6, "tip", comment="", contact="a@b.example"),)
    with pytest.raises(NotYours):
        tips(moderator)


def test_another_desk_does_not_see_them(letters):
    kim = rows.make_person("kim", role="editor", desks=("Korean",))

    assert (open_appeals(kim), open_notices(kim), tips(kim)) == ((), (), ())
    with pytest.raises(NotYours):
        close_appeal(an_id(2), by=kim, today=TODAY)
    with pytest.raises(NotYours):
        close_notice(an_id(4), by=kim, today=TODAY)


def test_an_appeal_is_answered_by_somebody_else(letters, moderator, colleague):
    with pytest.raises(NotYours):
        close_appeal(an_id(2), by=moderator, today=TODAY)

    close_appeal(an_id(2), by=colleague, today=TODAY)

    assert open_appeals(colleague) == ()
    assert AuditEntry.objects.latest("number").facts["what"] == "appeal-closed"


def test_a_notice_is_answered(letters, moderator):
    close_notice(an_id(4), by=moderator, today=TODAY)

    assert [row.id for row in open_notices(moderator)] == [an_id(5)]
    assert AuditEntry.objects.latest("number").facts["what"] == "notice-closed"


def test_what_is_not_there_is_said_to_be_unknown(letters, colleague):
    for public_id in (an_id(3), an_id(77)):
        with pytest.raises(NotFound):
            close_appeal(public_id, by=colleague, today=TODAY)
    with pytest.raises(NotFound):
        close_notice(an_id(77), by=colleague, today=TODAY)
