"""The signals on the hand-made cases: floors, and what the cases are made of."""

import pytest

from benchmarks.signal_cases import LANGUAGES, SIGNALS, lines, read, scored, scored_blind

_BLIND_FLOORS = [
    ("figure", 0.93, 0.7),
    ("figure: again", 0.95, 0.7),
    ("passage", 0.95, 0.95),
    ("personal_information", 0.95, 0.95),
    ("protected_name", 0.82, 0.82),
    ("disguise", 0.9, 0.75),
]
_BY_NAME = ("personal_information: names", "personal_information: workplaces")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("signal", SIGNALS)
def test_precision_and_recall_stay_above_the_floors(signal: str, language: str) -> None:
    score = scored(signal, language)

    precision, recall = (0.85, 0.75) if signal in _BY_NAME else (0.93, 0.9)
    assert score.precision >= precision, score.failed
    assert score.recall >= recall, score.failed


@pytest.mark.parametrize("name", ["figure", "passage", "protected", "disguise", "threat"])
def test_there_are_cases_enough_and_hard_negatives_among_them(name: str) -> None:
    tables = read(name)

    each = {language: [*lines(tables[language])] for language in LANGUAGES}

    assert sum(map(len, each.values())) >= (240 if name == "threat" else 300)
    for language in LANGUAGES:
        negative = [
            line for line in each[language] if "<" not in line and not line[0].isdigit()
        ]
        assert 0.25 <= len(negative) / len(each[language]) <= 0.8


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("signal", "precision", "recall"), _BLIND_FLOORS)
def test_cases_written_without_a_look_at_the_rules_stay_as_good(
    signal: str, precision: float, recall: float, language: str
) -> None:
    score = scored_blind(signal, language)

    assert score.precision >= precision, score.failed
    assert score.recall >= recall, score.failed
