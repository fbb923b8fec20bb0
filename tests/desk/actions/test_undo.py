import pytest

from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.rulings import NothingToUndo
from letterdesk.desk.actions.stories import set_risk
from letterdesk.desk.actions.undo import undo
from letterdesk.desk.models import AuditEntry, Comment, Decision
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.undoable import snapshot
from letterdesk.domain.states import Action, Risk, State
from tests.desk import rows
from tests.desk.rows import NOW, move
from tests.values import TODAY, an_id


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (State.PENDING, Action.APPROVE),
        (State.PENDING, Action.EDIT),
        (State.PENDING, Action.REJECT),
        (State.PENDING, Action.HOLD),
        (State.HELD, Action.RESTORE),
        (State.HELD, Action.APPROVE),
        (State.HELD, Action.EDIT),
        (State.HELD, Action.REJECT),
        (State.APPROVED, Action.HOLD),
        (State.REJECTED, Action.RESTORE),
        (State.PUBLISHED, Action.RETRACT),
        (State.RETRACTED, Action.RESTORE),
    ],
)
def test_undo_puts_back_what_was_there(state, action, moderator):
    comment = rows.make_in(state, rows.make_story(), moderator)
    before = snapshot(comment)
    move(comment, action, moderator)

    undone = undo(comment.public_id, by=moderator, now=NOW)

    comment.refresh_from_db()
    assert snapshot(undone) == snapshot(comment) == before
    last = Decision.objects.latest("version")
    assert (last.move, last.version) == ("undo", comment.version)
    assert AuditEntry.objects.latest("number").facts["undone"] == comment.version - 1


@pytest.mark.parametrize("action", [Action.APPROVE, Action.EDIT, Action.REJECT])
def test_once_the_press_has_acted_there_is_nothing_to_undo(action, moderator):
    story = rows.make_story()
    comment = rows.make_comment(story)
    move(comment, action, moderator)
    act(story.pk, today=TODAY)

    with pytest.raises(NothingToUndo):
        undo(comment.public_id, by=moderator, now=NOW)

    assert Decision.objects.count() == 1


@pytest.mark.parametrize("action", [Action.HOLD, Action.APPROVE])
def test_what_the_press_has_nothing_to_do_with_can_be_undone_after_its_slot(
    action, moderator
):
    story = rows.make_story(risk="sensitive")
    comment = rows.make_comment(story)
    move(comment, action, moderator)
    act(story.pk, today=TODAY)

    undone = undo(comment.public_id, by=moderator, now=NOW)

    assert (undone.state, undone.approved_by_id) == ("pending", None)


def test_nothing_was_decided_so_there_is_nothing_to_undo(moderator):
    comment = rows.make_comment(rows.make_story())

    with pytest.raises(NothingToUndo):
        undo(comment.public_id, by=moderator, now=NOW)


def test_undo_goes_back_step_by_step_but_not_past_the_press(moderator):
    story = rows.make_story()
    comment = rows.make_published(story, moderator)
    move(comment, Action.RETRACT, moderator)
    move(comment, Action.RESTORE, moderator)

    states = [undo(comment.public_id, by=moderator, now=NOW).state for _ in range(2)]

    assert states == ["retracted", "published"]
    with pytest.raises(NothingToUndo):
        undo(comment.public_id, by=moderator, now=NOW)


def test_an_undone_retraction_is_not_what_a_comment_comes_back_from(moderator):
    story = rows.make_story()
    comment = rows.make_comment(story)
    move(comment, Action.EDIT, moderator, leave_name_out=True)
    rows.act_and_show(story)
    move(comment, Action.RETRACT, moderator)
    rows.act_and_show(story)
    move(comment, Action.RESTORE, moderator)
    move(comment, Action.EDIT, moderator, leave_name_out=False)
    move(comment, Action.RETRACT, moderator)
    for _ in range(3):
        undone = undo(comment.public_id, by=moderator, now=NOW)
    was = (undone.state, undone.name_left_out)

    back = move(comment, Action.RESTORE, moderator)

    assert was == ("retracted", True)
    assert (back.state, back.name_left_out) == ("published", True)


def test_undone_hold_leads_back_to_what_is_published_at_the_slot(moderator, colleague):
    story = rows.make_story()
    comment = rows.make_comment(story)
    move(comment, Action.APPROVE, colleague)
    move(comment, Action.HOLD, moderator)

    with pytest.raises(NotYours):
        undo(comment.public_id, by=colleague, now=NOW)
    undone = undo(comment.public_id, by=moderator, now=NOW)

    assert (undone.state, undone.approved_by_id) == ("approved", colleague.id)
    assert act(story.pk, today=TODAY) == 1


def test_undone_hold_leads_to_no_publication_that_needs_two_by_now(
    moderator, colleague, editor
):
    story = rows.make_story()
    comment = rows.make_comment(story)
    move(comment, Action.APPROVE, colleague)
    move(comment, Action.HOLD, moderator)
    set_risk(story.public_id, Risk.SENSITIVE, by=editor, today=TODAY)

    undone = undo(comment.public_id, by=moderator, now=NOW)

    assert (undone.state, undone.approved_by_id, undone.outcome_due) == (
        "pending",
        colleague.id,
        False,
    )
    assert move(comment, Action.APPROVE, moderator).state == "approved"


def test_each_of_two_approvals_is_undone_by_whoever_gave_it(moderator, colleague):
    comment = rows.make_comment(rows.make_story(risk="sensitive"))
    move(comment, Action.APPROVE, moderator)
    move(comment, Action.APPROVE, colleague)

    with pytest.raises(NotYours):
        undo(comment.public_id, by=moderator, now=NOW)
    first = undo(comment.public_id, by=colleague, now=NOW)
    assert (first.state, first.approved_by_id, first.seconded_by_id) == (
        "pending",
        moderator.id,
        None,
    )
    second = undo(comment.public_id, by=moderator, now=NOW)

    assert (second.state, second.approved_by_id) == ("pending", None)


def test_somebody_elses_decision_is_undone_by_an_editor_only(moderator, colleague, editor):
    comment = rows.make_comment(rows.make_story())
    move(comment, Action.REJECT, moderator)

    with pytest.raises(NotYours):
        undo(comment.public_id, by=colleague, now=NOW)
    with pytest.raises(NotYours):
        undo(comment.public_id, by=rows.make_person("a", role="auditor"), now=NOW)
    kim = rows.make_person("kim", role="editor", desks=("Korean",))
    with pytest.raises(NotYours):
        undo(comment.public_id, by=kim, now=NOW)
    assert Comment.objects.get().version == 2

    assert undo(comment.public_id, by=editor, now=NOW).state == "pending"


def test_an_authors_withdrawal_is_not_undone(editor):
    comment = rows.make_in(State.WITHDRAWN, rows.make_story(), editor)
    Comment.objects.filter(pk=comment.pk).update(acted_version=1)

    with pytest.raises(NothingToUndo):
        undo(comment.public_id, by=editor, now=NOW)


def test_a_comment_that_is_not_there_cannot_be_undone(moderator):
    with pytest.raises(NotFound):
        undo(an_id(77), by=moderator, now=NOW)
