"""Texts that nobody wrote are made of those that somebody did, the same each time."""

import numpy as np

from letterdesk.triage.training.corpora import Example
from letterdesk.triage.training.mixtures import mixtures
from letterdesk.triage.training.student_lesson import Own, student_lesson

CLAUSES = ["桥很高", "今天下雨了", "记者写得好"]
OWN = ["他们是好邻居。", "我讨厌星期一"]


def test_the_same_texts_give_the_same_mixtures() -> None:
    found = mixtures(CLAUSES, OWN, count=200)

    assert found == mixtures(CLAUSES, OWN, count=200)
    assert 190 <= len(found) <= 200


def test_a_mixture_has_letters_of_one_text_or_two_and_is_new() -> None:
    texts = [*CLAUSES, *OWN]
    found = mixtures(CLAUSES, OWN, count=300)

    letters = {frozenset(f"{one}{other}，但是因为。？") for one in texts for other in texts}
    assert all(any(some.issuperset(text) for some in letters) for text in found)
    assert len(set(found) - {*texts}) > 200
    assert {text for text in found if "，因为" in text}


def test_long_clauses_are_left_out_and_nothing_makes_nothing() -> None:
    assert not any("长" in text for text in mixtures(["长" * 90, "短"], OWN, count=100))
    assert mixtures([], OWN, count=5) == mixtures(CLAUSES, [], count=5) == []


def test_mixtures_are_read_undisguised_and_our_own_sentences_oftener_beside_them() -> None:
    own = [Example(text="我讨厌星期一", unwelcome=0.0, weight=1, source="own")]
    said = np.zeros(1, dtype=np.float32)

    def lesson(mixed: list[tuple[str, float]]) -> list[tuple[str, float]]:
        ours = Own(groups=own, logits=said)
        return student_lesson(["桥"], said, ours, mixed=mixed, language="zh")

    with_some, without = lesson([("桥很星", 0.5)]), lesson([])

    assert with_some[: len(without)] == without
    assert with_some[len(without) :] == [("桥很星", 0.5), *[("我讨厌星期一", -3.0)] * 2]


def test_sentences_about_people_are_read_once_and_never_in_disguise() -> None:
    groups = [Example(text="我讨厌星期一", unwelcome=0.0, weight=1, source="own")]
    people = [Example(text="这个法官是蠢货", unwelcome=1.0, weight=1, source="own")]
    logits = np.array([-4.0, -2.0])

    lesson = student_lesson(
        [], np.zeros(0), Own(groups=groups, people=people, logits=logits), language="zh"
    )

    assert lesson[-1] == ("这个法官是蠢货", 1.0)
    assert [text for text, _ in lesson].count("这个法官是蠢货") == 1
    assert all("法" not in text or text == "这个法官是蠢货" for text, _ in lesson)
