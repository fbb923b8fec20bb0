from dataclasses import replace

import pytest

from letterdesk.domain.rules import Rule, RuleMissing, RuleUnknown, Terms, cited, gaps

_RULES = tuple(
    Rule(number=number, title="Title", text="Text.", reason="Because.", note="[cut]")
    for number in ("1", "2", "10")
)
_TERMS = Terms(
    version="2026-11",
    language="en",
    title="Terms of Use",
    intro=("Welcome.",),
    disclaimer="None.",
    rules=_RULES,
)


def test_a_rule_is_found_by_its_number() -> None:
    assert _TERMS.numbers() == ("1", "2", "10")
    assert _TERMS.find("10") is _RULES[2]


@pytest.mark.parametrize("number", ["", "3", "01", "1 "])
def test_an_unknown_rule_is_told_with_those_that_there_are(number: str) -> None:
    with pytest.raises(RuleUnknown) as unknown:
        _TERMS.find(number)

    assert (unknown.value.code, unknown.value.sentence) == (
        "rule-unknown",
        f"There is no rule {number!r} in the Terms of Use 2026-11. The rules are 1, 2, 10.",
    )


@pytest.mark.parametrize(
    ("numbers", "due", "expected"),
    [
        ((), False, ()),
        (("2",), True, ("2",)),
        (["10", "1", "10"], True, ("1", "10")),
        ({"10", "2", "1"}, False, ("1", "2", "10")),
    ],
)
def test_rules_are_cited_in_the_order_of_the_terms_each_once(
    *, numbers: tuple[str, ...], due: bool, expected: tuple[str, ...]
) -> None:
    assert cited(_TERMS, numbers, due=due) == expected


def test_a_decision_that_needs_a_rule_must_cite_one() -> None:
    with pytest.raises(RuleMissing) as missing:
        cited(_TERMS, (), due=True)
    assert missing.value.code == "rule-missing"

    with pytest.raises(RuleUnknown):
        cited(_TERMS, ("1", "4"), due=False)


@pytest.mark.parametrize(
    ("note", "missing"),
    [
        ("[name removed]", []),
        ("[이름을 지웠습니다]", []),
        ("name removed", [("1", "note")]),
        ("[name\u200b removed]", [("1", "note")]),
        ("[name \u202eremoved]", [("1", "note")]),
    ],
)
def test_a_note_that_no_cut_could_have_is_a_gap(
    note: str, missing: list[tuple[str, str]]
) -> None:
    assert list(gaps(replace(_TERMS, rules=(replace(_RULES[0], note=note),)))) == missing
