"""What machines ask: the key, the limits, health."""

import asyncio
from base64 import urlsafe_b64decode
from pathlib import Path

import pytest

from letterdesk.domain.letter import SIZE_CLASSES
from letterdesk.letterbox.app import App
from tests.letterbox.doubles import ask, get, post
from tests.letterbox.places import FailingPlace
from tests.letterbox.rooms import COMMENTS, Room, make_room
from tests.values import STORY_ID, an_id


def test_the_public_key_and_the_limits_are_told(room: Room, app: App) -> None:
    answer = asyncio.run(get(app, "/.well-known/letterdesk.json"))

    key = answer.json["key"]
    assert (answer.status, answer["content-type"]) == (200, "application/json")
    assert answer.json == {
        "version": 1,
        "key": {"id": room.key.public.id.hex(), "suite": 1, "public": key["public"]},
        "limits": {"text": 5000, "name": 80, "contact": 254, "body": 65536},
        "sizes": list(SIZE_CLASSES),
        "state": "open",
    }
    assert urlsafe_b64decode(key["public"] + "=") == room.key.public.raw


def test_the_state_of_a_story_is_told_to_who_names_it(tmp_path: Path) -> None:
    room = make_room(
        tmp_path,
        toml="[letterbox]\nreserve_megabytes = 1\n"
        "[floods]\nburst = 10\nper_minute = 1\nstory_percent = 20\n",
    )
    app = room.app()
    for _ in range(3):
        asyncio.run(post(app, COMMENTS, {"text": "Words."}))

    told = [
        asyncio.run(get(app, f"/.well-known/letterdesk.json{query}")).json["state"]
        for query in ("", f"?story={STORY_ID}", f"?story={an_id(9)}")
    ]

    assert told == ["open", "closed", "open"]


def test_without_a_key_none_is_told(room: Room, app: App) -> None:
    room.settings.public_keys.unlink()

    assert asyncio.run(get(app, "/.well-known/letterdesk.json")).status == 503


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_letterbox_that_could_take_a_letter_is_healthy(app: App, method: str) -> None:
    answer = asyncio.run(ask(app, method, "/healthz"))

    assert (answer.status, answer.body) == (200, b"ok")
    assert (answer["content-type"], answer["cache-control"]) == (
        "text/plain; charset=utf-8",
        "no-store",
    )


def test_a_letterbox_without_a_key_or_a_spool_is_not(room: Room, app: App) -> None:
    room.settings.public_keys.rename(room.settings.folder / "away")
    without_key = asyncio.run(get(app, "/healthz"))
    (room.settings.folder / "away").rename(room.settings.public_keys)
    room.spool.root.rmdir()
    without_spool = asyncio.run(get(app, "/healthz"))
    room.spool.root.mkdir()
    again = asyncio.run(get(app, "/healthz"))

    told = [(one.status, one.body) for one in (without_key, without_spool, again)]
    assert told == [(503, b"unavailable"), (503, b"unavailable"), (200, b"ok")]


def test_health_comes_back_when_the_disk_does(room: Room) -> None:
    app = room.app(spool=FailingPlace(fails=4))
    taken = asyncio.run(post(app, COMMENTS, {"text": "Words."}))

    told = [asyncio.run(get(app, "/healthz")).status for _ in range(2)]

    assert (taken.status, told) == (503, [503, 200])
