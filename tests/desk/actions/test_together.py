from dataclasses import replace
from datetime import timedelta

import pytest

from letterdesk.desk.actions import terms
from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.claim import claim
from letterdesk.desk.actions.rulings import NothingTicked, Ruling, TickedWithPage
from letterdesk.desk.actions.together import (
    Shown,
    Together,
    decide_together,
    undo_together,
)
from letterdesk.desk.models import AuditEntry, Comment, Decision
from letterdesk.desk.queries.audit import verify
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.own import Fate, own
from letterdesk.desk.queries.terms import draft, terms_for
from letterdesk.domain.errors import LetterRefused, MoveNotAllowed
from letterdesk.domain.rules import RuleMissing
from letterdesk.domain.states import Action
from tests.desk import rows
from tests.desk.rows import NOW
from tests.values import TODAY, an_id

SITE = ("en", "ko")


def shown(*comments: Comment) -> list[Shown]:
    return [Shown(id=one.public_id, version=one.version) for one in comments]


def together(comments, action, by, *, rules=(), note="", now=NOW) -> Together:
    ruling = Ruling(rules=rules, note=note)
    return decide_together(shown(*comments), action, by=by, ruling=ruling, now=now)


def left(found: Together) -> list[tuple[str, str]]:
    return [(one.id, one.error.code) for one in found.left_out]


def test_what_was_ticked_with_its_page_is_rejected_and_never_approved(moderator):
    story = rows.make_story()
    letters = [rows.make_comment(story) for _ in range(3)]
    alone, *others = shown(*letters)
    mixed = [alone, *(replace(one, with_page=True) for one in others)]

    with pytest.raises(TickedWithPage):
        decide_together(mixed, Action.APPROVE, by=moderator, ruling=Ruling(), now=NOW)

    assert rows.states(*letters) == ["pending"] * 3
    ruling = Ruling(rules=("6",))
    decide_together(mixed, Action.REJECT, by=moderator, ruling=ruling, now=NOW)
    assert rows.states(*letters) == ["rejected"] * 3


def test_each_letter_gets_a_decision_reasons_and_an_entry_of_its_own(moderator):
    english, korean = rows.make_story(), rows.make_story(2, language="ko")
    letters = [rows.make_comment(story) for story in (english, korean)]

    found = together(letters, Action.REJECT, moderator, rules=("6",))

    assert found.done == tuple(one.public_id for one in letters)
    assert left(found) == []
    decisions = list(Decision.objects.order_by("id"))
    assert {one.group for one in decisions} == {found.group}
    assert [(one.move, one.rules, one.moderator_id) for one in decisions] == [
        ("reject", ["6"], moderator.id)
    ] * 2
    told = [one.statement for one in Comment.objects.order_by("id")]
    assert told[0].startswith("Your comment, or a part of it, was an advertisement")
    assert told[1] != told[0]
    assert told[1]
    entries = AuditEntry.objects.order_by("number").values_list("facts", flat=True)
    assert [(one["what"], one["comment"], one["group"]) for one in entries] == [
        ("reject", one.public_id, found.group) for one in letters
    ]
    assert len({one["statement"] for one in entries}) == 2
    assert verify() is None


def test_what_cannot_be_decided_is_left_out_as_it_was_and_the_rest_is_decided(
    moderator, colleague
):
    story, sensitive = rows.make_story(), rows.make_story(2, risk="sensitive")
    good = rows.make_comment(story)
    changed, opened, taken = (rows.make_comment(story) for _ in range(3))
    danger = rows.make_comment(sensitive)
    seen = shown(good, changed, opened, taken, danger)
    rows.move(changed, Action.HOLD, colleague)
    rows.move(changed, Action.RESTORE, colleague)
    claim(opened.public_id, by=colleague, now=NOW, page=an_id(1))
    rows.move(taken, Action.REJECT, colleague)

    found = decide_together(seen, Action.APPROVE, by=moderator, ruling=Ruling(), now=NOW)

    assert found.done == (good.public_id,)
    assert left(found) == [
        (changed.public_id, "version-old"),
        (opened.public_id, "open-elsewhere"),
        (taken.public_id, "version-old"),
        (danger.public_id, "decided-alone"),
    ]
    assert rows.states(good, changed, opened, taken, danger) == [
        "approved",
        "pending",
        "pending",
        "rejected",
        "pending",
    ]
    assert Decision.objects.filter(group=found.group).count() == 1
    assert Comment.objects.get(pk=danger.pk).approved_by is None


def test_a_letter_under_other_terms_is_not_rejected_under_a_rule_of_these(
    editor, moderator
):
    terms.adopt(languages=SITE, today=TODAY - timedelta(days=40))
    terms.begin_draft("1", by=editor, languages=SITE, today=TODAY)
    terms.move_rule("1", by=editor, steps=4)
    seen = terms.digest(draft(SITE).version)
    terms.put_into_force(by=editor, languages=SITE, today=TODAY, seen=seen)
    story = rows.make_story()
    old = rows.make_comment(story, arrived=TODAY - timedelta(days=1))
    new = rows.make_comment(story, arrived=TODAY)
    ruling = Ruling(rules=("1",), terms=terms_for("en", arrived=old.arrived).version)

    found = decide_together(
        shown(old, new), Action.REJECT, by=moderator, ruling=ruling, now=NOW
    )

    assert found.done == (old.public_id,)
    assert left(found) == [(new.public_id, "other-terms")]
    assert rows.states(old, new) == ["rejected", "pending"]


def test_a_claim_that_ran_out_keeps_nothing_out(moderator, colleague):
    letter = rows.make_comment(rows.make_story())
    claim(letter.public_id, by=colleague, now=NOW, page=an_id(1))

    later = NOW + timedelta(minutes=6)
    found = together([letter], Action.HOLD, moderator, note="Who sends these?", now=later)

    assert found.done == (letter.public_id,)
    assert Decision.objects.get().note == "Who sends these?"


def test_letters_of_other_desks_are_left_out(db):
    there = rows.make_comment(rows.make_story(2, desk="Korean"))
    here = rows.make_comment(rows.make_story())
    hers = rows.make_person("eda", desks=("English",))

    found = together([here, there], Action.APPROVE, hers)

    assert left(found) == [(there.public_id, "not-allowed")]
    assert rows.states(here, there) == ["approved", "pending"]


@pytest.mark.parametrize(
    ("action", "note", "error"),
    [
        (Action.REJECT, "", RuleMissing),
        (Action.HOLD, "\x00", LetterRefused),
        (Action.EDIT, "", MoveNotAllowed),
        (Action.RETRACT, "", MoveNotAllowed),
    ],
)
def test_what_is_wrong_for_all_of_them_is_refused_before_anything_is_decided(
    action, note, error, moderator
):
    letters = [rows.make_comment(rows.make_story(number)) for number in (1, 2)]

    with pytest.raises(error):
        together(letters, action, moderator, note=note)

    assert rows.states(*letters) == ["pending", "pending"]


def test_nothing_ticked_is_no_decision(moderator):
    with pytest.raises(NothingTicked):
        together([], Action.APPROVE, moderator)


def test_whoever_only_looks_decides_on_nothing(db):
    letter = rows.make_comment(rows.make_story())
    otto = rows.make_person("otto", role="auditor")

    with pytest.raises(NotYours):
        together([letter], Action.APPROVE, otto)

    assert rows.states(letter) == ["pending"]


def test_group_is_taken_back_with_one_undo(moderator):
    story = rows.make_story()
    letters = [rows.make_comment(story) for _ in range(3)]
    found = together(letters, Action.REJECT, moderator, rules=("1",))

    undone = undo_together(found.group, by=moderator, now=NOW)

    assert sorted(undone.done) == sorted(one.public_id for one in letters)
    assert left(undone) == []
    assert rows.states(*letters) == ["pending"] * 3
    assert verify() is None
    moves = Decision.objects.filter(group=undone.group).values_list("move", flat=True)
    assert list(moves) == ["undo"] * 3


def test_undo_of_a_group_leaves_what_the_press_or_a_colleague_has_acted_on(
    moderator, colleague
):
    now, later = rows.make_story(), rows.make_story(2)
    printed, changed, free = (
        rows.make_comment(now),
        rows.make_comment(later),
        rows.make_comment(later),
    )
    found = together([printed, changed, free], Action.REJECT, moderator, rules=("1",))
    act(now.pk, today=TODAY)
    rows.move(changed, Action.RESTORE, colleague)

    undone = undo_together(found.group, by=moderator, now=NOW)

    assert undone.done == (free.public_id,)
    assert set(left(undone)) == {
        (printed.public_id, "nothing-to-undo"),
        (changed.public_id, "nothing-to-undo"),
    }
    assert rows.states(printed, changed, free) == ["rejected", "pending", "pending"]


def test_group_of_somebody_else_is_undone_by_editors_only(moderator, colleague, editor):
    letters = [rows.make_comment(rows.make_story(number)) for number in (1, 2)]
    found = together(letters, Action.APPROVE, moderator)

    with pytest.raises(NotYours):
        undo_together(found.group, by=colleague, now=NOW)
    assert rows.states(*letters) == ["approved", "approved"]

    assert len(undo_together(found.group, by=editor, now=NOW).done) == 2


@pytest.mark.parametrize("group", ["", "nonsense", an_id(77)])
def test_group_that_is_not_there_cannot_be_undone(group, moderator):
    rows.move(rows.make_comment(rows.make_story()), Action.APPROVE, moderator)

    with pytest.raises(NotFound):
        undo_together(group, by=moderator, now=NOW)


def test_group_is_one_of_her_decisions(moderator):
    story, other = rows.make_story(), rows.make_story(2)
    alone, *letters = [rows.make_comment(story) for _ in range(3)]
    elsewhere = rows.make_comment(other)
    rows.move(alone, Action.HOLD, moderator)
    found = together([*letters, elsewhere], Action.APPROVE, moderator)
    act(other.pk, today=TODAY)

    last, first = own(moderator)

    assert (last.decision.group, last.letters, last.undoable) == (found.group, 3, 2)
    assert last.fate is Fate.MIXED
    assert last.can_undo
    assert (first.letters, first.fate) == (1, Fate.OPEN)
    undo_together(found.group, by=moderator, now=NOW)
    assert [(one.fate, one.letters, one.can_undo) for one in own(moderator)] == [
        (Fate.UNDO, 2, False),
        (Fate.MIXED, 3, False),
        (Fate.OPEN, 1, True),
    ]
    assert own(moderator, size=1)[0].fate is Fate.UNDO


@pytest.mark.parametrize("number", [1, 3])
def test_her_decisions_take_the_same_few_queries(
    number, moderator, django_assert_num_queries
):
    story = rows.make_story()
    for _ in range(number):
        letters = [rows.make_comment(story) for _ in range(number)]
        together(letters, Action.APPROVE, moderator)

    with django_assert_num_queries(3):
        found = own(moderator)

    assert [one.letters for one in found] == [number] * number
