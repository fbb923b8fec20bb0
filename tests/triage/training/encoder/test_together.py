"""Pupils of one lesson learn otherwise; the mean of what they learnt is one encoder."""

from pathlib import Path

import numpy as np
import pytest

from letterdesk.triage.encoder.encoder import read, written
from letterdesk.triage.encoder.net import Tokens
from letterdesk.triage.training.encoder.learn import Learnt, Lesson, learnt
from letterdesk.triage.training.encoder.together import together
from letterdesk.triage.training.encoder.train import PUPILS, taught_together
from tests.triage.encoder.small import small_encoder, small_trunk

_START = small_encoder().body


def _lesson() -> Lesson:
    chance = np.random.default_rng(6)
    texts: list[Tokens] = [chance.integers(4, 20, size=5) for _ in range(70)]
    return Lesson(
        texts=texts,
        unwelcome=np.array([text[0] < 9 for text in texts], dtype=np.float32),
        weight=np.ones(len(texts), dtype=np.float32),
        source=np.zeros(len(texts), dtype=np.int64),
        sources=1,
    )


@pytest.fixture(scope="module")
def pupils(tmp_path_factory: pytest.TempPathFactory) -> list[Learnt]:
    """Three who have learnt, and then moved much further, each in another way."""
    kept = tmp_path_factory.mktemp("pupils") / "kept.npz"
    found = []
    for number in range(3):
        one = learnt(_lesson(), _START, pupil=number, kept=kept, progress=print)
        way = np.random.default_rng(number).normal(size=len(one.known.flat))
        one.known.flat[:] += way.astype(np.float32) * np.float32(0.1)
        found.append(one)
    return found


def test_layers_and_view_are_the_mean_of_those_of_pupils(
    pupils: list[Learnt],
) -> None:
    found = together(pupils)

    bodies = [pupil.body() for pupil in pupils]
    for name, part in found.body.layers.items():
        mean = np.mean([body.layers[name] for body in bodies], axis=0)
        assert np.allclose(part, mean, atol=1e-5), name
    assert np.allclose(found.view, np.mean([pupil.view for pupil in pupils], axis=0))
    assert not np.allclose(bodies[0].layers["0.wide"], bodies[1].layers["0.wide"])


def test_pupils_learn_otherwise(tmp_path: Path) -> None:
    one, other, again = (
        learnt(_lesson(), _START, pupil=number, kept=tmp_path / "kept", progress=print)
        for number in (0, 1, 0)
    )

    assert np.array_equal(one.known.flat, again.known.flat)
    assert not np.array_equal(one.view, other.view)
    assert not np.array_equal(one.taught["0.wide.in"], other.taught["0.wide.in"])


def test_it_is_read_from_its_file_as_it_was_written(pupils: list[Learnt]) -> None:
    found = together(pupils)

    again = read(written(found), small_trunk())

    texts = _lesson().texts
    here, there = found.body.given(texts), again.body.given(texts)
    assert np.allclose(here, there, atol=0.05)
    assert again.taught["0.wide.in"].shape[0] == 3 * pupils[0].taught["0.wide.in"].shape[0]


def test_every_pupil_learns_and_goes_on_by_itself(tmp_path: Path) -> None:
    said: list[str] = []

    for _ in range(2):
        taught_together(
            _lesson(), _START, language="ko", work=tmp_path, progress=said.append
        )

    steps = [line for line in said if line.startswith("step")]
    assert len(steps) == PUPILS["ko"] > 1  # the second time all of it was there
    assert len(list(tmp_path.glob("ko-encoder-*.npz"))) == PUPILS["ko"]
