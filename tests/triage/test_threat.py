"""Threats are told whatever their words; who tells of one, or of a film, makes none.

tests/triage/cases/threat.toml has many more; here is what the rules must never lose.
"""

import pytest

from letterdesk.triage.in_part import CLEARLY
from letterdesk.triage.incivility import THREATENS, incivility
from letterdesk.triage.promise import quiet_score
from letterdesk.triage.screening import Asked, screen
from letterdesk.triage.signal import Kind, Signal, Span
from letterdesk.triage.threat import threats


@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        (
            "en",
            "They should put a bullet in her head.",
            ["They should put a bullet in her"],
        ),
        ("en", "Nice desk. We know where you live", ["We know where you live"]),
        (
            "en-GB",
            "SOMEONE should b.u.r.n their house",
            ["SOMEONE should b.u.r.n their house"],
        ),
        ("en", "k1ll them all", ["k1ll them all"]),
        ("en", "I will kіll him, and you are next.", ["I will kіll him", "you are next"]),
        ("en", "I will find you and kill you.", ["I will find you and kill you"]),
        ("en", "I'd burn it, and I'll make her suffer", ["I'll make her suffer"]),
        (
            "en",
            "Somebody ought to put a bullet in that judge.",
            ["Somebody ought to put a bullet in that judge"],
        ),
        (
            "en",
            "We know where your children go to school.",
            ["We know where your children go to school"],
        ),
        (
            "en",
            "These people should be rounded up and sent to the camps.",
            ["should be rounded up and sent to the camps"],
        ),
        (
            "en",
            "People like her do not deserve to breathe.",
            ["do not deserve to breathe"],
        ),
        ("ko", "너희 집 어딘지 안다", ["너희 집 어딘지 안다"]),
        ("ko", "찾아가서 죽여 버린다", ["찾아가서 죽여 버린다"]),
        ("zh", "我知道你家住哪儿", ["我知道你家住哪"]),
        ("zh-Hant", "小心你全家", ["小心你全家"]),
        ("en", "I'd 🔪 you, and them 👋", ["I'd 🔪 you"]),
        ("zh", "弄死他！", ["弄死他"]),
        ("zh", "滚吧，弄死你", ["弄死你"]),
        (
            "en",
            "I will come to your office on Tuesday and you will be sorry",
            ["I will come to your office on Tuesday and you will be sorry"],
        ),
        ("fr", "we will kill you all", []),
        ("en", "", []),
    ],
)
def test_a_threat_is_marked_where_it_stands(
    language: str, text: str, marked: list[str]
) -> None:
    found = threats(text, language=language)

    assert [text[span.start : span.end] for span in found] == marked


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He wrote that somebody should burn the house down."),
        ("en", "“I will kill you,” he said, and she believed it."),
        ("en", "No journalist should be shot for a story."),
        ("en", "I will kill you at chess. We will beat them on Sunday."),
        ("en", "Somebody should shoot her an e-mail."),
        ("en", "Hang him a medal, and hang her paintings."),
        ("en", "They were rounded up and sent to the camps. He put a bullet in the wall."),
        ("en", "We know where your children's school got the money."),
        ("en", "Blankets should be sent to the camps before winter."),
        ("en", "They treat us as if people like us do not deserve to breathe."),
        ("ko", "눈이 오네요. 밤길 조심하세요"),
        ("zh", "外面下雨了。出门小心点"),
        ("ko", "죽여 버리겠다는 협박을 받았다"),
        ("ko", "이번 선거에서 가만두지 않겠다"),
        ("zh", "他收到短信“我要杀了你”，报警也没用"),
        ("zh", "这场比赛我们要干掉他们"),
    ],
)
def test_who_tells_of_a_threat_makes_none(language: str, text: str) -> None:
    assert threats(text, language=language) == ()


@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        ("en", "Does anyone know where he works?", "anyone know where he works"),
        ("en", "Where does the victim's wife live?", "Where does the victim's wife live"),
        ("en", "Who has her home address?", "Who has her home address"),
        ("ko", "노을찬(52) 씨의 부인은 어디 살아요?", "부인은 어디 살아요"),
        ("ko", "이 판사 어디 사는지 아는 사람?", "어디 사는지 아는 사람"),
        ("zh", "谁知道他家住哪里？", "谁知道他家住哪"),
        ("zh", "受害者的妻子住在哪里？", "受害者的妻子住在哪里？"),
    ],
)
def test_who_asks_where_somebody_lives_or_works_is_marked(
    language: str, text: str, marked: str
) -> None:
    assert [text[one.start : one.end] for one in threats(text, language=language)] == [
        marked
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Where do the victims live now that the mill is gone?"),
        ("en", "Where do you live? Does anyone know where the library is?"),
        ("en", "Who knows where the fish live? Anyone know where she works on it?"),
        ("en", "Can somebody tell us the address of the town hall?"),
        ("ko", "우리 부모님은 어디 살아야 하나요?"),
        ("ko", "기사에 어디 사는지는 없네요. 가족이 어디서 살아가나요?"),
        ("zh", "没有房子，他们住在哪里？谁知道图书馆的开放时间？"),
    ],
)
def test_who_asks_where_people_are_to_live_is_not(language: str, text: str) -> None:
    assert threats(text, language=language) == ()


def test_a_threat_is_clearly_uncivil_however_little_the_model_objects() -> None:
    signal = incivility("We know which school your daughter goes to.", language="en")

    assert signal == Signal(
        kind=Kind.INCIVILITY,
        score=THREATENS,
        spans=(Span(0, 25),),
        code="threat",
        reason="It reads like a threat: “We know which school your”.",
    )
    assert THREATENS > CLEARLY


def test_a_threat_is_in_no_group_of_letters_that_read_as_civil() -> None:
    signal = incivility("I know where she lives.", language="en")

    assert quiet_score([(signal.of, signal.kind, signal.code, 0.0)]) is None


@pytest.mark.parametrize(
    "text", ["i will kill him " * 400, '"kill him. ' * 400, "杀了你" * 1600, "죽여 " * 1600]
)
def test_a_letter_made_to_take_long_is_read_in_time(text: str) -> None:
    for language in ("en", "ko", "zh"):
        (answer,) = screen([Asked(text=text, story="", language=language)])

        assert answer.failures == ()
