"""Abuse is marked between kind words, and kind words are not marked for their company."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from letterdesk.triage import in_part
from letterdesk.triage.in_part import uncivil_parts
from letterdesk.triage.incivility import MARK, chances_of, incivility, scores
from letterdesk.triage.model.score import row_logits
from letterdesk.triage.model.sparse import Rows
from letterdesk.triage.model.weights import Weights, shipped, tables
from tests.triage.encoder.small import VOICE, installed_for_a_while, small_encoder

KIND = {
    "en": (
        "Thank you for this careful report on the bridge and the people who built it.",
        "My grandmother would have loved to read it on a Sunday morning by the river.",
    ),
    "ko": (
        "다리를 지은 분들에 대한 꼼꼼한 기사 잘 읽었습니다, 정말 감사합니다.",
        "우리 할머니도 일요일 아침에 강가에서 읽으셨다면 참 좋아하셨을 것 같아요.",
    ),
    "zh": (
        "感谢记者认真报道这座大桥和建造它的人们，我们全家都读得很仔细。",
        "我奶奶如果还在，一定会喜欢在星期天早上坐在河边慢慢读这份报纸。",
    ),
}
ABUSE = [
    ("en", "You people are vermin and should be thrown out."),
    ("en", "Go back to your country, parasites."),
    ("ko", "짱깨들은 다 병신이다."),
    ("zh", "黑鬼滚出去。"),
]


def between(language: str, sentence: str) -> str:
    before, after = KIND[language]
    return " ".join([before, after, sentence, after, before])


@pytest.mark.parametrize(("language", "abuse"), ABUSE)
def test_abuse_between_kind_sentences_is_marked_where_it_stands(
    language: str, abuse: str
) -> None:
    text = between(language, abuse)
    assert chances_of([text], shipped(language))[0] < MARK  # as a whole it is thinned out

    signal = incivility(text, language=language)

    first = text.index(abuse)
    assert (signal.code, signal.score) == ("uncivil-in-part", MARK)
    assert signal.spans
    assert all(first <= start < end <= first + len(abuse) for start, end in signal.spans)
    assert text[slice(*signal.spans[0])] in signal.reason


@pytest.mark.parametrize("language", KIND)
def test_kind_sentences_stay_unmarked_together(language: str) -> None:
    before, after = KIND[language]

    signal = incivility(f"{before} {after} {before}", language=language)

    assert (signal.code, signal.spans) == ("civil", ())


@pytest.mark.parametrize(("language", "abuse"), ABUSE)
def test_one_sentence_is_read_as_a_whole_alone(language: str, abuse: str) -> None:
    assert uncivil_parts([abuse], shipped(language)) == {}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "thank you for this careful report on the bridge, you people are disgusting "
            "parasites, my grandmother would have loved to read it on a sunday morning by "
            "the river",
        ),
        (
            "zh",
            "感谢记者认真报道这座大桥和建造它的人们，你们这些人真是垃圾应该滚出这个国家，我奶奶如果"
            "还在，一定会喜欢在星期天早上坐在河边慢慢读这份报纸",
        ),
    ],
)
def test_commas_hide_abuse_no_better_than_full_stops(language: str, text: str) -> None:
    assert chances_of([text], shipped(language))[0] < MARK

    signal = incivility(text, language=language)

    assert signal.code == "uncivil-in-part"
    (first, *_, last) = signal.spans
    part = text[first.start : last.end]
    assert "，" not in part
    assert "," not in part


def test_a_clause_of_a_few_letters_is_too_little_to_go_by() -> None:
    text = f"{KIND['en'][0]} Idiots, {KIND['en'][1]}"

    assert uncivil_parts([text], shipped("en")) == {}


def test_the_worst_of_several_sentences_is_given() -> None:
    text = between("en", "You are an idiot. She is a stupid bitch.")

    found = uncivil_parts([text], shipped("en"))

    assert text[slice(*found[text])] == "She is a stupid bitch."


def test_scores_say_it_of_many_as_of_one() -> None:
    texts = [between(*each) for each in ABUSE if each[0] == "en"] + [*KIND["en"]]

    found = scores(texts, language="en")

    assert found is not None
    assert (found >= MARK).tolist() == [True, True, False, False]
    alone = [incivility(text, language="en").score for text in texts]
    assert found.tolist() == pytest.approx(alone, abs=1e-5)


def test_a_threat_between_kind_sentences_stays_a_threat() -> None:
    text = between("en", "You stupid bitch, I will kill you.")

    assert incivility(text, language="en").code == "threat"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Give what is read of texts for scores, each time, in a list that grows."""
    asked: list[list[str]] = []

    def seen(texts: list[str], rows: Rows, known: Weights) -> np.ndarray:
        asked.append(texts)
        return row_logits(texts, rows, known)

    monkeypatch.setattr(in_part, "row_logits", seen)
    return asked


def test_who_is_slower_reads_what_the_quicker_objects_to_and_nothing_else(
    tmp_path: Path, read: list[list[str]]
) -> None:
    text = between("en", ABUSE[1][1])
    with installed_for_a_while(tmp_path / "packages", small_encoder()):
        known = shipped("en")
        uncivil_parts([text], known)

    assert known.encoder is not None
    by_tables, by_both = read  # and by the student five sentences, and the clause of one
    assert by_tables == ["go back to your country, parasites.", "go back to your country"]
    assert by_both == by_tables[:1]


def test_what_the_tables_clearly_object_to_reaches_an_encoder_whatever_its_line(
    tmp_path: Path,
) -> None:
    abuse = "You bad bad idiots are disgusting parasites."
    flat = replace(VOICE, loud=500.0, slope=0.02, offset=0.0)  # of both logits together
    alone = chances_of([abuse], tables("en"))
    with installed_for_a_while(tmp_path / "packages", small_encoder(flat)):
        found = uncivil_parts([text := between("en", abuse)], shipped("en"))

    assert alone[0] >= in_part.CLEARLY
    assert [text[slice(*span)] for span in found.values()] == [abuse]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_student_spares_the_tables_work_and_changes_nothing(
    language: str, read: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = tables(language)
    assert known.student is not None
    texts = [between(*each) for each in ABUSE if each[0] == language]
    texts += [" ".join(KIND[language])]

    quick = uncivil_parts(texts, known)
    monkeypatch.setattr(in_part, "_HOPELESS", -np.inf)
    thorough = uncivil_parts(texts, known)

    assert quick == thorough
    assert set(read[0]) < set(read[1])
