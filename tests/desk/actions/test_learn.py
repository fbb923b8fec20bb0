"""Decisions teach; an editor takes what came of it into use, and goes back."""

import hashlib
import logging
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from letterdesk.desk.actions import screen as screening
from letterdesk.desk.actions.desk_models import (
    ModelNotBetter,
    choose_rules,
    take_model,
    take_shipped,
)
from letterdesk.desk.actions.learn import (
    Learnt,
    learn_from_decisions,
    learning_is_due,
)
from letterdesk.desk.actions.screen import screen
from letterdesk.desk.models import (
    AuditEntry,
    Comment,
    DeskModel,
    DeskWeights,
    Lesson,
    Signal,
)
from letterdesk.desk.queries.desk_models import WeightsBroken, model_of
from letterdesk.desk.queries.errors import NotFound, NotYours
from letterdesk.desk.queries.learning import (
    Subject,
    better_candidates,
    learning,
    subjects,
)
from letterdesk.desk.queries.locks import learning_lock
from letterdesk.desk.queries.people import Person
from letterdesk.settings import Settings
from letterdesk.triage.learning.models import BARS
from letterdesk.triage.screening import CHECKS
from letterdesk.triage.signal import Kind
from tests.desk import rows
from tests.desk.decisions import INSULT, decide_on
from tests.triage.encoder.small import installed_for_a_while, small_encoder
from tests.values import TODAY

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


def learn(today: object = TODAY) -> list[Learnt]:
    return list(learn_from_decisions(today=today))


def score(comment: Comment) -> float:
    return Signal.objects.get(comment=comment, kind="incivility").score


def numbers(**which: object) -> list[int]:
    found = DeskModel.objects.filter(**which).order_by("number")
    return list(found.values_list("number", flat=True))


def make_candidate(by: Person, count: int = 300) -> DeskModel:
    decide_on(count, by=by)
    learn()
    return DeskModel.objects.get()


def test_few_decisions_are_counted_and_change_nothing(moderator: Person) -> None:
    decide_on(150, by=moderator)

    found = learn()

    assert found == [
        Learnt(
            desk="English",
            language="en",
            signal="incivility",
            decisions=150,
            has_candidate=False,
            is_better=False,
        )
    ]
    assert Lesson.objects.get().facts["decisions"] == 150
    assert not DeskModel.objects.exists()


def test_enough_decisions_leave_a_candidate_that_nobody_uses(
    moderator: Person, editor: Person
) -> None:
    row = make_candidate(moderator)

    assert (row.number, row.in_use, row.taken, row.made) == (1, False, None, TODAY)
    assert row.card["decisions"] == 300
    assert better_candidates(editor) == 1
    comment = rows.make_comment(rows.Story.objects.get(), text=INSULT)
    screen(seconds=60)
    assert score(comment) < 0.5


def test_what_waits_is_screened_anew_by_the_model_taken_into_use(
    moderator: Person, editor: Person
) -> None:
    row = make_candidate(moderator)
    waiting = rows.make_comment(rows.Story.objects.get(), text=INSULT)
    elsewhere = rows.make_comment(rows.make_story(2, desk="Elsewhere"), text=INSULT)
    screen(seconds=60)
    before = score(waiting)

    take_model(row.pk, by=editor, today=TODAY)
    between = score(waiting)
    screen(seconds=60)

    assert before == between < 0.5 < score(waiting)
    assert score(elsewhere) == before
    entry = AuditEntry.objects.get(what="model-taken")
    assert (entry.who, entry.facts["model"], entry.facts["weights"]) == (
        "erin",
        1,
        row.digest,
    )


def test_letters_that_are_being_screened_meanwhile_are_screened_again(
    moderator: Person, editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = make_candidate(moderator)
    waiting = rows.make_comment(rows.Story.objects.get(), text=INSULT)
    ask = screening._ask

    def slowly(*args: object, **more: object) -> object:
        answers = ask(*args, **more)  # type: ignore[arg-type]
        take_model(row.pk, by=editor, today=TODAY)
        return answers

    monkeypatch.setattr(screening, "_ask", slowly)
    screen(seconds=60, checks=CHECKS)

    assert score(waiting) > 0.5


def test_one_click_goes_back(moderator: Person, editor: Person) -> None:
    row = make_candidate(moderator)
    waiting = rows.make_comment(rows.Story.objects.get(), text=INSULT)
    take_model(row.pk, by=editor, today=TODAY)
    screen(seconds=60)
    marked = score(waiting)

    take_shipped("English", "en", Kind.INCIVILITY, by=editor, today=TODAY)
    (again,) = learn()
    screen(seconds=60)
    plain = score(waiting)
    take_model(row.pk, by=editor, today=TOMORROW)
    screen(seconds=60)

    assert plain < 0.5 < marked == score(waiting)
    assert again.has_candidate  # held against the shipped model once more
    assert AuditEntry.objects.filter(what="model-left").count() == 1
    row.refresh_from_db()
    assert (row.taken, row.in_use) == (TODAY, True)


def test_going_back_to_what_is_in_use_already_is_no_entry(editor: Person) -> None:
    take_shipped("English", "en", Kind.INCIVILITY, by=editor, today=TODAY)

    assert not AuditEntry.objects.filter(what="model-left").exists()


def test_the_next_candidate_takes_the_place_of_the_last(moderator: Person) -> None:
    first = make_candidate(moderator)
    decide_on(120, by=moderator, first=301)

    learn()

    (row,) = DeskModel.objects.all()
    assert (row.number, row.card["decisions"]) == (1, 420)
    assert row.digest != first.digest
    assert DeskWeights.objects.count() == 1


def test_a_candidate_that_was_replaced_cannot_be_taken(
    moderator: Person, editor: Person
) -> None:
    first = make_candidate(moderator)
    decide_on(120, by=moderator, first=301)
    learn()

    with pytest.raises(NotFound):
        take_model(first.pk, by=editor, today=TODAY)

    assert numbers(in_use=True) == []


def test_one_that_is_not_better_cannot_be_taken(moderator: Person, editor: Person) -> None:
    row = make_candidate(moderator)
    row.card["lacks"] = ["gain"]
    row.save()

    with pytest.raises(ModelNotBetter):
        take_model(row.pk, by=editor, today=TODAY)

    assert numbers(in_use=True) == []


def test_moderators_and_other_desks_editors_take_nothing(moderator: Person) -> None:
    row = make_candidate(moderator)
    other = rows.make_person("olga", role="editor", desks=("Elsewhere",))

    for who in (moderator, other):
        with pytest.raises(NotYours):
            take_model(row.pk, by=who, today=TODAY)
        with pytest.raises(NotYours):
            take_shipped("English", "en", Kind.INCIVILITY, by=who, today=TODAY)
    with pytest.raises(NotYours):
        choose_rules({Kind.SPAM: []}, language="en", by=other, today=TODAY)

    assert numbers(in_use=True) == []
    assert subjects(other) == ()


def test_after_a_switch_the_next_model_is_judged_by_new_decisions_only(
    moderator: Person, editor: Person
) -> None:
    row = make_candidate(moderator)
    take_model(row.pk, by=editor, today=TODAY)
    before = learning(editor, subjects(editor)[0]).needs
    assert learning_is_due(today=TODAY)
    (first,) = learn()
    between = learning(editor, subjects(editor)[0]).needs
    decide_on(100, by=moderator, first=301)

    (second,) = learn()

    assert (first.has_candidate, second.has_candidate) == (False, False)
    told = learning(editor, subjects(editor)[0])
    assert (before, between[0].found, told.needs[0].found) == ((), 0, 100)
    decide_on(200, by=moderator, first=401)
    learn()
    assert numbers() == [1, 2]
    assert numbers(taken=None) == [2]


def test_damaged_weights_are_told_and_the_shipped_model_is_used(
    moderator: Person, editor: Person, caplog: pytest.LogCaptureFixture
) -> None:
    row = make_candidate(moderator)
    take_model(row.pk, by=editor, today=TODAY)
    raw = bytes(DeskWeights.objects.get().raw)
    DeskWeights.objects.update(raw=raw[:-9] + b"x" + raw[-8:])
    model_of.cache_clear()
    waiting = rows.make_comment(rows.Story.objects.get(), text=INSULT)

    with caplog.at_level(logging.ERROR):
        screen(seconds=60)

    assert score(waiting) < 0.5
    assert "weights-broken" in caplog.text
    assert learning(editor, subjects(editor)[0]).is_broken


def test_a_model_that_learnt_beside_an_encoder_is_not_used_without_it(
    moderator: Person, editor: Person, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with installed_for_a_while(tmp_path / "packages", small_encoder()):
        row = make_candidate(moderator)
        take_model(row.pk, by=editor, today=TODAY)
        with_it = learning(editor, subjects(editor)[0])
        waiting = rows.make_comment(rows.Story.objects.get(), text=INSULT)
        screen(seconds=60)
        before = score(waiting)
    model_of.cache_clear()

    with caplog.at_level(logging.ERROR):
        screen(seconds=60)

    without = learning(editor, subjects(editor)[0])
    assert (with_it.is_broken, without.is_broken) == (False, True)
    assert row.card["version"].endswith("+3")
    assert score(waiting) < 0.5 < before
    assert "which is not installed" in caplog.text


def test_a_language_of_a_few_letters_is_none_of_the_desks(moderator: Person) -> None:
    decide_on(19, by=moderator)

    assert learn() == []
    assert not Lesson.objects.exists()


@pytest.mark.parametrize(
    ("due", "told"),
    [
        (b"weights of a version to come", "are of another version of Letterdesk"),
        (b"what the card is about", "are missing or damaged"),
    ],
)
def test_weights_of_another_version_are_not_called_damaged(
    moderator: Person, due: bytes, told: str
) -> None:
    row = make_candidate(moderator)
    DeskWeights.objects.update(raw=b"weights of a version to come")

    with pytest.raises(WeightsBroken, match=told):
        model_of(Kind.INCIVILITY, row.pk, hashlib.sha256(due).hexdigest())


def test_nothing_is_told_of_a_desk_that_has_decided_nothing(editor: Person) -> None:
    with pytest.raises(NotFound):
        learning(editor, Subject(desk="English", language="en", signal=Kind.INCIVILITY))


def test_learning_is_due_after_a_hundred_decisions_or_a_night(moderator: Person) -> None:
    assert not learning_is_due(today=TODAY)
    decide_on(10, by=moderator)
    assert learning_is_due(today=TODAY)
    learn()

    assert not learning_is_due(today=TODAY)
    assert not learning_is_due(today=TOMORROW)
    decide_on(99, by=moderator, first=11)
    assert (learning_is_due(today=TODAY), learning_is_due(today=TOMORROW)) == (False, True)
    decide_on(1, by=moderator, first=110)
    assert learning_is_due(today=TODAY)


def test_desks_with_nothing_new_are_left_alone(moderator: Person) -> None:
    decide_on(20, by=moderator)
    decide_on(20, by=moderator, story=rows.make_story(2, desk="Elsewhere"))

    assert [one.desk for one in learn()] == ["Elsewhere", "English"]
    decide_on(5, by=moderator, first=21)

    assert learn() == []
    assert [one.desk for one in learn(TOMORROW)] == ["English"]


def test_killed_half_way_leaves_what_was_and_begins_again(
    moderator: Person,
) -> None:
    decide_on(20, by=moderator)
    decide_on(20, by=moderator, story=rows.make_story(2, desk="Elsewhere"))

    next(learn_from_decisions(today=TODAY))

    assert learning_is_due(today=TODAY)
    assert [one.desk for one in learn()] == ["English"]


def test_no_word_of_a_letter_is_kept_with_what_was_learnt(moderator: Person) -> None:
    row = make_candidate(moderator)

    kept = f"{row.card} {Lesson.objects.get().facts}"

    assert INSULT.split()[-1] not in kept
    assert INSULT.split()[-1].encode() not in bytes(DeskWeights.objects.get().raw)


def test_the_oldest_models_lose_their_weights_and_keep_their_cards(
    moderator: Person, editor: Person
) -> None:
    row = make_candidate(moderator)
    raw = bytes(DeskWeights.objects.get().raw)
    old = DeskModel.objects.bulk_create(
        DeskModel(
            desk="English",
            language="en",
            number=number,
            made=TODAY,
            decision=0,
            card=row.card,
            digest=row.digest,
            taken=TODAY,
            taken_by_id=editor.id,
        )
        for number in range(2, 14)
    )
    DeskWeights.objects.bulk_create(DeskWeights(model=one, raw=raw) for one in old)

    take_model(row.pk, by=editor, today=TODAY)

    told = learning(editor, subjects(editor)[0])
    assert [one.number for one in told.earlier if one.can_return] == list(range(13, 3, -1))
    with pytest.raises(NotFound):
        take_model(old[0].pk, by=editor, today=TODAY)


def test_choosing_rules_is_logged_once(editor: Person) -> None:
    chosen = {Kind.INCIVILITY: ["1", "2"], Kind.SPAM: ["6"]}
    choose_rules(chosen, language="en", by=editor, today=TODAY)
    choose_rules(chosen, language="en", by=editor, today=TODAY)

    (entry,) = AuditEntry.objects.filter(what="teaching-rules-chosen")
    assert (entry.facts["signal"], entry.facts["rules"]) == ("incivility", ["1", "2"])


def test_only_one_process_learns_at_a_time(newsroom: Settings) -> None:
    with learning_lock(newsroom) as first, learning_lock(newsroom) as second:
        pass
    with learning_lock(newsroom) as later:
        pass

    # PostgreSQL gives a session the lock that it holds once more; a file is not that kind.
    assert (first, second, later) == (True, connection.vendor == "postgresql", True)


def spam_score(comment: Comment) -> float:
    return Signal.objects.filter(comment=comment, kind="spam").values_list("score")[0][0]


def test_rejections_under_the_rule_for_advertising_teach_spam_and_nothing_else(
    moderator: Person, editor: Person
) -> None:
    story = decide_on(200, by=moderator, rule="6")
    waiting = rows.make_comment(story, text=INSULT)

    (found,) = learn()
    row = DeskModel.objects.get()
    take_model(row.pk, by=editor, today=TODAY)
    screen(seconds=60)

    assert (found.signal, found.is_better) == ("spam", True)
    assert (row.signal, row.card["decisions"]) == ("spam", 200)
    assert spam_score(waiting) > 0.5 > score(waiting)
    entry = AuditEntry.objects.get(what="model-taken")
    assert (entry.facts["signal"], entry.facts["model"]) == ("spam", 1)


def test_a_model_of_each_signal_is_in_use_and_each_goes_back_by_itself(
    moderator: Person, editor: Person
) -> None:
    story = decide_on(300, by=moderator)
    decide_on(200, by=moderator, first=301, rule="6")
    learn()
    for row in DeskModel.objects.all():
        take_model(row.pk, by=editor, today=TODAY)
    waiting = rows.make_comment(story, text=INSULT)
    screen(seconds=60)
    both = (score(waiting) > 0.5, spam_score(waiting) > 0.5)

    take_shipped("English", "en", Kind.SPAM, by=editor, today=TODAY)
    screen(seconds=60)

    assert both == (True, True)
    assert score(waiting) > 0.5
    assert not Signal.objects.filter(comment=waiting, kind="spam").exists()
    used = DeskModel.objects.filter(in_use=True).values_list("signal", flat=True)
    assert list(used) == ["incivility"]
    assert [one.signal for one in subjects(editor)] == [Kind.INCIVILITY, Kind.SPAM]


def test_a_desk_that_has_rejected_no_advertising_has_no_lesson_in_it(
    moderator: Person,
) -> None:
    decide_on(60, by=moderator)

    assert [one.signal for one in learn()] == ["incivility"]


def test_models_are_kept_of_the_signals_that_can_be_taught_and_of_no_other():
    kept = set()

    for kind in Kind:
        with suppress(IntegrityError), transaction.atomic():
            DeskModel.objects.create(
                desk="english",
                language="en",
                signal=kind,
                number=1,
                made=TODAY,
                decision=1,
                card={},
                digest="",
            )
            kept.add(kind)

    assert kept == BARS.keys()
