"""A score, the words that drive it, and a sentence to argue with."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from letterdesk.triage.in_part import CLEARLY
from letterdesk.triage.incivility import MARK, incivilities, incivility, scores
from letterdesk.triage.model.lexicon import phrases
from letterdesk.triage.signal import Kind, Signal

UNCIVIL = [
    ("en", "You stupid bitch, go kill yourself"),
    ("en", "all muslims are vermin and should be shot"),
    ("ko", "씨발 병신 새끼들 다 뒤져라"),
    ("ko", "짱깨들은 다 죽어야 한다"),
    ("zh", "黑鬼都是垃圾，滚出中国"),
    ("zh", "你这个傻逼，去死吧"),
    ("zh", "这个记者是傻逼"),
    ("zh", "垃圾记者，不要脸"),
]
CIVIL = [
    ("en", "Thank you for the report; the bridge was long overdue."),
    ("en", "I disagree with the council on this, but the numbers are right."),
    ("ko", "기사 잘 읽었습니다. 다리가 빨리 열리면 좋겠네요."),
    ("zh", "感谢记者的报道，希望大桥早日开通。"),
    ("zh", "我不同意市长的看法，他没有回答问题"),
    ("zh", "抗战时期这里出过汉奸，爷爷亲眼见过"),
]


@pytest.mark.parametrize(("language", "text"), UNCIVIL)
def test_abuse_is_marked_with_words_of_its_own(language: str, text: str) -> None:
    signal = incivility(text, language=language)

    assert signal.kind == Kind.INCIVILITY
    assert signal.score >= MARK
    assert signal.spans
    assert all(text[start:end].strip() for start, end in signal.spans)
    assert text[slice(*signal.spans[0])] in signal.reason


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "嫌钱少就回去，没有人求你们来。这些外地人又懒又贪，天天闹事。",
            ["没有", "你们", "外地人", "懒"],
        ),
        ("黑鬼都是垃圾，滚出中国", ["黑鬼", "垃圾", "滚出"]),
        ("你们这些蛆，恶心死了，赶紧闭嘴吧", ["蛆", "恶心", "闭嘴"]),
        ("東北人素質真低，滾回去", ["低"]),
    ],
)
def test_no_chinese_word_is_cut_apart_by_a_mark(text: str, words: list[str]) -> None:
    spans = incivility(text, language="zh").spans

    assert [text[start:end] for start, end in spans] == words


@pytest.mark.parametrize(("language", "text"), CIVIL)
def test_what_is_civil_is_left_alone(language: str, text: str) -> None:
    signal = incivility(text, language=language)

    assert (signal.score < MARK, signal.spans) == (True, ())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "you they people men man why never black president today"),
        ("ko", "너 당신 사람 여자 남자 왜 정말 중국 대통령 기자"),
        ("zh", "你 他们 人 女人 男人 为什么 从来 黑人 河南 记者"),
    ],
)
def test_an_ordinary_word_by_itself_is_no_offence(language: str, words: str) -> None:
    found = scores(words.split(), language=language)

    assert found is not None
    each = zip(words.split(), found.tolist(), strict=True)
    assert [word for word, score in each if score >= MARK] == []


@pytest.mark.parametrize(
    ("language", "plain", "hidden"),
    [
        ("en", "you are a fucking idiot", "you are a f.u.c.k.i.n.g 𝓲𝓭𝓲𝓸𝓽"),
        ("en", "stupid bitch", "stup\u200bid b1tch"),
        ("ko", "병신 새끼들", "병1신 ㅅㅐㄲㅣ들"),
        ("zh", "傻逼去死", "傻*逼 去*死"),
    ],
)
def test_a_disguise_changes_little(language: str, plain: str, hidden: str) -> None:
    bare, masked = (incivility(text, language=language) for text in (plain, hidden))

    assert masked.score == pytest.approx(bare.score, abs=0.1)


def test_marks_lie_in_the_disguised_words_as_the_reader_wrote_them() -> None:
    text = "well, f.u.c.k y\u200bou then"
    signal = incivility(text, language="en")

    assert any("f.u.c.k" in text[start:end] for start, end in signal.spans)


def test_a_language_that_we_never_learnt_is_not_judged() -> None:
    assert scores(["xin chào"], language="vi") is None
    assert incivility("xin chào", language="vi") == Signal(
        kind=Kind.INCIVILITY,
        score=0.0,
        code="no-model",
        facts={"language": "vi"},
        reason="We have no model for this language (vi): this says nothing.",
    )
    assert scores(["x"], language="../../en") is None


@pytest.mark.parametrize("text", ["", " ", "\u200b", "!", "a" * 5000, "\ud800", "👍" * 50])
def test_any_text_gets_a_score(text: str) -> None:
    for language in ("en", "ko", "zh-Hans"):
        assert 0 <= incivility(text, language=language).score <= 1


def test_many_threads_get_the_same_scores() -> None:
    texts = [text for language, text in UNCIVIL if language == "en"] * 20
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda text: incivility(text, language="en"), texts))

    assert found == [incivility(text, language="en") for text in texts]


@pytest.mark.parametrize("language", ["en", "ko", "zh", "vi"])
def test_many_are_told_together_what_each_is_told_alone(language: str) -> None:
    texts = [f"{text} {number}" for number in range(9) for _, text in UNCIVIL + CIVIL]
    alone = [incivility(text, language=language) for text in texts]

    together = incivilities(texts, language=language)

    assert [(one.code, one.spans, one.reason) for one in together] == [
        (one.code, one.spans, one.reason) for one in alone
    ]


def test_the_code_says_how_sure_the_model_is() -> None:
    told = [incivility(text, language=language) for language, text in UNCIVIL + CIVIL]

    assert {one.code for one in told if one.score >= CLEARLY} == {
        "uncivil-clearly",
        "threat",
    }
    assert {one.code for one in told if one.score < MARK} == {"civil"}


def test_a_text_scores_the_same_alone_and_among_others() -> None:
    texts = [text for _, text in UNCIVIL]
    together = scores(texts, language="ko")

    assert together is not None
    assert together.tolist() == pytest.approx(
        [incivility(text, language="ko").score for text in texts], abs=1e-5
    )


def test_no_phrase_is_made_of_the_end_of_one_letter_and_the_start_of_the_next() -> None:
    split = []
    for line in phrases("en").values():
        for first, *rest in (phrase.split() for phrase in line):
            if rest:
                split += [f"They said it was {first}", f"{' '.join(rest)} is what I say"]

    together = scores(split, language="en")

    alone = [scores([text], language="en") for text in split]
    np.testing.assert_allclose(together, np.concatenate(alone), atol=1e-5)
