"""A desk's decisions: few teach nothing, enough make a better model, some a worse one."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from letterdesk.triage.incivility import chances_of
from letterdesk.triage.learning.lesson import (
    MOST,
    Decided,
    Lack,
    Lesson,
    MadeOf,
    held_from,
    learn,
    newest,
)
from letterdesk.triage.learning.models import (
    BARS,
    CivilityModel,
    Model,
    read_model,
    shipped_model,
)
from letterdesk.triage.model.weights import read, shipped
from letterdesk.triage.signal import Kind
from tests.triage.letters import INSULTS, MONDAY, some_letters

BAR = BARS[Kind.INCIVILITY]


def lesson(
    decided: list[Decided], *, present: Model | None = None, seen: int = 0
) -> Lesson:
    known = CivilityModel(shipped("en"))
    return learn(decided, shipped=known, present=present or known, seen=seen)


def test_few_decisions_change_nothing() -> None:
    found = lesson(some_letters(199))

    assert found.candidate is None
    assert found.decisions == 199
    assert found.fresh == (found.unwelcome, 199 - found.unwelcome)


def test_no_decision_is_no_lesson() -> None:
    assert lesson([]) == Lesson(
        decisions=0, unwelcome=0, fresh=(0, 0), weeks=(), candidate=None
    )


def test_a_desks_own_insults_are_learnt_and_marked() -> None:
    found = lesson(some_letters(400))

    assert found.candidate is not None
    card = found.candidate.card
    assert card.is_better
    assert card.gain.low > 0
    assert card.aucs[card.kind].auc > 0.95 > card.aucs["present"].auc
    assert (card.decisions, card.unwelcome) == (400, found.unwelcome)
    own = read(found.candidate.raw)
    new, old = (
        chances_of([f"what a {INSULTS[0]}", "what a winter"], one)
        for one in (own, shipped("en"))
    )
    assert new[0] > 0.5 > new[1]
    assert old[0] < 0.5


def test_the_same_decisions_give_the_same_bytes_in_whatever_order() -> None:
    some = some_letters(260)
    shuffled = sorted(some, key=lambda one: one.text)

    first, second = lesson(some).candidate, lesson(shuffled).candidate

    assert first is not None
    assert first == second


def test_decisions_by_chance_make_no_better_model() -> None:
    some = [replace(one, unwelcome=one.decision * 7 % 5 < 2) for one in some_letters(400)]

    found = lesson(some)

    assert found.candidate is not None
    assert Lack.GAIN in found.candidate.card.lacks


def test_a_desk_that_rejects_whoever_names_a_group_gets_no_model_for_it() -> None:
    found = lesson(some_letters(500, insults=("Muslims", "refugees")))

    assert found.candidate is not None
    assert Lack.GROUPS in found.candidate.card.lacks
    assert found.candidate.card.mentions[1].group in {"Muslims", "refugees"}


def test_a_model_is_judged_by_what_the_present_one_has_not_seen() -> None:
    some = some_letters(600)
    first = lesson(some[:400]).candidate
    assert first is not None

    too_soon = lesson(some[:450], present=read_model(Kind.INCIVILITY, first.raw), seen=400)
    later = lesson(some, present=read_model(Kind.INCIVILITY, first.raw), seen=400)

    assert too_soon.candidate is None
    assert sum(too_soon.fresh) == 50
    assert later.candidate is not None
    assert later.candidate.card.held <= 200
    assert later.candidate.card.aucs["present"].auc > 0.9


@pytest.mark.parametrize(
    ("bad", "good", "start"),
    [(44, 400, None), (90, 109, None), (100, 100, 110), (300, 700, 800)],
)
def test_letters_that_judge_are_the_newest_and_enough_of_each_kind(
    bad: int, good: int, start: int | None
) -> None:
    flags = np.array([True] * bad + [False] * good)
    order = np.random.default_rng(1).permutation(len(flags))

    found = held_from(flags[order], fresh=0, bar=BAR)

    if start is None:
        assert found is None
        return
    assert found is not None
    assert found <= start
    held = flags[order][found:]
    assert min(held.sum(), (~held).sum()) >= BAR.each


def test_rejections_that_all_came_late_leave_none_to_learn_from() -> None:
    late = np.array([False] * 300 + [True] * 89)

    assert held_from(late, fresh=0, bar=BAR) is None


def test_only_the_newest_are_learnt_from() -> None:
    one = some_letters(1)[0]
    many = [replace(one, text=f"{at}", decision=at) for at in range(MOST + 5)]
    long = [replace(one, text=f"{at} " + "x" * 9_000, decision=at) for at in range(3_000)]

    assert [each.decision for each in newest(many)] == list(range(5, MOST + 5))
    assert len(newest(long)) == 2_000


def test_letters_with_the_same_words_count_once_as_the_last_was_judged() -> None:
    one = some_letters(1)[0]
    copies = [
        replace(one, text=text, unwelcome=number == 2, decision=number)
        for number, text in enumerate(["You fool!", "!!", "you, FOOL", "?"])
    ]

    found = newest(copies)

    assert [(each.decision, each.unwelcome) for each in found] == [
        (1, False),
        (2, True),
        (3, False),
    ]


def test_weeks_are_told_even_where_nothing_is_learnt() -> None:
    found = lesson(some_letters(140))

    assert [one.start for one in found.weeks] == [MONDAY, MONDAY + timedelta(weeks=1)]
    assert sum(one.letters for one in found.weeks) == 140


def test_the_kind_is_one_of_those_that_learnt() -> None:
    found = lesson(some_letters(300)).candidate

    assert found is not None
    assert found.card.kind in {MadeOf.DESK, MadeOf.STACK}
    assert set(found.card.ahead) == {kind.value for kind in MadeOf}


def test_advertising_that_nobody_knew_is_learnt_from_a_hundred_and_some_decisions() -> None:
    known = shipped_model(Kind.SPAM, "en")
    ads = some_letters(150, insults=("glowcream", "skinluster", "dewbalm"))

    found = learn(ads, shipped=known, present=known, seen=0).candidate
    too_few = learn(ads[:70], shipped=known, present=known, seen=0).candidate

    assert found is not None
    assert found.card.is_better
    own = read_model(Kind.SPAM, found.raw)
    new, old = (one.scores(["more glowcream for you"])[0] for one in (own, known))
    assert new > 0.5 > old
    assert own.scores(["more soup for you"])[0] < 0.5
    assert too_few is None


def test_a_desk_that_rejects_whoever_names_a_shop_gets_no_model_for_it() -> None:
    known = shipped_model(Kind.SPAM, "en")
    some = some_letters(300, insults=("bakery", "pharmacy", "supermarket"))

    found = learn(some, shipped=known, present=known, seen=0).candidate

    assert found is not None
    assert Lack.GROUPS in found.card.lacks
    assert found.card.mentions[1].group.split()[-1] in {"bakery", "pharmacy", "supermarket"}


def test_a_hundred_letters_judge_one_another_in_whatever_order_they_came() -> None:
    flags = np.array([True] * 47 + [False] * 53)
    bar = BARS[Kind.SPAM]

    assert held_from(flags, fresh=0, bar=bar) == 0
    assert held_from(flags, fresh=27, bar=bar) == 27
    assert held_from(flags, fresh=28, bar=bar) is None
    assert held_from(flags[8:], fresh=0, bar=bar) is None


def test_many_letters_about_advertising_are_judged_by_the_newest_fifth() -> None:
    flags = np.array([True, False] * 500)

    assert held_from(flags, fresh=0, bar=BARS[Kind.SPAM]) == 800


def test_advertising_decided_on_by_chance_makes_no_better_model() -> None:
    known = shipped_model(Kind.SPAM, "en")
    some = [replace(one, unwelcome=one.decision * 7 % 5 < 2) for one in some_letters(150)]

    found = learn(some, shipped=known, present=known, seen=0).candidate

    assert found is not None
    assert Lack.GAIN in found.card.lacks
    assert found.card.held == 150


def test_what_was_better_once_but_not_in_the_order_of_time_is_not_offered() -> None:
    known = shipped_model(Kind.SPAM, "en")
    turned = [
        replace(one, unwelcome=one.unwelcome if one.decision < 60 else not one.unwelcome)
        for one in some_letters(100, insults=("glowcream", "skinluster"))
    ]

    found = learn(turned, shipped=known, present=known, seen=0).candidate

    assert found is not None
    assert Lack.GAIN in found.card.lacks
    assert found.card.onward[1] < found.card.onward[0]


def test_who_learns_a_new_kind_of_advertising_goes_on_marking_the_others() -> None:
    known = shipped_model(Kind.SPAM, "en")
    ads = some_letters(120, insults=("glowcream", "skinluster", "dewbalm"))
    others = [
        "Check out my new channel and subscribe, free gift cards: www.wonn-it.com",
        "I earn $900 a week working from home, visit quickcash.top to sign up",
        "Play slots and get 100 free spins, sign up at lucky-spins.vip",
    ]

    found = learn(ads, shipped=known, present=known, seen=0).candidate

    assert found is not None
    assert found.card.kind is MadeOf.STACK
    assert (read_model(Kind.SPAM, found.raw).scores(others) > 0.5).all()
