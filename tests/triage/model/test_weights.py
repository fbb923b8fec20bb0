"""Weights come back from their file nearly as they were, and all files are there."""

import json
from dataclasses import asdict, replace
from io import BytesIO

import numpy as np
import pytest

from letterdesk.triage.model.weights import (
    Settings,
    packed,
    read,
    tables,
    unpacked,
    weights,
    with_encoder,
    without_encoder,
    written,
)
from tests.triage.encoder.small import VOICE, small_encoder

SETTINGS = Settings(
    language="en",
    version="1",
    middle=40.0,
    plain_share=1.0,
    sentence_share=0.5,
    slope=1.0,
    offset=-1.0,
)


def test_without_its_encoder_a_model_reads_as_it_did_before() -> None:
    alone = tables("en")
    both = with_encoder(alone, small_encoder())

    assert (both.settings.slope, both.settings.offset) == (VOICE.slope, VOICE.offset)
    assert without_encoder(both) == alone
    assert without_encoder(alone) == alone


def test_a_model_of_before_lines_were_kept_apart_keeps_the_one_it_has() -> None:
    both = with_encoder(tables("en"), small_encoder())
    old = replace(both, settings=replace(both.settings, slope_alone=0.0, offset_alone=0.0))

    found = without_encoder(old)

    assert (found.encoder, found.settings) == (None, old.settings)


def test_a_table_comes_back_nearly_as_it_was() -> None:
    table = np.array([0, 0.001, -0.02, 0.5, -3, 12], dtype=np.float32)

    again = unpacked(*packed(table))[:]

    np.testing.assert_allclose(again, table, rtol=0.1, atol=0.001)
    assert again[-1] == pytest.approx(12)
    assert (unpacked(*packed(np.zeros(3, dtype=np.float32)))[:] == 0).all()


def test_the_same_weights_give_the_same_bytes() -> None:
    table = np.linspace(-1, 1, 64, dtype=np.float32)
    raw = written(SETTINGS, plain=table, sentence=table[:16])

    again = read(raw)

    assert raw == written(SETTINGS, plain=table, sentence=table[:16])
    assert again.settings == SETTINGS
    np.testing.assert_allclose(again.plain[:], table, atol=0.02)
    assert len(again.sentence) == 16


def test_a_file_of_version_1_takes_texts_as_they_are() -> None:
    facts = asdict(replace(SETTINGS, few=30.0))
    del facts["few"]
    out = BytesIO()
    np.savez(
        out,
        settings=np.frombuffer(json.dumps(facts).encode(), dtype=np.uint8),
        plain=np.zeros(8, dtype=np.int8),
        sentence=np.zeros(2, dtype=np.int8),
        peaks=np.ones(2),
    )

    assert read(out.getvalue()).settings == replace(SETTINGS, few=0.0)


@pytest.mark.parametrize("language", ["en", "ko", "zh"])
def test_a_language_that_ships_has_weights_under_its_tag(language: str) -> None:
    known = weights(f"{language}-Test")

    assert known is not None
    assert known.settings.language == language
    assert len(known.plain) == 4 * len(known.sentence)
