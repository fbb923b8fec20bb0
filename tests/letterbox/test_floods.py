"""Floods, from the form to the answer: who is taken, who is told to wait, and how."""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import altcha
import pytest

from letterdesk import sealing
from letterdesk.domain import receipt
from letterdesk.domain.letter import SIZE_CLASSES
from letterdesk.letterbox import floods
from letterdesk.letterbox.app import App
from letterdesk.letterbox.refusals import Refused
from tests.letterbox.doubles import JSON, Answered, get, post
from tests.letterbox.pages import parse, typed, values, words
from tests.letterbox.places import FailingPlace
from tests.letterbox.rooms import COMMENTS, NOTICES, Room, make_room
from tests.values import STORY_ID, an_id, an_outcome

CHALLENGE = f"/t/{STORY_ID}/challenge"
SMALL = """
[letterbox]
reserve_megabytes = 1
[floods]
burst = 10
per_minute = 1
story_percent = 100
proof_cost = 2
"""
OPEN, RESERVED, PROVEN = 4, 3, 3  # letters that such a budget has room for, in turn


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return make_room(tmp_path, toml=SMALL)


def send(
    app: App,
    form: Mapping[str, str] | None = None,
    *,
    to: str = COMMENTS,
    headers: Mapping[str, str] = JSON,
) -> Answered:
    return asyncio.run(post(app, to, form or {"text": "Words."}, headers=headers))


def flood(app: App, **more: str) -> list[int]:
    """Give the statuses of more letters than there is room for."""
    return [send(app, {"text": "Words.", **more}).status for _ in range(10)]


def taken(guard: floods.Floods, *, size: int, of: int) -> int:
    """Give how many of so many large letters there was room for."""
    kind, number = floods.LetterKind.COMMENT, 0
    for _ in range(of):
        with suppress(Refused):
            guard.admit(kind, story=STORY_ID, proof="", size=size)
            number += 1
    return number


def solve(app: App, at: str = CHALLENGE) -> str:
    """Give the proof of work that the letterbox asks for."""
    return solved(asyncio.run(get(app, at)).json)


def solved(asked: dict[str, object]) -> str:
    """Give the proof of work that a challenge asks for."""
    challenge = altcha.Challenge.from_dict(asked)
    solution = altcha.solve_challenge(challenge)
    assert solution is not None
    return altcha.Payload(challenge, solution).to_base64()


def state(app: App) -> object:
    return asyncio.run(get(app, "/.well-known/letterdesk.json")).json["state"]


def test_a_flood_without_proofs_is_stopped_and_says_when_to_come_back(room, app):
    statuses = flood(app)
    answer = send(app, {"text": "MARKER", "name": "MARKER"})

    assert statuses == [201] * (OPEN + RESERVED) + [429] * 3
    assert len(room.letters()) == OPEN + RESERVED
    assert (answer.status, answer["retry-after"]) == (429, "120")
    assert answer.json["code"] == "too-many"
    assert b"MARKER" not in answer.body


def test_whoever_is_turned_away_gets_her_words_back(app):
    flood(app)

    answer = send(
        app,
        {"text": "My words", "name": "M", "tip": "1"},
        headers={},
    )

    page = parse(answer)
    assert (answer.status, answer["retry-after"]) == (429, "120")
    assert typed(page) == "My words"
    told = values(page)
    assert (told["name"], told["tip"]) == ("M", "1")
    assert "wait a few minutes" in words(page.find(".//*[@role='alert']"))


def test_in_a_flood_a_proof_of_work_is_a_lane_of_its_own(app):
    flood(app)

    statuses = [send(app, {"text": "W", "altcha": solve(app)}).status for _ in range(4)]

    assert statuses == [201] * PROVEN + [429]


def test_a_proof_counts_once(app):
    proof = solve(app)
    flood(app)

    statuses = [send(app, {"text": "Words.", "altcha": proof}).status for _ in range(3)]

    assert statuses == [201, 429, 429]


def test_a_proof_counts_still_when_there_was_no_room_for_its_letter(tmp_path):
    now = 0.0
    guard = floods.Floods(make_room(tmp_path, toml=SMALL).settings, clock=lambda: now)

    def admit(proof: str) -> None:
        kind = floods.LetterKind.COMMENT
        guard.admit(kind, story=STORY_ID, proof=proof, size=1)

    for _ in range(OPEN + PROVEN):
        admit(solved(guard.challenge(STORY_ID)))
    proof = solved(guard.challenge(STORY_ID))
    while taken(guard, size=1, of=1):
        pass
    with pytest.raises(Refused, match="too-many"):
        admit(proof)
    now = 90.0  # seconds: room for one more, for who has a proof
    without = taken(guard, size=1, of=1)
    admit(proof)
    now = 180.0
    with pytest.raises(Refused, match="too-many"):
        admit(proof)

    assert without == 0


def test_a_closed_letterbox_uses_no_proof_up(room, app):
    proof = solve(app)
    room.settings.switch.write_text("closed")
    closed = send(app, {"text": "W", "altcha": proof}).status
    room.settings.switch.unlink()
    flood(app)

    statuses = [send(app, {"text": "W", "altcha": proof}).status for _ in range(2)]

    assert (closed, statuses) == (503, [201, 429])


def test_what_the_spool_refuses_takes_nobodys_room_and_no_proof(room):
    proofs = 5
    letters = OPEN + RESERVED + proofs
    app = room.app(spool=FailingPlace(fails=2 * letters))  # it tries each twice
    proof = solve(app)

    failed = [send(app).status for _ in range(OPEN + RESERVED)]
    failed += [send(app, {"text": "W", "altcha": proof}).status for _ in range(proofs)]
    statuses = flood(app)
    last = [send(app, {"text": "W", "altcha": proof}).status for _ in range(2)]

    assert failed == [503] * letters
    assert statuses == [201] * (OPEN + RESERVED) + [429] * 3
    assert last == [201, 429]


def test_a_proof_that_is_none_is_a_letter_without(app):
    assert flood(app, altcha="bm9uZQ==") == [201] * (OPEN + RESERVED) + [429] * 3


def test_what_is_refused_for_itself_takes_nobodys_room(app):
    for _ in range(20):
        assert send(app, {"text": "", "name": "M"}).status == 422

    assert flood(app).count(201) == OPEN + RESERVED


def test_the_state_is_told_to_machines(app):
    told = [state(app)]
    for _ in range(OPEN):
        send(app)
    told.append(state(app))
    healthy = asyncio.run(get(app, "/healthz")).status
    while send(app, {"text": "Words.", "altcha": solve(app)}).status == 201:
        pass
    told.append(state(app))
    answer = asyncio.run(get(app, "/healthz"))

    assert told == ["open", "slow", "closed"]
    assert (healthy, answer.status, answer.body) == (200, 503, b"closed")


def test_a_page_says_closed_only_where_the_newsroom_has_closed(room, app):
    room.publish_thread(an_id(7))
    said = []

    for chosen in ("open", "closed"):
        room.settings.switch.write_text(chosen)
        flood(app)
        page = parse(asyncio.run(get(app, f"/t/{STORY_ID}/reply?to={an_id(7)}")))
        said.append(words(page.find(".//p[@class='alert']")))

    assert said[0].startswith("Very many letters are arriving")
    assert said[1].startswith("The newsroom takes no letters just now.")


def test_in_a_flood_challenges_are_harder(app):
    easy = asyncio.run(get(app, CHALLENGE)).json["parameters"]
    flood(app)
    hard = asyncio.run(get(app, CHALLENGE)).json["parameters"]

    assert (easy["cost"], hard["cost"]) == (2, 8)
    assert easy["data"] == {"story": STORY_ID}
    assert (easy["algorithm"], easy["keyPrefix"]) == ("PBKDF2/SHA-256", "00")


def test_a_challenge_is_kept_nowhere(app):
    answers = [asyncio.run(get(app, CHALLENGE)) for _ in range(2)]

    assert answers[0]["cache-control"] == "no-store"
    assert answers[0].body != answers[1].body


def test_there_is_no_challenge_for_a_story_that_is_not_there(app):
    assert asyncio.run(get(app, f"/t/{an_id(9)}/challenge")).status == 404


def test_a_newsroom_can_slow_down_and_open_again_while_it_runs(room, app):
    room.settings.switch.write_text("slow\n")
    slow = state(app), flood(app).count(201), send(app, {"text": "W"}).status
    room.settings.switch.unlink()
    again = send(app).status

    assert slow == ("slow", RESERVED, 429)
    assert (again, state(app)) == (201, "open")


@pytest.mark.parametrize("form", [{"text": "My words"}, {"text": "My words", "tip": "1"}])
def test_a_closed_letterbox_takes_no_letter_and_says_so(room, app, form):
    room.settings.switch.write_text("closed")

    page = send(app, form, headers={})
    data = send(app, {**form, "altcha": solve(app)})

    assert (page.status, page["retry-after"]) == (503, "3600")
    assert typed(parse(page)) == "My words"
    assert "takes no letters" in words(parse(page).find(".//*[@role='alert']"))
    assert (data.status, data.json["code"]) == (503, "closed")
    assert (state(app), room.letters()) == ("closed", [])
    assert asyncio.run(get(app, "/healthz")).body == b"closed"


def test_a_closed_letterbox_takes_what_may_keep_somebody_safe(room, app):
    room.settings.switch.write_text("closed")
    room.publish_thread(an_id(7))
    code = receipt.show_code(1)

    statuses = [
        send(app, {"comment": an_id(7), "text": "My address is in it."}, to=NOTICES).status,
        send(app, {"code": code}, to="/receipt/withdraw").status,
        send(app, {"code": code, "text": "Look again."}, to="/receipt/appeal").status,
    ]

    assert statuses == [202] * 3
    assert {letter.kind for letter in room.letters()} == {"notice", "withdrawal", "appeal"}


def test_a_switch_that_cannot_be_read_leaves_it_open_and_is_noted(room, app, caplog):
    room.settings.switch.write_text("cloesd")

    with caplog.at_level(logging.ERROR):
        told = [state(app), state(app)]

    assert told == ["open", "open"]
    assert caplog.messages == ["event=switch-unreadable file=letterbox.switch"]


def test_workers_share_what_there_is_and_one_key(tmp_path, monkeypatch):
    monkeypatch.setenv(floods.KEY, "00" * 32)
    room = make_room(tmp_path, toml=SMALL.replace("[floods]", "workers = 2\n[floods]"))
    one, other = room.app(), room.app()

    proof = solve(one)

    assert flood(one).count(201) + flood(other).count(201) == 2 * 3  # 2 open, 1 reserved
    assert send(other, {"text": "Words.", "altcha": proof}).status == 201


def test_a_default_newsroom_takes_a_hundred_thousand_letters_about_one_story(tmp_path):
    guard = floods.Floods(make_room(tmp_path).settings, clock=lambda: 0.0)

    for _ in range(300_000):
        guard.admit(floods.LetterKind.COMMENT, story=STORY_ID, proof="", size=4_096)

    assert guard.state(STORY_ID) is floods.State.SLOW


def test_the_longest_letters_fill_no_more_than_the_megabytes_say(tmp_path):
    toml = "[floods]\nburst = 100000\nburst_megabytes = 16\nstory_percent = 100\n"
    guard = floods.Floods(make_room(tmp_path, toml=toml).settings, clock=lambda: 0.0)
    longest = SIZE_CLASSES[-1]

    number = taken(guard, size=longest, of=1_000)

    # 65 % of it without a proof: half of the common part, and all that is reserved.
    assert 10 * 2**20 < number * longest <= 16 * 2**20 * 0.65 + longest


def test_a_letter_that_is_larger_than_a_budget_is_taken_when_that_is_full(tmp_path):
    toml = "[floods]\nburst = 100000\nburst_megabytes = 16\nstory_percent = 1\n"
    settings = make_room(tmp_path, toml=f"[letterbox]\nworkers = 9\n{toml}").settings
    guard = floods.Floods(settings, clock=lambda: 0.0)

    # One from the common part, one from what is reserved.
    assert taken(guard, size=SIZE_CLASSES[-1], of=10) == 2


def test_a_flood_of_comments_leaves_room_to_take_a_letter_back(room, app):
    code = send(app).json["receipt"]
    flood(app)

    refused = send(app).status
    taken_back = send(app, {"code": str(code)}, to="/receipt/withdraw").status

    assert (refused, taken_back) == (429, 202)
    assert "withdrawal" in {letter.kind for letter in room.letters()}


def test_no_flood_of_made_up_codes_keeps_out_who_has_a_letter_here(room, app):
    number = 7
    keys = receipt.derive(number)
    files = sealing.seal_outcome(
        an_outcome(status="published"), lookup=keys.lookup, key=keys.outcome_key
    )
    for path, raw in files.items():
        room.public.put(path, raw)
    made_up = [receipt.show_code(100 + one) for one in range(10)]

    flooded = [send(app, {"code": one}, to="/receipt/withdraw").status for one in made_up]
    hers = [
        send(app, {"code": receipt.show_code(number)}, to="/receipt/withdraw").status
        for _ in range(10)
    ]

    assert (flooded[0], flooded[-1]) == (202, 429)
    assert (hers[0], hers[-1]) == (202, 429)  # nor does one code crowd out the others


def test_a_flood_of_withdrawals_is_stopped_too(room, app):
    code = str(send(app).json["receipt"])

    statuses = [send(app, {"code": code}, to="/receipt/withdraw").status for _ in range(10)]

    assert statuses[0] == 202
    assert statuses[-1] == 429
    assert send(app).status == 201
