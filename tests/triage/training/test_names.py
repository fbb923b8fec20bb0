"""A group's name counts nothing by itself, and what is said of the group as before."""

import numpy as np
import pytest

from letterdesk.triage.model.features import BITS, rows_for
from letterdesk.triage.model.lexicon import phrases
from letterdesk.triage.model.sparse import Floats
from letterdesk.triage.normal import normal
from letterdesk.triage.training.names import without_names

_SAID = "kick them all out"


def _against_names(language: str) -> Floats:
    """Give a table that finds every name unwelcome, and in English what `_SAID` says."""
    table = np.zeros(1 << BITS, dtype=np.float32)
    for text in (*phrases(language)["group"], _SAID):
        row = rows_for([normal(text).text], language)
        table[row.columns] = 1.0
    return table


def _counts(table: Floats, text: str) -> float:
    return float(rows_for([normal(text).text], "en").times(table)[0])


def test_a_name_alone_counts_little_and_what_is_said_as_before() -> None:
    learnt = _against_names("en")
    found = without_names(learnt, "en")

    for name in phrases("en")["group"]:
        assert _counts(found, name) < 0.7 * _counts(learnt, name), name
    assert _counts(found, _SAID) > 0.9 * _counts(learnt, _SAID)


def test_a_name_that_counts_as_welcome_is_left() -> None:
    welcome = -_against_names("en")

    assert np.array_equal(without_names(welcome, "en"), welcome)


@pytest.mark.parametrize("language", ["ko", "zh"])
def test_other_languages_are_left_as_they_were_learnt(language: str) -> None:
    learnt = _against_names(language)

    assert np.array_equal(without_names(learnt, language), learnt)
