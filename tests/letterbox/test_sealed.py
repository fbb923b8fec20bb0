"""Letters that were sealed in the browser: stored as they came, read by nobody here."""

import asyncio
from base64 import urlsafe_b64encode
from collections.abc import Callable

import pytest

from letterdesk import sealing
from letterdesk.domain.envelope import unpack_batch
from letterdesk.letterbox.app import App
from tests.letterbox.doubles import JSON, Answered, post
from tests.letterbox.pages import parse, words
from tests.letterbox.places import FailingPlace
from tests.letterbox.rooms import COMMENTS, Room
from tests.values import STORY_ID, a_letter


def send(app: App, envelope: bytes, **more: str) -> Answered:
    form = {"sealed": urlsafe_b64encode(envelope).rstrip(b"=").decode()} | more
    return asyncio.run(post(app, COMMENTS, form, headers=JSON))


def spooled(room: Room) -> list[bytes]:
    return [
        raw for name in room.spool.list() for raw in unpack_batch(room.spool.read(name))
    ]


def test_an_envelope_is_stored_byte_for_byte_and_no_receipt_is_made(
    room: Room, app: App
) -> None:
    envelope = sealing.seal(a_letter(), room.key.public)

    answer = send(app, envelope)

    assert (answer.status, answer.json) == (201, {"taken": "sealed"})
    assert spooled(room) == [envelope]
    assert room.letter() == a_letter()


def test_the_longest_letter_fits(room: Room, app: App) -> None:
    letter = a_letter(text="\U0001f6f6" * 5_000, name="카" * 80)

    assert send(app, sealing.seal(letter, room.key.public)).status == 201
    assert room.letter() == letter


def test_a_browser_that_wants_a_page_gets_one(room: Room, app: App) -> None:
    envelope = sealing.seal(a_letter(), room.key.public)
    form = {"sealed": urlsafe_b64encode(envelope).decode().rstrip("=")}

    answer = asyncio.run(post(app, COMMENTS, form))

    page = parse(answer)
    assert answer.status == 201
    assert words(page.find(".//h1")) == "Thank you. Your letter has arrived."
    assert page.find(".//code") is None


def test_a_key_that_was_replaced_meanwhile_is_still_good(room: Room, app: App) -> None:
    envelope = sealing.seal(a_letter(), room.key.public)
    newer = sealing.new_key().public
    room.settings.public_keys.write_bytes(sealing.public_file([newer, room.key.public]))

    assert send(app, envelope).status == 201


def test_words_beside_an_envelope_are_not_stored(room: Room, app: App) -> None:
    envelope = sealing.seal(a_letter(), room.key.public)

    assert send(app, envelope, text="MARKER", name="MARKER").status == 201
    assert spooled(room) == [envelope]


STRANGER = sealing.new_key()


@pytest.mark.parametrize(
    ("spoil", "code", "said"),
    [
        (lambda _: b"", "sealed-broken", "damaged"),
        (lambda raw: raw[:-1], "sealed-broken", "damaged"),
        (lambda raw: raw + b"\0", "sealed-broken", "damaged"),
        (lambda raw: raw[:13] + b"\x07" + raw[14:], "sealed-broken", "damaged"),
        (lambda _: b"x" * 40_000, "sealed-broken", "damaged"),
        (lambda raw: raw[:4] + b"\x02" + raw[5:], "sealed-wrong", "load the page anew"),
        (
            lambda _: sealing.seal(a_letter(), STRANGER.public),
            "sealed-wrong",
            "load the page anew",
        ),
    ],
    ids=["nothing", "short", "long", "size", "noise", "suite", "key"],
)
def test_what_cannot_be_opened_is_refused(
    room: Room, app: App, spoil: Callable[[bytes], bytes], code: str, said: str
) -> None:
    answer = send(app, spoil(sealing.seal(a_letter(), room.key.public)))

    assert (answer.status, answer.json["code"]) == (422, code)
    assert said in str(answer.json["detail"])
    assert spooled(room) == []


@pytest.mark.parametrize("sealed", ["A", "AAAAA", "AAA=", "A A ", "A+/A", "é"])
def test_what_is_not_base64url_is_refused(room: Room, app: App, sealed: str) -> None:
    answer = asyncio.run(post(app, COMMENTS, {"sealed": sealed}, headers=JSON))

    assert (answer.status, answer.json["code"]) == (422, "sealed-broken")


def test_closed_and_unknown_stories_take_no_envelope(room: Room, app: App) -> None:
    envelope = sealing.seal(a_letter(), room.key.public)
    form = {"sealed": urlsafe_b64encode(envelope).decode().rstrip("=")}
    room.publish_story(open=False)

    closed = send(app, envelope)
    unknown = asyncio.run(post(app, f"/t/{STORY_ID[::-1]}/comments", form, headers=JSON))

    assert (closed.status, closed.json["code"]) == (409, "story-closed")
    assert (unknown.status, unknown.json["code"]) == (404, "story-unknown")
    assert spooled(room) == []


def test_nobody_is_thanked_for_what_is_not_stored(room: Room) -> None:
    app = room.app(spool=FailingPlace(fails=9))

    answer = send(app, sealing.seal(a_letter(), room.key.public))

    assert (answer.status, answer.json["code"]) == (503, "unavailable")
