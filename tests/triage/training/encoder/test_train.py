"""Lessons hold what the tables learnt from; an encoder is as loud as held rows allow."""

import json
import lzma
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from letterdesk.triage.encoder import encoder, trunk
from letterdesk.triage.encoder.installed import LIST, TRUNK, encoder_of, voice_of
from letterdesk.triage.encoder.net import FIRST
from letterdesk.triage.encoder.voice import SILENT
from letterdesk.triage.model.score import chances, logits
from letterdesk.triage.model.weights import tables, with_encoder
from letterdesk.triage.training.corpora import EVALUATION, Example
from letterdesk.triage.training.encoder.lesson import lesson_of, taught, with_pieces_of
from letterdesk.triage.training.encoder.train import (
    loudness,
    train_voices,
    voice_beside,
)
from tests.triage.encoder.small import small_encoder, small_trunk

_CHANCE = np.random.default_rng(3)
_BAD = _CHANCE.random(400) < 0.3
_SOURCES = np.array(["one", "other"])[np.arange(400) % 2]


def _scores(gap: float) -> np.ndarray:
    return (_CHANCE.normal(size=400) + gap * _BAD).astype(np.float32)


def test_one_that_knows_nothing_is_hardly_heard_and_one_that_knows_more_is() -> None:
    well, badly, noise = _scores(2.0), _scores(0.3), _scores(0.0)

    assert loudness(_BAD, _SOURCES, well, noise) < 0.5
    assert loudness(_BAD, _SOURCES, badly, well) > 1


def test_the_loudest_of_those_that_are_as_good_is_taken() -> None:
    scores = _scores(1.0)

    assert loudness(_BAD, _SOURCES, scores, scores) == pytest.approx(7 / 3)


def test_units_make_no_difference() -> None:
    by_tables, by_encoder = _scores(1.0), _scores(1.5)

    loud = loudness(_BAD, _SOURCES, by_tables, by_encoder)

    tenth = loudness(_BAD, _SOURCES, by_tables, 10 * by_encoder)
    assert tenth == pytest.approx(loud / 10, rel=1e-4)


def test_a_voice_tells_rows_held_back_apart_and_is_for_these_tables() -> None:
    texts = [f"a {'bad' if bad else 'fine'} day, {place}" for place, bad in enumerate(_BAD)]
    held = [
        Example(text=text, unwelcome=float(bad), weight=1.0, source="en_surge")
        for text, bad in zip(texts, _BAD, strict=True)
    ]

    silent = small_encoder(SILENT)
    voice = voice_beside(tables("en"), silent, held=held)

    version = tables("en").settings.version
    assert (voice.language, voice.tables) == ("en", version)
    assert voice.loud > 0
    known = with_encoder(tables("en"), replace(silent, voice=voice))
    score = chances(logits(texts, known), known.settings)
    assert score[_BAD].min() > score[~_BAD].max()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Labelled files of Chinese, as the real ones are written; none for evaluation."""
    rows = [f"这个地方{number}很好\t{number % 2}" for number in range(400)]
    files = {"zh_cold_train": rows, "zh_swsr_train": rows[:9]}
    for name in (*files, *EVALUATION):
        text = "\n".join(["text\tlabel", *files.get(name, [])]) + "\n"
        (tmp_path / f"{name}.tsv.xz").write_bytes(lzma.compress(text.encode()))
    return tmp_path


def test_a_lesson_has_rows_of_each_source_by_its_weight_and_our_sentences(
    data: Path,
) -> None:
    some = taught(data, "zh")

    lesson, body = lesson_of(some, small_encoder().body, most=10)

    weighs_less = sum(each.source == "zh_swsr_train" for each in some.lesson)
    counts = np.bincount(lesson.source).tolist()
    assert counts[:2] == [10, min(7, weighs_less)]
    assert counts[2] > 1_000  # our sentences
    assert lesson.sources == len(counts) == 3
    assert set(lesson.weight[lesson.source == 2].tolist()) == {0.5}
    assert some.held
    assert not {each.text for each in some.held} & {each.text for each in some.lesson}
    assert len(body.words) == FIRST + len(body.pieces.written)


def test_voices_are_learnt_anew_for_encoders_that_are_there(
    data: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / TRUNK).write_bytes(trunk.written(small_trunk()))
    (out / encoder_of("zh")).write_bytes(encoder.written(small_encoder(SILENT)))
    said: list[str] = []

    made = train_voices(data, out, languages=["zh"], progress=said.append)

    assert [file.name for file in made] == [voice_of("zh"), LIST]
    voice = encoder.read_voice(made[0].read_bytes())
    listed = json.loads(made[1].read_text())
    assert voice.tables == tables("zh").settings.version
    assert (voice.language, int(voice.version)) == ("zh", listed["version"])
    assert [*listed["sha256"]] == [encoder_of("zh"), TRUNK, voice_of("zh")]
    assert said == [f"{voice_of('zh')}: as loud as {voice.loud:.2f}"]


def test_pieces_that_no_text_has_are_left_out_and_letters_of_the_script_stay() -> None:
    start = small_encoder().body

    found = with_pieces_of(start, ["day"], script="HANGUL")

    assert found.pieces.written == ["\u2581", "a", "d", "y"]
    numbers = [start.pieces.written.index(piece) + FIRST for piece in found.pieces.written]
    np.testing.assert_array_equal(found.words.rows()[FIRST:], start.words.rows(numbers))
    every = with_pieces_of(start, ["day"], script="LATIN").pieces.written
    assert every == [piece for piece in start.pieces.written if piece != "\u2581bad"]
