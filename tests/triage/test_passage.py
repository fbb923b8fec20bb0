"""A comment is set beside the sentence of the story that it is about."""

import random
import tracemalloc

import pytest

from letterdesk.triage.passage import passage
from letterdesk.triage.signal import Kind, Signal

ENGLISH = (
    "The ferry across the harbour will stop in March. The council voted seven to five. "
    "Residents of the island fear for their school. A bridge is planned for 2031."
)
KOREAN = (
    "항구를 오가는 배가 3월에 멈춘다. 시의회는 7대 5로 의결했다. "
    "섬 주민들은 학교가 문을 닫을까 걱정한다. 다리는 2031년에 놓일 예정이다."
)
CHINESE = "渡轮三月停航。市议会以七比五通过。岛上居民担心学校关闭。大桥计划于2031年建成。"


@pytest.mark.parametrize(
    ("text", "story", "sentence"),
    [
        (
            "How will the island's school survive?",
            ENGLISH,
            "Residents of the island fear for their school.",
        ),
        ("The council never asked us", ENGLISH, "The council voted seven to five."),
        ("No bridge by 2031, I bet.", ENGLISH, "A bridge is planned for 2031."),
        ("시의회가 또 마음대로 의결했네", KOREAN, "시의회는 7대 5로 의결했다."),
        ("섬 학교는 어떻게 되나요", KOREAN, "섬 주민들은 학교가 문을 닫을까 걱정한다."),
        ("市议会凭什么", CHINESE, "市议会以七比五通过。"),
        ("学校关闭了孩子怎么办", CHINESE, "岛上居民担心学校关闭。"),
    ],
)
def test_the_sentence_is_found(text: str, story: str, sentence: str) -> None:
    found = passage(text, story=story)

    assert found.reason == f"It seems to be about “{sentence}”."
    assert found.code == "passage"
    assert story[slice(*found.facts["at"])] == sentence
    assert found.spans
    assert all(text[start:end].strip() for start, end in found.spans)


def test_a_full_stop_between_digits_ends_no_sentence() -> None:
    story = "The ferry leaves at 9.15 every morning. Nobody paid 3.50 for it."

    found = passage("It never left at 9.15 in the morning, the ferry", story=story)

    start, end = found.facts["at"]
    assert story[start:end] == "The ferry leaves at 9.15 every morning."


@pytest.mark.parametrize(
    ("text", "story"),
    [
        ("Well said, everybody!", ENGLISH),
        ("ㅋㅋㅋ 웃기네", KOREAN),
        ("哈哈哈哈", CHINESE),
        ("", ENGLISH),
        ("The council", ""),
    ],
)
def test_a_comment_about_nothing_in_it_says_so(text: str, story: str) -> None:
    assert passage(text, story=story) == Signal(
        kind=Kind.PASSAGE,
        score=0.0,
        code="no-passage",
        reason="It is about no sentence of the story.",
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Somebody ought to put a bullet in that judge.", "Somebody stood on the steps."),
        ("People like her do not deserve to breathe.", "We do not name these people."),
        ("I am a fat old woman and I still swim.", "In her room the sewing still stands."),
        ("My name is Mira and I drive the tram.", "And I take the train since the summer."),
    ],
)
def test_everyday_words_and_scraps_make_no_passage(text: str, sentence: str) -> None:
    story = f"{sentence} {ENGLISH}"

    assert passage(text, story=story).code == "no-passage"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("what a racist", "The pharmacist closed her shop."),
        ("국회까지 갔다고", "배는 봄까지 다닌다고 한다."),
        ("기자들은 왜 그래야 한다", "어부들은 그물을 말려야 한다."),
        ("이제 정말 그만", "이제 정말 배가 없다."),
        ("可能需要一个男朋友", "码头可能需要维修。"),
        ("因为他们没有心", "因为他们没有船。"),
    ],
)
def test_endings_and_words_of_every_text_make_no_passage(text: str, sentence: str) -> None:
    story = f"{sentence} {ENGLISH}" if sentence.isascii() else f"{sentence}{CHINESE}"

    assert passage(text, story=story).code == "no-passage"


@pytest.mark.parametrize(
    ("text", "story"),
    [
        ("다리는 언제 놓나", KOREAN),
        ("섬 주민들만 불쌍하지", KOREAN),
        ("大桥要等到什么时候", CHINESE),
        ("フェリーは三月に止まる", "フェリーは三月に止まる。橋は二〇三一年。"),
    ],
)
def test_one_word_that_tells_is_enough(text: str, story: str) -> None:
    assert passage(text, story=story).code == "passage"


def test_only_what_tells_is_marked_in_the_comment() -> None:
    text = "Residents of the town of the river fear nothing of the sort."

    spans = passage(text, story=ENGLISH).spans

    assert [text[start:end].strip() for start, end in spans] == ["Residents of the"]


@pytest.mark.parametrize("name", ["李", "김", ""])
def test_a_letter_of_han_in_an_english_comment_makes_it_no_chinese_one(name: str) -> None:
    text = (
        f"My grandmother {name} used to bake apple cakes every Sunday, and we all loved "
        "them so much when we were children."
    )

    assert passage(text, story=ENGLISH).code == "no-passage"


def test_what_is_kept_of_a_long_story_is_in_proportion_to_it() -> None:
    chance = random.Random(3)  # noqa: S311 -- the same story every time
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["".join(chance.choices(letters, k=6)) for _ in range(4_000)]
    lines = [" ".join(words[at : at + 8]) + "." for at in range(0, len(words), 8)]
    story = " ".join(lines)

    tracemalloc.start()
    found = passage(f"I read that {lines[321]}", story=story)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert found.reason == f"It seems to be about “{lines[321]}”."
    assert most < 200 * len(story)


@pytest.mark.parametrize(
    ("text", "story"),
    [
        ("This reporter is an idiot.", "The mill closed. A reporter saw it. The dog ran."),
        ("This reporter is an idiot.", "The mill closed. Reports of it came. The dog ran."),
        (
            "좋은 기사 감사합니다.",
            "배가 뒤집혔다. 본지 기사 내용은 다음과 같다. 병원은 닫혔다.",
        ),
        ("이 기자 쓰레기네", "배가 뒤집혔다. 본지 기자 셋이 보았다. 병원은 닫혔다."),
        ("感谢记者的报道。", "昨天磨坊关门了。本报记者看到工人离开。"),
    ],
)
def test_what_is_said_to_a_newsroom_is_about_no_sentence(text: str, story: str) -> None:
    assert passage(text, story=story).code == "no-passage"


@pytest.mark.parametrize(
    ("text", "story", "about"),
    [
        (
            "This reporter says that the mill closed.",
            "The mill closed in May. A reporter saw it. The dog ran.",
            "The mill closed in May.",
        ),
        (
            "기자님, 병원은 왜 닫혔나요?",
            "배가 뒤집혔다. 본지 기자 셋이 보았다. 병원은 닫혔다.",
            "병원은 닫혔다.",
        ),
        (
            "感谢记者，磨坊关门太可惜了。",
            "昨天磨坊关门了。本报记者看到工人离开。",
            "昨天磨坊关门了。",
        ),
    ],
)
def test_what_else_such_a_letter_says_may_be_about_one(
    text: str, story: str, about: str
) -> None:
    assert passage(text, story=story).reason == f"It seems to be about “{about}”."
