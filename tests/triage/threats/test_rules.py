"""Rules are read as they are laid out, and each finds what it says that it finds."""

import re
from collections.abc import Iterator

import pytest

from letterdesk.triage.threat import threats
from letterdesk.triage.threats import chinese, english, english_others, korean
from letterdesk.triage.threats.rules import either, first_words, pattern


def _examples() -> Iterator[tuple[str, str, re.Pattern[str]]]:
    """Give each example with its language and the pattern that is to find it."""
    ways = [
        *(
            (of, "en", pattern(either(verbs) + then))
            for of, (verbs, then) in english.DEEDS.items()
        ),
        *((of, "en", other.written) for of, other in english_others.OTHERS.items()),
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
