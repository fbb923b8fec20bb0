"""Cutting words of a published comment on its card, which only takes more away."""

import pytest

from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.decide import decide
from letterdesk.desk.actions.rulings import AsWritten, NothingToUndo, Outdated, Ruling
from letterdesk.desk.actions.undo import undo
from letterdesk.desk.models import AuditEntry, Comment, Decision, Statement, Tally
from letterdesk.desk.queries.audit import verify
from letterdesk.desk.queries.comment_view import card
from letterdesk.desk.queries.cuts import current_text
from letterdesk.desk.queries.outcomes import outcome
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.removals import stories_to_remove_from
from letterdesk.domain.errors import NotACut
from letterdesk.domain.rules import RuleMissing
from letterdesk.domain.states import Action, AppealNeeded, State
from tests.desk import rows
from tests.desk.rows import CUT, NOW, SAFE, TEXT, move
from tests.values import TODAY

FIRST, SHORTER = "My uncle worked on that ferry.", "His name was [name removed]."


def published(*people: Person, text: str = TEXT, risk: str = "ordinary") -> Comment:
    """Give a comment that so many people approved, and the press published."""
    comment = rows.make_comment(rows.make_story(risk=risk), text=text)
    for one in people:
        rows.approve(comment, one)
    act(comment.story_id, today=TODAY)
    comment.refresh_from_db()
    assert comment.state == State.PUBLISHED
    return comment


def stands(comment: Comment) -> tuple[str, str, bool, list[str]]:
    comment.refresh_from_db()
    return comment.state, current_text(comment), comment.name_left_out, comment.rules


def test_words_go_under_a_rule_and_its_author_is_told_why(moderator, colleague):
    comment = published(moderator)

    decided = move(comment, Action.EDIT, colleague, rules=("3",), note="The name only.")

    assert stands(comment) == ("published", CUT, False, ["3"])
    assert (decided.version, decided.outcome_due) == (comment.acted_version + 1, True)
    statement = Statement.objects.get()
    assert (statement.measure, statement.source, statement.parts) == (
        "cut",
        "own",
        ["words"],
    )
    told = outcome(comment, decided="")
    assert (told.status, told.text, told.original) == ("edited", CUT, TEXT)
    assert told.statement.endswith("\n\nThe name only.")
    entry = AuditEntry.objects.order_by("-number").first()
    assert (entry.facts["what"], entry.facts["who"], entry.facts["state"]) == (
        "edit",
        "noor",
        "published",
    )
    assert verify() is None


def test_it_does_not_wait_for_the_slot(moderator):
    comment = published(moderator)
    before = stories_to_remove_from()

    move(comment, Action.EDIT, moderator)

    assert (before, stories_to_remove_from()) == ([], [comment.story_id])


def test_it_is_counted_as_work_and_not_as_a_second_opinion(moderator, colleague):
    comment = published(moderator)

    move(comment, Action.EDIT, colleague)

    counted = Tally.objects.filter(kind__in=("decision", "second"))
    assert sorted(counted.values_list("kind", "key", "count")) == [
        ("decision", "approve", 1),
        ("decision", "edit", 1),
    ]


def test_a_cut_needs_a_rule(moderator):
    comment = published(moderator)
    ruling = Ruling(text=CUT)

    with pytest.raises(RuleMissing):
        decide(
            comment.public_id,
            Action.EDIT,
            by=moderator,
            version=comment.version,
            ruling=ruling,
            now=NOW,
        )


def test_words_and_name_go_together(moderator):
    comment = published(moderator)

    move(comment, Action.EDIT, moderator, text=CUT, leave_name_out=True, rules=("3", "5"))

    assert stands(comment) == ("published", CUT, True, ["3", "5"])


def test_a_name_that_was_left_out_stays_out_with_its_rule(moderator):
    comment = published(moderator)
    move(comment, Action.EDIT, moderator, leave_name_out=True, rules=("5",))

    move(comment, Action.EDIT, moderator, rules=("3",))

    assert stands(comment) == ("published", CUT, True, ["3", "5"])


def test_one_person_cuts_what_two_published(moderator, colleague, editor):
    comment = published(moderator, colleague, risk="sensitive")

    move(comment, Action.EDIT, editor, text=SAFE)

    assert stands(comment) == ("published", SAFE, False, ["3"])
    assert (comment.approved_by_id, comment.seconded_by_id, comment.risk) == (
        moderator.id,
        colleague.id,
        "sensitive",
    )


def test_one_person_cuts_what_one_published_before_its_story_was_sensitive(
    moderator, colleague
):
    comment = published(moderator)
    type(comment.story).objects.update(risk="sensitive")

    move(comment, Action.EDIT, colleague, text=SAFE)

    assert stands(comment) == ("published", SAFE, False, ["3"])


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"text": CUT}, {"text": TEXT}),
        ({"text": SHORTER}, {"text": FIRST}),  # other words for those that were cut
        ({"leave_name_out": True}, {"text": CUT, "leave_name_out": False}),
        ({"text": CUT}, {"text": "His name was Daniel Roe.", "leave_name_out": True}),
    ],
)
def test_it_gives_no_word_and_no_name_back(first, then, moderator):
    comment = published(moderator)
    move(comment, Action.EDIT, moderator, **first)
    before = Comment.objects.values().get()

    with pytest.raises(NotACut) as refused:
        move(comment, Action.EDIT, moderator, **then)

    assert refused.value.sentence.startswith("This would give readers back what was cut")
    assert Comment.objects.values().get() == before


@pytest.mark.parametrize("is_sensitive", [True, False])
def test_where_two_decide_it_is_said_that_an_appeal_gives_back(
    is_sensitive, moderator, colleague
):
    people = (moderator, colleague) if is_sensitive else (moderator,)
    comment = published(*people, risk="sensitive" if is_sensitive else "ordinary")
    move(comment, Action.EDIT, moderator, text=SAFE)
    if not is_sensitive:
        rows.make_notice(comment, alleged="danger")

    with pytest.raises(AppealNeeded):
        move(comment, Action.EDIT, moderator, text=TEXT)

    assert current_text(Comment.objects.get()) == SAFE


NOTES = (  # what one person may not say where two decide
    "My uncle worked on that [boat of a murderer]. His name was Daniel Roe.",
    "My uncle worked on that ferry. His name was [Ann Lee].",
)


@pytest.mark.parametrize("wanted", NOTES)
@pytest.mark.parametrize("is_sensitive", [True, False])
def test_where_two_decide_one_puts_no_words_of_her_own(
    is_sensitive, wanted, moderator, colleague
):
    people = (moderator, colleague) if is_sensitive else (moderator,)
    comment = published(*people, risk="sensitive" if is_sensitive else "ordinary")
    if not is_sensitive:
        rows.make_notice(comment, alleged="danger")

    with pytest.raises(NotACut) as refused:
        move(comment, Action.EDIT, moderator, text=wanted)

    assert refused.value.sentence.startswith("Two people decide here")
    assert stands(comment)[1] == TEXT


def test_where_two_decide_a_note_stays_where_two_put_it(moderator, colleague, editor):
    cut = "My uncle worked on that ferry. His name was [a man's]."
    comment = rows.make_comment(rows.make_story(risk="sensitive"))
    for one in (moderator, colleague):
        move(comment, Action.EDIT, one, text=cut)
    act(comment.story_id, today=TODAY)
    there = "My uncle worked on that [a man's]. His name was [x]."

    with pytest.raises(NotACut):
        move(comment, Action.EDIT, editor, text=there)
    move(comment, Action.EDIT, editor, text="My uncle worked on that. His name [a man's].")

    assert stands(comment)[1] == "My uncle worked on that. His name [a man's]."


def test_on_an_ordinary_story_a_note_may_say_what_its_moderator_wants(moderator):
    comment = published(moderator)

    move(comment, Action.EDIT, moderator, text="My uncle worked on that [boat].")

    assert stands(comment)[1] == "My uncle worked on that [boat]."


@pytest.mark.parametrize("first", [TEXT, CUT])
def test_what_takes_nothing_more_away_is_no_cut(first, moderator):
    comment = published(moderator)
    if first == CUT:
        move(comment, Action.EDIT, moderator)

    with pytest.raises(NotACut) as refused:
        move(comment, Action.EDIT, moderator, text=first, rules=("5",))

    assert refused.value.sentence.startswith("Nothing more would be cut")


@pytest.mark.parametrize(
    ("text", "first", "then"),
    [
        # The same words stand twice: what went first stays gone.
        ("He lied. He lied again.", "He lied again.", "He lied."),
        # A note takes the place of both, whatever white space went with them.
        ("Ask Ann Roe or Bob.", "Ask Roe or Bob.", "Ask [a name] or Bob."),
    ],
)
def test_a_second_cut_takes_more_and_keeps_the_first(moderator, text, first, then):
    comment = published(moderator, text=text)
    move(comment, Action.EDIT, moderator, text=first)
    act(comment.story_id, today=TODAY)

    move(comment, Action.EDIT, moderator, text=then)

    assert stands(comment)[1] == then
    assert stories_to_remove_from() == [comment.story_id]


def test_what_its_author_wants_as_written_is_not_cut(moderator):
    comment = published(moderator)
    Comment.objects.update(as_written=True)

    with pytest.raises(AsWritten):
        move(comment, Action.EDIT, moderator)
    assert card(moderator, comment.public_id).possible == (Action.RETRACT,)


def test_it_is_undone_until_the_press_has_acted(moderator):
    comment = published(moderator)
    move(comment, Action.EDIT, moderator)
    undo(comment.public_id, by=moderator, now=NOW)
    undone = stands(comment)
    move(comment, Action.EDIT, moderator)
    act(comment.story_id, today=TODAY)

    with pytest.raises(NothingToUndo):
        undo(comment.public_id, by=moderator, now=NOW)

    assert undone == ("published", TEXT, False, [])
    assert stands(comment)[1] == CUT


def test_it_answers_no_notice(moderator):
    comment = published(moderator)
    notice = rows.make_notice(comment)

    move(comment, Action.EDIT, moderator)

    notice.refresh_from_db()
    assert (notice.is_open, notice.fate) == (True, "")


def test_the_second_of_two_moderators_is_refused(moderator, colleague):
    comment = published(moderator)
    seen = comment.version
    move(comment, Action.EDIT, moderator)

    with pytest.raises(Outdated):
        decide(
            comment.public_id,
            Action.EDIT,
            by=colleague,
            version=seen,
            ruling=Ruling(text=FIRST, rules=("3",)),
            now=NOW,
        )

    assert Decision.objects.filter(move="edit").count() == 1
