"""The same form sent twice is one letter with one receipt; anything else is another."""

from dataclasses import replace
from datetime import date

import pytest

from letterdesk.domain import ids
from letterdesk.domain.letter import Letter, LetterKind
from letterdesk.letterbox.once import name_of_receipt, names, names_by_chance
from tests.values import a_letter

ONCE = "0" * 25 + "7"
LETTER = a_letter(id="", lookup="", outcome_key=b"", action_digest=b"")


def test_the_same_words_with_the_same_mark_have_the_same_names() -> None:
    id_, number = names(LETTER, once=ONCE)

    again = names(replace(LETTER, arrived=date(2026, 12, 24)), once=ONCE)

    assert again == (id_, number)
    assert ids.is_id(id_)
    assert number < 2**128


def test_without_a_mark_or_with_another_nothing_is_the_same() -> None:
    found = [names(LETTER, once=once) for once in (ONCE, "0" * 25 + "8")]
    found += [names_by_chance() for _ in range(2)]

    assert len({id_ for id_, _ in found}) == 4
    assert len({number for _, number in found}) == 4


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "My uncle worked on that ferry!"},
        {"name": "Mira M."},
        {"story": ids.new_id()},
        {"reply_to": ids.new_id()},
        {"contact": "mira@news.example"},
        {"as_written": True},
        {"kind": LetterKind.TIP},
        {"trapped": True},
    ],
)
def test_another_word_makes_another_letter(changes: dict[str, object]) -> None:
    id_, number = names(LETTER, once=ONCE)

    other_id, other_number = names(replace(LETTER, **changes), once=ONCE)

    assert other_id != id_
    assert other_number != number


def test_an_id_that_is_published_says_nothing_of_the_receipt() -> None:
    id_, number = names(LETTER, once=ONCE)

    assert f"{number:032x}" not in id_
    assert name_of_receipt(LETTER, number=number) != id_


def test_what_a_receipt_sends_has_the_name_of_receipt_and_words() -> None:
    appeal = Letter(id="", kind=LetterKind.APPEAL, arrived=LETTER.arrived, text="Why?")
    later = replace(appeal, arrived=date(2026, 12, 24))
    other = replace(appeal, text="Why not?")

    found = [
        name_of_receipt(appeal, number=7),
        name_of_receipt(later, number=7),
        name_of_receipt(other, number=7),
        name_of_receipt(appeal, number=8),
    ]

    assert found[0] == found[1]
    assert len(set(found)) == 3
    assert all(map(ids.is_id, found))
