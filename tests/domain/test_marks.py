"""Marks in a text: words escaped, signs seen, each mark with a link to its remark."""

import re
from html import unescape

import pytest

from letterdesk.domain.edit import Cut
from letterdesk.domain.marks import Mark, edited, marked, marked_lines, shaded, told
from letterdesk.domain.text import revealed


def a_mark(start: int, end: int, number: int = 1, tone: str = "amber") -> Mark:
    return Mark(
        start=start,
        end=end,
        number=number,
        place=f"mark-{number}-1",
        label=f"Remark {number}: a “label”",
        tone=tone,
    )


def link(number: int) -> str:
    return (
        f'<a class="mark-link" id="mark-{number}-1" href="#remark-{number}" '
        f'aria-label="Remark {number}: a “label”">{number}</a>'
    )


def test_a_text_without_marks_is_as_it_was() -> None:
    text = "<b>a</b> & \u202eb\nc"

    assert marked(text, []) == revealed(text)


def test_marked_words_are_escaped_and_have_a_link_to_their_remark() -> None:
    assert marked("call <me> now", [a_mark(5, 9)]) == (
        f'call <mark class="mark mark-amber">&lt;me&gt;</mark>{link(1)} now'
    )


def test_marks_that_overlap_nest_no_elements_and_the_gravest_shows() -> None:
    found = marked("abcdef", [a_mark(0, 4, 1, "ink"), a_mark(2, 6, 2, "pencil")])

    assert found == (
        '<mark class="mark mark-ink">ab</mark>'
        '<mark class="mark mark-pencil">cd</mark>'
        f'<mark class="mark mark-pencil">ef</mark>{link(1)}{link(2)}'
    )


@pytest.mark.parametrize(
    ("text", "marked_words", "before_link"),
    [
        ("Ask Tarek's aunt.", "Tarek", "Ask Tarek's"),
        ("Ask Tarek, he knows.", "Tarek", "Ask Tarek"),
        ("It costs 4,500kg now.", "4,500", "It costs 4,500kg"),
        ("홍길동은 압니다.", "홍길동", "홍길동은"),
        ("나는 홍길동, 그를 압니다.", "홍길동", "나는 홍길동"),
        ("我认识李明和他。", "李明", "我认识李明"),
        ("تارىقنىڭ ئۆيى", "تارىق", "تارىقنىڭ"),
        ("ကျော်ကျော်သည်", "ကျော်က", "ကျော်ကျော်"),
    ],
)
def test_no_link_parts_a_word(text: str, marked_words: str, before_link: str) -> None:
    start = text.index(marked_words)

    shown = marked(text, [a_mark(start, start + len(marked_words))])

    before, after = shown.split(link(1))
    assert unescape(re.sub("<[^>]*>", "", before)) == before_link
    assert unescape(re.sub("<[^>]*>", "", before + after)) == text


def test_what_still_stands_stays_marked_after_a_cut() -> None:
    text = "Ask Jo at 12 Mill Lane or Jo's aunt"
    marks = [a_mark(4, 6, 1), a_mark(10, 22, 2), a_mark(26, 28, 3)]

    found = edited(
        text, marks, [Cut(start=4, end=6, note="a <name>"), Cut(start=13, end=17)]
    )

    assert found == (
        f'Ask <del><mark class="mark mark-amber">Jo</mark>{link(1)}</del>'
        "<ins>[a &lt;name&gt;]</ins> at "
        '<mark class="mark mark-amber">12 </mark>'
        '<del><mark class="mark mark-amber">Mill</mark></del>'
        f'<mark class="mark mark-amber"> Lane</mark>{link(2)} or '
        f'<mark class="mark mark-amber">Jo</mark>&#x27;s{link(3)} aunt'
    )


def test_a_cut_without_marks_shows_what_went_and_its_note() -> None:
    assert edited("a b c", [], [Cut(start=0, end=2), Cut(start=4, end=5, note="n")]) == (
        "<del>a </del>b <del>c</del><ins>[n]</ins>"
    )


@pytest.mark.parametrize(
    ("words", "is_of_digits"),
    [
        ("0991-555-1234", True),
        ("+998 (90) 123-45-67", True),
        ("4111 1111 1111 1111", True),
        ("010-1234-5678이", True),
        ("12 Mill Lane", False),
        ("٠٩٩١-٥٥٥", False),
        ("25", False),
        ("1 " * 40 + "1", False),
    ],
)
def test_digits_that_are_marked_keep_their_order(words: str, *, is_of_digits: bool) -> None:
    text = f"تېلېفونۇم {words}، ئۆيۈم"

    found = marked(text, [a_mark(10, 10 + len(words))])

    assert ("mark-digits" in found) is is_of_digits
    assert words in found


def test_marks_outside_the_text_are_left_out() -> None:
    wrong = [a_mark(2, 9), a_mark(-1, 1), a_mark(1, 1)]

    assert marked("abc", wrong) == "abc"


def test_what_disguises_is_seen_inside_a_mark_too() -> None:
    found = marked("a\u200bb", [a_mark(0, 3)])

    assert 'data-units="1">U+200B</span>b</mark>' in found


def test_lines_are_broken_around_marks() -> None:
    assert marked_lines("a\nb", [a_mark(2, 3)]) == (
        f'a<br><mark class="mark mark-amber">b</mark>{link(1)}'
    )


def test_facts_in_a_sentence_are_escaped_and_keep_their_direction() -> None:
    assert told("“%(word)s” & %(more)s", word="<b>\u202e", more="10%") == (
        "“<bdi>&lt;b&gt;</bdi>” &amp; <bdi>10%</bdi>"
    )


def test_shaded_text_has_marks_without_links_and_sets_other_words_apart() -> None:
    text = "Call <Tarek> today"

    shown = shaded(text, [a_mark(5, 12)], other=[(0, 8), (13, 18)])

    assert shown == (
        '<em class="apart">Call </em>'
        '<em class="apart"><mark class="mark mark-amber">&lt;Ta</mark></em>'
        '<mark class="mark mark-amber">rek&gt;</mark> '
        '<em class="apart">today</em>'
    )


def test_shaded_text_leaves_out_what_lies_outside_it() -> None:
    assert shaded("a", [a_mark(0, 9)], other=[(0, 4), (1, 1), (-1, 1)]) == "a"
