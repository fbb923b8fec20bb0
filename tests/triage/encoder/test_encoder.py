"""An encoder comes back from its file, and hears a bad word wherever it stands."""

from dataclasses import replace

import numpy as np
import pytest

from letterdesk.triage.encoder import trunk, voice
from letterdesk.triage.encoder.body import TOKENS
from letterdesk.triage.encoder.encoder import (
    NotAnEncoder,
    read,
    read_trunk,
    read_voice,
    rounded,
    written,
)
from letterdesk.triage.encoder.net import BEGIN, END
from letterdesk.triage.encoder.voice import SILENT
from letterdesk.triage.model import weights
from letterdesk.triage.model.weights import tables
from tests.triage.encoder.small import BAD, VOICE, small_encoder, small_trunk

ENCODER = small_encoder()
TRUNK = trunk.written(small_trunk())
_NOTHING = np.zeros(4, dtype=np.float32)
TABLES = weights.written(tables("en").settings, plain=_NOTHING, sentence=_NOTHING)


def test_it_comes_back_nearly_as_it_was_and_the_same_gives_the_same_bytes() -> None:
    raw = written(ENCODER)

    again = read(raw, read_trunk(TRUNK))

    assert raw == written(small_encoder())
    assert (again.voice, again.body.shape) == (SILENT, ENCODER.body.shape)
    assert again.body.pieces == ENCODER.body.pieces
    texts = ["bad", "a fine day", "so bad a day", ""]
    np.testing.assert_allclose(again.logits(texts), ENCODER.logits(texts), atol=0.05)


def test_a_voice_comes_back_and_what_is_none_is_refused() -> None:
    assert read_voice(voice.written(VOICE)) == VOICE
    for raw in (b"", b"[]", b'{"louder": 1}', b"\xff"):
        with pytest.raises(NotAnEncoder):
            read_voice(raw)


@pytest.mark.parametrize("raw", [b"", b"not one", written(ENCODER)[:-200], TABLES])
def test_what_is_no_encoder_is_refused(raw: bytes) -> None:
    with pytest.raises(NotAnEncoder):
        read(raw, small_trunk())
    with pytest.raises(NotAnEncoder):
        read_trunk(raw)


def test_rows_are_rounded_each_by_its_own_largest() -> None:
    rows = np.array([[0.001, -0.002], [100, 50], [0, 0]], dtype=np.float32)

    found, scale = rounded(rows)

    assert found.dtype == np.int8
    np.testing.assert_allclose(found * scale, rows, rtol=0.01)


def test_a_bad_word_is_heard_alone_and_among_others() -> None:
    alone, among, none = ENCODER.logits(["bad", "a bad day", "a fine day"])

    assert alone > among > none


def test_answers_do_not_depend_on_who_is_asked_about_together() -> None:
    texts = ["bad", "day " * 60, "a day", *["fine"] * 40]

    together = ENCODER.logits(texts)

    alone = [float(ENCODER.logits([text])[0]) for text in texts]
    np.testing.assert_allclose(together, alone, atol=1e-4)
    assert len(ENCODER.logits([])) == 0


def test_a_long_text_is_read_in_stretches_of_about_one_length() -> None:
    text = "day " * 25

    stretches = ENCODER.body.stretches(text)

    lengths = [len(each) for each in stretches]
    assert len(lengths) > 1
    assert max(lengths) <= TOKENS
    assert max(lengths) - min(lengths) <= 1
    assert {(each[0], each[-1]) for each in stretches} == {(BEGIN, END)}
    inner = [number for each in stretches for number in each[1:-1]]
    assert inner == ENCODER.body.pieces.numbers(text)


def test_a_bad_word_far_back_in_a_long_text_is_heard() -> None:
    fine = "day " * 40

    without, within = ENCODER.logits([fine, f"{fine} bad"])

    assert within > without + 0.1
    assert BAD in ENCODER.body.stretches(f"{fine} bad")[-1]


def test_a_text_without_end_is_read_here_and_there_to_what_is_looked_at() -> None:
    stretches = ENCODER.body.stretches(f"bad {'day ' * 4_000}bad {'day ' * 100_000}")

    assert len(stretches) == 12
    assert BAD in stretches[0]
    short = ENCODER.body.stretches(f"bad {'day ' * 900}bad")
    assert len(short) == 12
    assert BAD in short[0]
    assert BAD in short[-1]


def test_a_silent_voice_changes_nothing_of_what_it_reads() -> None:
    quiet = replace(ENCODER, voice=replace(VOICE, loud=0.0))

    assert quiet.logits(["bad"]) == ENCODER.logits(["bad"])
