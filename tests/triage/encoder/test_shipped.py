"""The encoders in encoder/ are whole, small enough, and learnt beside the tables here."""

import hashlib
import json
from pathlib import Path

import pytest

from letterdesk.triage.encoder.encoder import Encoder, read, read_trunk, read_voice
from letterdesk.triage.encoder.installed import LIST, TRUNK, encoder_of, voice_of
from letterdesk.triage.model.score import chances, logits
from letterdesk.triage.model.weights import tables, with_encoder
from letterdesk.triage.normal import normal

PACKAGE = Path(__file__).parents[3] / "encoder/src/letterdesk_encoder"
LISTED = json.loads((PACKAGE / LIST).read_bytes())
BAD = {
    "en": ["You are a disgusting liar, shut up", "go back to where you crawled from"],
    "ko": ["너 같은 쓰레기는 당장 꺼져라", "저 벌레 같은 놈들 다 쫓아내야 한다"],
    "zh": ["你这种垃圾赶紧滚", "这帮人都该被赶出去"],
}
FINE = {
    "en": ["Thank you for the careful report", "The ferry leaves at nine on Sundays"],
    "ko": ["꼼꼼한 기사 고맙습니다", "일요일에는 배가 아홉 시에 떠납니다"],
    "zh": ["谢谢这篇细致的报道", "星期天渡船九点开"],
}


@pytest.fixture(scope="module", params=sorted(BAD))
def encoder(request: pytest.FixtureRequest) -> Encoder:
    raw = (PACKAGE / encoder_of(request.param)).read_bytes()
    voice = read_voice((PACKAGE / voice_of(request.param)).read_bytes())
    return read(raw, read_trunk((PACKAGE / TRUNK).read_bytes()), voice)


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
    sizes = [file.stat().st_size for file in PACKAGE.glob("*.npz")]

    assert len(sizes) == len(BAD) + 1
    assert sum(sizes) <= 45_000_000


def test_the_list_has_the_digest_of_each() -> None:
    found = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in (*PACKAGE.glob("*.npz"), *PACKAGE.glob(voice_of("*")))
    }

    assert LISTED["sha256"] == found
