"""Letters are screened together; what fails or is slow spoils nothing else."""

import re
from dataclasses import replace

import numpy as np
import pytest

from letterdesk.triage.advertising.model import weights
from letterdesk.triage.figure import figure
from letterdesk.triage.incivility import incivility
from letterdesk.triage.language import language_of, script_of
from letterdesk.triage.model.features import seen_rows
from letterdesk.triage.normal import normal
from letterdesk.triage.personal.digits import plain_digits
from letterdesk.triage.screening import (
    CHECKS,
    FAILED,
    SLOW,
    Asked,
    Failure,
    each,
    screen,
)
from letterdesk.triage.signal import Kind, Signal
from tests.triage.test_limit import ENDLESS

STORY = "The ferry carried 93,300 people. The council voted seven to five against it."
ROW = Asked(text="Only 30,000 people took the ferry!", story=STORY, language="en")
WORDS = "Ilsa Dorrech lives at 5 Mill Lane"


def kinds(signals: tuple[Signal, ...]) -> set[Kind]:
    return {one.kind for one in signals if one.score > 0}


def test_every_signal_answers() -> None:
    (answer,) = screen([ROW])

    assert {one.kind for one in answer.signals} == set(CHECKS)
    assert kinds(answer.signals) >= {Kind.FIGURE, Kind.PASSAGE}
    assert answer.failures == ()
    assert answer.signature is not None


def test_letters_answer_in_order_each_in_its_own_language() -> None:
    texts = ["씨발 병신 새끼들", "Thank you for this report.", "你这个傻逼，去死吧", "!!"]

    answers = screen([Asked(text=text, story=STORY, language="en") for text in texts])

    found = [_of(answer.signals, Kind.INCIVILITY) for answer in answers]
    expected = [
        incivility(text, language=language)
        for text, language in zip(texts, ["ko", "en", "zh", "en"], strict=True)
    ]
    assert [(one.code, one.spans) for one in found] == [
        (one.code, one.spans) for one in expected
    ]


def test_a_check_that_fails_is_told_without_a_word_and_the_others_answer() -> None:
    def broken(asked: Asked) -> Signal:
        raise ValueError(asked.text)

    (answer,) = screen(
        [Asked(text=WORDS, story=STORY, language="en")],
        checks={**CHECKS, Kind.DISGUISE: each(broken)},
    )

    (failure,) = answer.failures
    assert (failure.kind, failure.why) == (Kind.DISGUISE, FAILED)
    assert re.fullmatch(r"ValueError at test_screening\.py:\d+", failure.where)
    assert {one.kind for one in answer.signals} == set(CHECKS) - {Kind.DISGUISE}


def test_a_check_that_never_ends_is_told_and_the_next_letter_has_its_turn() -> None:
    def slow(asked: Asked) -> Signal:
        ENDLESS.search(asked.text)
        return figure(asked.text, story=asked.story)

    first, second = screen(
        [
            Asked(text=text, story=STORY, language="en")
            for text in ("a" * 60 + "b", "Well.")
        ],
        checks={**CHECKS, Kind.FIGURE: each(slow)},
        seconds=0.1,
    )

    assert first.failures == (Failure(kind=Kind.FIGURE, why=SLOW, where=""),)
    assert (second.failures, len(second.signals)) == ((), len(CHECKS))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "!",
        "a" * 5000,
        "가" * 5000,
        "\u202e" * 500,
        "1" * 5000,
        "十" * 5000,
        "nurse at " + "A" * 4900,
        "works at " * 550,
        "Ann " * 1200,
        "nurse at the " + "a " * 2000,
        "중앙동 " * 1200,
        "가나다초 " * 1000,
        "张" * 5000,
        "在医院" * 1600,
        "free www. " * 500,
    ],
)
def test_any_letter_is_screened(text: str) -> None:
    (answer,) = screen([Asked(text=text, story=STORY * 20, language="ko")], seconds=2)

    assert answer.failures == ()


def test_no_fact_repeats_a_word_of_the_letter() -> None:
    text = "Ilsa Dorrech, that stupid bitch, 5286 King Road, call 212-555-0147"

    (answer,) = screen([Asked(text=text, story=STORY, language="en")])

    said = repr([(one.code, one.facts) for one in answer.signals])
    assert [word for word in re.findall(r"\w+", text) if word in said] == []


def _of(signals: tuple[Signal, ...], kind: Kind) -> Signal:
    return next(one for one in signals if one.kind is kind)


def test_nothing_of_a_letter_is_remembered_once_it_is_screened() -> None:
    screen([ROW])

    kept = [
        one.cache_info().currsize
        for one in (normal, plain_digits, seen_rows, script_of, language_of)
    ]
    assert kept == [0, 0, 0, 0, 0]


def test_letters_of_many_stories_and_scripts_answer_as_each_does_alone() -> None:
    letters = [
        Asked(text=text, story=story, language="en")
        for text in (
            ROW.text,
            "페리는 93,300명을 태웠다",
            "轮渡运了九万三千人",
            "!",
            "Well.",
            "You are\nan idiot,\r\nif you ask me.",
            "What a lovely\tday it is",
        )
        for story in (STORY, "", "페리는 지난해 93,300명을 태웠다. 轮渡去年运了93300人。")
    ]

    together = screen(letters)

    for asked, answer in zip(letters, together, strict=True):
        (alone,) = screen([asked])
        assert [one.code for one in answer.signals] == [one.code for one in alone.signals]
        assert [one.score for one in answer.signals] == pytest.approx(
            [one.score for one in alone.signals], abs=1e-5
        )
        assert [one.spans for one in answer.signals] == [one.spans for one in alone.signals]
        assert np.array_equal(answer.signature, alone.signature)


def test_a_desks_own_weights_are_asked_for_its_own_letters_alone() -> None:
    known = weights("en")
    assert known is not None
    loud = replace(known, settings=replace(known.settings, offset=20.0))
    text = "The bridge was long overdue."

    own, other = screen(
        [
            Asked(text=text, story=STORY, language="en", spam_models={"en": loud}),
            Asked(text=text, story=STORY, language="en"),
        ]
    )

    assert _of(own.signals, Kind.SPAM).code == "advertising"
    assert _of(other.signals, Kind.SPAM).code == "no-advertising"
