"""The last look: a letter as it would appear, and nothing stored."""

import asyncio
import logging
from collections.abc import Mapping
from pathlib import Path

import pytest

from letterdesk.letterbox.app import App
from letterdesk.reader.terms import terms
from tests.letterbox.doubles import JSON, Answered, post
from tests.letterbox.pages import parse, typed, values, words
from tests.letterbox.rooms import COMMENTS, Room, make_room
from tests.values import an_id

EVIL = "</textarea><script>alert(1)</script> \u202eевил"


def look(
    app: App, form: Mapping[str, str], *, headers: Mapping[str, str] | None = None
) -> Answered:
    sent = {"preview": "1", **form}
    return asyncio.run(post(app, COMMENTS, sent, headers=headers))


def test_a_letter_is_shown_as_it_would_appear_and_nothing_is_stored(
    room: Room, app: App, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = look(app, {"text": "One MARKER\n\nTwo", "name": "Mira MARKER"})

    page = parse(answer)
    shown = page.find(".//article")
    assert answer.status == 200
    assert [words(one) for one in shown.iter("p")] == ["One MARKER", "Two"]
    assert words(shown.find(".//h3")) == "Mira MARKER"
    assert page.find(".//code") is None
    assert room.letters() == []
    assert "MARKER" not in caplog.text


def test_the_rules_stand_beneath_it_in_the_storys_language(room: Room, app: App) -> None:
    room.publish_story(language="ko")

    page = parse(look(app, {"text": "글"}))

    assert page.get("lang") == "ko"
    assert [words(one) for one in page.iter("summary")] == [
        f"{rule.number} {rule.title}" for rule in terms("ko").rules
    ]


def test_everything_typed_is_kept_and_can_be_sent(room: Room, app: App) -> None:
    room.publish_thread(an_id(7))
    form = {
        "text": "\nMy  words\n\nmore",
        "name": " M ",
        "reply_to": an_id(7),
        "as_written": "1",
        "tip": "1",
    }

    page = parse(look(app, form))
    told = {**values(page), "text": typed(page)}
    buttons = [one.get("type") for one in page.iter("button") if not one.get("name")]
    sent = asyncio.run(post(app, COMMENTS, told, headers=JSON))

    assert {name: told[name] for name in form} == form
    assert "preview" not in told
    assert buttons == ["submit", "submit"]  # as it is, and as it is changed
    assert (sent.status, room.letter().text) == (201, "My  words\n\nmore")


def test_it_is_sent_as_it_is_without_the_way_through_the_form(room: Room, app: App) -> None:
    room.publish_thread(an_id(7))
    form = {
        "text": "\nMy  words\n\n</p>more",
        "name": '"M"',
        "reply_to": an_id(7),
        "as_written": "1",
    }

    page = parse(look(app, form))
    now, whole = page.findall(".//form")
    sent = asyncio.run(post(app, COMMENTS, values(now), headers=JSON))
    again = asyncio.run(
        post(app, COMMENTS, {**values(whole), "text": typed(page)}, headers=JSON)
    )

    assert {name: values(now)[name] for name in form} == form
    assert (sent.status, again.json) == (201, sent.json)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "may cut words out of it"),
        ({"as_written": "1"}, "as you wrote it, or not at all"),
        ({"tip": "1"}, "will not be published"),
    ],
)
def test_it_says_what_may_be_done_with_it(
    app: App, form: dict[str, str], said: str
) -> None:
    page = parse(look(app, {"text": "Words.", **form}))

    assert said in words(page.find(".//main"))


def test_what_would_disguise_it_is_gone_and_markup_is_text(app: App) -> None:
    page = parse(look(app, {"text": EVIL, "name": EVIL}))

    shown = page.find(".//article")
    assert words(shown.find("div")) == EVIL.replace("\u202e", "")
    assert {one.tag for one in shown.iter()} == {"article", "h3", "bdi", "div", "p"}
    assert typed(page) == EVIL


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"text": ""}, 422),
        ({"text": "x" * 5_001}, 413),
        ({"text": "Words.", "contact": "nobody"}, 422),
        ({"text": "Words.", "reply_to": an_id(9)}, 422),
    ],
)
def test_what_could_not_be_sent_is_not_shown_either(
    app: App, form: dict[str, str], status: int
) -> None:
    answer = look(app, form)

    assert (answer.status, typed(parse(answer))) == (status, form["text"])


def test_a_program_gets_the_same_as_data(app: App) -> None:
    answer = look(app, {"text": EVIL, "name": "Mira", "as_written": ""}, headers=JSON)

    rules = terms("en")
    assert (answer.status, answer["content-type"]) == (200, "application/json")
    assert answer.json == {
        "text": EVIL.replace("\u202e", ""),
        "name": "Mira",
        "as_written": True,
        "tip": False,
        "terms": rules.version,
        "rules": [
            {"number": rule.number, "title": rule.title, "text": rule.text}
            for rule in rules.rules
        ],
        "state": "open",
    }


def test_whoever_looks_while_it_is_closed_is_told_before_she_sends(
    room: Room, app: App
) -> None:
    room.settings.switch.write_text("closed")

    answer = look(app, {"text": "Words."})

    page = parse(answer)
    assert (answer.status, typed(page)) == (200, "Words.")
    assert "takes no letters just now" in words(page.find(".//*[@class='alert']"))


def test_a_look_takes_nobodys_room(tmp_path: Path) -> None:
    small = "[letterbox]\nreserve_megabytes = 1\n[floods]\nburst = 10\n"
    app = make_room(tmp_path, toml=small).app()

    for _ in range(30):
        assert look(app, {"text": "Words."}).status == 200

    assert asyncio.run(post(app, COMMENTS, {"text": "Words."})).status == 201
