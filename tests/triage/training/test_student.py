"""What a student learns: its slopes, its words, and to read as its teacher does."""

import numpy as np
import pytest

from letterdesk.triage.measure import auc
from letterdesk.triage.model import student as students
from letterdesk.triage.model.sparse import Floats
from letterdesk.triage.model.student import Stretches, stretches, student_of
from letterdesk.triage.training import student as lessons
from letterdesk.triage.training.student import taught_student, vectors_of, words_of
from tests.triage.encoder.small import small_encoder

SOME = stretches([np.array([1, 2, 0]), np.array([3]), np.array([2, 2])])
WANTED = np.array([0.5, -1.0, 2.0], dtype=np.float32)


@pytest.fixture
def known() -> dict[str, Floats]:
    chance = np.random.default_rng(3)
    shapes = students.sizes(3, 4)
    return {name: chance.standard_normal(shape) / 3 for name, shape in shapes.items()}


class _AllHeard(np.random.Generator):
    """Chance that drops nothing."""

    def random(self, size: tuple[int, ...]) -> Floats:  # type: ignore[override]
        return np.ones(size)


@pytest.mark.parametrize("name", sorted(students.sizes(0, 0).keys() - {"vectors"}))
def test_a_small_move_changes_what_the_slopes_say(
    known: dict[str, Floats], name: str
) -> None:
    into = {name: np.zeros_like(part) for name, part in known.items()}
    heard = 1 / (1 - lessons._DROPPED)

    def loss() -> float:
        scale = np.full((len(SOME), 4 * students.UNITS), heard)
        miss = students.read(SOME, known, heard=scale).logits - WANTED
        return float((miss.astype(np.float64) ** 2).mean())

    lessons._slopes(SOME, WANTED, known, into=into, chance=_AllHeard(np.random.PCG64(1)))
    way = np.random.default_rng(5).standard_normal(known[name].shape)
    told = float((into[name] * way).sum())
    step = 1e-4
    known[name] += step * way
    above = loss()
    known[name] -= 2 * step * way

    assert told == pytest.approx((above - loss()) / (2 * step), rel=2e-2)


def test_words_are_those_of_two_texts_the_commonest_first() -> None:
    texts = ["it 'was' bad, bad", "it was", "it is what it is", "only once"]

    assert words_of(texts) == ["it", "was"]


def test_the_first_number_of_a_vector_is_how_the_teacher_reads_the_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    teacher = small_encoder()
    monkeypatch.setattr(lessons, "WIDTH", 4)
    words = ["bad", "lad", "sad", "pad", "mad", "dab"]

    vectors = vectors_of(words, teacher)

    assert vectors.shape == (len(words), 4)
    assert vectors[:, 0].argsort().tolist() == teacher.logits(words).argsort().tolist()


@pytest.fixture(scope="module")
def lesson() -> tuple[list[str], Floats]:
    chance = np.random.default_rng(11)
    words = np.array(["bad", "fine", "no", "day", "sea", "wind", "boat", "ice"])
    texts = [" ".join(chance.choice(words, 5)) for _ in range(2_000)]
    logits = [
        3.0 * ("bad" in text) - 4.0 * ("no bad" in text) + 2.0 * ("no fine" in text)
        for text in texts
    ]
    return texts, np.array(logits, dtype=np.float32)


def test_it_learns_words_and_their_runs_the_same_each_time(
    lesson: tuple[list[str], Floats], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lessons, "_BATCH", 16)
    texts, logits = lesson
    words = words_of(texts)
    vectors = np.random.default_rng(2).standard_normal((len(words), lessons.WIDTH))
    said: list[str] = []

    def taught() -> students.Student:
        begun = vectors.astype(np.float32)
        return taught_student(words, begun, texts, logits, progress=said.append)

    found = taught()

    given = found.logits(texts)
    assert auc(logits > 0, given) > 0.95
    again = taught()
    assert all(np.array_equal(found.known[name], again.known[name]) for name in again.known)
    assert said
    assert abs(float(given.mean() - logits.mean())) < 0.5


def test_a_text_of_no_words_can_be_learnt() -> None:
    unread = student_of(["a"], {"vectors": np.zeros((2, 4), dtype=np.float32)})

    assert lessons._numbers(unread, "...").tolist() == [students.UNKNOWN]
    assert len(Stretches(np.array([0]), np.array([0, 1]))) == 1
