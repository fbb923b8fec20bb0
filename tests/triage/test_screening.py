"""Letters are screened together; what fails or is slow spoils nothing else."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from letterdesk.triage.advertising.model import weights
from letterdesk.triage.figure import figure
from letterdesk.triage.incivility import incivility
from letterdesk.triage.language import language_of, script_of
from letterdesk.triage.model.features import kept_columns
from letterdesk.triage.normal import normal
from letterdesk.triage.personal.digits import plain_digits
from letterdesk.triage.protected_name import NOBODY, Names, forms
from letterdesk.triage.screening import (
    CHECKS,
    FAILED,
    OF_NAMES,
    SLOW,
    Answer,
    Asked,
    Failure,
    each,
    screen,
)
from letterdesk.triage.signal import Field, Kind, Signal, Span
from tests.triage.letters import ENDLESS

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


def test_in_a_pages_thread_a_slow_check_leaves_what_it_has_no_time_for() -> None:
    def slow(asked: Asked) -> Signal:
        end = time.thread_time() + 0.2
        while time.thread_time() < end:
            pass
        return figure(asked.text, story=asked.story)

    def ask() -> list[Answer]:
        checks = {Kind.FIGURE: each(slow)}
        return screen([ROW] * 5, checks=checks, of_names={}, seconds=0.1)

    with ThreadPoolExecutor(1) as threads:
        first, *rest = threads.submit(ask).result()

    assert (kinds(first.signals), first.failures) == ({Kind.FIGURE}, ())
    assert [one.failures for one in rest] == [
        (Failure(kind=Kind.FIGURE, why=SLOW, where=""),)
    ] * 4


def test_in_a_pages_thread_a_check_that_fails_on_one_letter_answers_of_the_others() -> None:
    def broken(asked: Asked) -> Signal:
        if asked is not ROW:
            raise ValueError(asked.text)
        return figure(asked.text, story=asked.story)

    def ask() -> list[Answer]:
        letters = [replace(ROW, text=WORDS), ROW]
        return screen(letters, checks={Kind.FIGURE: each(broken)}, of_names={})

    with ThreadPoolExecutor(1) as threads:
        first, second = threads.submit(ask).result()

    assert [one.why for one in first.failures] == [FAILED]
    assert (kinds(second.signals), second.failures) == ({Kind.FIGURE}, ())


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
        "mail골뱅이" * 700,
        "passport no no " * 330,
        "만 이천 " * 1000,
        "씨.개.垃-女干" * 600,
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


def listed(name: str) -> Names:
    kept = forms(name, key=b"key")
    return Names(
        key=b"key",
        exact={one.digest: "the witness" for one in kept if not one.is_near},
        near={one.digest: "the witness" for one in kept if one.is_near},
        kinds=frozenset(one.kind for one in kept),
    )


def of_name(name: str, *, names: Names = NOBODY) -> list[Signal]:
    """Give what is said of a name above a harmless letter."""
    asked = Asked(text="Thank you.", story=STORY, language="en", name=name, names=names)
    (answer,) = screen([asked])
    return [one for one in answer.signals if one.of is Field.NAME]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Tarek Osman", [("protected_name", "protected", "Tarek Osman")]),
        ("Osman, Tarek", [("protected_name", "protected", "Osman, Tarek")]),
        (
            "Tarek Osman 0170 1234567",
            [
                ("protected_name", "protected", "Tarek Osman"),
                ("personal_information", "personal", "0170 1234567"),
            ],
        ),
        (
            "Cheap loans 0170 1234567",
            [
                ("spam", "advertising", "Cheap loans 0170 1234567"),
                ("personal_information", "personal", "0170 1234567"),
            ],
        ),
        (
            "Go to www.cheap-pills.biz you idiots",
            [
                ("incivility", "uncivil-maybe", "idiots"),
                ("spam", "advertising", "Go to www.cheap-pills.biz"),
                ("personal_information", "personal", "www.cheap-pills.biz"),
            ],
        ),
        ("mira@example.org", [("personal_information", "personal", "mira@example.org")]),
        ("@miralund", [("personal_information", "personal", "@miralund")]),
        ("Mira ＠Mira", [("personal_information", "personal", "＠Mira")]),
        (
            "Mr. \u0456d\u0456\u043et",
            [
                ("incivility", "uncivil-maybe", "\u0456d\u0456\u043et"),
                ("disguise", "disguised", "\u0456d\u0456\u043et"),
            ],
        ),
    ],
)
def test_what_stands_in_the_name_is_noticed_there(
    name: str, found: list[tuple[str, str, str]]
) -> None:
    said = of_name(name, names=listed("Tarek Osman"))

    assert [
        (one.kind, one.code, name[one.spans[0].start : one.spans[-1].end]) for one in said
    ] == found


@pytest.mark.parametrize(
    "name",
    [
        "Mira",
        "A reader",
        "Đặng Thị Hòa",
        "Mehmet Yılmaz",
        "김민수",
        "王伟",
        "Tom99",
        "@all",
    ],
)
def test_of_an_ordinary_name_nothing_is_told_not_even_that_it_is_one(name: str) -> None:
    assert of_name(name) == []


def test_what_is_said_of_a_name_is_said_of_its_own_letter() -> None:
    names = ["", "mira@example.org", "Mira", "mira@example.org"]
    letters = [
        Asked(text="Thank you.", story=STORY, language="en", name=name) for name in names
    ]

    answers = screen(letters)

    assert [
        [one.spans for one in answer.signals if one.of is Field.NAME] for answer in answers
    ] == [[], [(Span(0, 16),)], [], [(Span(0, 16),)]]


def test_a_check_that_fails_on_a_name_is_told_of_the_name_alone() -> None:
    def broken(asked: Asked) -> Signal:
        raise ValueError(asked.text)

    letters = [
        Asked(text=WORDS, story=STORY, language="en", name=name) for name in ("Mira", "")
    ]

    mira, nobody = screen(letters, of_names={**OF_NAMES, Kind.DISGUISE: each(broken)})

    (failure,) = mira.failures
    assert (failure.kind, failure.of, failure.why) == (Kind.DISGUISE, Field.NAME, FAILED)
    assert nobody.failures == ()


def _of(signals: tuple[Signal, ...], kind: Kind) -> Signal:
    return next(one for one in signals if one.kind is kind)


def test_nothing_of_a_letter_is_remembered_once_it_is_screened() -> None:
    screen([ROW])

    kept = [
        one.cache_info().currsize
        for one in (normal, plain_digits, kept_columns, script_of, language_of)
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
