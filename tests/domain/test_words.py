from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterdesk.domain.words import Word, words
from tests.corpora import corpus_lines
from tests.domain.scripts import Token, texts, written


def split(text: str) -> list[str]:
    return [word.text for word in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n ", []),
        ("He is unkind.", ["He", "is", "unkind", "."]),
        ("don't O’Neill rock'n'roll", ["don't", "O’Neill", "rock'n'roll"]),
        ("'quoted' students'", ["'", "quoted", "'", "students", "'"]),
        ("well-known - un_kind -able", ["well-known", "-", "un_kind", "-", "able"]),
        ("9,300 9.300,50 9'300", ["9,300", "9.300,50", "9'300"]),
        ("9 300 men, 1 000 000,50", ["9 300", "men", ",", "1 000 000,50"]),
        ("9\u00a0300 9\u202f300 ９，３００", ["9\u00a0300", "9\u202f300", "９，３００"]),
        ("in 2020 300 men", ["in", "2020", "300", "men"]),
        ("12 3456", ["12", "3456"]),
        ("-5 (−5) +5 ±5 .5 -.5", ["-5", "(", "−5", ")", "+5", "±5", ".5", "-.5"]),
        ("2-5 x-5 第-5", ["2-5", "x-5", "第", "-", "5"]),
        ("wait...5 men", ["wait", ".", ".", ".", "5", "men"]),
        ("2026-11-23 12:30 24/7 3,", ["2026-11-23", "12:30", "24/7", "3", ","]),
        ("5km covid19 10k 3rd 10²", ["5km", "covid19", "10k", "3rd", "10²"]),
        ("٣٫٥ १२,३४५", ["٣٫٥", "१२,३४५"]),
        ("5천만 명 1천2백원", ["5천만", "명", "1천2백", "원"]),
        ("천만에", ["천", "만", "에"]),
        ("三百万人 一人", ["三百万", "人", "一", "人"]),
        ("他不好。", ["他", "不", "好", "。"]),
        ("나쁜 놈", ["나", "쁜", "놈"]),
        ("Covid는 K팝", ["Covid", "는", "K", "팝"]),
        ("สวัสดี น้ำ", ["ส", "วั", "ส", "ดี", "น้ำ"]),
        ("ស្ត្រីល្អ", ["ស្ត្រី", "ល្អ"]),
        ("စက္ကူ", ["စ", "က္ကူ"]),
        ("हिन्दी क्षत्रिय", ["हिन्दी", "क्षत्रिय"]),
        ("می‌خواهم", ["می‌خواهم"]),
        (
            "un\u00adkind un\u200bkind un\u2060kind",
            ["un\u00adkind", "un\u200bkind", "un\u2060kind"],
        ),
        ("a\u200b b", ["a", "\u200b", "b"]),
        ("צה״ל ג׳ירפה", ["צה״ל", "ג׳ירפה"]),
        ("👨‍👩‍👧👍🏽🇰🇷🇨🇳❤️‍🔥1️⃣", ["👨‍👩‍👧", "👍🏽", "🇰🇷", "🇨🇳", "❤️‍🔥", "1️⃣"]),
        ("ᄀ가 ᄒ\u1161\u11ab", ["ᄀ가", "ᄒ\u1161\u11ab"]),
        ("a \u0301b", ["a", " \u0301", "b"]),
        ("\u06001", ["\u06001"]),
        ("[a]", ["[", "a", "]"]),
    ],
)
def test_words_stay_whole(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_each_word_knows_its_place_and_the_space_in_front_of_it() -> None:
    assert words(" a\n\nbad, b ") == [
        Word("a", 1, 2, " "),
        Word("bad", 4, 7, "\n\n"),
        Word(",", 7, 8, ""),
        Word("b", 9, 10, " "),
    ]


def test_a_note_is_one_word() -> None:
    assert words("a [two words] b", notes=[(2, 13)]) == [
        Word("a", 0, 1, ""),
        Word("[two words]", 2, 13, " ", is_note=True),
        Word("b", 14, 15, " "),
    ]


@given(texts)
def test_the_words_of_every_script_are_found(tokens: list[Token]) -> None:
    assert split(written(tokens)) == [token.text for token in tokens]


@given(st.one_of(texts.map(written), st.text(max_size=60)))
def test_nothing_but_white_space_lies_between_words(text: str) -> None:
    found = words(text)

    spaces = [text[one.end : two.start] for one, two in pairwise(found)]
    assert spaces == [word.before for word in found[1:]]
    assert all(not space or space.isspace() for space in spaces)
    assert (
        "".join(word.before + word.text for word in found) == text[: found[-1].end]
        if found
        else not text.strip()
    )


def test_no_word_ends_within_a_grapheme_cluster() -> None:
    cases = [
        _case(line.split("#")[0])
        for line in corpus_lines("unicode/GraphemeBreakTest.txt")
        if line.startswith("÷")
    ]

    within = [
        text
        for text, breaks in cases
        if not {at for word in words(text) for at in (word.start, word.end)} <= breaks
    ]

    assert len(cases) == 602
    assert within == []


def _case(line: str) -> tuple[str, set[int]]:
    text, breaks = "", set[int]()
    for sign in line.split():
        if sign == "÷":
            breaks.add(len(text))
        elif sign != "×":
            text += chr(int(sign, 16))
    return text, breaks
