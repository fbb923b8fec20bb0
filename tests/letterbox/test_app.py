"""The application itself: what happens when something unforeseen does."""

import asyncio
import logging
from contextlib import closing

import pytest

from letterdesk.letterbox.app import App
from letterdesk.letterbox.box import Box
from letterdesk.reader.assets import asset, assets
from tests.letterbox.doubles import FORM, JSON, Headers, Protocol, Scope, ask, get
from tests.letterbox.pages import parse
from tests.letterbox.rooms import COMMENTS, Room

HEAD = Headers({"host": "a", "content-type": FORM})


def test_a_client_that_goes_away_is_not_answered_and_not_logged(
    room: Room, app: App, caplog: pytest.LogCaptureFixture
) -> None:
    scope = Scope(method="POST", path=COMMENTS, headers=HEAD)
    protocol = Protocol([b"text=", b"gone"])

    asyncio.run(app.__rsgi__(scope, protocol))

    assert (protocol.answer, room.letters(), caplog.text) == (None, [], "")


@pytest.mark.parametrize("headers", [{}, JSON])
def test_when_no_page_can_be_made_a_word_is_sent(
    app: App,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    headers: dict[str, str],
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("MARKER")

    for name in ("render", "sentence"):
        monkeypatch.setattr(f"letterdesk.letterbox.answers.{name}", fail)

    with caplog.at_level(logging.DEBUG):
        missing = asyncio.run(ask(app, "GET", "/nothing", headers=headers))
        asking = asyncio.run(ask(app, "PUT", "/receipt", headers=headers))

    assert (missing.status, missing.body) == (404, b"not-found")
    assert (asking.status, asking["allow"]) == (405, "GET, HEAD, POST")
    assert "MARKER" not in caplog.text
    assert "error=ValueError place=test_app.py:" in caplog.text


@pytest.mark.parametrize(
    ("host", "version", "status"),
    [
        ("a", "1.1", 200),
        ("", "1.1", 200),
        (None, "1.1", 400),
        ("a\na", "1.1", 400),
        ("a\nb", "1.1", 400),
        (None, "1", 200),
        (None, "1.0", 200),
    ],
)
def test_who_is_asked_is_told_once(
    app: App, host: str | None, version: str, status: int
) -> None:
    headers = Headers({} if host is None else {"host": host})
    protocol = Protocol([])
    scope = Scope(method="GET", path="/receipt", http_version=version, headers=headers)

    asyncio.run(app.__rsgi__(scope, protocol))

    assert protocol.answer
    assert protocol.answer.status == status
    assert ("connection", "close") in protocol.answer.headers or status == 200


def test_a_letter_is_not_stored_when_its_writer_could_not_be_thanked(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.publish_story(headline="A page that nobody has seen yet")
    for module in ("answers", "moulds"):
        monkeypatch.setattr(f"letterdesk.letterbox.{module}.render", None)
    told = {"content-type": FORM}

    answer = asyncio.run(
        ask(room.app(), "POST", COMMENTS, headers=told, chunks=[b"text=a"])
    )

    assert (answer.status, answer.body, room.letters()) == (500, b"failed", [])


def test_no_answer_sets_a_cookie_or_says_what_we_run_on(room: Room, app: App) -> None:
    room.public.put("index.html", b"x")
    addresses = ["/", "/nothing", "/receipt", "/healthz", "/.well-known/letterdesk.json"]

    answers = [asyncio.run(get(app, address, cookie="a=b")) for address in addresses]

    assert [answer.status for answer in answers] == [200, 404, 200, 200, 200]
    for answer in answers:
        assert "set-cookie" not in answer
        assert answer["server"] == ""
        assert not any("granian" in value.lower() for _, value in answer.headers)


def test_a_slow_form_is_told_so_and_the_connection_closed(app: App) -> None:
    told = {"content-type": FORM, "content-length": "100", **JSON}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Box, "patience", 0.02)
        answer = asyncio.run(
            ask(app, "POST", COMMENTS, headers=told, chunks=[b"text=", None])
        )

    assert (answer.status, answer["connection"]) == (408, "close")
    assert answer.json["code"] == "slow"


def test_what_is_being_written_is_finished_before_the_end(room: Room, app: App) -> None:
    async def send() -> int:
        told = {"content-type": FORM}
        answer = await ask(app, "POST", COMMENTS, headers=told, chunks=[b"text=Words."])
        return answer.status

    status = asyncio.run(send())
    with closing(asyncio.new_event_loop()) as loop:
        app.__rsgi_del__(loop)

    assert (status, room.letter().text) == (201, "Words.")


def test_what_our_pages_name_is_there_before_the_press_has_put_it_there(
    room: Room, app: App
) -> None:
    page = asyncio.run(ask(app, "GET", "/receipt"))
    named = {one.get("href", "") for one in parse(page).iter("link")}

    found = {name: asyncio.run(ask(app, "GET", name)) for name in named}

    assert not (room.public.root / "assets").exists()
    assert {f"/{asset('reader.css')}", f"/{asset('mark.svg')}"} <= named
    assert {name: answer.body for name, answer in found.items()} == {
        name: assets()[name.removeprefix("/")] for name in named
    }
    assert all("immutable" in answer["cache-control"] for answer in found.values())


def test_what_the_press_has_published_comes_before_our_own(room: Room, app: App) -> None:
    room.public.put(asset("reader.css"), b"p{}")

    assert asyncio.run(ask(app, "GET", f"/{asset('reader.css')}")).body == b"p{}"
