"""The stand-in as an application: routes, keys, limits, and that it tells nothing."""

import asyncio
import json
import logging
import threading
from collections.abc import Sequence
from email import message_from_string

import pytest

from letterdesk.serving import scores
from letterdesk.serving.scores import MAX_BODY, Scores
from letterdesk.triage.perspective.answers import Answer, analysed, stretches
from letterdesk.triage.perspective.asked import Analysis
from letterdesk.triage.perspective.refusals import Refused
from tests.letterbox.doubles import Answered, Headers, Protocol, Scope, ask
from tests.processes import PATIENCE

ANALYZE = "/v1alpha1/comments:analyze"
SUGGEST = "/v1alpha1/comments:suggestscore"
MARKER = "Ilsa Dorrech of Mill Lane"
ASKED = {"comment": {"text": MARKER}, "requestedAttributes": {"TOXICITY": {}}}
KEY = "0123456789abcdef"
BATCH = 'multipart/mixed; boundary="===BOUND=="'


def post(
    app: Scores, address: str, body: object, *chunks: bytes | None, **headers: str
) -> Answered:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    raw = [json.dumps(body).encode()] if body is not None else list(chunks)
    return asyncio.run(ask(app, "POST", address, headers=told, chunks=raw))


def get(app: Scores, address: str, **headers: str) -> Answered:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return asyncio.run(ask(app, "GET", address, headers=told))


def test_comment_is_scored_whatever_key_comes_with_it() -> None:
    answer = post(Scores(), f"{ANALYZE}?key=whatever&alt=json", ASKED)

    assert (answer.status, answer["cache-control"]) == (200, "no-store")
    assert answer["content-type"] == "application/json; charset=utf-8"
    assert 0 < answer.json["attributeScores"]["TOXICITY"]["summaryScore"]["value"] < 1
    assert MARKER not in answer.text


def test_comments_with_many_spans_keep_no_short_one_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    goes_on, ended = threading.Event(), list[str]()

    def slow(some: Sequence[Analysis]) -> list[Answer | Refused]:
        if stretches(some[0]) > 1:
            assert goes_on.wait(PATIENCE)
        ended.append(some[0].text[:5])
        return analysed(some)

    monkeypatch.setattr(scores, "analysed", slow)
    long = ASKED | {"comment": {"text": "Long. " * 40}, "languages": ["en"]}

    long["spanAnnotations"] = True

    async def both() -> list[Answered]:
        app = Scores()
        waits = asyncio.create_task(ask(app, "POST", ANALYZE, chunks=[_raw(long)]))
        await asyncio.sleep(0)
        short = await ask(app, "POST", ANALYZE, chunks=[_raw(ASKED)])
        goes_on.set()
        return [await waits, short]

    answers = asyncio.run(both())

    assert ended == ["Ilsa ", "Long."]
    assert [one.status for one in answers] == [200, 200]


def test_more_comments_with_many_spans_than_may_wait_are_asked_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scores, "_LONG_WAITING", 1)
    long = ASKED | {"comment": {"text": "Long. " * 40}, "languages": ["en"]}

    long["spanAnnotations"] = True

    async def many() -> list[Answered]:
        app = Scores()
        asked = (ask(app, "POST", ANALYZE, chunks=[_raw(long)]) for _ in range(4))
        return await asyncio.gather(*asked)

    answers = asyncio.run(many())

    refused = [one for one in answers if one.status != 200]
    assert [(one.status, one["retry-after"]) for one in refused] == [(429, "1")] * 3
    assert refused[0].json["error"]["message"] == "Too many requests; try again."


def _raw(body: object) -> bytes:
    return json.dumps(body).encode()


def test_suggestion_is_answered() -> None:
    asked = {"comment": {"text": MARKER}, "attributeScores": {"TOXICITY": {}}}

    answer = post(Scores(), SUGGEST, asked | {"clientToken": "comment:7"})

    assert (answer.status, answer.json) == (200, {"clientToken": "comment:7"})


@pytest.mark.parametrize(
    ("query", "header", "status", "message"),
    [
        ("", "", 403, "The request is missing a valid API key. Add ?key=… to the address."),
        ("?key=wrong", "", 400, "API key not valid. Please pass a valid API key."),
        ("", "wrong", 400, "API key not valid. Please pass a valid API key."),
        (f"?key={KEY}", "", 200, None),
        ("", KEY, 200, None),
    ],
)
@pytest.mark.parametrize("address", [ANALYZE, SUGGEST])
def test_key_is_needed_when_there_is_one(
    query: str, header: str, status: int, message: str | None, address: str
) -> None:
    headers = {"x_goog_api_key": header} if header else {}

    answer = post(
        Scores(key=KEY),
        address + query,
        ASKED | {"attributeScores": {"SPAM": {}}},
        **headers,
    )

    assert answer.status == status
    assert answer.json.get("error", {}).get("message") == message


@pytest.mark.parametrize("address", ["/", "/v1alpha1/comments:list", f"{ANALYZE}/"])
def test_other_addresses_are_not_there(address: str) -> None:
    answer = post(Scores(), address, ASKED)

    assert (answer.status, answer.json["error"]["status"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize(
    ("address", "allowed"),
    [(ANALYZE, "POST"), (f"{SUGGEST}?key=x", "POST")],
)
def test_another_method_is_refused_as_such(address: str, allowed: str) -> None:
    answer = get(Scores(), address)

    assert (answer.status, answer["allow"]) == (405, allowed)
    assert answer.json["error"]["status"] == "METHOD_NOT_ALLOWED"


def test_another_version_is_not_there() -> None:
    answer = get(Scores(), "/$discovery/rest?version=v9")

    assert (answer.status, answer.json["error"]["status"]) == (404, "NOT_FOUND")
    assert "v1alpha1" in answer.json["error"]["message"]


def test_refusals_are_sent_as_the_api_sends_them() -> None:
    answer = post(
        Scores(),
        ANALYZE,
        {"comment": {"text": ""}} | {"requestedAttributes": {"TOXICITY": {}}},
    )

    assert answer.status == 400
    assert answer.json["error"]["details"][0]["errorType"] == "COMMENT_EMPTY"


@pytest.mark.parametrize("length", [{}, {"content_length": str(10**7)}])
def test_body_without_end_is_refused(length: dict[str, str]) -> None:
    part = b"x" * MAX_BODY

    answer = post(Scores(), ANALYZE, None, *[part] * 20, **length)

    assert answer.status == 400
    assert answer.json["error"]["details"][0]["errorType"] == "COMMENT_TOO_LONG"


def test_slow_body_is_refused_and_the_line_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scores, "_SECONDS", 0.01)

    answer = post(Scores(), ANALYZE, None, b'{"comment"', None)

    assert (answer.status, answer["connection"]) == (408, "close")


def test_client_that_goes_away_is_not_answered(caplog: pytest.LogCaptureFixture) -> None:
    protocol = Protocol([b"{", b"gone"])

    asyncio.run(
        Scores().__rsgi__(Scope(method="POST", path=ANALYZE, headers=Headers()), protocol)
    )

    assert (protocol.answer, caplog.text) == (None, "")


def test_what_fails_is_told_without_a_word_of_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ValueError(MARKER)

    monkeypatch.setattr(scores, "read_analysis", fail)

    with caplog.at_level(logging.DEBUG):
        answer = post(Scores(), ANALYZE, ASKED)

    assert (answer.status, answer.json["error"]["status"]) == (500, "INTERNAL")
    assert "error=ValueError place=test_scores.py:" in caplog.text
    assert MARKER not in caplog.text + answer.text


def test_so_many_at_once_that_they_would_wait_too_long_are_asked_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scores, "_WAITING", 2)
    app = Scores()
    raw = [json.dumps(ASKED).encode()]

    async def all_at_once() -> list[Answered]:
        return await asyncio.gather(
            *(ask(app, "POST", ANALYZE, chunks=raw) for _ in range(6))
        )

    answers = asyncio.run(all_at_once())

    assert sorted({one.status for one in answers}) == [200, 429]
    refused = next(one for one in answers if one.status == 429)
    assert (refused["retry-after"], refused.json["error"]["status"]) == (
        "1",
        "RESOURCE_EXHAUSTED",
    )


@pytest.mark.parametrize(
    ("headers", "root"),
    [
        ({"host": "127.0.0.1:8002"}, "http://127.0.0.1:8002/"),
        (
            {"host": "scores.news.example", "x_forwarded_proto": "https"},
            "https://scores.news.example/",
        ),
        ({"host": "[::1]:8002"}, "http://[::1]:8002/"),
        ({"host": 'evil"/x'}, "http://localhost/"),
        ({"host": ""}, "http://localhost/"),
    ],
)
def test_discovery_leads_back_to_where_it_was_asked(
    headers: dict[str, str], root: str
) -> None:
    found = get(Scores(), "/$discovery/rest?version=v1alpha1", **headers).json

    assert (found["rootUrl"], found["servicePath"]) == (root, "")
    methods = found["resources"]["comments"]["methods"]
    assert [one["path"] for one in methods.values()] == [ANALYZE[1:], SUGGEST[1:]]
    forms = [
        one[way]["$ref"] for one in methods.values() for way in ("request", "response")
    ]
    assert set(forms) <= set(found["schemas"])


def test_health_is_told() -> None:
    assert get(Scores(), "/healthz").json == {"status": "ok"}


def in_batch(
    app: Scores, *requests: str, media_type: str = BATCH, **headers: str
) -> Answered:
    """Ask as Google's client for Python does."""
    parts = [
        "--===BOUND==\nContent-Type: application/http\nMIME-Version: 1.0\n"
        "Content-Transfer-Encoding: binary\n"
        f"Content-ID: <7f3a-11 + {number}>\n\n{request}\n"
        for number, request in enumerate(requests, start=1)
    ]
    raw = "".join([*parts, "--===BOUND==--"]).encode()
    return post(app, "/batch", None, raw, content_type=media_type, **headers)


def a_request(body: object, *, key: str = "", path: str = ANALYZE) -> str:
    return (
        f"POST {path}?key={key}&alt=json HTTP/1.1\nContent-Type: application/json\n"
        f"MIME-Version: 1.0\nHost: 127.0.0.1:8002\n\n{json.dumps(body)}"
    )


def told(answer: Answered) -> dict[str, tuple[int, dict[str, object]]]:
    """Read a batch's answer as that client does: status and JSON by number."""
    whole = message_from_string(
        f"content-type: {answer['content-type']}\r\n\r\n{answer.text}"
    )
    assert whole.is_multipart()
    found = {}
    for part in whole.get_payload():
        base, number = part["Content-ID"][1:-1].split(" + ", 1)
        assert base == "response-7f3a-11"
        first, rest = part.get_payload().split("\n", 1)
        _, status, _ = first.split(" ", 2)
        found[number] = (int(status), json.loads(rest.split("\r\n\r\n", 1)[1]))
    return found


def test_a_batch_is_answered_part_by_part() -> None:
    answer = in_batch(
        Scores(key=KEY),
        a_request(ASKED, key=KEY),
        a_request(ASKED, key="wrong"),
        a_request(ASKED, key=KEY, path="/v1alpha1/comments:nothing"),
        a_request(
            {"comment": {"text": ""}, "requestedAttributes": {"TOXICITY": {}}}, key=KEY
        ),
    )

    found = told(answer)
    assert answer.status == 200
    assert {number: status for number, (status, _) in found.items()} == {
        "1": 200,
        "2": 400,
        "3": 404,
        "4": 400,
    }
    assert "TOXICITY" in found["1"][1]["attributeScores"]
    assert MARKER not in answer.text


def test_the_key_of_a_batch_is_that_of_its_parts() -> None:
    answer = in_batch(Scores(key=KEY), a_request(ASKED), x_goog_api_key=KEY)

    assert told(answer)["1"][0] == 200


@pytest.mark.parametrize(
    ("number", "media_type", "sentence"),
    [
        (1, "application/json", "A batch is multipart/mixed, with a boundary"),
        (1, "multipart/mixed; boundary=other", "The batch has no end"),
        (0, BATCH, "There is nothing in the batch"),
        (101, BATCH, "A batch has 100 requests at the most"),
        (5_000, BATCH, "A batch has 100 requests at the most"),
    ],
)
def test_a_batch_that_is_none_is_refused(
    number: int, media_type: str, sentence: str
) -> None:
    answer = in_batch(Scores(), *["GET /"] * number, media_type=media_type)

    assert (answer.status, answer.json["error"]["message"]) == (400, sentence)


def test_a_part_that_is_no_request_is_refused_and_one_too_long_alone() -> None:
    long = {"comment": {"text": "a" * MAX_BODY}, "requestedAttributes": {"TOXICITY": {}}}

    none = in_batch(Scores(), "", "GET /")
    answer = in_batch(Scores(), a_request(long), a_request(ASKED))

    assert none.json["error"]["message"] == "A part of the batch is no request"
    assert [status for status, _ in told(answer).values()] == [400, 200]
