"""The encoders in encoder/ are whole, small enough, and learnt beside the tables here."""

import hashlib
import json
from pathlib import Path

import pytest

from letterdesk.triage.encoder.encoder import Encoder, read
from letterdesk.triage.encoder.installed import LIST
from letterdesk.triage.model.score import chances, logits
from letterdesk.triage.model.weights import tables, with_encoder
from letterdesk.triage.normal import normal

PACKAGE = Path(__file__).parents[3] / "encoder/src/letterdesk_encoder"
LISTED = json.loads((PACKAGE / LIST).read_bytes())
BAD = {
    "en": ["You are a disgusting liar, shut up", "go back to where you crawled from"],
    "zh": ["你这种垃圾赶紧滚", "这帮人都该被赶出去"],
}
FINE = {
    "en": ["Thank you for the careful report", "The ferry leaves at nine on Sundays"],
    "zh": ["谢谢这篇细致的报道", "星期天渡船九点开"],
}


@pytest.fixture(params=sorted(BAD))
def encoder(request: pytest.FixtureRequest) -> Encoder:
    return read((PACKAGE / f"encoder-{request.param}.npz").read_bytes())


def test_it_is_heard_beside_the_tables_that_ship(encoder: Encoder) -> None:
    voice = encoder.voice

    assert int(voice.version) == LISTED["version"]
    assert voice.tables == tables(voice.language).settings.version
    assert voice.loud > 0


def test_it_tells_abuse_from_what_is_fine(encoder: Encoder) -> None:
    language = encoder.voice.language
    known = with_encoder(tables(language), encoder)
    texts = [normal(text).text for text in BAD[language] + FINE[language]]

    score = chances(logits(texts, known), known.settings)

    assert score[:2].min() > score[2:].max()
    assert score[2:].max() < 0.5


def test_all_of_them_fit_what_an_extra_may_take() -> None:
    sizes = [file.stat().st_size for file in PACKAGE.glob("encoder-*.npz")]

    assert len(sizes) == len(BAD)
    assert sum(sizes) <= 45_000_000


def test_the_list_has_the_digest_of_each() -> None:
    found = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in PACKAGE.glob("encoder-*.npz")
    }

    assert LISTED["sha256"] == found
