"""Leaving out the name above a letter, alone or with words of it, and putting it back."""

import pytest
from django.db import IntegrityError, transaction

from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.decide import decide
from letterdesk.desk.actions.rulings import AsWritten, Outdated, Ruling
from letterdesk.desk.actions.tell import tell
from letterdesk.desk.actions.undo import undo
from letterdesk.desk.actions.withdraw import withdraw
from letterdesk.desk.models import AuditEntry, Comment, Decision, Statement, Unwelcome
from letterdesk.desk.queries.cuts import current_text
from letterdesk.desk.queries.due import to_tell
from letterdesk.desk.queries.outcomes import outcome
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.teaching import is_unwelcome
from letterdesk.desk.queries.threads import thread
from letterdesk.domain.errors import NotACut
from letterdesk.domain.rules import RuleMissing
from letterdesk.domain.states import Action, AppealNeeded, State
from letterdesk.reader.terms import terms
from tests.desk import rows
from tests.desk.rows import CUT, NOW, TEXT, move
from tests.values import TODAY

LEAVE, PUT_BACK = {"leave_name_out": True}, {"leave_name_out": False}


def leave_out(comment: Comment, by: Person, *, rules: tuple[str, ...] = ("5",)) -> Comment:
    return move(comment, Action.EDIT, by, rules=rules, **LEAVE)


def shown(comment: Comment) -> tuple[str, bool, str, tuple[str, ...]]:
    """Give what readers get of the story's one comment, as the press last saw it."""
    (one,) = thread(comment.story)
    return one.name, one.name_left_out, one.text, one.rules


def stands(comment: Comment) -> tuple[str, str, bool, list[str]]:
    comment.refresh_from_db()
    return comment.state, current_text(comment), comment.name_left_out, comment.rules


def published_without(by: Person, **story: object) -> Comment:
    comment = rows.make_comment(rows.make_story(**story))
    leave_out(comment, by)
    act(comment.story_id, today=TODAY)
    comment.refresh_from_db()
    return comment


def test_a_letter_is_published_whole_without_its_name_under_a_rule(moderator):
    comment = rows.make_comment(rows.make_story())

    decided = leave_out(comment, moderator)
    act(comment.story_id, today=TODAY)

    assert decided.state == State.APPROVED
    assert shown(comment) == ("", True, TEXT, ("5",))
    told = outcome(Comment.objects.get(), decided="")
    assert (told.status, told.text, told.original, told.cuts, told.name_left_out) == (
        "edited",
        TEXT,
        "",
        (),
        True,
    )
    assert (told.reasons.measure, told.reasons.parts) == ("cut", ("name",))
    assert told.statement == terms("en").find("5").reason
    assert told.is_against


def test_the_log_says_so_and_not_which_name(moderator):
    comment = rows.make_comment(rows.make_story())
    leave_out(comment, moderator)
    undo(comment.public_id, by=moderator, now=NOW)
    move(comment, Action.APPROVE, moderator)

    taken, undone, approved = AuditEntry.objects.order_by("number")

    assert (taken.facts["what"], taken.facts["name_left_out"]) == ("edit", True)
    assert taken.facts["text_before"] == taken.facts["text_after"]
    assert (undone.facts["what"], undone.facts["name_left_out"]) == ("undo", False)
    assert "name_left_out" not in approved.facts
    assert "Mira" not in str([taken.facts, undone.facts])


def test_it_needs_a_rule_and_a_name(moderator):
    comment = rows.make_comment(rows.make_story())
    nameless = rows.make_comment(comment.story, name="")
    ruling = Ruling(name_left_out=True)

    with pytest.raises(RuleMissing):
        decide(
            comment.public_id, Action.EDIT, by=moderator, version=1, ruling=ruling, now=NOW
        )
    with pytest.raises(NotACut):
        leave_out(nameless, moderator)

    assert not Decision.objects.exists()


def test_a_letter_that_is_to_be_published_as_written_keeps_its_name(moderator):
    comment = rows.make_comment(rows.make_story(), as_written=True)

    with pytest.raises(AsWritten):
        leave_out(comment, moderator)


@pytest.mark.parametrize("action", [Action.APPROVE, Action.REJECT, Action.HOLD])
def test_it_comes_with_an_edit_and_with_nothing_else(action, moderator):
    comment = rows.make_comment(rows.make_story())

    with pytest.raises(NotACut):
        move(comment, action, moderator, **LEAVE)

    assert not Decision.objects.exists()


def test_words_and_name_go_in_one_decision(moderator):
    comment = rows.make_comment(rows.make_story())

    move(comment, Action.EDIT, moderator, text=CUT, rules=("3", "5"), **LEAVE)
    act(comment.story_id, today=TODAY)

    told = outcome(Comment.objects.get(), decided="")
    assert (told.text, told.original, told.name_left_out) == (CUT, TEXT, True)
    assert told.reasons.parts == ("words", "name")


def test_what_a_decision_does_not_speak_of_stays_with_its_rules(moderator, colleague):
    first = rows.make_comment(rows.make_story(risk="sensitive"))
    leave_out(first, moderator)
    other = rows.make_comment(first.story)
    move(other, Action.EDIT, moderator, rules=("3",))

    move(first, Action.EDIT, colleague, rules=("3",))
    leave_out(other, colleague)

    assert stands(first) == ("pending", CUT, True, ["3", "5"])
    assert stands(other) == ("pending", CUT, True, ["3", "5"])


def test_the_very_same_by_a_second_person_is_the_second_approval(moderator, colleague):
    comment = rows.make_comment(rows.make_story(risk="sensitive"))
    leave_out(comment, moderator)

    leave_out(comment, colleague)

    assert stands(comment) == ("approved", TEXT, True, ["5"])


def test_a_second_person_approves_without_the_name(moderator, colleague):
    comment = rows.make_comment(rows.make_story(risk="sensitive"))
    leave_out(comment, moderator)

    move(comment, Action.APPROVE, colleague)
    act(comment.story_id, today=TODAY)

    assert shown(comment) == ("", True, TEXT, ("5",))


def test_another_cut_with_the_same_words_and_rules_is_no_second_approval(
    moderator, colleague
):
    comment = rows.make_comment(rows.make_story(risk="sensitive"))
    move(comment, Action.EDIT, moderator, rules=("3",))

    move(comment, Action.EDIT, colleague, text=CUT, rules=("3",), **LEAVE)

    assert stands(comment) == ("pending", CUT, True, ["3"])
    assert comment.approved_by_id == colleague.id


def test_a_second_person_who_puts_the_name_back_gives_a_first_approval(
    moderator, colleague
):
    comment = rows.make_comment(rows.make_story(risk="sensitive"))
    leave_out(comment, moderator)

    move(comment, Action.EDIT, colleague, **PUT_BACK)

    assert stands(comment) == ("pending", TEXT, False, [])
    assert (comment.approved_by_id, comment.seconded_by_id) == (colleague.id, None)
    assert (comment.statement, comment.reasons) == ("", None)


def test_it_is_undone_until_the_slot(moderator):
    comment = rows.make_comment(rows.make_story())
    leave_out(comment, moderator)

    undo(comment.public_id, by=moderator, now=NOW)

    assert stands(comment) == ("pending", TEXT, False, [])
    assert comment.reasons is None


@pytest.mark.parametrize("action", [Action.HOLD, Action.REJECT])
def test_a_letter_begins_anew_with_its_name(action, moderator):
    comment = rows.make_comment(rows.make_story(risk="sensitive"))
    leave_out(comment, moderator)

    move(comment, action, moderator)
    left_out = Comment.objects.get().name_left_out
    move(comment, Action.RESTORE, moderator)

    assert left_out == (action is Action.HOLD)
    assert stands(comment) == ("pending", TEXT, False, [])


def test_a_comment_that_was_taken_down_comes_back_without_its_name(moderator):
    comment = published_without(moderator)
    move(comment, Action.RETRACT, moderator, rules=("7",))
    act(comment.story_id, today=TODAY)

    move(comment, Action.RESTORE, moderator)
    act(comment.story_id, today=TODAY)

    assert shown(comment) == ("", True, TEXT, ("5",))


def test_the_name_of_a_published_comment_is_left_out_from_the_next_slot_on(moderator):
    comment = rows.make_published(rows.make_story(), moderator)

    leave_out(comment, moderator)
    before = shown(comment)
    act(comment.story_id, today=TODAY)
    comment.story.refresh_from_db()

    assert before == ("Mira", False, TEXT, ())
    assert shown(comment) == ("", True, TEXT, ("5",))
    assert comment.story.changed  # the press writes its page anew
    assert "published comment again" in Statement.objects.get().facts


def test_the_name_of_a_published_comment_is_put_back(moderator):
    comment = published_without(moderator)

    move(comment, Action.EDIT, moderator, **PUT_BACK)
    before = shown(comment)
    act(comment.story_id, today=TODAY)

    assert before == ("", True, TEXT, ("5",))
    assert shown(comment) == ("Mira", False, TEXT, ())
    told = outcome(Comment.objects.get(), decided="")
    assert (told.status, told.rules, told.statement, told.reasons) == (
        "published",
        (),
        "",
        None,
    )


def test_what_was_done_to_a_published_name_is_undone_until_the_slot(moderator):
    comment = rows.make_published(rows.make_story(), moderator)
    leave_out(comment, moderator)

    undo(comment.public_id, by=moderator, now=NOW)
    act(comment.story_id, today=TODAY)

    assert shown(comment) == ("Mira", False, TEXT, ())


@pytest.mark.parametrize(("chosen", "cited"), [((), ["3", "5"]), (("3",), ["3"])])
def test_cuts_stay_when_a_name_is_put_back(chosen, cited, moderator):
    comment = rows.make_comment(rows.make_story())
    move(comment, Action.EDIT, moderator, text=CUT, rules=("3", "5"), **LEAVE)
    act(comment.story_id, today=TODAY)
    ruling = Ruling(name_left_out=False, rules=chosen)

    decide(comment.public_id, Action.EDIT, by=moderator, version=2, ruling=ruling, now=NOW)

    assert stands(comment) == ("published", CUT, False, cited)
    assert comment.reasons.parts == ["words"]


def test_one_person_takes_a_name_off_a_sensitive_page_and_does_not_put_it_back(
    moderator, colleague
):
    comment = rows.make_comment(rows.make_story(risk="sensitive"))
    move(comment, Action.APPROVE, moderator)
    move(comment, Action.APPROVE, colleague)
    act(comment.story_id, today=TODAY)

    leave_out(comment, moderator)
    act(comment.story_id, today=TODAY)
    with pytest.raises(AppealNeeded):
        move(comment, Action.EDIT, colleague, **PUT_BACK)

    assert shown(comment) == ("", True, TEXT, ("5",))
    comment.refresh_from_db()
    assert comment.seconded_by_id == colleague.id


@pytest.mark.parametrize("state", [State.PENDING, State.PUBLISHED])
def test_a_name_that_stands_there_is_not_put_back(state, moderator):
    comment = rows.make_in(state, rows.make_story(), moderator)

    with pytest.raises(NotACut):
        move(comment, Action.EDIT, moderator, **PUT_BACK)


def test_the_second_of_two_moderators_is_refused(moderator, colleague):
    comment = rows.make_published(rows.make_story(), moderator)
    leave_out(comment, moderator)
    ruling = Ruling(name_left_out=True, rules=("5",))

    with pytest.raises(Outdated):
        decide(
            comment.public_id, Action.EDIT, by=colleague, version=2, ruling=ruling, now=NOW
        )


def test_it_says_nothing_against_the_words(moderator):
    comment = rows.make_comment(rows.make_story())

    cut = rows.make_comment(comment.story)
    move(cut, Action.EDIT, moderator, rules=("1",))

    leave_out(comment, moderator, rules=("1",))

    assert [is_unwelcome(one) for one in Comment.objects.order_by("pk")] == [False, True]


def test_the_words_of_a_letter_that_is_whole_again_are_not_counted_as_unwelcome(
    moderator, colleague
):
    comment = rows.make_comment(rows.make_story(risk="sensitive"))
    leave_out(comment, moderator, rules=("2",))
    Unwelcome.objects.create(
        comment=comment,
        desk="English",
        language="en",
        scorer="one",
        score=0.9,
        day=TODAY,
        is_audit=False,
    )

    move(comment, Action.EDIT, colleague, **PUT_BACK)

    assert not Unwelcome.objects.exists()


def test_a_name_that_was_taken_back_is_erased(moderator, public):
    comment = published_without(moderator)
    with transaction.atomic():
        withdraw([comment.pk], today=TODAY)
    act(comment.story_id, today=TODAY)

    tell(to_tell(comment.story_id), place=public, note=pytest.fail)

    comment.refresh_from_db()
    assert (comment.name, comment.name_left_out) == ("", False)


def test_the_database_knows_no_name_left_out_where_there_is_none(moderator):
    comment = rows.make_comment(rows.make_story(), name="")

    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(name_left_out=True)
