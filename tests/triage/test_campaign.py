"""Near-copies are found, other comments are not, and nothing is kept but signatures."""

import random
from pathlib import Path

import numpy as np
import pytest

from letterdesk.triage.campaign import (
    ALIKE,
    Signature,
    as_bytes,
    bands,
    campaign,
    from_bytes,
    likeness,
    signature,
)
from letterdesk.triage.signal import Kind, Signal
from letterdesk.triage.training.corpora import rows

DATA = Path(__file__).parents[3] / "shared/data"
TEXTS = {
    "en": "The council must stop this bridge before it ruins our harbour for good.",
    "ko": "시의회는 이 다리가 항구를 망치기 전에 공사를 당장 멈춰야 한다고 생각합니다.",
    "zh": "市议会必须在这座桥毁掉我们的港口之前立即停止施工，不能再等了。",
}
COPIES = {
    "en": "The council must stop that bridge before it ruins our harbour for good!!",
    "ko": "시의회는 저 다리가 항구를 망치기 전에 공사를 당장 멈춰야 한다고 생각합니다!!",
    "zh": "市议会必须在这座大桥毁掉我们的港口之前立即停止施工，不能再等了！",
}


def signed(text: str) -> Signature:
    found = signature(text)
    assert found is not None
    return found


def near(found: Signature, known: dict[str, Signature]) -> list[str]:
    """Give the names of near-copies as the desk finds them: by a band, then by likeness."""
    keys = set(bands(found))
    return [
        name
        for name, other in known.items()
        if keys & set(bands(other)) and likeness(found, other) >= ALIKE
    ]


@pytest.mark.parametrize("language", TEXTS)
def test_a_near_copy_is_found_among_others(language: str) -> None:
    known = {name: signed(text) for name, text in TEXTS.items()}

    assert near(signed(COPIES[language]), known) == [language]


def test_a_disguised_copy_is_a_copy() -> None:
    plain, hidden = signed(TEXTS["en"]), signed("\u200b".join(TEXTS["en"].upper()))

    assert likeness(plain, hidden) == 1.0
    assert bands(plain) == bands(hidden)


@pytest.mark.parametrize(
    "text",
    [
        "Ref {0}-{0}: close the harbour now please {0}",
        "{0} {0} {0} 다리 공사를 당장 멈추라고 {0}번 말했다",
        "{0}号{0}：市长对这座大桥撒谎了我们不信{0}",
    ],
)
def test_copies_that_differ_in_numbers_alone_are_the_same(text: str) -> None:
    first, other = (signed(text.format(n)) for n in (7, 4_815_162_342))

    assert likeness(first, other) == 1.0


def test_digits_count_where_there_is_little_else() -> None:
    assert likeness(signed("QQ 1234567890123"), signed("QQ 9876504321987")) < ALIKE


def test_short_comments_are_never_copies() -> None:
    assert signature("Well said!") is None
    assert signature("") is None


def test_bands_fit_a_database_and_a_signature_comes_back_as_it_was_stored() -> None:
    found = signed(TEXTS["ko"])

    assert len(set(bands(found))) == 16
    assert all(-(2**63) <= key < 2**63 for key in bands(found))
    assert np.array_equal(from_bytes(as_bytes(found)), found)


def test_the_same_band_of_another_place_is_another_key() -> None:
    found = np.full(64, 7, dtype=np.uint32)

    assert len(set(bands(found))) == 16


def test_the_reason_counts_the_copies() -> None:
    assert campaign([]).score == 0.0
    assert campaign(["a"]) == Signal(
        kind=Kind.CAMPAIGN,
        score=0.2,
        code="near-copies",
        facts={"number": 1},
        reason="One other comment is nearly the same.",
    )
    assert campaign(list("abcdefg")) == Signal(
        kind=Kind.CAMPAIGN,
        score=1.0,
        code="near-copies",
        facts={"number": 7},
        reason="7 other comments are nearly the same.",
    )


@pytest.mark.skipif(not DATA.is_dir(), reason="the labelled data is not here")
@pytest.mark.parametrize(
    ("name", "recall"), [("en_surge", 0.9), ("ko_koco_dev", 0.8), ("zh_cold_eval", 0.75)]
)
def test_copies_with_a_tenth_of_the_letters_changed_are_found(
    name: str, recall: float
) -> None:
    chance = random.Random(4)  # noqa: S311 -- draws words, guards nothing
    texts = [row["text"] for row in rows(DATA, name)][:400]
    known = {
        str(n): found
        for n, text in enumerate(texts)
        if (found := signature(text)) is not None
    }
    by_band: dict[int, set[str]] = {}
    for each, found in known.items():
        for key in bands(found):
            by_band.setdefault(key, set()).add(each)
    joint = "" if name == "zh_cold_eval" else " "
    hits = strangers = 0
    for each in known:
        words = list(texts[int(each)]) if not joint else texts[int(each)].split(joint)
        changed = [
            word if chance.random() > 0.1 else chance.choice(words) for word in words
        ]
        copy = signature(joint.join(changed))
        found_near = set()
        for key in bands(copy) if copy is not None else ():
            found_near |= by_band.get(key, set())
        alike = {
            other
            for other in found_near
            if copy is not None and likeness(copy, known[other]) >= ALIKE
        }
        hits += each in alike
        strangers += len(alike - {each})

    assert (hits / len(known) >= recall, strangers / len(known) < 0.05) == (True, True)


@pytest.mark.parametrize(
    "alphabet",
    [
        "абвгдежзийклмнопрстуфхцчшщыьэюя",
        "ئابپتجچخدرزژسشغفقكگڭلمنوھۇۆۈۋېىي",
        "αβγδεζηθικλμνξοπρστυφχψω",
        "ကခဂဃငစဆဇညတထဒနပဖဗဘမယရလဝသဟအ",
    ],
)
def test_long_comments_in_an_alphabet_are_not_alike_by_its_letters(alphabet: str) -> None:
    chance = random.Random(7)  # noqa: S311 -- the same letters every time
    one, other = ("".join(chance.choices(alphabet, k=3_000)) for _ in range(2))

    assert likeness(signed(one), signed(other)) < ALIKE
    assert likeness(signed(one), signed(one + other[:300])) >= ALIKE
