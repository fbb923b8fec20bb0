"""Rules are read as they are laid out, and each finds what it says that it finds."""

import re
from collections.abc import Callable, Iterator

import pytest

from letterdesk.triage.threat import threats
from letterdesk.triage.threats import (
    chinese,
    english,
    english_others,
    english_veiled,
    korean,
)
from letterdesk.triage.threats.rules import either, first_words, pattern
from tests.triage.threats.unhinted import unhinted

_WHOLE_WORD = re.compile(r"(?<![a-z'\0])[a-z']+(?=[^a-z'\0])")
_ENGLISH = english_others.OTHERS | english_veiled.VEILED
_LONGEST = {"en": 14, "ko": 5, "zh": 5}  # characters of a hint and beside it


def _examples() -> Iterator[tuple[str, str, re.Pattern[str]]]:
    """Give each example with its language and the pattern that is to find it."""
    ways = [
        *(
            (of, "en", pattern(either(verbs) + then))
            for of, (verbs, then) in english.DEEDS.items()
        ),
        *((of, "en", other.written) for of, other in _ENGLISH.items()),
    ]
    for language, rules in (("ko", korean.RULES), ("zh", chinese.RULES)):
        for finds in (rules.threats, rules.cautions):
            ways += [(of, language, written) for of, written in finds.items()]
    for of, language, written in ways:
        for example in of.split(" / "):
            yield language, example, written


@pytest.mark.parametrize(
    ("language", "example", "written"),
    [pytest.param(*one, id=" ".join(one[:2])) for one in _examples()],
)
def test_a_rule_finds_its_examples_and_no_hint_keeps_it_from_a_text(
    language: str, example: str, written: re.Pattern[str]
) -> None:
    assert written.search(example)
    assert threats(example, language=language)


def _hinted() -> Iterator[tuple[str, str, re.Pattern[str], Callable[[str], bool]]]:
    """Give each pattern by what it finds, with its language and what tells of a hint."""

    def among(hints: frozenset[str]) -> Callable[[str], bool]:
        return lambda text: not hints.isdisjoint(_WHOLE_WORD.findall(text))

    def finder(hint: re.Pattern[str]) -> Callable[[str], bool]:
        return lambda text: bool(hint.search(text))

    for of, (verbs, then) in english.DEEDS.items():
        yield "en", of, pattern(either(verbs) + then), among(english.VERBS)
    for of, other in _ENGLISH.items():
        yield "en", of, other.written, among(other.hints)
    for language, rules in (("ko", korean.RULES), ("zh", chinese.RULES)):
        for of, written in {**rules.threats, **rules.cautions}.items():
            yield language, of, written, finder(rules.hint)


@pytest.mark.parametrize(
    ("language", "written", "is_hinted"),
    [
        pytest.param(language, written, is_hinted, id=f"{language} {of}")
        for language, of, written, is_hinted in _hinted()
    ],
)
def test_no_way_to_match_a_rule_is_without_a_hint(
    language: str, written: re.Pattern[str], is_hinted: Callable[[str], bool]
) -> None:
    assert unhinted(written, is_hinted, longest=_LONGEST[language])[:9] == []


@pytest.mark.parametrize(
    ("written", "ways"),
    [
        ("a(kill|hang)", ["ahang"]),
        ("(kill)?s", ["s"]),
        ("(hang|burn)_kill|kill", []),
        ("[kb]i(l){2}", ["bill"]),
        ("ki(?=ll)", ["ki"]),
        (r"ki\w{1,3}ll", ["ki\0\0ll", "ki\0ll"]),
    ],
)
def test_ways_without_a_hint_are_told(written: str, ways: list[str]) -> None:
    assert unhinted(pattern(written), lambda text: "kill" in text, longest=5) == ways


@pytest.mark.parametrize(
    "text",
    ["count them, discount your days", "restart running", "awesome assembly required"],
)
def test_no_rule_begins_within_a_word(text: str) -> None:
    assert threats(text, language="en") == ()


def test_spaces_and_lines_are_layout_and_an_underscore_is_a_space() -> None:
    deed = either("""
        kill run_over
        hang
    """)

    written = pattern(f"{deed}s? _(him|her) | [\\w_]+")

    assert written.pattern == r"(?:kill|run over|hang)s? (?:him|her)|[\w ]+"
    assert written.match("run over him")


def test_groups_that_look_ahead_or_back_stay_so() -> None:
    assert pattern("(?<!a)(b|c)(?=d)(?!de)").pattern == "(?<!a)(?:b|c)(?=d)(?!de)"


def test_a_deed_is_looked_for_by_the_word_that_it_begins_with() -> None:
    words = first_words("kill run_over lens(es)? burned(_alive|_down)?")

    assert words == {"kill", "run", "lens", "burned"}
