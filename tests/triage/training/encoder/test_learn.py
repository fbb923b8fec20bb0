"""The encoder's slopes are those that small moves show; stopped, it learns the same."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from letterdesk.triage.encoder.body import Body
from letterdesk.triage.encoder.net import Shape
from letterdesk.triage.encoder.pieces import Pieces
from letterdesk.triage.encoder.trunk import moved
from letterdesk.triage.measure import auc
from letterdesk.triage.training.encoder.learn import (
    BATCH,
    KEPT_EVERY,
    Learnt,
    Lesson,
    learnt,
)
from letterdesk.triage.training.encoder.parts import Parts, parts
from letterdesk.triage.training.encoder.slopes import read, slopes
from letterdesk.triage.training.encoder.steps import Steps
from letterdesk.triage.training.encoder.together import together
from tests.triage.encoder.small import as_packed

_OF = Shape(layers=2, width=32, heads=4, inner=64, rank=3)
_SIZES = _OF.taught()
_CHANCE = np.random.default_rng(1)
_TEXTS = [_CHANCE.integers(4, 40, size=size) for size in (5, 3, 1)]
_TOLD = _CHANCE.normal(size=(3, 32)).astype(np.float32)
_WORDS = 40
_BAD = 7  # a word that makes a text unwelcome


def _taught() -> Parts:
    known = parts(_SIZES)
    known.flat[:] = np.random.default_rng(3).normal(size=len(known.flat)) * 0.2
    return known


def _told(known: Parts) -> float:
    given = read(_moved(known), _TEXTS).pooled.given
    return float((given.astype(np.float64) * _TOLD).sum())


@pytest.mark.parametrize("name", list(_SIZES))
def test_a_small_move_changes_what_the_slopes_say(name: str) -> None:
    known, down = _taught(), parts(_SIZES)
    body = _moved(known)
    slopes(read(body, _TEXTS), _TOLD, body, taught=known.named, into=down.named)
    way = np.random.default_rng(4).normal(size=_SIZES[name])
    way = (0.01 * way / np.linalg.norm(way)).astype(np.float32)

    known.named[name][:] += way
    ahead = _told(known)
    known.named[name][:] -= 2 * way
    behind = _told(known)

    said = float((down.named[name] * way).sum())
    assert (ahead - behind) / 2 == pytest.approx(said, rel=0.02, abs=2e-5)


def test_who_is_read_together_makes_no_difference() -> None:
    body = _start()

    together = read(body, _TEXTS).pooled.given

    alone = [read(body, [text]).pooled.given[0] for text in _TEXTS]
    np.testing.assert_allclose(together, alone, atol=1e-4)
    np.testing.assert_allclose(body.given(_TEXTS), together, atol=1e-4)


def test_steps_find_the_lowest_place() -> None:
    place = np.array([3.0, -2.0], dtype=np.float32)
    steps = Steps(np.zeros(2, dtype=np.float32), np.zeros(2, dtype=np.float32))
    pace = np.full(2, 0.05, dtype=np.float32)

    for number in range(1, 400):
        down = 2 * (place - np.array([1.0, 0.5], dtype=np.float32))
        steps.take(place, down, number=number, pace=pace)

    assert place == pytest.approx([1.0, 0.5], abs=0.05)


def _moved(known: Parts) -> Body:
    start = _start()
    return replace(start, layers=moved(start.layers.items(), known.named))


def _start() -> Body:
    chance = np.random.default_rng(5)
    layers = parts(_OF.sizes())
    layers.flat[:] = np.random.default_rng(2).normal(size=len(layers.flat)) * 0.2
    for name, part in layers.named.items():
        part[:] += name.endswith((".norm", ".last"))
    return Body(
        shape=_OF,
        words=as_packed(chance.normal(size=(_WORDS, 32))),
        places=chance.normal(size=(8, 32)).astype(np.float32) * np.float32(0.1),
        level=np.ones(32, dtype=np.float32),
        shift=np.zeros(32, dtype=np.float32),
        layers=layers.named,
        pieces=Pieces(["a"], [-1.0]),
    )


def _lesson(*, seed: int = 6) -> Lesson:
    """Texts of two sources, just over two intervals at whose end the state is kept."""
    chance = np.random.default_rng(seed)
    count = BATCH * (2 * KEPT_EVERY + 3)
    texts = [chance.integers(4, _WORDS, size=size) for size in chance.integers(2, 8, count)]
    bad = [bool((text == _BAD).any()) for text in texts]
    return Lesson(
        texts=texts,
        unwelcome=np.array(bad, dtype=np.float32),
        weight=np.ones(count, dtype=np.float32),
        source=np.arange(count) % 2,
        sources=2,
    )


@dataclass(frozen=True)
class _Whole:
    encoder: Learnt
    said: list[str]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> _Whole:
    """Learnt without a stop."""
    said: list[str] = []
    kept = tmp_path_factory.mktemp("whole") / "kept.npz"
    return _Whole(learnt(_lesson(), _start(), kept=kept, progress=said.append), said)


def _stopped(lesson: Lesson, kept: Path) -> None:
    """Learn until the state has been kept once."""

    def stop(_said: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        learnt(lesson, _start(), kept=kept, progress=stop)


def test_a_stopped_lesson_goes_on_to_the_same_bytes(whole: _Whole, tmp_path: Path) -> None:
    said: list[str] = []
    _stopped(_lesson(), tmp_path / "kept.npz")

    gone_on = learnt(_lesson(), _start(), kept=tmp_path / "kept.npz", progress=said.append)

    assert gone_on.known.flat.tobytes() == whole.encoder.known.flat.tobytes()
    assert said == whole.said[1:]
    assert [line.partition(",")[0] for line in whole.said] == [
        "step 100 of 203",
        "step 200 of 203",
        "step 203 of 203",
    ]


def test_what_was_kept_of_another_lesson_is_not_gone_on_from(
    whole: _Whole, tmp_path: Path
) -> None:
    _stopped(_lesson(seed=8), tmp_path / "kept.npz")

    here = learnt(_lesson(), _start(), kept=tmp_path / "kept.npz", progress=[].append)

    assert here.known.flat.tobytes() == whole.encoder.known.flat.tobytes()


def test_each_text_is_read_as_often_as_asked_for(tmp_path: Path) -> None:
    few = _lesson().some(range(3 * BATCH))
    said: list[str] = []
    kept = tmp_path / "kept.npz"

    learnt(few, _start(), kept=kept, progress=said.append)
    learnt(few, _start(), times=2, kept=kept, progress=said.append)

    # What was kept of the first is of another lesson.
    assert [line.partition(",")[0] for line in said] == ["step 3 of 3", "step 6 of 6"]


def test_it_tells_texts_that_it_has_not_seen(whole: _Whole) -> None:
    others = _lesson(seed=9)

    found = together([whole.encoder])

    scores = found.body.given(others.texts) @ found.view
    assert auc(others.unwelcome > 0, scores) > 0.9
