import pytest

from letterdesk.desk.actions.press_attempts import Attempts
from letterdesk.desk.actions.rulings import Answered
from letterdesk.desk.actions.tell_senders import tell_senders
from letterdesk.desk.actions.tips import TipNotTaken, take_tip, wipe_tip
from letterdesk.desk.models import AuditEntry, Tip
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.tips import tip_view
from tests.desk import rows
from tests.values import TODAY, an_id


@pytest.fixture
def tip(db):
    return rows.make_tip(rows.make_story())


def test_a_tip_is_downloaded_then_wiped_and_the_log_says_only_that(tip, editor):
    taken = take_tip(tip.public_id, by=editor, today=TODAY)
    wipe_tip(tip.public_id, by=editor, today=TODAY)

    row = Tip.objects.get()
    assert (taken.text, taken.name, taken.contact) == (
        "Look in the harbour.",
        "Jo",
        "jo@mail.example",
    )
    assert (row.text, row.name, row.contact, row.lookup) == ("", "", "", "")
    assert (bytes(row.outcome_key), bytes(row.action_digest), row.is_open) == (
        b"",
        b"",
        False,
    )
    assert [entry.facts for entry in AuditEntry.objects.order_by("number")] == [
        {
            "what": what,
            "who": "erin",
            "day": "2026-11-23",
            "tip": tip.public_id,
        }
        for what in ("tip-downloaded", "tip-handed-over")
    ]


def test_a_tip_that_nobody_has_is_not_wiped(tip, editor):
    with pytest.raises(TipNotTaken):
        wipe_tip(tip.public_id, by=editor, today=TODAY)

    assert Tip.objects.get().text == "Look in the harbour."


def test_a_tip_that_is_wiped_is_gone_for_everybody(tip, editor, public):
    take_tip(tip.public_id, by=editor, today=TODAY)
    wipe_tip(tip.public_id, by=editor, today=TODAY)

    for act in (take_tip, wipe_tip):
        with pytest.raises(Answered):
            act(tip.public_id, by=editor, today=TODAY)
    assert tip_view(editor, tip.public_id).text == ""
    assert tell_senders(Attempts(place=public, today=TODAY)).put == 0


def test_tips_are_for_editors_of_their_desk(tip, moderator):
    kim = rows.make_person("kim", role="editor", desks=("Korean",))

    for person in (moderator, kim):
        for act in (take_tip, wipe_tip):
            with pytest.raises(NotYours):
                act(tip.public_id, by=person, today=TODAY)
        with pytest.raises(NotYours):
            tip_view(person, tip.public_id)
    assert Tip.objects.get().text


def test_a_tip_that_is_not_there_is_unknown(editor, tip):
    for unknown in (an_id(77), "no id"):
        with pytest.raises(NotFound):
            tip_view(editor, unknown)
