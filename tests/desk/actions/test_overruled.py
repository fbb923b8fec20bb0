"""Who had a part in what an appeal was right against takes nothing of the letter away."""

from datetime import timedelta

import pytest

from letterdesk.desk.actions.notices import NoticeRuling, decide_notice
from letterdesk.desk.actions.rulings import Ruling
from letterdesk.desk.actions.together import Shown, decide_together
from letterdesk.desk.actions.undo import undo
from letterdesk.desk.models import Cause, Comment, Fate, Notice, Unconfirmed, User
from letterdesk.desk.queries.comment_view import card
from letterdesk.desk.queries.errors import NotConfirmed
from letterdesk.desk.queries.overruled import Overruled
from letterdesk.domain.states import Action, Risk
from tests.desk import rows
from tests.desk.rows import NOW, TEXT, move
from tests.values import TODAY

LESS = TEXT.replace("My uncle", "[removed]")


def reverse(comment, *people):
    """Answer an appeal against what was decided on a comment: it was right."""
    rows.reverse(rows.make_appeal(comment), *people)
    comment.refresh_from_db()


@pytest.fixture
def approved(moderator, colleague):
    """A letter that `moderator` rejected, and `colleague` approved after an appeal."""
    comment = rows.make_in("rejected", rows.make_story(), moderator)
    reverse(comment, colleague)
    assert comment.state == "approved"
    return comment


@pytest.fixture
def published(approved):
    rows.act_and_show(approved.story)
    approved.refresh_from_db()
    assert approved.state == "published"
    return approved


def state_of(comment):
    return Comment.objects.values_list("state", "cuts").get(pk=comment.pk)


def test_who_rejected_it_does_not_hold_what_an_appeal_approved(
    approved, moderator, colleague, editor
):
    with pytest.raises(Overruled):
        move(approved, Action.HOLD, moderator)
    assert state_of(approved) == ("approved", [])

    move(approved, Action.HOLD, editor)
    for action in (Action.REJECT, Action.EDIT):
        with pytest.raises(Overruled):
            move(approved, action, moderator)
    assert move(approved, Action.APPROVE, moderator).state == "approved"


def test_nor_cuts_or_takes_it_down_once_it_is_published(published, moderator, editor):
    for action in (Action.EDIT, Action.RETRACT):
        with pytest.raises(Overruled):
            move(published, action, moderator)
    with pytest.raises(Overruled):
        move(published, Action.EDIT, moderator, leave_name_out=True)
    assert state_of(published) == ("published", [])

    assert move(published, Action.RETRACT, editor, rules=("7",)).state == "retracted"


def test_the_one_who_answered_may_think_again(published, colleague):
    assert move(published, Action.RETRACT, colleague).state == "retracted"


@pytest.mark.parametrize("fate", [Fate.TAKEN_DOWN, Fate.CUT])
def test_nor_with_a_notice_at_hand_but_she_may_keep_it(published, fate, moderator):
    notice = rows.make_notice(published, alleged="rules")
    ruling = Ruling(rules=("3",), text=LESS if fate == Fate.CUT else None)
    wanted = NoticeRuling(fate=fate, version=published.version, ruling=ruling)

    with pytest.raises(Overruled):
        decide_notice(notice.public_id, wanted, by=moderator, now=NOW)
    assert Notice.objects.get().is_open

    kept = NoticeRuling(fate=Fate.KEPT, version=published.version)
    decide_notice(notice.public_id, kept, by=moderator, now=NOW)
    assert Notice.objects.get().fate == Fate.KEPT


def test_whoever_meets_a_danger_that_a_reader_tells_takes_it_down(published, moderator):
    old = rows.make_notice(published, 71, alleged="danger", opened=NOW - timedelta(hours=2))
    with pytest.raises(Overruled):
        move(published, Action.RETRACT, moderator)

    Notice.objects.filter(pk=old.pk).update(opened=NOW)

    assert card(moderator, published.public_id).overruled is None
    assert move(published, Action.RETRACT, moderator).state == "retracted"


def test_a_danger_that_a_person_did_not_find_is_none(published, moderator, colleague):
    notice = rows.make_notice(published, alleged="danger", opened=NOW)
    kept = NoticeRuling(fate=Fate.KEPT, version=published.version)
    decide_notice(notice.public_id, kept, by=colleague, now=NOW)

    with pytest.raises(Overruled):
        move(published, Action.RETRACT, moderator)


def test_where_nobody_else_is_left_one_person_goes_on(published, moderator, colleague):
    rows.make_person("kim", desks=("Korean",))
    rows.make_person("aud", role="auditor")
    User.objects.filter(pk=colleague.id).update(is_active=False)
    program = rows.make_person("feeder")
    User.objects.filter(pk=program.id).update(password="!none")

    assert card(moderator, published.public_id).overruled is None
    assert move(published, Action.RETRACT, moderator).state == "retracted"


@pytest.mark.parametrize("desks", [(), ("English",), ("English", "Korean")])
def test_somebody_of_the_desk_who_took_no_part_is_somebody_else(
    desks, published, moderator, colleague
):
    User.objects.filter(pk=colleague.id).update(is_active=False)
    rows.make_person("olga", desks=desks)

    with pytest.raises(Overruled):
        move(published, Action.RETRACT, moderator)


def test_an_account_that_one_admin_made_is_nobody_else(published, moderator, editor):
    hers = rows.make_person("second")
    Unconfirmed.objects.create(
        user_id=hers.id, cause=Cause.ADDED, by_id=moderator.id, since=TODAY
    )

    with pytest.raises(NotConfirmed):
        move(published, Action.RETRACT, hers)


def test_who_had_a_part_only_after_the_answer_is_not_overruled(approved, moderator, editor):
    move(approved, Action.HOLD, editor)
    move(approved, Action.APPROVE, editor)

    assert move(approved, Action.HOLD, editor).state == "held"


def test_an_editor_who_was_overruled_undoes_nothing_that_others_gave(colleague, editor):
    comment = rows.make_in("rejected", rows.make_story(), editor)
    reverse(comment, colleague)
    olga = rows.make_person("olga", role="editor")
    move(comment, Action.HOLD, olga)
    move(comment, Action.APPROVE, colleague)

    assert card(editor, comment.public_id).undo == ""
    with pytest.raises(Overruled):
        undo(comment.public_id, by=editor, now=NOW)

    assert card(olga, comment.public_id).undo == "approve"
    undo(comment.public_id, by=olga, now=NOW)
    move(comment, Action.APPROVE, editor)
    assert undo(comment.public_id, by=editor, now=NOW).state == "held"  # her own


def test_an_answer_that_is_undone_overrules_nobody(approved, moderator, colleague):
    undo(approved.public_id, by=colleague, now=NOW)
    move(approved, Action.RESTORE, moderator)

    assert move(approved, Action.HOLD, moderator).state == "held"


def test_of_a_group_such_a_letter_is_left_out(approved, moderator, editor):
    move(approved, Action.HOLD, editor)
    pending = move(approved, Action.RESTORE, editor)
    other = rows.make_comment(approved.story)

    shown = [Shown(id=one.public_id, version=one.version) for one in (pending, other)]
    found = decide_together(
        shown, Action.REJECT, by=moderator, ruling=Ruling(rules=("3",)), now=NOW
    )

    assert found.done == (other.public_id,)
    assert [one.error.code for one in found.left_out] == ["overruled"]


def test_on_a_sensitive_story_everybody_with_a_part_is_overruled(moderator, colleague):
    story = rows.make_story(risk=Risk.SENSITIVE)
    comment = rows.make_in("rejected", story, moderator)
    pair = [rows.make_person(name) for name in ("ann", "bea")]
    reverse(comment, *pair)
    assert comment.state == "approved"

    with pytest.raises(Overruled):
        move(comment, Action.HOLD, moderator)
    assert move(comment, Action.HOLD, pair[0]).state == "held"


def test_the_card_offers_it_to_others_only(approved, moderator, colleague, editor):
    assert card(moderator, approved.public_id).possible == ()
    assert isinstance(card(moderator, approved.public_id).overruled, Overruled)
    for other in (colleague, editor):
        assert card(other, approved.public_id).possible == (Action.HOLD,)
        assert card(other, approved.public_id).overruled is None
