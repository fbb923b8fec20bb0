import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterdesk.domain.disguise import MAX_MARKS, disguises, replace_disguises

_FLAG = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
_PILE = "\u0301" * MAX_MARKS


def shown(text: str) -> str:
    return replace_disguises(text, lambda run: f"<{len(run)}>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain, 好, ئۇيغۇر", "plain, 好, ئۇيغۇر"),
        ("a\u202eb\u2066\u2069c", "a<1>b<2>c"),
        ("un\u00adkind\u200b\u3164", "un<1>kind<2>"),
        ("\u2060\U0001d173\U0001bca0", "<3>"),
        # Tags: those of a flag stay, hidden messages do not.
        (_FLAG, _FLAG),
        (_FLAG + "\U000e0041", _FLAG + "<1>"),
        ("🏴\U000e0067\U000e0062", "🏴<2>"),
        ("🏴\U000e007f", "🏴<1>"),
        ("🏴\u200b" + _FLAG[1:], "🏴<7>"),
        ("a\U000e0041\U000e0042b", "a<2>b"),
        # Joiners and marks of direction stay where they do something.
        ("می\u200cخواهم क्\u200dष \u200eab\u200f", "می\u200cخواهم क्\u200dष \u200eab\u200f"),
        ("سنة 1446 ه\u200d.", "سنة 1446 ه\u200d."),
        ("ئالما (C\u200e#)", "ئالما (C\u200e#)"),
        ("\u200eab\u200f, a\u200cb\u200dc \u200d", "<1>ab<1>, a<1>b<1>c <1>"),
        ("ئا\u200fل", "ئا<1>ل"),
        ("می\u200c\u200cخ می\u200c", "می<2>خ می<1>"),
        ("a\u200d\u200c\u200d\u200c", "a<4>"),
        ("🔥\u200da 👍\u200d", "🔥<1>a 👍<1>"),
        ("a\u034fb\u2065c\ufff3", "a<1>b<1>c<1>"),
        ("A\ufe0fb é\ufe01 한\ufe0f", "A<1>b é<1> 한<1>"),
        (
            "1\ufe0f\u20e3 ©\ufe0f 葛\ufe00 က\ufe00 ℹ\ufe0f",
            "1\ufe0f\u20e3 ©\ufe0f 葛\ufe00 က\ufe00 ℹ\ufe0f",
        ),
        ("👨‍👩‍👧‍👦 🏳️‍🌈 ❤️‍🔥 1️⃣", "👨‍👩‍👧‍👦 🏳️‍🌈 ❤️‍🔥 1️⃣"),
        # A space of no width says where a line may end, where nothing else does.
        ("ការ\u200bសម្រេច ကျ\u200bန ລາວ\u200bດີ", "ការ\u200bសម្រេច ကျ\u200bန ລາວ\u200bດີ"),
        ("ក\u200b\u200bក \u200bក\u200b a", "ក<2>ក <1>ក<1> a"),
        ("⠓⠑\u2800⠺⠕ \u2800 ⠓\u2800\u2800⠓", "⠓⠑\u2800⠺⠕ <1> ⠓<2>⠓"),
        # A variation selector varies one character.
        ("❤\ufe0f\ufe0f", "❤\ufe0f<1>"),
        ("\ufe0fa", "<1>a"),
        ("a \ufe0f", "a <1>"),
        ("a \u200b\ufe0f", "a <1><1>"),
        ("葛\U000e0100 x\U000e0100\U000e0101", "葛\U000e0100 x<2>"),
        ("葛\U000e0100\ufe0f", "葛\U000e0100<1>"),
        # Of marks that grow through the lines beside them, three stay on one character.
        ("a" + _PILE, "a" + _PILE),
        ("a" + _PILE + "\u0301\u0302b", "a" + _PILE + "<2>b"),
        ("a" + _PILE + "\u200d\u0301", "a" + _PILE + "<1>\u0301"),
        ("a" + _PILE + "\u0903\u0301", "a" + _PILE + "\u0903<1>"),
        ("a" + "\u0489" * 9, "a" + "\u0489" * 3 + "<6>"),
        ("h" + "\u0301" * 79, "h" + "\u0301" * 3 + "<76>"),
        ("h" + "\u0316\u0301" * 9 + "e", "h\u0316\u0301\u0316<15>e"),
        ("ก" + "\u0e47" * 20, "ก" + "\u0e47" * 3 + "<17>"),
        ("ب" + "\u064e" * 20, "ب" + "\u064e" * 5 + "<15>"),
        ("བ" + "\u0f90" * 20, "བ" + "\u0f90" * 8 + "<12>"),
        ("h" + "\u0f90" * 4 + "\u0301", "h" + "\u0f90" * 4 + "<1>"),
        ("«" + _PILE + "»" + _PILE + "\u0301", "«" + _PILE + "»" + _PILE + "<1>"),
        ("!" * 20 + "。" * 20, "!" * 20 + "。" * 20),
    ],
)
def test_what_disguises_is_replaced_and_nothing_else(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn ngữ pháp Ỹ ǭ́ rų̃ į̇́",
        "ᾦ ῲ̔ ѣ̏ гѡ́сⷣпⷭ҇ь",
        "น้ำ ที่ กู้ ກຸ້ມ ປິ່ນ",
        "וַיֹּ֥אמֶר יְרוּשָׁלִַ֔ם שִּֽׁ֔",
        "ٱلرَّحْمَـٰنِ لِّلَّـٰٓهِ ئۇيغۇر ܡܰܠܟ݁ܳܐ",
        "ရွှံ့ မြို့ ကျွန်ုပ်",
        "ཧྐྵྨླྺྼྻྂ བསྒྲུབས རྣྲྀཾ",
        "क्षत्रियों र्त्स्न्यै शृं॒ ស្ត្រី៍ ᨠᩖᩢ᩶ ߞߊ߬ߣߵ",
        "1\ufe0f\u20e3",
    ],
)
def test_no_language_loses_a_mark(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)  # as letters come in

    assert shown(composed) == composed


_ODD = st.sampled_from(
    [
        "a",
        "葛",
        "ក",
        " ",
        "🏴",
        "\u200b",
        "\u200d",
        "\u202e",
        "\ufe0f",
        "\ufe00",
        "\u0301",
        "\u0489",
        "\u0903",
        "\u200c",
        "\u200e",
        "ل",
        "🔥",
        "!",
        "\u2800",
        "⠓",
        "«",
        "\U000e0067",
        "\U000e007f",
        "\U000e0041",
        "\U000e0100",
        _PILE,
    ]
)


def test_places_of_disguises_are_told() -> None:
    assert disguises("plain, 好") == []
    assert disguises("a\u202eb\u2066\u2069c👍🏿") == [(1, 2), (3, 5)]
    assert disguises("a" + _PILE + "\u0301" * 600) == [(4, 604)]


@given(st.lists(_ODD, max_size=20).map("".join))
def test_what_is_rid_of_disguises_has_none(text: str) -> None:
    once = replace_disguises(text, lambda _: "")

    assert shown(once) == once
