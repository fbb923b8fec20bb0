"""Words that rise in rejections: new ones are told, known and private ones are not."""

from collections.abc import Sequence

import numpy as np

from letterdesk.triage.learning.terms import Term, rising
from letterdesk.triage.model.sparse import Floats
from letterdesk.triage.normal import normal

PLAIN = ["the ferry was late", "the council met", "a long winter"] * 20


def knows(*words: str) -> object:
    def score(texts: Sequence[str]) -> Floats:
        return np.array([0.9 * (text in words) for text in texts], dtype=np.float32)

    return score


def test_a_new_word_is_told_with_how_many_letters_have_it() -> None:
    bad = ["you snivelwit the ferry"] * 6 + ["the snivelwit council snivelwit"] * 3

    found = rising(bad, PLAIN, score=knows())

    assert found[0] == Term(words="snivelwit", rejected=9, approved=0)


def test_what_the_model_marks_by_itself_is_no_news() -> None:
    bad = ["snivelwit"] * 9

    assert rising(bad, PLAIN, score=knows("snivelwit")) == ()


def test_a_word_of_four_letters_is_told_nowhere() -> None:
    bad = ["snivelwit"] * 4 + ["the ferry"] * 6

    assert rising(bad, PLAIN, score=knows()) == ()


def test_parts_of_a_chinese_word_are_not_told_beside_it() -> None:
    others = ["今天的船又晚点了", "市政厅开会"] * 30

    found = rising(["滚开废物蛋今天"] * 8, others, score=knows())

    assert "滚开废物" in [term.words for term in found]
    assert "开废" not in [term.words for term in found]


def test_what_everybody_writes_does_not_rise() -> None:
    assert rising(PLAIN, PLAIN, score=knows()) == ()
    assert rising([], [], score=knows()) == ()


def test_no_letter_is_kept_in_memory_once_its_words_are_counted() -> None:
    rising(["you snivelwit the ferry"] * 6, PLAIN, score=knows())

    assert normal.cache_info().currsize == 0
