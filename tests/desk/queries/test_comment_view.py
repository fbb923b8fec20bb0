import pytest

from letterdesk.desk.actions.act import act
from letterdesk.desk.queries.comment_view import Parent, card
from letterdesk.desk.queries.decisions import DecisionView, last_by
from letterdesk.desk.queries.errors import NotYours
from letterdesk.domain.states import Action
from letterdesk.reader.terms import terms
from tests.desk import rows
from tests.desk.rows import CUT, NOW, move
from tests.values import TODAY, an_id


def test_a_card_holds_all_that_a_decision_needs(moderator, colleague):
    story = rows.make_story(risk="sensitive", body="## Dawn", language="ko")
    parent = rows.make_comment(story, 1)
    move(parent, Action.EDIT, moderator)
    comment = rows.make_comment(story, 2, reply_to=parent)
    move(comment, Action.HOLD, colleague, note="Ask Mina.")

    seen = card(moderator, comment.public_id)

    assert (seen.comment.id, seen.story.body, seen.terms) == (
        an_id(2),
        "## Dawn",
        terms("ko"),
    )
    assert seen.parent == Parent(
        id=an_id(1), name="Mira", text=CUT, language="ko", name_left_out=False
    )
    assert seen.decisions == (
        DecisionView(
            comment=an_id(2),
            headline=story.headline,
            story_language="ko",
            move="hold",
            deed="hold",
            by="noor",
            pseudonym="Moderator noor",
            rules=(),
            terms=terms("ko").version,
            note="Ask Mina.",
            state="held",
            taken=NOW,
            version=2,
            is_last=True,
            is_acted_on=False,
        ),
    )
    assert seen.possible == (
        Action.APPROVE,
        Action.EDIT,
        Action.REJECT,
        Action.RESTORE,
    )
    assert seen.needs_second
    assert seen.undo == ""
    assert card(colleague, comment.public_id).undo == "hold"


def test_a_card_offers_nobody_both_approvals(moderator, colleague):
    comment = rows.make_comment(rows.make_story(risk="sensitive"))
    move(comment, Action.APPROVE, moderator)

    hers = card(moderator, comment.public_id)
    theirs = card(colleague, comment.public_id)

    assert Action.APPROVE not in hers.possible
    assert Action.APPROVE in theirs.possible
    assert (hers.needs_second, theirs.needs_second) == (True, False)
    assert (hers.undo, theirs.undo) == ("approve", "")


def test_a_card_offers_an_auditor_nothing_and_an_editor_others_undo(moderator, editor):
    comment = rows.make_comment(rows.make_story())
    move(comment, Action.REJECT, moderator)
    auditor = rows.make_person("ada", role="auditor")

    seen = card(auditor, comment.public_id)

    assert (seen.possible, seen.undo, seen.parent) == ((), "", None)
    assert card(editor, comment.public_id).undo == "reject"


@pytest.mark.parametrize("decisions", [1, 3])
def test_a_card_asks_the_same_few_things(decisions, moderator, django_assert_num_queries):
    comment = rows.make_comment(rows.make_story())
    for number in range(decisions):
        move(comment, Action.RESTORE if number % 2 else Action.HOLD, moderator)

    with django_assert_num_queries(8):
        assert len(card(moderator, comment.public_id).decisions) == decisions


def test_a_person_finds_what_she_decided_last(moderator, colleague):
    story = rows.make_story()
    assert last_by(moderator) is None
    for number in (1, 2):
        rows.approve(rows.make_comment(story, number), moderator)
    rows.approve(rows.make_comment(story, 3), colleague)
    act(story.pk, today=TODAY)

    found = last_by(moderator)

    assert (found.comment, found.move, found.is_acted_on) == (an_id(2), "approve", True)
    with pytest.raises(NotYours):
        last_by(rows.make_person("ada", role="auditor"))
