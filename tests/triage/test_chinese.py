"""Pinyin and parts of letters that Chinese words hide in are read; the rest stays."""

import pytest

from letterdesk.triage.chinese import unhidden, words_in
from letterdesk.triage.emoji import aloud
from letterdesk.triage.incivility import incivility
from letterdesk.triage.normal import normal
from letterdesk.triage.signal import Span
from letterdesk.triage.threat import threats


def read(text: str) -> str:
    return unhidden(normal(text)).text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("他们都是laji", "他们都是垃圾"),
        ("这群sha子", "这群傻子"),
        ("河对岸的hei人", "河对岸的黑人"),
        ("yi群废物", "一群废物"),
        ("真恶xin", "真恶心"),
        ("HEI人", "黑人"),
        ("同xing恋", "同性恋"),
        ("一帮氵查滓", "一帮渣滓"),
        ("犭句东西", "狗东西"),
        ("夕卜国人", "外国人"),
        ("石欠掉他的头", "砍掉他的头"),
        ("這群sha子", "這群傻子"),
    ],
)
def test_what_is_meant_is_what_its_neighbours_say(written: str, meant: str) -> None:
    assert read(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "用app就行",
        "看nba比赛",
        "买了iphone手机",
        "河口亚洲最大的桥",
        "女子排球很好看",
        "他说made in china的质量不错",
        "momo很可爱",
        "a座和b座之间",
        "看a片",
        "人口老龄化",
        "月亮很亮,日月同辉",
        "",
        "\ud800心生",
        "plain words only",
    ],
)
def test_what_no_neighbour_says_stays(text: str) -> None:
    assert read(text) == normal(text).text


def test_each_letter_is_where_it_was_written() -> None:
    found = aloud("一帮氵查滓和hei人", "zh")

    assert found.text == "一帮渣滓和黑人"
    assert found.span(2, 3) == Span(2, 4)
    assert found.span(5, 7) == Span(6, 10)


def test_other_languages_keep_their_letters() -> None:
    assert aloud("氵查滓 hei人", "ko").text == "氵查滓 hei人"


def test_models_and_rules_hear_it() -> None:
    hidden = incivility("女人都是lese,一帮氵查滓", language="zh")
    plain = incivility("女人都是lese,一帮渣滓", language="zh")

    assert hidden.score == plain.score
    assert threats("我要sha了你", language="zh") == (Span(0, 7),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("没有人求你们来", "没有 人 求 你们 来"),
        ("東北人素質真低", "東北 人 素質 真 低"),
        ("OK，这些外地人", "这些 外地 人"),
        ("abc", ""),
    ],
)
def test_words_are_told_where_nothing_parts_them(text: str, words: str) -> None:
    assert [text[start:end] for start, end in words_in(text)] == words.split()
