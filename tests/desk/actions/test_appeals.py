import pytest

from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.appeals import Answer, answer_appeal
from letterdesk.desk.actions.intake import Opened
from letterdesk.desk.actions.notices import NoticeRuling, decide_notice
from letterdesk.desk.actions.rulings import Answered, AsWritten, Outdated, Ruling
from letterdesk.desk.actions.settle import settle
from letterdesk.desk.actions.undo import undo
from letterdesk.desk.models import (
    Appeal,
    AuditEntry,
    Comment,
    Fate,
    Notice,
    Statement,
    Tally,
)
from letterdesk.desk.queries.appeals import appeal_view, verdicts
from letterdesk.desk.queries.comment_view import card
from letterdesk.desk.queries.cuts import current_text
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.figures import Window, figures
from letterdesk.desk.queries.outcomes import outcome
from letterdesk.domain.errors import MoveNotAllowed, NotACut
from letterdesk.domain.letter import Letter, LetterKind
from letterdesk.domain.receipt import action_digest
from letterdesk.domain.statement import Verdict
from letterdesk.domain.states import Action, State
from tests.desk import rows
from tests.desk.rows import CUT, NOW, SAFE, TEXT, move
from tests.values import TODAY, an_id

UPHELD, REVERSED = Verdict.UPHELD, Verdict.REVERSED


def answer(appeal, verdict, by, *, text=None, name=None, rules=(), note="", version=None):
    if version is None:
        version = Comment.objects.values_list("version", flat=True).get(
            pk=appeal.comment_id
        )
    ruling = Ruling(text=text, name_left_out=name, rules=rules, note=note)
    wanted = Answer(verdict=verdict, version=version, ruling=ruling)
    return answer_appeal(appeal.public_id, wanted, by=by, now=NOW)


def decided(state, by, **story):
    """Give an appeal about a comment in a state.

    "edited" is published with a cut, "nameless" without its name.
    """
    row = rows.make_story(**story)
    if state in {"edited", "nameless"}:
        comment = rows.make_comment(row)
        move(comment, Action.EDIT, by, leave_name_out=state == "nameless" or None)
        act(row.pk, today=TODAY)
        comment.refresh_from_db()
    else:
        comment = rows.make_in(State(state), row, by)
    return rows.make_appeal(comment)


def told(appeal):
    """Give what the author reads once the press has acted."""
    act(appeal.comment.story_id, today=TODAY)
    comment = Comment.objects.get(pk=appeal.comment_id)
    return outcome(comment, decided="", appeal=verdicts([comment.pk])[comment.pk])


@pytest.mark.parametrize("state", ["rejected", "retracted", "edited"])
def test_an_appeal_that_is_upheld_changes_nothing_but_is_answered(
    state, moderator, colleague
):
    appeal = decided(state, moderator)
    before = Comment.objects.get()

    answer(appeal, UPHELD, colleague, note="We are sorry.")

    found, was = told(appeal), before.reasons
    after = Comment.objects.get()
    assert (after.state, after.cuts, after.rules) == (
        before.state,
        before.cuts,
        before.rules,
    )
    assert (found.appeal, found.reasons.verdict, found.reasons.measure) == (
        "upheld",
        "upheld",
        was.measure,
    )
    assert (found.earlier.id, found.reasons.refers_to) == (was.puid, was.puid)
    assert found.statement == f"{found.reasons.explanation}\n\nWe are sorry."
    assert found.reasons.appeal_until == ""
    facts = AuditEntry.objects.filter(facts__what="uphold").get().facts
    assert (facts["who"], facts["statement"]) == ("noor", found.reasons.id)


@pytest.mark.parametrize(
    ("state", "text"), [("rejected", TEXT), ("retracted", TEXT), ("edited", TEXT)]
)
def test_an_appeal_that_is_right_publishes_the_whole_letter(
    state, text, moderator, colleague
):
    appeal = decided(state, moderator)

    answer(appeal, REVERSED, colleague)

    found = told(appeal)
    comment = Comment.objects.get()
    assert (comment.state, current_text(comment), found.text) == ("published", text, text)
    assert (found.status, found.appeal, found.rules) == ("published", "reversed", ())
    assert (found.reasons.measure, found.earlier.verdict) == ("lifted", "")


def test_a_retracted_comment_comes_back_with_the_cuts_that_it_had(moderator, colleague):
    appeal = decided("edited", moderator)
    move(appeal.comment, Action.RETRACT, moderator, rules=("7",))
    act(appeal.comment.story_id, today=TODAY)

    answer(appeal, REVERSED, colleague)

    comment = Comment.objects.get()
    assert (comment.state, current_text(comment), comment.rules) == (
        "published",
        CUT,
        ["3"],
    )


@pytest.mark.parametrize("state", ["rejected", "edited", "retracted"])
def test_a_reversal_may_cut_otherwise(state, moderator, colleague):
    appeal = decided(state, moderator)
    text = "My uncle worked on that ferry."

    answer(appeal, REVERSED, colleague, text=text, rules=("5",))

    found = told(appeal)
    assert (found.status, found.text, found.rules) == ("edited", text, ("5",))
    assert (found.reasons.measure, found.reasons.verdict) == ("cut", "reversed")


def test_who_decided_does_not_answer(moderator, colleague):
    appeal = decided("rejected", moderator)

    for verdict in (UPHELD, REVERSED):
        with pytest.raises(NotYours):
            answer(appeal, verdict, moderator)

    assert Appeal.objects.get().is_open
    assert appeal_view(moderator, appeal.public_id).may_answer is False
    assert appeal_view(colleague, appeal.public_id).may_answer is True


def test_an_appeal_is_answered_once_and_on_what_was_seen(moderator, colleague, editor):
    appeal = decided("rejected", moderator)

    with pytest.raises(Outdated):
        answer(appeal, UPHELD, colleague, version=1)
    answer(appeal, UPHELD, colleague)
    with pytest.raises(Answered):
        answer(appeal, REVERSED, editor)

    assert Comment.objects.get().state == "rejected"


def test_all_that_an_author_wrote_before_the_answer_is_answered_with_it(
    moderator, colleague
):
    appeal = decided("rejected", moderator)
    rows.make_appeal(appeal.comment, 14, text="And one thing more.")

    texts = [text for _, text in appeal_view(colleague, appeal.public_id).texts]
    answer(appeal, UPHELD, colleague)

    assert texts == ["Please look again.", "And one thing more."]
    assert not Appeal.objects.filter(is_open=True).exists()


def test_an_answer_can_be_undone_until_the_slot(moderator, colleague):
    appeal = decided("rejected", moderator)
    before = Comment.objects.values("state", "cuts", "statement", "reasons").get()
    answer(appeal, REVERSED, colleague)

    undo(appeal.comment.public_id, by=colleague, now=NOW)

    after = Comment.objects.values("state", "cuts", "statement", "reasons").get()
    row = Appeal.objects.get()
    assert after == before
    assert (row.is_open, row.verdict, row.decision) == (True, "", None)
    assert Comment.objects.get().approved_by is None


@pytest.mark.parametrize("verdict", [UPHELD, REVERSED])
def test_an_editor_who_decided_does_not_undo_the_answer(verdict, moderator, editor):
    appeal = decided("rejected", editor)
    answer(appeal, verdict, moderator)
    other = rows.make_person("olga", role="editor")
    before = Comment.objects.values().get()

    with pytest.raises(NotYours, match="You took part in this decision"):
        undo(appeal.comment.public_id, by=editor, now=NOW)

    offered = [card(one, appeal.comment.public_id).undo for one in (editor, other)]
    assert (bool(offered[0]), bool(offered[1])) == (False, True)
    assert Comment.objects.values().get() == before
    undo(appeal.comment.public_id, by=other, now=NOW)
    assert Appeal.objects.get().is_open


def another_appeal(comment):
    """Give whether what its author writes now is read, as letters are taken in."""
    keys = rows.receipt(77)
    Comment.objects.filter(pk=comment.pk).update(
        lookup=keys.lookup, action_digest=action_digest(keys.action_key)
    )
    letter = Letter(
        id=an_id(71),
        kind=LetterKind.APPEAL,
        arrived=TODAY,
        text="Once more, please.",
        lookup=keys.lookup,
        action_key=keys.action_key,
    )
    settle([Opened(letter=letter, raw=b"")], today=TODAY)
    return Appeal.objects.get(public_id=an_id(71)).is_open


@pytest.mark.parametrize("is_shown", [True, False])
def test_who_is_decided_against_anew_can_appeal_anew(
    is_shown, moderator, colleague, editor
):
    appeal = decided("rejected", moderator)
    answer(appeal, REVERSED, colleague)
    comment = appeal.comment
    if is_shown:
        act(comment.story_id, today=TODAY)
        move(comment, Action.RETRACT, editor)
    else:
        move(comment, Action.HOLD, editor)
        move(comment, Action.REJECT, editor)

    before = verdicts([comment.pk])
    is_read = another_appeal(comment)

    assert (before, is_read) == ({}, True)
    assert verdicts([comment.pk]) == {comment.pk: "open"}


@pytest.mark.parametrize("verdict", [UPHELD, REVERSED])
def test_who_was_answered_and_not_decided_against_since_has_had_our_word(
    verdict, moderator, colleague
):
    appeal = decided("rejected", moderator)
    answer(appeal, verdict, colleague)
    act(appeal.comment.story_id, today=TODAY)

    is_read = another_appeal(appeal.comment)

    assert (is_read, verdicts([appeal.comment_id])) == (
        False,
        {appeal.comment_id: verdict},
    )


def test_what_came_after_an_answer_that_is_undone_is_read_with_the_rest(
    moderator, colleague
):
    appeal = decided("rejected", moderator)
    answer(appeal, UPHELD, colleague)
    rows.make_appeal(appeal.comment, 14, text="And one thing more.", is_open=False)

    undo(appeal.comment.public_id, by=colleague, now=NOW)

    texts = [text for _, text in appeal_view(colleague, appeal.public_id).texts]
    assert texts == ["Please look again.", "And one thing more."]


def test_an_answer_counts_when_the_press_acts_and_the_decision_not_again(
    moderator, colleague
):
    appeal = decided("rejected", moderator)
    answer(appeal, UPHELD, colleague)

    act(appeal.comment.story_id, today=TODAY)

    counted = dict(
        Tally.objects.filter(kind__in=["rejected", "appeal"]).values_list("kind", "count")
    )
    assert counted == {"rejected": 1, "appeal": 1}


@pytest.mark.parametrize(
    ("verdict", "counted"), [(UPHELD, (1, 0)), (REVERSED, (0, 1))], ids=str
)
def test_an_answer_counts_under_the_language_of_the_letter_as_its_decision_did(
    verdict, counted, moderator, colleague, editor
):
    comment = rows.make_comment(rows.make_story(), language="ko")
    move(comment, Action.REJECT, moderator)
    act(comment.story_id, today=TODAY)
    answer(rows.make_appeal(comment), verdict, colleague)
    act(comment.story_id, today=TODAY)

    for language, figure in (("ko", counted), ("en", (0, 0))):
        found = figures(editor, Window(start=TODAY, end=TODAY, language=language))
        [appeals] = [one for one in found.agreements if one.occasion == "appeal"]
        assert (appeals.agreed, appeals.differed) == figure
    assert set(Tally.objects.exclude(kind="hour").values_list("language")) == {("ko",)}


def test_an_answer_that_upholds_is_no_edit_and_disagrees_with_nobody(
    moderator, colleague, editor
):
    comment = rows.make_published(rows.make_story(), moderator)
    move(comment, Action.RETRACT, colleague)
    act(comment.story_id, today=TODAY)
    before = set(Tally.objects.values_list("kind", "key", "count"))

    answer(rows.make_appeal(comment), UPHELD, editor)

    assert set(Tally.objects.values_list("kind", "key", "count")) == before


def test_on_a_sensitive_story_two_people_must_want_the_reversal(
    moderator, colleague, editor
):
    appeal = decided("rejected", moderator, risk="sensitive")

    assert answer(appeal, REVERSED, colleague) is None
    assert answer(appeal, REVERSED, colleague) is None  # once more is not two
    assert Comment.objects.get().state == "rejected"
    assert appeal_view(editor, appeal.public_id).first_by == "noor"
    answer(appeal, REVERSED, editor)

    comment = Comment.objects.get()
    assert (comment.state, comment.approved_by_id, comment.seconded_by_id) == (
        "approved",
        colleague.id,
        editor.id,
    )
    assert act(appeal.comment.story_id, today=TODAY) == 1


def test_two_people_meet_in_whichever_appeal_of_a_letter_they_answer(
    moderator, colleague, editor
):
    appeal = decided("rejected", moderator, risk="sensitive")
    more = rows.make_appeal(appeal.comment, 14, text="And one thing more.")

    for _ in range(2):
        assert answer(appeal, REVERSED, colleague) is None
    second = answer(more, REVERSED, editor)

    assert second is not None
    said = AuditEntry.objects.filter(facts__what="reversal-wanted")
    assert said.count() == 1


def test_two_people_must_want_the_same_text(moderator, colleague, editor):
    appeal = decided("rejected", moderator, risk="sensitive")
    answer(appeal, REVERSED, colleague)

    assert answer(appeal, REVERSED, editor, text=CUT, rules=("3",)) is None
    assert appeal_view(colleague, appeal.public_id).first_by == "erin"
    answer(appeal, REVERSED, colleague, text=CUT, rules=("3",))

    assert current_text(Comment.objects.get()) == CUT


def test_two_people_must_have_seen_the_same_comment(moderator, colleague, editor):
    comment = rows.make_comment(rows.make_story(risk="sensitive"))
    less = "My uncle worked on that ferry. His name was Daniel."
    for one in (moderator, rows.make_person("omar")):
        move(comment, Action.EDIT, one, text=less)
    act(comment.story_id, today=TODAY)
    appeal = rows.make_appeal(comment)
    answer(appeal, REVERSED, colleague)
    move(comment, Action.EDIT, moderator, text=SAFE)
    before = appeal_view(colleague, appeal.public_id)

    first = answer(appeal, REVERSED, editor)
    after = appeal_view(editor, appeal.public_id)
    kept = current_text(Comment.objects.get())
    second = answer(appeal, REVERSED, colleague)

    assert (before.first_by, before.is_first) == ("", False)
    assert (first, after.first_by, after.is_first, kept) == (None, "erin", True, SAFE)
    assert second is not None
    assert current_text(Comment.objects.get()) == TEXT


def test_one_person_may_uphold_on_a_sensitive_story(moderator, colleague):
    appeal = decided("rejected", moderator, risk="sensitive")

    answer(appeal, UPHELD, colleague)

    assert Appeal.objects.get().verdict == "upheld"


def test_what_is_no_cut_or_not_wanted_is_refused(moderator, colleague):
    appeal = decided("rejected", moderator)
    with pytest.raises(NotACut):
        answer(appeal, REVERSED, colleague, text=f"{TEXT} More.", rules=("3",))
    Comment.objects.update(as_written=True)
    with pytest.raises(AsWritten):
        answer(appeal, REVERSED, colleague, text=CUT, rules=("3",))

    assert Appeal.objects.get().is_open


def test_an_appeal_about_a_comment_that_is_being_decided_anew_waits(moderator, colleague):
    appeal = decided("rejected", moderator)
    move(appeal.comment, Action.RESTORE, moderator)

    with pytest.raises(MoveNotAllowed):
        answer(appeal, UPHELD, colleague)


def test_an_appeal_of_a_decision_from_before_statements_is_answered(moderator, colleague):
    appeal = decided("rejected", moderator)
    Comment.objects.update(reasons=None)

    answer(appeal, UPHELD, colleague)

    answered = Statement.objects.latest("id")
    assert (answered.measure, answered.verdict, answered.refers_to) == (
        "not-published",
        "upheld",
        None,
    )


def test_appeals_are_seen_at_their_desk_only(moderator, colleague):
    appeal = decided("rejected", moderator)
    kim = rows.make_person("kim", desks=("Korean",))

    with pytest.raises(NotYours):
        answer(appeal, UPHELD, kim)
    for unknown in (an_id(77), "no id"):
        with pytest.raises(NotFound):
            appeal_view(colleague, unknown)


def test_an_appeal_brings_a_name_back(moderator, colleague):
    appeal = decided("nameless", moderator)

    answer(appeal, REVERSED, colleague)

    found = told(appeal)
    assert not Comment.objects.get().name_left_out
    assert (found.status, found.name_left_out, found.reasons.measure) == (
        "published",
        False,
        "lifted",
    )
    assert found.earlier.parts == ("name",)


def test_an_appeal_that_is_upheld_leaves_the_name_out(moderator, colleague):
    appeal = decided("nameless", moderator)

    answer(appeal, UPHELD, colleague)

    found = told(appeal)
    assert (found.status, found.name_left_out, found.reasons.parts) == (
        "edited",
        True,
        ("name",),
    )


@pytest.mark.parametrize("state", ["rejected", "edited", "retracted"])
def test_a_reversal_may_publish_the_letter_without_its_name(state, moderator, colleague):
    appeal = decided(state, moderator)

    answer(appeal, REVERSED, colleague, text=TEXT, name=True, rules=("5",))

    found = told(appeal)
    assert (found.status, found.text, found.name_left_out) == ("edited", TEXT, True)
    assert (found.reasons.measure, found.reasons.parts) == ("cut", ("name",))


def test_a_cut_that_takes_nothing_is_no_answer(moderator, colleague):
    appeal = decided("nameless", moderator)

    with pytest.raises(NotACut):
        answer(appeal, REVERSED, colleague, text=TEXT, name=False, rules=("5",))

    assert Appeal.objects.get().is_open


def test_a_comment_taken_down_comes_back_without_its_name_as_it_was(moderator, colleague):
    appeal = decided("nameless", moderator)
    move(appeal.comment, Action.RETRACT, moderator, rules=("7",))
    act(appeal.comment.story_id, today=TODAY)

    answer(appeal, REVERSED, colleague)

    assert Comment.objects.get().name_left_out


def test_two_people_must_want_the_same_name(moderator, colleague, editor):
    appeal = decided("rejected", moderator, risk="sensitive")
    answer(appeal, REVERSED, colleague, text=CUT, rules=("3",))

    assert answer(appeal, REVERSED, editor, text=CUT, name=True, rules=("3",)) is None
    assert answer(appeal, REVERSED, colleague, text=CUT, name=True, rules=("3",))

    assert Comment.objects.get().name_left_out


def reported(state, by, number=14, **notice):
    """Give an appeal about what "retracted" or "cut" did to a comment after a notice."""
    row = rows.make_story()
    comment = rows.make_published(row, by)
    notice = rows.make_notice(comment, number, **notice)
    fate = Fate.CUT if state == "cut" else Fate.TAKEN_DOWN
    text = SAFE if state == "cut" else None
    wanted = NoticeRuling(fate=fate, version=2, ruling=Ruling(text=text, rules=("3",)))
    decide_notice(notice.public_id, wanted, by=by, now=NOW)
    act(row.pk, today=TODAY)
    comment.refresh_from_db()
    return rows.make_appeal(comment)


@pytest.mark.parametrize("state", ["retracted", "cut"])
def test_two_people_must_want_back_what_puts_somebody_in_danger(
    state, moderator, colleague, editor
):
    appeal = reported(state, moderator, alleged="danger")
    before = Comment.objects.get()

    assert appeal_view(colleague, appeal.public_id).needs_two
    assert answer(appeal, REVERSED, colleague) is None
    assert answer(appeal, REVERSED, colleague) is None
    now = Comment.objects.get()
    assert (now.state, now.cuts, now.risk) == (before.state, before.cuts, "ordinary")
    answer(appeal, REVERSED, editor)

    found = Comment.objects.get()
    assert (found.state, found.cuts, found.risk) == ("published", [], "sensitive")
    assert (found.approved_by_id, found.seconded_by_id) == (colleague.id, editor.id)
    undo(found.public_id, by=editor, now=NOW)
    undone = Comment.objects.get()
    assert (undone.state, undone.cuts) == (before.state, before.cuts)


def test_one_person_lifts_what_a_notice_says_nothing_dangerous_of(moderator, colleague):
    appeal = reported("retracted", moderator, alleged="rules")

    answer(appeal, REVERSED, colleague)

    assert Comment.objects.get().state == "published"


@pytest.mark.parametrize("state", ["retracted", "cut"])
def test_notices_wait_for_an_answer_again_when_an_appeal_lifts_theirs(
    state, moderator, colleague
):
    appeal = reported(state, moderator)
    assert not Notice.objects.get().is_open

    answer(appeal, REVERSED, colleague)

    row = Notice.objects.get()
    assert (row.is_open, row.fate, row.decision) == (True, "", None)


def test_a_notice_whose_words_stay_cut_stays_answered(moderator, colleague):
    appeal = reported("cut", moderator)
    text = "My uncle worked on that ferry."

    answer(appeal, REVERSED, colleague, text=text, rules=("5",))

    assert Notice.objects.get().fate == Fate.CUT


@pytest.mark.parametrize("state", ["rejected", "retracted"])
def test_what_was_published_whole_meanwhile_is_not_called_cut(state, moderator, colleague):
    appeal = decided(state, moderator)
    move(appeal.comment, Action.RESTORE, moderator)
    if state == "rejected":
        move(appeal.comment, Action.APPROVE, moderator)
    act(appeal.comment.story_id, today=TODAY)

    with pytest.raises(MoveNotAllowed):
        answer(appeal, UPHELD, colleague)
    assert Appeal.objects.get().is_open
    answer(appeal, REVERSED, colleague)

    found = told(appeal)
    assert (found.status, found.appeal, found.reasons.measure) == (
        "published",
        "reversed",
        "lifted",
    )
