"""A comment's language is told by its script, and Latin by its commonest words."""

import pytest

from letterdesk.triage.language import guessed, language, language_of
from letterdesk.triage.signal import Kind, Signal


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("The council should have asked us first.", "en"),
        ("well said", "en"),
        ("That’s not what they’re saying", "en"),
        ("Nobody asked the passengers", "en"),
        ("ok", "und"),
        ("Ilsa Dorrech", "und"),
        ("a Coruña", "und"),
        ("Das war so in Alsheim", "und"),
        ("다리가 드디어 열렸네요", "ko"),
        ("iPhone 사고 싶다", "ko"),
        ("大橋 개통 축하", "ko"),
        ("桥终于开通了", "zh"),
        ("这个 WeChat 群很好", "zh"),
        ("橋が開通しました", "ja"),
        ("Cây cầu đã được mở rồi đó", "vi"),
        ("Cay cau da duoc mo roi, cho nhieu nguoi qua", "vi"),
        ("khong the do duoc", "vi"),
        ("كۆۋرۈك ئېچىلدى", "ug"),
        ("افتتح الجسر", "ar"),
        ("پل باز شد چه خوب", "fa"),
        ("ཟམ་པ་ཕྱེ་སོང་", "bo"),
        ("တံတားဖွင့်ပြီ", "my"),
        ("ស្ពានបើកហើយ", "km"),
        ("ຂົວເປີດແລ້ວ", "lo"),
        ("Мост открыт", "und"),
        ("Die Brücke ist nach zehn Jahren wieder offen", "und"),
        ("2026!! :)", "und"),
        ("", "und"),
    ],
)
def test_the_language_is_found_out(text: str, tag: str) -> None:
    assert language_of(text) == tag


def test_a_comment_in_another_language_than_its_story_is_told_apart() -> None:
    assert language("桥终于开通了", story="en") == Signal(
        kind=Kind.LANGUAGE,
        score=1.0,
        code="language-other",
        facts={"language": "zh", "script": "Han", "story": "en"},
        reason="It is in another language (zh) than the story (en).",
    )
    assert language("桥终于开通了", story="zh-Hans").score == 0.0
    unknown = language("!!!", story="en")
    assert (unknown.code, unknown.reason) == (
        "language-unknown",
        "Its language cannot be told.",
    )


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("ok", "en"),
        ("Ilsa Dorrech", "en"),
        ("well said", "en"),
        ("다리가 열렸네요", "ko"),
        ("olé olé olé", "und"),
        ("eins zwei drei vier funf sechs sieben", "und"),
        ("!!!", "und"),
    ],
)
def test_who_has_no_story_to_go_by_takes_plain_short_latin_for_english(
    text: str, tag: str
) -> None:
    assert guessed(text) == tag


def test_a_short_word_under_a_story_in_another_language_is_no_other_language() -> None:
    signal = language("ok", story="ko")

    assert (signal.code, signal.score) == ("language-unknown", 0.0)


@pytest.mark.parametrize(
    ("text", "story"),
    [
        ("座橋終於開通喇", "yue"),
        ("座橋終於開通喇", "yue-Hant-HK"),
        ("پل کھل گیا", "ur"),
        ("پله پرانیستل شوه", "ps"),
        ("پردەکە کرایەوە", "ckb"),
        ("ياخشى", "ug"),
        ("سلام", "fa"),
        ("ཟམ་པ་ཕྱེ་སོང་", "dz"),
    ],
)
def test_what_is_written_like_the_story_s_language_is_no_other_language(
    text: str, story: str
) -> None:
    found = language(text, story=story)

    assert (found.score, found.code) == (0.0, "language-unknown")
    assert found.facts["language"] == "und"


def test_another_script_than_the_story_s_is_another_language_as_before() -> None:
    assert language("다리가 드디어 열렸네요", story="yue").code == "language-other"
    assert language("افتتح الجسر", story="yue").code == "language-other"


@pytest.mark.parametrize(
    "text",
    [
        "Buy watches https://deals.example/nur/die/besten/und/alle/anderen/von/heute",
        "Visit www.deals.example/a/b/c/d/e/f/g/h/i",
        "Something smells",
        "Shame on him, never again",
    ],
)
def test_a_few_english_words_are_english_with_a_link_too(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    "text", ["'This' is", "'tis these', this''", "that's'it, don't'", "\x1cThe and''"]
)
def test_quotes_around_english_words_are_no_part_of_them(text: str) -> None:
    assert language_of(text) == "en"
    assert language_of(f"'{text}'") == "en"


@pytest.mark.parametrize(
    "text",
    ["https://the.example/with/this", "Allez Nice! www.the-and.example", "Danke schon"],
)
def test_the_words_of_a_link_are_of_no_language(text: str) -> None:
    assert language_of(text) == "und"
