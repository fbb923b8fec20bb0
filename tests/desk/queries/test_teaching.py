"""What decisions say of letters: the last word counts, and only under some rules."""

import pytest
from django.db import transaction

from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.desk_models import choose_rules
from letterdesk.desk.actions.terms import (
    TermsSheet,
    add_rule,
    adopt,
    begin_draft,
    digest,
    move_rule,
    put_into_force,
    save_text,
)
from letterdesk.desk.actions.undo import undo
from letterdesk.desk.actions.withdraw import withdraw
from letterdesk.desk.models import Decision, TermsText, TermsVersion
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.teaching import decided, label, taught_rules, teaching_keys
from letterdesk.desk.queries.terms import draft
from letterdesk.domain.states import Action, State
from letterdesk.triage.signal import Kind
from tests.desk import rows
from tests.values import TODAY

pytestmark = pytest.mark.django_db
TEACHING = frozenset({"1", "4"})


@pytest.mark.parametrize(
    ("state", "cut", "cited", "said"),
    [
        (State.PUBLISHED, "", "", False),
        (State.APPROVED, "", "", False),
        (State.REJECTED, "", "1", True),
        (State.REJECTED, "", "53", None),
        (State.REJECTED, "", "54", True),
        (State.RETRACTED, "", "4", True),
        (State.RETRACTED, "", "2", None),
        (State.PUBLISHED, "cut", "1", True),
        (State.PUBLISHED, "cut", "13", None),
        (State.PUBLISHED, "cut", "3", None),
        (State.PENDING, "cut", "1", None),
        (State.PENDING, "", "", None),
        (State.HELD, "", "", None),
        (State.WITHDRAWN, "", "1", None),
    ],
)
def test_label_of_a_letter(state: State, cut: str, cited: str, said: object) -> None:
    found = label(state, has_cuts=bool(cut), cited=tuple(cited), teaching=TEACHING)

    assert found is said


def labels(desk: str = "English", signal: Kind = Kind.INCIVILITY) -> list[tuple[str, bool]]:
    found = decided(desk, signal)
    assert found.keys() <= {"en"}
    return [(one.text, one.unwelcome) for one in found.get("en", [])]


def say(text: str, action: Action, by: Person, *rules: str) -> rows.Comment:
    story = rows.Story.objects.filter(desk="English").first() or rows.make_story()
    comment = rows.make_comment(story, text=text)
    rows.move(comment, action, by, rules=rules)
    return comment


def test_letters_come_in_the_order_of_their_last_decisions(
    moderator: Person, colleague: Person
) -> None:
    first = say("You fool of a captain", Action.HOLD, moderator)
    say("The ferry was late", Action.APPROVE, moderator)
    say("Buy cheap tickets here", Action.REJECT, moderator, "6")
    rows.move(first, Action.REJECT, colleague, rules=("1",))

    assert labels() == [("The ferry was late", False), ("You fool of a captain", True)]


def test_the_same_decisions_say_something_else_of_advertising(moderator: Person) -> None:
    say("You fool of a captain", Action.REJECT, moderator, "1")
    say("The ferry was late", Action.APPROVE, moderator)
    say("Buy cheap tickets here", Action.REJECT, moderator, "6")

    assert labels(signal=Kind.SPAM) == [
        ("The ferry was late", False),
        ("Buy cheap tickets here", True),
    ]
    assert teaching_keys(Kind.SPAM) == {"6"}


def test_what_is_undone_teaches_nothing(moderator: Person) -> None:
    comment = say("You fool of a captain", Action.REJECT, moderator, "1")
    undo(comment.public_id, by=moderator, now=rows.NOW)

    assert labels() == []


def test_a_decision_that_is_put_back_and_taken_otherwise_is_learnt_otherwise(
    moderator: Person, colleague: Person
) -> None:
    comment = say("You fool of a captain", Action.REJECT, moderator, "1")
    act(comment.story_id, today=TODAY)
    rows.move(comment, Action.RESTORE, colleague)
    rows.move(comment, Action.APPROVE, colleague)

    assert labels() == [("You fool of a captain", False)]


def test_nothing_of_a_letter_that_was_taken_back_is_learnt(moderator: Person) -> None:
    comment = say("You fool of a captain", Action.REJECT, moderator, "1")
    with transaction.atomic():
        withdraw([comment.pk], today=TODAY)

    assert labels() == []


def test_letters_approved_together_teach_nothing_and_of_copies_the_first_does(
    moderator: Person,
) -> None:
    comments = [
        say("The ferry was late", Action.APPROVE, moderator),
        say("The ferry was slow", Action.APPROVE, moderator),
        say("You fool of a captain", Action.REJECT, moderator, "1"),
        say("You fools of a captain", Action.REJECT, moderator, "1"),
        say("The sea is wet", Action.APPROVE, moderator),
    ]
    for group, some in (("civil", comments[:2]), ("copies", comments[2:4])):
        Decision.objects.filter(comment__in=some).update(group=group)

    assert labels() == [("You fool of a captain", True), ("The sea is wet", False)]


def test_letters_of_another_desk_or_of_a_language_without_a_model_are_left_out(
    moderator: Person,
) -> None:
    say("ئۇيغۇرچە خەت، پاراخوت كېچىكتى", Action.APPROVE, moderator)
    say("The ferry was late", Action.APPROVE, moderator)

    assert labels() == [("The ferry was late", False)]
    assert labels("Elsewhere") == []


def test_rules_are_told_by_their_keys_whatever_their_number_is_now(
    moderator: Person, editor: Person
) -> None:
    adopt(languages=("en",), today=TODAY)
    say("You fool of a captain", Action.REJECT, moderator, "1")
    TermsVersion.objects.filter(number=1).update(since="2026-01-01")
    begin_draft("1", by=editor, languages=("en",), today=TODAY)
    move_rule("1", by=editor, steps=7)
    _in_force(editor)
    say("The sea is wet", Action.REJECT, moderator, "1")
    say("You oaf", Action.REJECT, moderator, "8")

    assert labels() == [("You fool of a captain", True), ("You oaf", True)]
    assert [
        one.rule.number for one in taught_rules("en", Kind.INCIVILITY) if one.teaches
    ] == ["3", "8"]


def test_a_new_rule_teaches_when_an_editor_says_so(
    moderator: Person, editor: Person
) -> None:
    adopt(languages=("en",), today=TODAY)
    begin_draft("1", by=editor, languages=("en",), today=TODAY)
    add_rule(by=editor)
    _write_last(editor)
    _in_force(editor)
    say("You oaf", Action.REJECT, moderator, "9")
    before = labels()
    new = taught_rules("en", Kind.INCIVILITY)[-1]

    choose_rules({Kind.INCIVILITY: ["4", new.key]}, language="en", by=editor, today=TODAY)

    assert (before, new.teaches) == ([], False)
    assert labels() == [("You oaf", True)]
    assert teaching_keys(Kind.INCIVILITY) == {"4", new.key}


def _write_last(editor: Person) -> None:

    text = TermsText.objects.get(version__number=None)
    new = {"title": "No oaths", "text": "None.", "reason": "It had one.", "note": "[oath]"}
    sheet = TermsSheet(
        title=text.title,
        intro=text.intro,
        disclaimer=text.disclaimer,
        rules={text.rules[-1]["key"]: new},
    )
    save_text("en", sheet, by=editor, revision=text.revision)


def _in_force(editor: Person) -> None:

    found = draft(("en",))
    assert found is not None
    seen = digest(found.version)
    put_into_force(by=editor, languages=("en",), today=TODAY, seen=seen)
