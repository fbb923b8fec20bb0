"""What emoji say is read aloud, and known by where it was written."""

import pytest

from letterdesk.triage.emoji import LANGUAGES, aloud, heard
from letterdesk.triage.incivility import MARK, incivility
from letterdesk.triage.normal import normal


@pytest.mark.parametrize(
    ("written", "language", "read"),
    [
        ("I'd 🔪 some 👳🏾‍♂️!", "en", "i'd knife some black man with turban !"),
        ("the 🕌 next door", "en", "the mosque next door"),
        ("🏳️‍🌈 here, 🏳‍🌈 there", "en", " gay people here, gay people there"),
        ("🇵🇰 out", "en", " pakistan out"),
        ("🇺🇸🇨🇳", "en", " united states china "),
        ("🇸🇭🇮🇹", "en", "shit"),
        ("👨‍👩‍👧", "en", " man woman girl "),
        ("😂 a joke", "en", " tears of joy a joke"),
        ("조선족 🐒 🇨🇳", "ko", "조선족 원숭이 중국 "),
        ("😂 웃긴다", "ko", "😂 웃긴다"),
        ("滚🐔🇯🇵", "zh", "滚鸡日本 "),
        ("哲♂学", "zh", "哲♂学"),
    ],
)
def test_emoji_are_read_as_words(written: str, language: str, read: str) -> None:
    assert aloud(written, language).text == read


def test_tone_of_a_hand_is_of_who_speaks_and_not_read() -> None:
    assert aloud("👍🏿", "en").text == aloud("👍", "en").text
    assert aloud("🖕🏻", "en").text == aloud("🖕", "en").text
    assert aloud("👩🏿", "en").text == " black woman "


@pytest.mark.parametrize("text", ["no emoji, naïve", "🔪 vous", "", "\ufe0f", "🏿", "🇵"])
def test_what_has_no_word_stays_as_it_is(text: str) -> None:
    assert aloud(text, "fr") == normal(text)
    if "🔪" not in text:
        assert aloud(text, "en") == normal(text)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_each_letter_knows_where_its_emoji_stands(language: str) -> None:
    text = "A🔪B 👳🏾‍♂️Q🇵🇰"
    found = aloud(text, language)
    written = [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)]
    assert {each.strip() for each in written} - {""} == {"A", "🔪", "B", "👳🏾‍♂️", "Q", "🇵🇰"}
    start = found.text.index("q")
    assert text[found.starts[start] : found.ends[start]] == "Q"


def test_the_emoji_is_marked_that_insults() -> None:
    text = "Those people are all 🐒 and 💩, throw them out."
    signal = incivility(text, language="en")
    assert signal.score >= MARK
    assert any("💩" in text[span.start : span.end] for span in signal.spans)


def test_a_friendly_heart_is_not_marked() -> None:
    for text in (
        "Thank you for this 🖤🙏🏿",
        "Great report 👏🏾👍🏿",
        "Lovely 🌈 after the storm 😂",
    ):
        assert incivility(text, language="en").score < MARK, text


def test_heard_gives_texts_in_order() -> None:
    assert heard(["Fʋck", "🐍"], "en") == ["fuck", " snake "]
