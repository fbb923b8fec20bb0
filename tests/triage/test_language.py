"""A comment's language is told by its script, and English by its commonest words."""

import pytest

from letterdesk.triage.language import language, language_of
from letterdesk.triage.signal import Kind, Signal


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("The council should have asked us first.", "en"),
        ("well said", "en"),
        ("다리가 드디어 열렸네요", "ko"),
        ("iPhone 사고 싶다", "ko"),
        ("大橋 개통 축하", "ko"),
        ("桥终于开通了", "zh"),
        ("这个 WeChat 群很好", "zh"),
        ("橋が開通しました", "ja"),
        ("Cây cầu đã được mở rồi đó", "vi"),
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
