import re

import pytest

from letterdesk.domain.spelling import FAR, beginnings, folded, spellings

LETTERS = ((0xC0, 0x180), (0x386, 0x400), (0x410, 0x430), (0x620, 0x650), (0xFDF0, 0xFDFC))
SIGNS = "".join(map(chr, range(0x21, 0x7F)))


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Ｆｅｒｒｙ", "ferry"),
        ("f\u200be\u00adr\u2066ry", "ferry"),
        ("CAFÉ", "cafe"),
        ("cafe\u0301", "cafe"),
        ("Straße", "strasse"),
        ("ŁÓDŹ", "lodz"),
        ("Œuvre", "oeuvre"),
        ("ΣΑΣ", "σασ"),
        ("كِتَابٌ", "كتاب"),
        ("أحمد", "احمد"),
        ("ئۇيغۇر", "ئۇيغۇر"),
        ("\u1112\u1161\u11ab", "한"),
        ("don’t", "don't"),
        ("１００％", "100%"),
        ("\u200b", ""),
        ("\u064b", ""),
        ("a b", "a b"),
        (SIGNS, SIGNS.lower()),
    ],
)
def test_what_is_compared_has_no_accents_capitals_and_unseen_marks(
    written: str, plain: str
) -> None:
    assert folded(written) == plain


def test_every_letter_is_found_by_its_plain_form_and_the_other_way_round() -> None:
    chars = [chr(code) for first, end in LETTERS for code in range(first, end)]
    odd = [char for char in chars if folded(char) not in {char, ""}]

    assert [one for one in odd if not re.search(spellings(folded(one)), one)] == []
    assert [one for one in odd if not re.search(spellings(one), folded(one))] == []


def test_a_text_without_a_beginning_and_far_letters_does_not_have_the_word() -> None:
    assert re.search(beginnings("ferry"), "Férry")
    assert re.search(beginnings("ferry" * 20), "ferryfer")
    assert re.search(beginnings("aaaaaaass"), "aaaaaaaß")
    assert re.search(beginnings("😀ｅ"), "😀É")
    assert re.search(beginnings("ferry"), "𝐟𝐞𝐫𝐫𝐲") is None
    assert re.search(FAR, "𝐟𝐞𝐫𝐫𝐲")
    assert re.search(spellings("ferry"), "𝐟𝐞𝐫𝐫𝐲")


def test_marks_alone_are_looked_for_as_they_stand() -> None:
    assert re.search(spellings("\u064b"), "كتابًا")
    assert re.search(spellings("\u064b"), "كتاب") is None


@pytest.mark.parametrize("word", ["ab" * 50, "a" * 99 + "b", "\u064b" * 100, "ss" * 50])
@pytest.mark.parametrize("text", ["a", "a\u200b", "a" + "\u200b" * 99, "\u064b", "sß"])
def test_no_text_holds_the_search_up(word: str, text: str) -> None:
    """A pattern that goes back and forth would take years."""
    re.search(spellings(word), (text * 10_000)[:10_000])
