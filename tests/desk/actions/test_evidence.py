from datetime import timedelta

import pytest

from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.appeals import Answer, answer_appeal
from letterdesk.desk.actions.evidence import WINDOW, forget_old_evidence
from letterdesk.desk.actions.notices import NoticeRuling, decide_notice
from letterdesk.desk.actions.publish import publish
from letterdesk.desk.actions.rulings import Ruling
from letterdesk.desk.actions.undo import undo
from letterdesk.desk.models import (
    Comment,
    Copy,
    DeskModel,
    Fate,
    TeachingRule,
    Unwelcome,
)
from letterdesk.desk.queries.promises import is_audited, kept
from letterdesk.domain.statement import Verdict
from letterdesk.domain.states import Action
from letterdesk.triage import screening
from letterdesk.triage.promise import Promise
from tests.desk import rows
from tests.desk.rows import NOW
from tests.desk.screened import AUDITED, scored
from tests.values import TODAY


def seen(story, number, by, score=0.9) -> None:
    """Turn letters down for incivility."""
    for _ in range(number):
        rows.move(scored(story, score), Action.REJECT, by, rules=("1",))


def promised() -> Promise:
    return kept("English", "en").promise


def test_nothing_is_promised_until_45_unwelcome_letters_were_seen(moderator):
    story = rows.make_story()

    seen(story, 14, moderator)
    few = promised()
    seen(story, 31, moderator, score=0.6)
    enough = promised()

    assert few == Promise(mark=None, seen=14, missed=0, missing=31)
    assert enough == Promise(mark=0.5, seen=45, missed=0, missing=0)


def test_one_that_scored_low_takes_the_mark_down(moderator):
    story = rows.make_story()

    seen(story, 1, moderator, score=0.2)
    seen(story, 44, moderator)

    assert promised() == Promise(mark=0.2, seen=45, missed=0, missing=0)


@pytest.mark.parametrize(
    ("action", "rules", "counts"),
    [
        (Action.REJECT, ("1",), True),
        (Action.REJECT, ("5", "4"), True),
        (Action.EDIT, ("1",), True),
        (Action.REJECT, ("5",), False),  # not about the story
        (Action.REJECT, ("6",), False),  # the same text again
        (Action.REJECT, ("2",), False),
        (Action.EDIT, ("3",), False),  # a name
        (Action.APPROVE, (), False),
        (Action.HOLD, (), False),
    ],
)
def test_only_what_is_turned_down_or_cut_for_incivility_counts(
    action, rules, counts, moderator
):
    rows.move(scored(rows.make_story()), action, moderator, rules=rules)

    assert Unwelcome.objects.exists() == counts


def test_rule_that_an_editor_counts_among_the_uncivil_ones_counts(moderator):
    TeachingRule.objects.create(key="7", teaches=True)

    rows.move(scored(rows.make_story()), Action.REJECT, moderator, rules=("7",))

    assert Unwelcome.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"also": [("protected_name", "protected")]},
        {"also": [("figure", "figures-differ")]},
        {"also": [("disguise", "slow")]},
        {"trapped": True},
        {"came_late": True},
        {"lost_parent": True},
        {"screened": 0},
    ],
)
def test_letters_that_no_group_would_have_say_nothing(changes, moderator):
    rows.move(scored(rows.make_story(), **changes), Action.REJECT, moderator, rules=("1",))

    assert not Unwelcome.objects.exists()


def test_letters_on_sensitive_stories_say_nothing(moderator):
    story = rows.make_story(risk="sensitive")

    rows.move(scored(story), Action.REJECT, moderator, rules=("1",))

    assert not Unwelcome.objects.exists()


def test_near_copies_count_once(moderator):
    story = rows.make_story()
    for _ in range(3):
        comment = scored(story)
        Copy.objects.create(comment=comment, group=7, signature=b"")
        rows.move(comment, Action.REJECT, moderator, rules=("1",))

    assert Unwelcome.objects.count() == 1


def test_while_the_group_is_on_only_audited_letters_count(moderator):
    story = rows.make_story()
    seen(story, 45, moderator)

    rows.move(scored(story, 0.1), Action.REJECT, moderator, rules=("1",))
    assert promised().seen == 45
    rows.move(scored(story, 0.1, salt=AUDITED), Action.REJECT, moderator, rules=("1",))

    assert promised() == Promise(mark=0.1, seen=46, missed=0, missing=0)
    assert kept("English", "en").audits == 1


def test_what_was_published_and_taken_down_counts_though_nobody_audited_it(moderator):
    story = rows.make_story()
    slipped = scored(story, 0.3)
    rows.move(slipped, Action.APPROVE, moderator)
    act(story.pk, today=TODAY)
    seen(story, 45, moderator)

    rows.move(slipped, Action.RETRACT, moderator, rules=("4",))

    assert promised() == Promise(mark=0.3, seen=46, missed=0, missing=0)


def test_what_a_notice_had_cut_counts_though_nobody_audited_it(moderator):
    story = rows.make_story()
    slipped = scored(story, 0.3)
    rows.move(slipped, Action.APPROVE, moderator)
    act(story.pk, today=TODAY)
    seen(story, 45, moderator)
    notice = rows.make_notice(slipped, 900)

    wanted = NoticeRuling(
        fate=Fate.CUT, version=2, ruling=Ruling(text=rows.CUT, rules=("1",))
    )
    decide_notice(notice.public_id, wanted, by=moderator, now=NOW)
    assert promised() == Promise(mark=0.3, seen=46, missed=0, missing=0)

    undo(slipped.public_id, by=moderator, now=NOW)
    assert promised().seen == 45


@pytest.mark.parametrize("action", [Action.REJECT, Action.EDIT])
def test_what_is_undone_was_not_seen(action, moderator):
    comment = scored(rows.make_story())
    rows.move(comment, action, moderator, rules=("1",))
    assert promised().seen == 1

    undo(comment.public_id, by=moderator, now=NOW)

    assert (promised().seen, Unwelcome.objects.count()) == (0, 0)


def test_what_is_restored_or_reversed_on_appeal_was_not_unwelcome(moderator, colleague):
    story = rows.make_story()
    restored, appealed = scored(story), scored(story)
    for one in (restored, appealed):
        rows.move(one, Action.REJECT, moderator, rules=("1",))
    act(story.pk, today=TODAY)
    appeal = rows.make_appeal(appealed)

    rows.move(restored, Action.RESTORE, moderator)
    answer_appeal(
        appeal.public_id,
        Answer(verdict=Verdict.REVERSED, version=2),
        by=colleague,
        now=NOW,
    )

    assert promised().seen == 0


@pytest.mark.parametrize("is_appeal", [False, True])
def test_a_cut_that_comes_back_with_its_comment_counts_as_it_had(
    is_appeal, moderator, colleague
):
    story = rows.make_story()
    comment = scored(story, 0.2)
    rows.move(comment, Action.EDIT, moderator, rules=("1",))
    rows.act_and_show(story)
    was = Unwelcome.objects.values().get()
    rows.move(comment, Action.RETRACT, moderator, rules=("1",))
    rows.act_and_show(story)

    if is_appeal:
        appeal = rows.make_appeal(comment)
        reverse = Answer(verdict=Verdict.REVERSED, version=3)
        answer_appeal(appeal.public_id, reverse, by=colleague, now=NOW)
    else:
        rows.move(comment, Action.RESTORE, moderator)

    comment.refresh_from_db()
    assert (comment.state, bool(comment.cuts)) == ("published", True)
    assert Unwelcome.objects.values().get() == was
    assert promised().seen == 1


@pytest.mark.parametrize("also", [0, 45])
def test_undoing_a_reversal_counts_the_letter_as_it_had_been_counted(
    also, moderator, colleague
):
    story = rows.make_story()
    comment = scored(story, 0.2)
    rows.move(comment, Action.REJECT, moderator, rules=("1",))
    seen(story, also, moderator)  # with 45 the group is on: nothing low counts any more
    act(story.pk, today=TODAY)
    was, before = Unwelcome.objects.filter(comment=comment).values().get(), promised()
    appeal = rows.make_appeal(comment)
    reverse = Answer(verdict=Verdict.REVERSED, version=2)
    later = NOW + timedelta(days=30)
    answer_appeal(appeal.public_id, reverse, by=colleague, now=later)
    reversed_ = promised()

    undo(comment.public_id, by=colleague, now=later)

    assert reversed_.seen == before.seen - 1
    assert Unwelcome.objects.filter(comment=comment).values().get() == was
    assert promised() == before


def test_undoing_what_was_restored_counts_the_letter_again(moderator):
    story = rows.make_story()
    comment = scored(story)
    rows.move(comment, Action.REJECT, moderator, rules=("1",))
    act(story.pk, today=TODAY)
    rows.move(comment, Action.RESTORE, moderator)
    assert promised().seen == 0

    undo(comment.public_id, by=moderator, now=NOW)

    assert promised().seen == 1


def test_undoing_a_later_decision_leaves_what_the_earlier_one_said(moderator):
    comment = scored(rows.make_story())
    rows.move(comment, Action.EDIT, moderator, rules=("1",))
    rows.move(comment, Action.HOLD, moderator)
    rows.move(comment, Action.REJECT, moderator, rules=("1",))

    undo(comment.public_id, by=moderator, now=NOW)
    assert promised().seen == 1
    undo(comment.public_id, by=moderator, now=NOW)
    assert promised().seen == 1
    undo(comment.public_id, by=moderator, now=NOW)

    assert promised().seen == 0


def test_an_appeal_that_is_upheld_leaves_the_day_on_which_it_was_seen(moderator, colleague):
    story = rows.make_story()
    rows.move(scored(story), Action.REJECT, moderator, rules=("1",))
    act(story.pk, today=TODAY)
    appeal = rows.make_appeal(Comment.objects.get())

    answer_appeal(
        appeal.public_id,
        Answer(verdict=Verdict.UPHELD, version=2),
        by=colleague,
        now=NOW + timedelta(days=30),
    )

    assert list(Unwelcome.objects.values_list("day", flat=True)) == [TODAY]


def test_what_its_author_took_back_is_forgotten(moderator, public, newsroom):
    story = rows.make_story()
    comment = scored(story)
    rows.move(comment, Action.REJECT, moderator, rules=("1",))
    rows.withdraw([comment.pk], today=TODAY)

    publish(public, newsroom=newsroom, today=TODAY)

    assert (promised().seen, Unwelcome.objects.count()) == (0, 0)


def test_old_evidence_goes(moderator):
    story = rows.make_story()
    seen(story, 2, moderator)
    first = Unwelcome.objects.order_by("comment").first()
    assert first
    Unwelcome.objects.filter(pk=first.pk).update(day=TODAY - timedelta(days=181))

    forget_old_evidence(today=TODAY)
    forget_old_evidence(today=TODAY)

    assert promised().seen == 1


def test_another_model_begins_anew_and_going_back_finds_what_was_seen(moderator):
    story = rows.make_story()
    seen(story, 45, moderator)
    model = DeskModel.objects.create(
        desk="English",
        language="en",
        number=1,
        made=TODAY,
        decision=1,
        card={},
        digest="",
        taken=TODAY,
        taken_by_id=moderator.id,
        in_use=True,
    )

    new = promised()
    seen(story, 1, moderator)
    newer = promised()
    DeskModel.objects.filter(pk=model.pk).update(in_use=False)

    assert (new.missing, newer.missing) == (45, 44)
    assert promised().is_held


def test_only_the_newest_letters_say_what_is_promised(moderator):
    story = rows.make_story()
    old = [scored(story, 0.01) for _ in range(WINDOW)]
    Unwelcome.objects.bulk_create(
        Unwelcome(
            comment=one,
            desk="English",
            language="en",
            scorer=str(screening.VERSION),
            score=0.01,
            day=TODAY,
            is_audit=False,
        )
        for one in old
    )

    seen(story, 1, moderator)

    assert promised().seen == WINDOW


def test_lot_falls_on_one_letter_in_twenty_whoever_looks():
    drawn = sum(is_audited(number.to_bytes(32, "big")) for number in range(20_000))

    assert drawn == pytest.approx(1_000, abs=100)
    assert not is_audited(b"")


@pytest.mark.parametrize("number", [1, 40])
def test_counting_takes_the_same_few_queries(
    number, moderator, django_assert_max_num_queries
):
    story = rows.make_story()
    seen(story, number, moderator)
    comment = scored(story)

    with django_assert_max_num_queries(45) as asked:
        rows.move(comment, Action.REJECT, moderator, rules=("1",))

    about = [one for one in asked.captured_queries if "unwelcome" in one["sql"].lower()]
    assert len(about) == 3
