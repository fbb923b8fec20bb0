"""Literals: which of many strings each of some texts has, read together or not at all."""

import pytest

from letterdesk.triage.literals import Literals

STRINGS = ["@", "dm", "card", "카드", "(at)", " dot ", "line id", "微信"]
TEXTS = [
    "",
    "DM me at kim (AT) example dot com",
    "카드 번호\n@",
    "my Line\nid is none",
    "a credit-card",
    "加微信 line id 7",
    "\ud800dm",
]


@pytest.fixture
def literals() -> Literals:
    found = Literals()
    found.of(STRINGS)
    return found


def test_texts_read_together_have_what_each_has_alone(literals: Literals) -> None:
    alone = [literals.within(text) for text in TEXTS]

    literals.read(TEXTS)

    assert [literals.within(text) for text in TEXTS] == alone
    assert alone == [
        frozenset(one for one in STRINGS if one in text.lower()) for text in TEXTS
    ]
    assert frozenset.union(*alone) == set(STRINGS)


def test_strings_told_later_are_looked_for_in_texts_that_were_read(
    literals: Literals,
) -> None:
    literals.read(["no bank here"])

    told = literals.of(["bank"])

    assert literals.within("no bank here") == told
    literals.read(["a bank", "a card"])
    assert literals.within("a bank") == told


def test_what_was_read_is_forgotten(literals: Literals) -> None:
    literals.read(TEXTS)

    literals.cache_clear()

    assert not literals._kept
