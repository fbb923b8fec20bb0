"""Common words are known, and letters that run together part where words end."""

import pytest

from letterdesk.triage.english import is_word, parted


@pytest.mark.parametrize(
    ("letters", "words"),
    [
        ("hatewomen", ["hate", "women"]),
        ("youareanidiot", ["you", "are", "an", "idiot"]),
        ("today", ["today"]),
        ("iam", ["i", "am"]),
        ("tobeornot", ["to", "be", "or", "not"]),
        ("asshole", ["asshole"]),
        ("boban", ["boban"]),
        ("", []),
    ],
)
def test_letters_part_into_the_likeliest_words(letters: str, words: list[str]) -> None:
    assert parted(letters) == words


@pytest.mark.parametrize("letters", ["zq" * 4000, "a" * 8000, "thisisnot" * 900])
def test_no_letter_is_lost(letters: str) -> None:
    assert "".join(parted(letters)) == letters


def test_common_words_and_those_of_the_lexicon_are_known() -> None:
    assert [is_word(word) for word in ("don't", "muslim", "hte", "")] == [
        True,
        True,
        False,
        False,
    ]
