"""Words that hide are shown with what they read; ordinary writing is left alone."""

from itertools import pairwise

import pytest

from letterdesk.triage.disguise import disguise
from letterdesk.triage.signal import Kind, Signal, Span


@pytest.mark.parametrize(
    ("text", "written", "read"),
    [
        ("well f.u.c.k you", "f.u.c.k", "fuck"),
        ("what a sh1t day", "sh1t", "shit"),
        ("so ѕtuріd!", "ѕtuріd!", "stupid!"),
        ("an 𝓲𝓭𝓲𝓸𝓽", "𝓲𝓭𝓲𝓸𝓽", "idiot"),
        ("an ⅰdⅰot", "ⅰdⅰot", "idiot"),
        ("an ⓘⓓⓘⓞⓣ", "ⓘⓓⓘⓞⓣ", "idiot"),
        ("how du\u200bmb", "du\u200bmb", "dumb"),
        ("Ｆｕｃｋ", "Ｆｕｃｋ", "fuck"),
        ("이 ㅅㅣㅂㅏㄹ", "ㅅㅣㅂㅏㄹ", "시발"),
        ("시1발 진짜", "시1발", "시발"),
        ("개 돼 지", "개 돼 지", "개돼지"),
        ("https://аррӏе.com/login", "аррӏе.com", "apple.com"),
        ("http://pаypal.com", "pаypal.com", "paypal.com"),
        ("me:pw at xn--80ak6aa92e.com", "xn--80ak6aa92e.com", "apple.com"),
        ("你是傻*逼吧", "傻*逼", "傻逼"),
        ("你真是㞞*包", "㞞*包", "㞞包"),
    ],
)
def test_a_disguised_word_is_marked_and_read(text: str, written: str, read: str) -> None:
    start = text.index(written)

    assert disguise(text) == Signal(
        kind=Kind.DISGUISE,
        score=0.5,
        spans=(Span(start, start + len(written)),),
        code="disguised",
        facts={"reads": [[start, start + len(written), read]]},
        reason=f"Written so that it looks like something else: “{written}” reads “{read}”.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Đặng Thị Hòa, Mehmet Yılmaz, Łukasz and Søren Østergård wrote this.",
        "naïve café “quoted” — it’s soooo good!!!",
        "U.S.A. e.g. COVID-19, F-16, 5k, 1st, B2B",
        "me@mail.com or www.example.org",
        "🇰🇷 대한민국 만세 👨‍👩‍👧 ㅋㅋㅋㅋ ^^",
        "https://россия.рф/ and https://www.네이버.com",
        "第１次会议",
        "3월1일 제1야당 시즌2는",
        "위키백과=백과사전",
        "Привет, мир",
        "CO₂ and H₂O, 5㎞, 10㎏, 80㎡, 30℃, № 5, Apple™, 35 µg of it, ½ of Ⅲ",
        "㈜강물과 ㉠과 ㉡, ⓒ강물신문, 5㎞를 걸었고 30℃였다",
        "قال الرسول ﷺ في الحديث ﻻ ﷲ ﷺﷺ",
        "ｶﾀｶﾅ",
        "",
    ],
)
def test_ordinary_writing_is_left_alone(text: str) -> None:
    assert disguise(text) == Signal(
        kind=Kind.DISGUISE,
        score=0.0,
        code="undisguised",
        reason="Nothing in it is disguised.",
    )


def test_turned_writing_is_told() -> None:
    found = disguise("abc \u202edef")

    assert (found.code, found.spans, found.reason) == (
        "turned",
        (Span(4, 5),),
        "It has characters that turn the direction of writing.",
    )


def test_turned_writing_is_told_beside_disguised_words() -> None:
    found = disguise("A zero\u200bwidth space, and \u202eturned\u202c.")

    assert found.facts == {"reads": [[2, 12, "zerowidth"]], "turned": True}
    assert found.reason.endswith(
        "reads “zerowidth”. It has characters that turn the direction of writing."
    )


@pytest.mark.parametrize(
    "text",
    [
        "What a lovely day it was." + "\u200c\u200d" * 140,
        "Such\u200c a\u200d fine\u200e day\u200f it\u200c was\u200d at\u2063 an\u034f inn.",
        "a" + "\u0301" * 600,
        "\u3164\u3164\u3164",
    ],
)
def test_what_nobody_sees_is_told(text: str) -> None:
    found = disguise(text)

    assert found.code == "unseen"
    assert found.facts["unseen"] >= 3
    assert found.spans


@pytest.mark.parametrize(
    "text",
    [
        "un\u00adkind pa\u00adper Ver\u00adfas\u00adsungs\u00adschutz" * 5,
        "\ufeffPasted, with a\u200b line that may end.",
        "می\u200cخواهم کتاب\u200cها را می\u200cخرم"
        " خانه\u200cها بچه\u200cها آن\u200cها این\u200cها",
        "👨‍👩‍👧‍👦 🏳️‍🌈 ❤️‍🔥 👩🏿‍🚒",
        "One\u200c slip.",
    ],
)
def test_what_is_pasted_or_needed_is_not_told(text: str) -> None:
    found = disguise(text)

    assert found.code != "unseen"
    assert "unseen" not in found.facts


@pytest.mark.parametrize("sign", ["\ue000", "\uf8ff", "\U000f0001", "\U00100000"])
def test_what_looks_different_on_each_device_is_told(sign: str) -> None:
    found = disguise(f"Meet {sign * 2} at {sign}.")

    assert (found.code, found.facts) == ("private", {"private": 3})
    assert [(span.start, span.end) for span in found.spans] == [(5, 7), (11, 12)]
    assert found.reason.endswith("look different on each device: 3.")


def test_what_nobody_sees_is_told_beside_turned_writing() -> None:
    found = disguise("abc \u202edef" + "\u2063" * 9)

    assert (found.code, found.facts) == ("turned", {"unseen": 9})
    assert found.reason.endswith("pile up on others: 9. They are not published.")


@pytest.mark.parametrize(
    "text", ["an id\u202eiot\u202c is", "f.u.\ue000.c.k you", "ｄ\ue000mn"]
)
def test_marks_lie_apart_where_a_disguised_word_has_other_strange_signs(text: str) -> None:
    found = disguise(text)

    assert len(found.spans) >= 1
    assert all(one.end < other.start for one, other in pairwise(found.spans))


@pytest.mark.parametrize(
    ("text", "written", "read"),
    [
        ("이 양.아치 같은", "양.아치", "양아치"),
        ("기-레기 기사", "기-레기", "기레기"),
        ("미.친놈아", "미.친놈", "미친놈"),
        ("人~渣一个", "人~渣", "人渣"),
        ("这种混.蛋", "混.蛋", "混蛋"),
        ("骗|子公司", "骗|子", "骗子"),
        ("氵去律", "氵去", "法"),
        ("走召市", "走召", "超"),
        ("이런 쓰 레 기", "쓰 레 기", "쓰레기"),
        ("개 돼 지 취급", "개 돼 지", "개돼지"),
    ],
)
def test_a_sign_within_a_word_of_abuse_hides_it(text: str, written: str, read: str) -> None:
    found = disguise(text)

    start = text.index(written)
    assert found.facts["reads"] == [[start, start + len(written), read]]


@pytest.mark.parametrize(
    "text",
    [
        "중국/일본, 남/녀, 한.일 회담",
        "그 말이 맞다.병원에 가라",
        "北京-上海, 上/下班, 约翰·史密斯",
        "他走了.我也走",
        "女干部和女表演者",
        "할 말 다 하고",
        "그 때 또 한 번",
        "네 돈 내 돈 따로",
        "J. R. R. Tolkien",
        "H5N1 and H1N1",
        "€90m or $5k",
        "a b c d e f, the alphabet",
    ],
)
def test_signs_between_other_letters_hide_nothing(text: str) -> None:
    assert disguise(text).code == "undisguised"
