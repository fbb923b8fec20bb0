"""Near-copies are found, other comments are not, and nothing is kept but signatures."""

import random
from pathlib import Path

import pytest

from letterdesk.triage.campaign import Copies, campaign, likeness, signature
from letterdesk.triage.signal import Kind, Signal
from letterdesk.triage.training.corpora import rows

DATA = Path(__file__).parents[3] / "shared/data"
TEXTS = {
    "en": "The council must stop this bridge before it ruins our harbour for good.",
    "ko": "시의회는 이 다리가 항구를 망치기 전에 공사를 당장 멈춰야 한다고 생각합니다.",
    "zh": "市议会必须在这座桥毁掉我们的港口之前立即停止施工，不能再等了。",
}
COPIES = {
    "en": "The council must really stop that bridge before it ruins our harbour!!",
    "ko": "시의회는 저 다리가 항구를 망치기 전에 공사를 멈춰야 한다고 생각합니다!!",
    "zh": "市议会必须在这座大桥毁掉我们港口之前马上停止施工，不能再等了！",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_near_copy_is_found_among_others(language: str) -> None:
    known = Copies()
    for name, text in TEXTS.items():
        found = signature(text)
        assert found is not None
        known.add(name, found)

    copy = signature(COPIES[language])

    assert copy is not None
    assert known.near(copy) == [language]


def test_the_nearest_comes_first_and_what_is_forgotten_is_gone() -> None:
    known = Copies()
    plain, copy = signature(TEXTS["en"]), signature(COPIES["en"])
    assert plain is not None
    assert copy is not None
    known.add("far", copy)
    known.add("near", plain)

    assert known.near(plain) == ["near", "far"]
    known.forget("near")
    known.forget("never known")
    assert known.near(plain) == ["far"]


def test_a_disguised_copy_is_a_copy() -> None:
    plain, hidden = signature(TEXTS["en"]), signature("\u200b".join(TEXTS["en"].upper()))

    assert plain is not None
    assert hidden is not None
    assert likeness(plain, hidden) == 1.0


def test_short_comments_are_never_copies() -> None:
    assert signature("Well said!") is None
    assert signature("") is None


def test_the_reason_counts_the_copies() -> None:
    assert campaign([]).score == 0.0
    assert campaign(["a"]) == Signal(
        kind=Kind.CAMPAIGN, score=0.2, reason="One other comment is nearly the same."
    )
    assert campaign(list("abcdefg")) == Signal(
        kind=Kind.CAMPAIGN, score=1.0, reason="7 other comments are nearly the same."
    )


@pytest.mark.skipif(not DATA.is_dir(), reason="the labelled data is not here")
@pytest.mark.parametrize(
    ("name", "recall"), [("en_surge", 0.95), ("ko_koco_dev", 0.9), ("zh_cold_eval", 0.75)]
)
def test_copies_with_a_tenth_of_the_letters_changed_are_found(
    name: str, recall: float
) -> None:
    chance = random.Random(4)  # noqa: S311 -- draws words, guards nothing
    texts = [row["text"] for row in rows(DATA, name)][:400]
    signed = {
        str(n): found
        for n, text in enumerate(texts)
        if (found := signature(text)) is not None
    }
    known = Copies()
    for each, found in signed.items():
        known.add(each, found)
    hits = strangers = 0
    for each in signed:
        words = (
            texts[int(each)].split(" ")
            if name != "zh_cold_eval"
            else list(texts[int(each)])
        )
        changed = [
            word if chance.random() > 0.1 else chance.choice(words) for word in words
        ]
        copy = signature(("" if name == "zh_cold_eval" else " ").join(changed))
        near = known.near(copy) if copy is not None else []
        hits += each in near
        strangers += len([other for other in near if other != each])

    assert (hits / len(signed) >= recall, strangers / len(signed) < 0.05) == (True, True)
