"""Whose pages may send forms here, and read what is answered."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest

from letterdesk.letterbox.app import App
from tests.letterbox.doubles import JSON, Answered, ask, post
from tests.letterbox.rooms import COMMENTS, Room, make_room

TOML = """
[site]
url = "https://letters.example"
origins = ["https://news.example", "https://Blog.example:8443"]
[letterbox]
reserve_megabytes = 1
"""
CROSS = {"sec-fetch-site": "cross-site"}


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return make_room(tmp_path, toml=TOML)


def send(app: App, headers: Mapping[str, str]) -> Answered:
    told = {"host": "127.0.0.1:8000", **JSON, **headers}
    return asyncio.run(post(app, COMMENTS, {"text": "Words."}, headers=told))


def preflight(app: App, headers: Mapping[str, str]) -> Answered:
    told = {"access-control-request-method": "POST", **headers}
    return asyncio.run(ask(app, "OPTIONS", COMMENTS, headers=told))


@pytest.mark.parametrize(
    "headers",
    [
        {},  # curl, w3m, an old browser
        {"origin": "https://letters.example"},
        {"origin": "HTTPS://Letters.Example"},
        {"origin": "http://127.0.0.1:8000"},  # the address that it was sent to
        {"origin": "http://abc.onion", "host": "abc.onion"},
        {"origin": "https://news.example", **CROSS},
        {"origin": "https://blog.example:8443", **CROSS},
        {"origin": "https://other.example", "sec-fetch-site": "same-origin"},
        {"origin": "https://letters.example", **CROSS},  # our page, sent to our onion
        {"origin": "null", "sec-fetch-site": "same-origin"},
        {"origin": "null", "sec-fetch-site": "none"},
        {"sec-fetch-site": "none"},
        {"origin": "null"},  # an old browser that hides where forms come from
    ],
)
def test_forms_of_our_own_and_of_allowed_pages_are_taken(room, app, headers):
    assert send(app, headers).status == 201
    assert len(room.letters()) == 1


@pytest.mark.parametrize(
    "headers",
    [
        CROSS,
        {"origin": "null", **CROSS},
        {"origin": "https://evil.example", **CROSS},
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "same-site"},
        {"origin": "null", "sec-fetch-site": "same-site"},  # another port, `no-referrer`
        {"origin": "null", "sec-fetch-site": "nonsense"},
        {"origin": "http://127.0.0.1:8000", **CROSS},  # http, sent to https
        {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-site"},
        {"origin": "https://evil.example", "sec-fetch-site": "same-site"},
        {"origin": "https://evil.example", "sec-fetch-site": "nonsense"},
        {"origin": "https://blog.example", **CROSS},  # another port
        {"origin": "http://news.example", **CROSS},  # another scheme
        {"origin": "https://news.example.evil.example", **CROSS},
        {"origin": "https://news.example/", **CROSS},
        {"origin": "127.0.0.1:8000", **CROSS},
        {"origin": "https://", "host": "", **CROSS},
        {"origin": "https://evil.example", "x-forwarded-host": "evil.example", **CROSS},
        {"origin": "https://evil.example", "forwarded": "host=evil.example", **CROSS},
    ],
)
def test_forms_of_other_pages_are_refused_before_they_are_read(room, app, headers):
    answer = send(app, headers)

    assert (answer.status, answer.json["code"]) == (403, "cross-site")
    assert room.letters() == []
    assert "access-control-allow-origin" not in answer


def test_an_allowed_page_may_read_the_answer_and_no_other(app):
    allowed = send(app, {"origin": "https://news.example", **CROSS})
    other = send(app, {"origin": "https://evil.example", **CROSS})
    refused = asyncio.run(
        post(app, COMMENTS, {}, headers={"origin": "https://news.example"})
    )

    assert allowed["access-control-allow-origin"] == "https://news.example"
    assert (allowed["vary"], other["vary"]) == ("origin", "origin")
    assert "access-control-allow-origin" not in other
    assert (refused.status, refused["access-control-allow-origin"]) == (
        422,
        "https://news.example",
    )
    for answer in (allowed, other):
        assert "access-control-allow-credentials" not in answer


def test_a_published_file_can_be_read_by_an_allowed_page(app, room):
    address = COMMENTS.replace("comments", "thread.json")

    answer = asyncio.run(
        ask(app, "GET", address, headers={"origin": "https://news.example"})
    )
    again = asyncio.run(ask(app, "GET", address))

    assert answer["access-control-allow-origin"] == "https://news.example"
    assert "access-control-allow-origin" not in again


def test_a_browser_that_asks_first_is_told(app):
    answer = preflight(app, {"origin": "https://news.example"})

    assert (answer.status, answer.body) == (204, b"")
    assert answer["access-control-allow-origin"] == "https://news.example"
    assert answer["access-control-allow-methods"] == "GET, HEAD, POST"
    assert answer["access-control-allow-headers"] == "accept, content-type"


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "https://evil.example"}, {"origin": "null"}]
)
def test_whoever_may_not_is_not_told(app, headers):
    answer = preflight(app, headers)

    assert (answer.status, answer["allow"]) == (405, "POST")
    assert "access-control-allow-origin" not in answer


def test_without_other_origins_nothing_is_said_of_them(tmp_path):
    app = make_room(tmp_path).app()

    answer = send(app, {"origin": "http://127.0.0.1:8000"})

    assert answer.status == 201
    assert "vary" not in answer
    assert "access-control-allow-origin" not in answer


def test_what_a_proxy_says_of_the_reader_changes_nothing(app):
    told = {
        "x-forwarded-for": "203.0.113.7",
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "http",
        "x-real-ip": "203.0.113.7",
        "forwarded": 'for="[2001:db8::7]";host=evil.example;proto=http',
    }

    plain, forwarded = (
        asyncio.run(ask(app, "GET", "/receipt", headers={"host": "a", **more}))
        for more in ({}, told)
    )

    assert (plain.status, plain.headers, plain.body) == (
        forwarded.status,
        forwarded.headers,
        forwarded.body,
    )
