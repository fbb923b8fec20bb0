"""What a disguise hides is read; what is no disguise stays as it was."""

import re

import pytest

from letterdesk.triage.normal import normal, reads_alike_in_parts
from letterdesk.triage.signal import Span


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("F u c k you", "fuck you"),
        ("f.u.c.k off", "fuck off"),
        ("i h a t e w o m e n", "i hate women"),
        ("B-o-b-a-n-o is here", "bobano is here"),
        ("ѕһіт happens", "shit happens"),
        ("fսck", "fuck"),
        ("sh1t", "shit"),
        ("a$$hole!!!", "asshole!!"),
        ("d0n'7 7h1nk 7h15 n07", "don't think this not"),
        ("don'+ a!$ b!7ch", "don't ais bitch"),
        ("\"c4n'7\", (17'5)", "\"can't\", (it's)"),
        ("7h3y 4r3 l355 7h4n d1r7", "they are less than dirt"),
        ("1 w4n7 70 533 7h3m b3 1gn0r3d!", "i want to see them be ignored!"),
        ("t h e y a r e t r a s h !", "they are trash!"),
        ("w e h a t e t h e m , a l l o f t h e m .", "we hate them, all of them."),
        ("get r i d o f them, t o o", "get rid of them, too"),
        ("c a n ' t s t o p , w o n ' t s t o p", "can't stop, won't stop"),
        ("let us t r a s h it, i t is n o good", "let us trash it, it is no good"),
        ("id\u200biot", "idiot"),
        ("Ｆｕｃｋ ⓨⓞⓤ", "fuck you"),
        ("𝓯𝓸𝓸𝓵", "fool"),
        ("🅰ss 🇫ool", "ass fool"),
        ("ïdîöt", "idiot"),
        ("ㅅㅣㅂㅏㄹ 새끼", "시발 새끼"),
        ("시1발", "시발"),
        ("병@신", "병신"),
        ("ㅆl발", "씨발"),
        ("시 발 놈 아", "시발놈아"),
        ("ㅋㅋㅋㅋㅋㅋ", "ㅋㅋ"),
        ("傻*逼", "傻逼"),
        ("滚 出 去", "滚出去"),
    ],
)
def test_disguised_words_are_read(written: str, read: str) -> None:
    assert normal(written).text == read


@pytest.mark.parametrize(
    "plain",
    [
        "in 2020 the 1st 5k run at 10am",
        "cat5 hi5 5am 7in yahoo!'s the '90s 2020's",
        "me@mail.com",
        "привет мир",
        "3월1일 제1야당",
        "그 사람 참 좋다",
        "他 says it",
        "it's a b",
        "t o or f r",
        "call 8007 now, b4 10, gr8",
        "yes! no!! a+ so what?!",
        "",
    ],
)
def test_what_is_no_disguise_stays(plain: str) -> None:
    assert normal(plain).text == plain


def test_numbers_beside_one_or_two_words_in_digits_stay_numbers() -> None:
    assert normal("th3y h4d 50 of us, or 17").text == "they had 50 of us, or 17"


def test_a_word_read_is_found_where_the_reader_wrote_it() -> None:
    written = "oh f.u.\u200bc.k you ㅅㅣㅂㅏㄹ!"
    found = normal(written)
    word = found.text.index("fuck")
    syllables = found.text.index("시발")

    english = written[slice(*found.span(word, word + 4))]
    korean = written[slice(*found.span(syllables, syllables + 2))]

    assert (english, korean) == ("f.u.\u200bc.k", "ㅅㅣㅂㅏㄹ")


@pytest.mark.parametrize("blank", ["\n", "\r", "\t", "\x0b", "\x1c", "\x85", "\u2028"])
@pytest.mark.parametrize("word", ["so", "그래", "Да"])
def test_every_blank_is_read_as_a_space(word: str, blank: str) -> None:
    assert normal(f"{word}{blank}{word}").text == normal(f"{word} {word}").text


def test_words_set_apart_are_found_each_by_itself() -> None:
    written = "I  h.a.t.e.w.o.m.e.n"
    found = normal(written)
    words = [re.search(word, found.text) for word in ("hate", "women")]

    assert [written[slice(*found.span(*word.span()))] for word in words if word] == [
        "h.a.t.e",
        "w.o.m.e.n",
    ]


@pytest.mark.parametrize("text", ["a", "ß ﬁ ™", "각" * 9, "ﷺ", "\u0301\u0301", "1" * 5000])
def test_places_run_beside_the_letters(text: str) -> None:
    found = normal(text)

    assert len(found.text) == len(found.starts) == len(found.ends)
    assert list(found.starts) == sorted(found.starts)
    assert all(
        0 <= a < b <= len(text) for a, b in zip(found.starts, found.ends, strict=True)
    )


def test_a_stretch_is_read_as_it_is_in_the_whole() -> None:
    written = "so f.u.\u200bc.k you ㅅㅣㅂㅏㄹ!"
    found = normal(written)

    for stretch in ("so ", "f.u.\u200bc.k", "you ", "ㅅㅣㅂㅏㄹ!", written, ""):
        first = written.index(stretch)
        span = Span(first, first + len(stretch))
        assert found.within(span) == normal(stretch).text


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [
        ("좋은 기사, 고맙습니다. 谢谢!", True),
        ("나쁜, b1tch", False),  # b1tch alone reads otherwise than behind a comma
        ("ㅅㅂ, 뭐", False),
        ("а, б", False),
        ("나  쁜, 놈", False),
        ("나쁜 놈ㅋㅋㅋㅋ", False),
        ("Call at 5. It's plain, isn't it? (123456)", True),
        ("a b, c", False),
        ("It is mp3, and more", False),
        ("Sooo plain, is it", False),
    ],
)
def test_parts_read_as_in_the_whole_where_no_rule_looks_beyond_them(
    text: str, *, is_sure: bool
) -> None:
    assert reads_alike_in_parts(normal(text)) is is_sure
