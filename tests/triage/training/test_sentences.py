"""Sentences fill their slots, say the same each time, and bend Korean particles."""

import re

import pytest

from letterdesk.triage.training.sentences import sentences
from letterdesk.triage.training.train import about_people


@pytest.mark.parametrize("language", ["en", "ko", "zh"])
def test_every_slot_is_filled_and_every_draw_is_the_same(language: str) -> None:
    drawn = list(sentences(language, each=3, seed=1))

    assert drawn == list(sentences(language, each=3, seed=1))
    assert not [each.text for each in drawn if re.search(r"[{}\x00]", each.text)]
    assert {each.unwelcome for each in drawn} == {0.0, 0.5, 1.0}


def test_sentences_about_people_fill_their_slots_and_are_no_part_of_the_others() -> None:
    drawn = {each.text for each in about_people("zh")}

    assert not [text for text in drawn if re.search(r"[{}\x00]", text)]
    assert any("记者是" in text for text in drawn)
    assert any("辛苦了" in text for text in drawn)
    assert {each.unwelcome for each in about_people("zh")} == {0.0, 1.0}
    assert about_people("en") == []


def test_korean_particles_suit_the_syllable_before_them() -> None:
    texts = " ".join(each.text for each in sentences("ko", each=20, seed=2))

    assert re.search("여자는|할머니는", texts)
    assert not re.search("여자은|할머니은|노인는", texts)
