"""Sentences and words are found where they stand."""

import re

import pytest

from letterdesk.triage.sentences import (
    only,
    places_of,
    sentence_spans,
    starts,
    words_in,
)


def test_sentences_end_with_a_sign_and_not_within_a_number() -> None:
    text = " At 9.15 it began. 끝났다！真的？ “Yes.” "

    told = [text[start:end] for start, end in sentence_spans(text)]

    assert told == ["At 9.15 it began.", "끝났다！", "真的？", "“Yes.”"]


def test_each_word_begins_after_the_one_before_it() -> None:
    assert starts("on and on: on", ["on", "and", "on", "on"]) == [0, 3, 7, 11]


def test_a_part_is_told_at_each_of_its_places() -> None:
    assert [*places_of("nana, na", "na")] == [0, 2, 6]
    assert [*places_of("aaa", "aa")] == [0, 1]
    assert starts("on and on", ["on"], after=2) == [7]


@pytest.mark.parametrize(
    "text", ["", "'", "don't you — 你you, \ud800x\n\x1cy a''b'", "Où es-tu?"]
)
def test_words_of_a_table_are_what_a_pattern_finds(text: str) -> None:
    assert words_in(text, only("abcdefghijklmnopqrstuvwxyz'")) == re.findall(
        "[a-z']+", text
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("بۇ كۆۋرۈك قاچان پۈتىدۇ؟ ھېچكىم بىلمەيدۇ.", 2),
        ("یہ پل کب بنے گا؟ کسی کو معلوم نہیں۔", 2),
        ("ကလေးများ ကျောင်းသွားသည်။ မိုးရွာသည်။", 2),
        ("ཟམ་པ་བཟོས་པ་རེད། སུས་ཀྱང་མི་ཤེས།", 2),
        ("គេសង់ស្ពាន។ គ្មានអ្នកណាដឹងទេ។", 2),
        ("पुल कब बनेगा? कोई नहीं जानता।", 2),
    ],
)
def test_sentences_of_other_scripts_end_with_their_own_signs(text: str, count: int) -> None:
    assert len(sentence_spans(text)) == count
