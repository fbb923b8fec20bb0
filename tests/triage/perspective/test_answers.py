"""Requests of the Perspective API are answered with our scores, or refused in its shape."""

import json

import pytest

from letterdesk.triage.incivility import scores
from letterdesk.triage.language import language_of, script_of
from letterdesk.triage.model.features import kept_columns
from letterdesk.triage.normal import normal
from letterdesk.triage.personal.digits import plain_digits
from letterdesk.triage.perspective.answers import analysed, suggested
from letterdesk.triage.perspective.asked import (
    MAX_TEXT,
    Analysis,
    read_analysis,
    read_suggestion,
)
from letterdesk.triage.perspective.refusals import Refused

ABUSE = "You stupid bitch, go kill yourself"
KIND = "Thank you for the report."


def asked(text: str = ABUSE, **more: object) -> Analysis:
    body = {"comment": {"text": text}, "requestedAttributes": {"TOXICITY": {}}, **more}
    return read_analysis(json.dumps(body).encode())


def answer(text: str = ABUSE, **more: object) -> dict[str, object]:
    (found,) = analysed([asked(text, **more)])
    assert not isinstance(found, Refused), found.body()
    return found


def refusal(text: str = ABUSE, **more: object) -> dict[str, object]:
    try:
        (found,) = analysed([asked(text, **more)])
    except Refused as refused:
        found = refused
    assert isinstance(found, Refused)
    return found.body()["error"]


def toxicity(text: str, language: str = "en") -> float:
    found = scores([text], language=language)
    assert found is not None
    return pytest.approx(float(found[0]), abs=1e-6)


def test_whole_answer_has_the_shape_of_the_api() -> None:
    score = {"value": toxicity(ABUSE), "type": "PROBABILITY"}

    assert answer(languages=["en"], clientToken="comment:7", doNotStore=True) == {
        "attributeScores": {
            "TOXICITY": {
                "spanScores": [{"begin": 0, "end": len(ABUSE), "score": score}],
                "summaryScore": score,
            }
        },
        "languages": ["en"],
        "detectedLanguages": ["en"],
        "clientToken": "comment:7",
    }


def test_language_is_found_out_when_it_is_not_given() -> None:
    found = answer("씨발 병신 새끼들 다 뒤져라")

    assert (found["languages"], found["detectedLanguages"]) == (["ko"], ["ko"])


def test_spans_are_sentences_each_with_its_own_score() -> None:
    text = f"{KIND} {ABUSE}!"

    found = answer(text, spanAnnotations=True)["attributeScores"]["TOXICITY"]

    assert [
        (text[one["begin"] : one["end"]], one["score"]["value"])
        for one in found["spanScores"]
    ] == [(KIND, toxicity(KIND)), (f"{ABUSE}!", toxicity(f"{ABUSE}!"))]


def test_what_is_below_the_threshold_is_left_out() -> None:
    wanted = {"TOXICITY": {"scoreType": "PROBABILITY", "scoreThreshold": 0.5}}

    assert "attributeScores" not in answer(KIND, requestedAttributes=wanted)
    assert "TOXICITY" in answer(ABUSE, requestedAttributes=wanted)["attributeScores"]


def test_writing_beats_what_a_client_says_of_it() -> None:
    text = "씨발 병신 새끼들 다 뒤져라"

    found = answer(text, languages=["en"])

    assert found["languages"] == ["en"]
    score = found["attributeScores"]["TOXICITY"]["summaryScore"]
    assert score["value"] == toxicity(text, "ko")


@pytest.mark.parametrize(
    "more", [{"languages": None}, {"client_token": None}, {"unheardOf": 1}, {"context": {}}]
)
def test_what_is_null_or_unknown_is_passed_over(more: dict[str, object]) -> None:
    assert answer(**more)["attributeScores"]


def test_names_of_fields_may_be_written_as_in_protocol_buffers() -> None:
    raw = {
        "comment": {"text": KIND},
        "requested_attributes": {"TOXICITY": {"score_threshold": 0.99}},
        "client_token": "a",
    }

    (found,) = analysed([read_analysis(json.dumps(raw).encode())])

    assert found == {
        "languages": ["en"],
        "detectedLanguages": ["en"],
        "clientToken": "a",
    }


@pytest.mark.parametrize("name", ["INSULT", "SEVERE_TOXICITY", "THREAT", "PROFANITY"])
def test_attribute_that_we_cannot_score_is_refused_by_name(name: str) -> None:
    wanted = {"TOXICITY": {}, name: {}}

    assert refusal(requestedAttributes=wanted, languages=["en"]) == {
        "code": 400,
        "message": f"Attribute {name} does not support request languages: en",
        "status": "INVALID_ARGUMENT",
        "details": [
            {
                "@type": "type.googleapis.com/google.commentanalyzer.v1alpha1.Error",
                "errorType": "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
                "languageNotSupportedByAttributeError": {
                    "requestedLanguages": ["en"],
                    "attribute": name,
                },
            }
        ],
    }


def test_detected_language_without_a_model_is_named() -> None:
    (detail,) = refusal("ဤဆောင်းပါးသည် ကောင်းသည်။")["details"]

    assert detail["languageNotSupportedByAttributeError"] == {
        "detectedLanguages": ["my"],
        "attribute": "TOXICITY",
    }


@pytest.mark.parametrize(
    ("text", "more", "kind", "message"),
    [
        ("", {}, "COMMENT_EMPTY", "Comment must be non-empty."),
        (" \n", {}, "COMMENT_EMPTY", "Comment must be non-empty."),
        ("a" * (MAX_TEXT + 1), {}, "COMMENT_TOO_LONG", "Comment text too long."),
        ("가" * (MAX_TEXT // 3 + 1), {}, "COMMENT_TOO_LONG", "Comment text too long."),
        (
            KIND,
            {"requestedAttributes": {}},
            "NO_REQUESTED_ATTRIBUTES",
            "Missing requested_attributes",
        ),
        (
            KIND,
            {"requestedAttributes": {"WARMTH": {}}},
            "INVALID_REQUEST",
            "Unknown requested attribute: WARMTH",
        ),
        (
            KIND,
            {"requestedAttributes": {"TOXICITY": {"scoreType": "RAW"}}},
            "INVALID_REQUEST",
            "Requested score type RAW is not supported by attribute TOXICITY",
        ),
        (
            KIND,
            {"comment": {"text": KIND, "type": "HTML"}},
            "INVALID_REQUEST",
            "Currently, only 'PLAIN_TEXT' comments are supported",
        ),
        ("12345 !!", {}, "LANGUAGE_DETECTION_FAILED", "Unable to detect language"),
    ],
)
def test_refusals_are_the_apis_own(
    text: str, more: dict[str, object], kind: str, message: str
) -> None:
    error = refusal(text, **more)

    assert (error["message"], error["details"][0]["errorType"]) == (message, kind)


def test_longest_text_is_scored() -> None:
    assert answer("so it is " * (MAX_TEXT // 9))["attributeScores"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"SECRET",
        b"[]",
        b'{"comment": "SECRET"}',
        b'{"comment": {"text": 5}}',
        b"\xff\xfe",
        b"[" * 50_000,
        b'{"a":' * 20_000,
    ],
)
def test_body_of_another_form_is_refused_without_its_words(raw: bytes) -> None:
    with pytest.raises(Refused) as raised:
        read_analysis(raw)

    told = json.dumps(raised.value.body())
    assert "INVALID_REQUEST" in told
    assert "SECRET" not in told


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (rb"\ud83d", "\ufffd"),  # as JSON.stringify writes what was cut in two
        (rb"\uDE00", "\ufffd"),
        (rb"\ude00\ud83d", "\ufffd\ufffd"),
        (rb"\ud83d\ud83d\ude00", "\ufffd\U0001f600"),
        (rb"\uD83D\uDE00", "\U0001f600"),
        (rb"\\ud83d \ud83d", "\\ud83d \ufffd"),  # a backslash, and letters
        (rb"\\\ud83d", "\\\ufffd"),
    ],
)
def test_half_a_character_costs_no_comment_its_score(written: bytes, text: str) -> None:
    raw = (
        b'{"comment": {"text": "%s %s. Go away!"}, "spanAnnotations": true, "languages": '
        b'["en"], "requestedAttributes": {"TOXICITY": {}}, "\\ud83d": "\\ude00"}'
    ) % (ABUSE.encode(), written)

    found = read_analysis(raw)
    (told,) = analysed([found])

    assert found.text == f"{ABUSE} {text}. Go away!"
    assert not isinstance(told, Refused), told.body()
    toxic = told["attributeScores"]["TOXICITY"]
    score = toxic["summaryScore"]["value"]
    assert (score, score > 0.5) == (toxicity(found.text), True)
    spans = [found.text[one["begin"] : one["end"]] for one in toxic["spanScores"]]
    assert spans == [f"{ABUSE} {text}.", "Go away!"]


@pytest.mark.parametrize(
    "wrong", [b"NaN", b"1e999", b'"\\ud83', b'"\\x"', b"[" * 5_000, b'"\xed\xa0\xbd"']
)
def test_half_a_character_opens_the_door_to_nothing_else(wrong: bytes) -> None:
    raw = b'{"comment": {"text": "\\ud83d"}, "context": %s}' % wrong

    with pytest.raises(Refused, match="Invalid JSON payload"):
        read_analysis(raw)


def test_one_request_spoils_no_others_answer() -> None:
    wrong = asked(requestedAttributes={"FLIRTATION": {}})

    first, second, third = analysed([asked(KIND), wrong, asked(ABUSE, languages=["en"])])

    assert isinstance(second, Refused)
    assert first == answer(KIND)
    assert third == answer(ABUSE, languages=["en"])


def test_suggestion_is_answered_and_checked() -> None:
    raw = {
        "comment": {"text": KIND},
        "attributeScores": {"TOXICITY": {"summaryScore": {"value": 0}}},
        "languages": ["en"],
        "clientToken": "comment:7",
    }

    found = suggested(read_suggestion(json.dumps(raw).encode()))

    assert found == {"requestedLanguages": ["en"], "clientToken": "comment:7"}
    del raw["attributeScores"]
    with pytest.raises(Refused):
        read_suggestion(json.dumps(raw).encode())


@pytest.mark.parametrize(
    ("scores", "message"),
    [
        ({"FOO": {}}, "Unknown attribute: FOO"),
        (
            {"TOXICITY": {"summaryScore": {"value": 9}}},
            "A score of TOXICITY is not between 0 and 1",
        ),
        (
            {"SPAM": {"spanScores": [{"begin": 0, "end": 1, "score": {"value": -0.1}}]}},
            "A score of SPAM is not between 0 and 1",
        ),
    ],
)
def test_a_suggestion_that_makes_no_sense_is_refused(
    scores: dict[str, object], message: str
) -> None:
    raw = json.dumps({"comment": {"text": KIND}, "attributeScores": scores}).encode()

    with pytest.raises(Refused, match=message):
        suggested(read_suggestion(raw))


@pytest.mark.parametrize("text", [ABUSE, "Ṁîṡérable wörds of nobody"])
def test_nothing_of_a_request_is_kept_once_it_is_answered(text: str) -> None:
    analysed([asked(text, languages=["en"]), asked(text)])

    kept = (normal, plain_digits, kept_columns, script_of, language_of)
    assert [one.cache_info().currsize for one in kept] == [0] * len(kept)
