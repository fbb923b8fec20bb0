from dataclasses import replace
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.decide import decide
from letterdesk.desk.actions.rulings import AsWritten, Outdated, Ruling
from letterdesk.desk.models import AuditEntry, Comment, Decision
from letterdesk.desk.queries.cuts import current_text
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.outcomes import outcome
from letterdesk.desk.queries.people import Person
from letterdesk.domain.audit import commitment
from letterdesk.domain.errors import LetterdeskError, LetterRefused, MoveNotAllowed, NotACut
from letterdesk.domain.rules import RuleMissing, RuleUnknown
from letterdesk.domain.states import Action, Risk, SecondPersonNeeded, State
from letterdesk.reader.terms import terms
from tests.desk import rows
from tests.desk.rows import CUT, NOW, TEXT, move
from tests.processes import PATIENCE
from tests.values import TODAY, an_id

_LEADS_TO = {
    (State.PENDING, Action.APPROVE): State.APPROVED,
    (State.PENDING, Action.EDIT): State.APPROVED,
    (State.PENDING, Action.REJECT): State.REJECTED,
    (State.PENDING, Action.HOLD): State.HELD,
    (State.HELD, Action.APPROVE): State.APPROVED,
    (State.HELD, Action.EDIT): State.APPROVED,
    (State.HELD, Action.REJECT): State.REJECTED,
    (State.HELD, Action.RESTORE): State.PENDING,
    (State.APPROVED, Action.HOLD): State.HELD,
    (State.REJECTED, Action.RESTORE): State.PENDING,
    (State.PUBLISHED, Action.EDIT): State.PUBLISHED,
    (State.PUBLISHED, Action.RETRACT): State.RETRACTED,
    (State.RETRACTED, Action.RESTORE): State.PUBLISHED,
}


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", State)
def test_every_state_allows_its_actions_and_no_other(state, action, moderator):
    comment = rows.make_in(state, rows.make_story(), moderator)
    logged = AuditEntry.objects.count()

    try:
        after = move(comment, action, moderator).state
    except MoveNotAllowed:
        after = None

    comment.refresh_from_db()
    assert after == _LEADS_TO.get((state, action))
    assert comment.state == (after or state)
    assert AuditEntry.objects.count() - logged == (after is not None)


def test_a_decision_is_stored_whole_and_logged_by_commitments_only(moderator):
    comment = rows.make_comment(rows.make_story(), 1)

    decided = move(comment, Action.EDIT, moderator, rules=("3",), note="The name only.")

    in_force = terms("en")
    statement = f"{in_force.find('3').reason}\n\nThe name only."
    comment.refresh_from_db()
    assert decided == comment
    assert {
        "state": comment.state,
        "version": comment.version,
        "text": comment.text,
        "readers get": current_text(comment),
        "rules": comment.rules,
        "terms": comment.terms,
        "statement": comment.statement,
        "approved_by": comment.approved_by_id,
        "outcome_due": comment.outcome_due,
    } == {
        "state": "approved",
        "version": 2,
        "text": TEXT,
        "readers get": CUT,
        "rules": ["3"],
        "terms": in_force.version,
        "statement": statement,
        "approved_by": moderator.id,
        "outcome_due": True,
    }
    assert Decision.objects.values(
        "version", "move", "moderator_id", "rules", "terms", "note", "state", "taken"
    ).get() == {
        "version": 2,
        "move": "edit",
        "moderator_id": moderator.id,
        "rules": ["3"],
        "terms": in_force.version,
        "note": "The name only.",
        "state": "approved",
        "taken": NOW,
    }
    assert AuditEntry.objects.get().facts == {
        "what": "edit",
        "who": "mina",
        "day": "2026-11-23",
        "comment": an_id(1),
        "version": 2,
        "state": "approved",
        "rules": ["3"],
        "terms": in_force.version,
        "text_before": commitment(bytes(32), TEXT),
        "text_after": commitment(bytes(32), CUT),
        "statement": comment.reasons.puid,
    }


def test_the_statement_is_in_the_language_of_the_story(moderator):
    comment = rows.make_comment(rows.make_story(language="ko"), language="en")

    move(comment, Action.REJECT, moderator, rules=("3", "1"))

    comment.refresh_from_db()
    korean = terms("ko")
    assert comment.rules == ["1", "3"]
    assert comment.statement == f"{korean.find('1').reason}\n\n{korean.find('3').reason}"


def test_a_note_to_colleagues_does_not_reach_the_author(moderator):
    comment = rows.make_comment(rows.make_story())

    move(comment, Action.HOLD, moderator, note="Noor, do you know this man?")

    comment.refresh_from_db()
    assert (comment.state, comment.statement, comment.outcome_due) == ("held", "", False)
    assert comment.decisions.get().note == "Noor, do you know this man?"


def test_what_a_colleague_approved_is_held_before_its_slot(moderator, colleague):
    story = rows.make_story()
    comment = rows.make_comment(story)
    move(comment, Action.EDIT, colleague)

    move(comment, Action.HOLD, moderator, note="An address.")

    assert act(story.pk, today=TODAY) == 0
    comment.refresh_from_db()
    assert (comment.state, comment.approved_by_id, comment.outcome_due) == (
        "held",
        None,
        False,
    )
    assert AuditEntry.objects.latest("number").facts == {
        "what": "hold",
        "who": "mina",
        "day": "2026-11-23",
        "comment": comment.public_id,
        "version": 3,
        "state": "held",
        "rules": [],
        "terms": terms("en").version,
        "text_before": commitment(bytes(32), CUT),
        "text_after": commitment(bytes(32), CUT),
    }
    again = move(comment, Action.EDIT, moderator, text="My uncle worked on that ferry.")
    assert again.state == "approved"
    assert act(story.pk, today=TODAY) == 1


def test_author_who_was_told_before_is_told_that_it_waits_again(moderator, colleague):
    story = rows.make_story()
    comment = rows.make_in(State.REJECTED, story, moderator)
    move(comment, Action.RESTORE, moderator)
    move(comment, Action.APPROVE, moderator)

    held = move(comment, Action.HOLD, colleague)

    assert held.outcome_due
    assert act(story.pk, today=TODAY) == 1
    comment.refresh_from_db()
    assert outcome(comment, decided="") is None


def test_both_approvals_are_due_again_after_a_hold(moderator, colleague):
    comment = rows.make_comment(rows.make_story(risk=Risk.SENSITIVE))
    move(comment, Action.APPROVE, moderator)
    move(comment, Action.APPROVE, colleague)

    held = move(comment, Action.HOLD, moderator)
    first = move(comment, Action.APPROVE, moderator)

    assert (held.approved_by_id, held.seconded_by_id) == (None, None)
    assert (first.state, first.approved_by_id) == ("pending", moderator.id)


def test_beginning_anew_drops_the_cuts_and_reasons_of_before(moderator):
    story = rows.make_story(risk="sensitive")
    comment = rows.make_comment(story)
    move(comment, Action.EDIT, moderator)
    move(comment, Action.HOLD, moderator)
    assert Comment.objects.get().cuts != []

    move(comment, Action.RESTORE, moderator)

    comment.refresh_from_db()
    assert (comment.state, comment.cuts, comment.rules, comment.statement) == (
        "pending",
        [],
        [],
        "",
    )
    assert comment.approved_by is None


def test_restoring_a_retracted_comment_brings_its_cuts_and_reasons_back(moderator):
    story = rows.make_story()
    comment = rows.make_comment(story)
    move(comment, Action.EDIT, moderator, rules=("3",))
    rows.act(story.pk, today=NOW.date())
    edited = Comment.objects.values("cuts", "rules", "terms", "statement").get()
    move(comment, Action.RETRACT, moderator, rules=("1",))
    assert Comment.objects.get().rules == ["1"]

    move(comment, Action.RESTORE, moderator)

    assert Comment.objects.values("cuts", "rules", "terms", "statement").get() == edited


_WRONG = {
    "nothing cut": (Action.EDIT, Ruling(text=TEXT, rules=("3",)), NotACut),
    "a word added": (Action.EDIT, Ruling(text=f"{TEXT} Truly.", rules=("3",)), NotACut),
    "no text": (Action.EDIT, Ruling(rules=("3",)), NotACut),
    "text without an edit": (Action.APPROVE, Ruling(text=CUT), NotACut),
    "a cut without a rule": (Action.EDIT, Ruling(text=CUT), RuleMissing),
    "a rejection without a rule": (Action.REJECT, Ruling(), RuleMissing),
    "a rule that is not one": (Action.REJECT, Ruling(rules=("99",)), RuleUnknown),
    "a note that is no text": (Action.HOLD, Ruling(note="\0"), LetterRefused),
    "a note that is too long": (Action.HOLD, Ruling(note="x" * 2001), LetterRefused),
}


@pytest.mark.parametrize("wrong", _WRONG)
def test_a_decision_that_is_not_sound_is_refused_and_leaves_no_trace(wrong, moderator):
    comment = rows.make_comment(rows.make_story())
    action, ruling, error = _WRONG[wrong]

    with pytest.raises(error):
        decide(comment.public_id, action, by=moderator, version=1, ruling=ruling, now=NOW)

    _assert_untouched(comment)


def test_words_that_are_to_be_published_as_written_are_not_cut(moderator):
    comment = rows.make_comment(rows.make_story(), as_written=True)

    with pytest.raises(AsWritten):
        move(comment, Action.EDIT, moderator)

    _assert_untouched(comment)
    assert move(comment, Action.APPROVE, moderator).state == "approved"


@pytest.mark.parametrize("public_id", [an_id(77), "", "a\0b", "../queue"])
def test_a_comment_that_is_not_there_is_said_to_be_unknown(public_id, moderator):
    with pytest.raises(NotFound) as raised:
        decide(public_id, Action.APPROVE, by=moderator, version=1, ruling=Ruling(), now=NOW)

    assert raised.value.code == "comment-unknown"


def test_only_whoever_may_decide_at_this_desk_decides(moderator):
    comment = rows.make_comment(rows.make_story())
    elsewhere = rows.make_person("kim", desks=("Korean",))
    auditor = rows.make_person("ada", role="auditor")
    capped = replace(moderator, cap="auditor")

    for person in (elsewhere, auditor, capped):
        with pytest.raises(NotYours):
            move(comment, Action.APPROVE, person)

    _assert_untouched(comment)


def test_an_old_version_is_refused_with_the_one_there_is(moderator, colleague):
    comment = rows.make_comment(rows.make_story())
    move(comment, Action.HOLD, colleague)

    with pytest.raises(Outdated) as raised:
        decide(
            comment.public_id,
            Action.APPROVE,
            by=moderator,
            version=1,
            ruling=Ruling(),
            now=NOW,
        )

    assert raised.value.current == 2
    assert Decision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_moderators_at_once_is_refused_and_leaves_no_trace():
    people = [rows.make_person("mina"), rows.make_person("noor")]
    comment = rows.make_comment(rows.make_story())
    start, ended = Barrier(2), {}

    def decides(person: Person, action: Action) -> None:
        start.wait(timeout=PATIENCE)
        try:
            decide(
                comment.public_id,
                action,
                by=person,
                version=1,
                ruling=Ruling(rules=("3",)),
                now=NOW,
            )
            ended[person.username] = "decided"
        except LetterdeskError as error:
            ended[person.username] = error.code
        finally:
            connection.close()

    threads = [
        Thread(target=decides, args=pair)
        for pair in zip(people, (Action.APPROVE, Action.REJECT), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE)

    assert sorted(ended.values()) == ["decided", "version-old"]
    winner = next(one for one in people if ended[one.username] == "decided")
    comment.refresh_from_db()
    assert comment.version == 2
    assert list(Decision.objects.values_list("moderator_id", flat=True)) == [winner.id]
    assert [entry.facts["who"] for entry in AuditEntry.objects.all()] == [winner.username]


def test_a_sensitive_story_takes_two_people(moderator, colleague):
    comment = rows.make_comment(rows.make_story(risk=Risk.SENSITIVE))

    first = move(comment, Action.APPROVE, moderator)
    assert (first.state, first.approved_by_id, first.seconded_by_id, first.outcome_due) == (
        "pending",
        moderator.id,
        None,
        False,
    )
    with pytest.raises(SecondPersonNeeded):
        move(comment, Action.APPROVE, moderator)
    second = move(comment, Action.APPROVE, colleague)

    assert (second.state, second.approved_by_id, second.seconded_by_id) == (
        "approved",
        moderator.id,
        colleague.id,
    )
    assert second.outcome_due


def test_a_second_person_approves_the_first_ones_cut(moderator, colleague):
    comment = rows.make_comment(rows.make_story(risk=Risk.SENSITIVE))

    move(comment, Action.EDIT, moderator)
    with pytest.raises(SecondPersonNeeded):
        move(comment, Action.APPROVE, moderator)
    done = move(comment, Action.APPROVE, colleague)

    assert (done.state, current_text(done)) == ("approved", CUT)
    assert (done.approved_by_id, done.seconded_by_id) == (moderator.id, colleague.id)


def test_the_very_same_cut_by_a_second_person_is_the_second_approval(moderator, colleague):
    comment = rows.make_comment(rows.make_story(risk=Risk.SENSITIVE))

    move(comment, Action.EDIT, moderator)
    same = move(comment, Action.EDIT, moderator)
    done = move(comment, Action.EDIT, colleague)

    assert same.state == "pending"
    assert (done.state, current_text(done)) == ("approved", CUT)
    assert (done.approved_by_id, done.seconded_by_id) == (moderator.id, colleague.id)


@pytest.mark.parametrize(
    ("text", "rules"),
    [(CUT, ("1",)), ("My uncle worked on that ferry.", ("3",))],
    ids=["other rules", "another text"],
)
def test_another_cut_by_a_second_person_is_a_new_first_approval(
    text, rules, moderator, colleague
):
    comment = rows.make_comment(rows.make_story(risk=Risk.SENSITIVE))
    move(comment, Action.EDIT, moderator)

    again = move(comment, Action.EDIT, colleague, text=text, rules=rules)

    assert (again.state, again.approved_by_id) == ("pending", colleague.id)
    with pytest.raises(SecondPersonNeeded):
        move(comment, Action.APPROVE, colleague)
    done = move(comment, Action.APPROVE, moderator)
    assert (done.state, current_text(done), done.rules) == ("approved", text, list(rules))


def test_a_cut_after_a_plain_approval_needs_a_second_person_again(moderator, colleague):
    comment = rows.make_comment(rows.make_story(risk=Risk.SENSITIVE))
    move(comment, Action.APPROVE, moderator)

    cut = move(comment, Action.EDIT, colleague)

    assert (cut.state, cut.approved_by_id) == ("pending", colleague.id)


def test_putting_a_letter_aside_takes_the_first_approval_back(moderator, colleague):
    comment = rows.make_comment(rows.make_story(risk=Risk.SENSITIVE))
    move(comment, Action.APPROVE, moderator)

    held = move(comment, Action.HOLD, colleague)
    again = move(comment, Action.APPROVE, moderator)

    assert (held.approved_by_id, again.state, again.approved_by_id) == (
        None,
        "pending",
        moderator.id,
    )


def test_the_database_refuses_one_person_as_both(moderator):
    comment = rows.make_comment(rows.make_story(risk=Risk.SENSITIVE))

    with pytest.raises(IntegrityError, match="comment_two_people"), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(
            approved_by=moderator.id, seconded_by=moderator.id
        )


def test_the_database_refuses_states_and_moves_that_it_does_not_know(moderator):
    comment = rows.make_comment(rows.make_story())

    with pytest.raises(IntegrityError, match="comment_state_known"), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(state="shown")
    with pytest.raises(IntegrityError, match="decision_has_a_name"), transaction.atomic():
        Decision.objects.create(
            comment=comment, version=2, move="approve", state="approved", taken=NOW
        )
    with pytest.raises(IntegrityError, match="decision_move_known"), transaction.atomic():
        Decision.objects.create(
            comment=comment,
            version=2,
            move="like",
            moderator_id=moderator.id,
            state="approved",
            taken=NOW,
        )


def _assert_untouched(comment: Comment) -> None:
    comment.refresh_from_db()
    assert (comment.state, comment.version, comment.outcome_due) == ("pending", 1, False)
    assert not Decision.objects.exists()
    assert not AuditEntry.objects.exists()
