"""A student: words as numbers, stretches, and what each word adds."""

import numpy as np
import pytest

from letterdesk.triage.model import student as students
from letterdesk.triage.model.student import (
    STRETCH,
    Student,
    student_of,
)
from letterdesk.triage.model.student_words import hashes_of, words_in

WORDS = ["you", "are", "a", "fool", "friend", "don't", "it"]
WIDTH = 8


@pytest.fixture(scope="module")
def student() -> Student:
    chance = np.random.default_rng(7)
    shapes = students.sizes(len(WORDS), WIDTH)
    return student_of(
        WORDS,
        {
            name: chance.standard_normal(shape).astype(np.float32)
            for name, shape in shapes.items()
        },
    )


def test_a_text_reads_alike_alone_and_among_others(student: Student) -> None:
    texts = ["you are a fool", "", "...", "my friend", "a " * 500, "fool"]

    together = student.logits(texts)

    alone = [float(student.logits([text])[0]) for text in texts]
    assert together == pytest.approx(alone, rel=1e-5)
    assert len(set(alone)) == len(texts) - 1  # no words are no words


def test_no_texts_have_no_logits(student: Student) -> None:
    assert student.logits([]).tolist() == []


def test_order_counts_and_what_is_no_word_does_not(student: Student) -> None:
    plain, turned, marked = student.logits(
        ["you are a fool", "fool are a you", '"you", are (a) fool!']
    )

    assert plain != pytest.approx(turned)
    assert plain == pytest.approx(marked)


def test_quotes_and_a_plural_hide_no_word(student: Student) -> None:
    known = student.logits(["fool", "friend", "don't"])

    written = student.logits(["'fool'", "friend's", "''don't''"])
    plural = student.logits(["fools", "friends'", "don't"])

    assert written == pytest.approx(known)
    assert plural == pytest.approx(known)


def test_words_it_does_not_know_are_all_one(student: Student) -> None:
    first, second, known = student.logits(["zebra", "ostrich", "fool"])

    assert first == pytest.approx(second)
    assert first != pytest.approx(known)


def test_a_long_text_counts_as_its_worst_stretch(student: Student) -> None:
    stretches = [" ".join([word] * STRETCH) for word in ("it", "fool", "friend")]

    each = student.logits(stretches)

    assert student.logits([" ".join(stretches)]) == pytest.approx(max(each), rel=1e-5)
    assert len(set(each.tolist())) == len(each)


def test_what_the_words_add_is_the_logit(student: Student) -> None:
    still = {
        name: np.zeros_like(part) if "bias" in name or name == "units" else part
        for name, part in student.known.items()
    }
    plain = Student(student.words, still)
    texts = ["you are a fool, fool", "", "it! it's a friend"]

    heats = plain.heats(texts)

    assert [len(warm) for warm in heats] == [len(text) for text in texts]
    sums = [float(warm.sum()) for warm in heats]
    logits = plain.logits(texts)
    assert sums == pytest.approx([logits[0], 0, logits[2]], rel=1e-4)
    assert heats[0][texts[0].index(",")] == 0
    assert float(np.abs(heats[0]).max()) > 0


def test_a_file_gives_the_same_student_nearly(student: Student) -> None:
    texts = ["you are a fool", "my friend"]

    packed = students.packed(student)
    again = students.unpacked(packed)

    assert packed["vectors"].dtype == np.int8
    assert again.words.tolist() == student.words.tolist()
    assert again.logits(texts) == pytest.approx(student.logits(texts), rel=0.05)
    assert np.array_equal(students.packed(again)["vectors"], packed["vectors"])


def test_han_and_hangul_are_read_in_pairs_and_an_unknown_pair_by_its_first_letter() -> None:
    words = words_in(["渡轮老 hi", "나랏말", "渡"])

    found = words.counts.tolist()

    assert found == [3, 2, 1]
    assert words.is_pair.tolist() == [True, True, False, True, True, False]
    pair, other, letter = hashes_of(["渡轮", "渡船", "渡"])
    assert words.hashes[[0, 5]].tolist() == [pair, letter]
    unknown = words_in(["渡船"])
    assert unknown.hashes.tolist() == [other]
    assert unknown.shortened(np.array([0])).tolist() == [letter]


def test_each_letter_of_a_pair_has_what_the_pair_adds(student: Student) -> None:
    chance = np.random.default_rng(9)
    shapes = students.sizes(2, WIDTH)
    known = {
        name: chance.standard_normal(shape).astype(np.float32)
        for name, shape in shapes.items()
    }
    known |= {name: np.zeros_like(known[name]) for name in ("units", "hidden_bias")}
    known["out_bias"] = np.zeros(1, dtype=np.float32)
    pairs = student_of(["渡轮", "轮晚"], known)
    text = "渡轮晚!"

    warm = pairs.heats([text])[0]

    assert len(warm) == len(text)
    assert warm[3] == 0
    assert float(warm.sum()) == pytest.approx(float(pairs.logits([text])[0]), rel=1e-4)


def test_largest_and_mean_are_those_of_each_stretch(student: Student) -> None:
    some = students.stretches([np.array(one) for one in ([3], [1, 2, 7, 0], [5, 4, 6])])

    found = students.read(some, student.known)

    each = [found.units[a:b] for a, b in zip(some.edges, some.edges[1:], strict=False)]
    wanted = [np.append(one.max(axis=0), one.mean(axis=0)) for one in each]
    np.testing.assert_allclose(found.seen, wanted, rtol=1e-5)
    np.testing.assert_array_equal(found.largest, [one.max(axis=0) for one in each])
