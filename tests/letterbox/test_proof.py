"""Proofs of work: ours and those of the published library understand each other."""

import base64
import json

import altcha
import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterdesk.letterbox import proof
from letterdesk.letterbox.proof import Proofs
from tests.values import STORY_ID, an_id

KEY = b"a key of 32 bytes for the tests."
COST = 2
LIFE = 600


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 4_000_000_000.0  # the library looks at the real one: later than that

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def proofs(clock: Clock) -> Proofs:
    return Proofs(KEY, life=LIFE, clock=clock)


def solve(challenge: dict[str, object]) -> str:
    """Give the published library's solution."""
    read = altcha.Challenge.from_dict(challenge)
    solution = altcha.solve_challenge(read)
    assert solution is not None
    return altcha.Payload(read, solution).to_base64()


def spend(proofs: Proofs, payload: str, *, story: str) -> bool:
    """Say whether a solution is accepted, and use it up where it is."""
    accepted = proofs.accepts(payload, story=story)
    if accepted:
        proofs.use(payload)
    return accepted


def changed(payload: str, part: str, **facts: object) -> str:
    """Give a payload of which something was changed on the way."""
    read = json.loads(base64.b64decode(payload))
    target = read["challenge"]["parameters"] if part == "parameters" else read[part]
    target.update(facts)
    return base64.b64encode(json.dumps(read).encode()).decode()


def test_the_library_solves_and_verifies_our_challenge_and_we_accept_it(proofs):
    payload = solve(proofs.challenge(STORY_ID, cost=COST))

    assert altcha.verify_solution(payload, KEY).verified
    assert spend(proofs, payload, story=STORY_ID)


def test_we_accept_a_challenge_that_the_library_made_with_our_key(proofs, clock):
    challenge = altcha.create_challenge(
        algorithm=proof.ALGORITHM,
        cost=COST,
        expires_at=int(clock.now) + LIFE,
        data={"story": STORY_ID},
        hmac_secret=KEY,
    )

    assert spend(proofs, solve(challenge.to_dict()), story=STORY_ID)


def test_what_was_given_back_counts_once_more_and_leaves_nothing_behind(proofs, clock):
    payload = solve(proofs.challenge(STORY_ID, cost=COST))

    told = []
    for _ in range(3):
        told.append(spend(proofs, payload, story=STORY_ID))
        proofs.give_back(payload)
    told += [spend(proofs, payload, story=STORY_ID) for _ in range(2)]
    remembered = len(proofs._expiring)
    clock.now += LIFE + 1
    told.append(spend(proofs, payload, story=STORY_ID))
    proofs.give_back(payload)  # it has expired meanwhile

    assert told == [True, True, True, True, False, False]
    assert (remembered, len(proofs._expiring), len(proofs._used)) == (1, 0, 0)


def test_a_solution_counts_once(proofs):
    payload = solve(proofs.challenge(STORY_ID, cost=COST))

    assert spend(proofs, payload, story=STORY_ID)
    assert not spend(proofs, payload, story=STORY_ID)


def test_a_solution_counts_for_its_story_only(proofs):
    payload = solve(proofs.challenge(STORY_ID, cost=COST))

    assert not spend(proofs, payload, story=an_id(9))
    assert spend(proofs, payload, story=STORY_ID)


def test_a_challenge_ends(proofs, clock):
    payload = solve(proofs.challenge(STORY_ID, cost=COST))

    clock.now += LIFE

    assert not spend(proofs, payload, story=STORY_ID)


def test_two_workers_with_one_key_understand_each_other(proofs, clock):
    payload = solve(proofs.challenge(STORY_ID, cost=COST))

    assert spend(Proofs(KEY, life=LIFE, clock=clock), payload, story=STORY_ID)
    assert not spend(Proofs(b"other" * 8, life=LIFE, clock=clock), payload, story=STORY_ID)


@pytest.mark.parametrize(
    ("part", "facts"),
    [
        ("parameters", {"cost": 1}),
        ("parameters", {"expiresAt": 5_000_000_000}),
        ("parameters", {"keyPrefix": ""}),
        ("parameters", {"keyLength": 1}),
        ("parameters", {"salt": "00" * 16}),
        ("parameters", {"data": {"story": an_id(9)}}),
        ("parameters", {"data": {"story": STORY_ID, "more": "1"}}),
        ("parameters", {"memoryCost": 1 << 30}),
        ("challenge", {"signature": "00" * 32}),
        ("challenge", {"signature": "\ud800"}),
        ("challenge", {"signature": None}),
        ("solution", {"counter": -1}),
        ("solution", {"counter": 1 << 32}),
        ("solution", {"counter": 1.5}),
        ("solution", {"derivedKey": "00" * 32}),
        ("solution", {"derivedKey": ""}),
        ("solution", {"derivedKey": "가"}),
    ],
)
def test_what_was_changed_is_no_proof(proofs, part, facts):
    payload = solve(proofs.challenge(STORY_ID, cost=COST))

    assert not spend(proofs, changed(payload, part, **facts), story=STORY_ID)
    assert spend(proofs, payload, story=STORY_ID)  # a wrong try uses nothing up


@given(st.text() | st.binary().map(lambda raw: base64.b64encode(raw).decode()))
def test_whatever_is_sent_is_no_proof_and_no_fault(written):
    proofs = Proofs(KEY, life=LIFE, clock=Clock())

    assert not spend(proofs, written, story=STORY_ID)


@pytest.mark.parametrize(
    "told", ["[]", "{}", "null", '{"challenge": 1}', "[" * 2_000, "9" * 3_000]
)
def test_data_that_are_no_payload_are_no_proof(proofs, told):
    assert not spend(proofs, base64.b64encode(told.encode()).decode(), story=STORY_ID)


def test_under_a_flood_of_solutions_memory_is_bounded_and_none_counts_twice(
    proofs, clock, monkeypatch
):
    monkeypatch.setattr(proof, "_MOST", 3)
    payloads = []
    for _ in range(8):
        payloads.append(solve(proofs.challenge(STORY_ID, cost=COST)))
        clock.now += 1

    first = [spend(proofs, payload, story=STORY_ID) for payload in payloads]
    again = [spend(proofs, payload, story=STORY_ID) for payload in payloads]
    slow_reader = solve(proofs.challenge(STORY_ID, cost=COST))

    assert first == [True] * 8
    assert again == [False] * 8
    assert len(proofs._used) == len(proofs._expiring) <= 4
    assert spend(proofs, slow_reader, story=STORY_ID)


def test_once_a_clock_that_was_ahead_is_right_again_proofs_count_again(proofs, clock):
    before = solve(proofs.challenge(STORY_ID, cost=COST))
    clock.now += 400 * 24 * 3600
    ahead = solve(proofs.challenge(STORY_ID, cost=COST))
    unused = solve(proofs.challenge(STORY_ID, cost=COST))
    told = [spend(proofs, one, story=STORY_ID) for one in (before, ahead)]
    clock.now -= 400 * 24 * 3600
    after = solve(proofs.challenge(STORY_ID, cost=COST))

    told += [spend(proofs, one, story=STORY_ID) for one in (ahead, unused, after, after)]

    assert told == [False, True, False, False, True, False]


def test_a_clock_that_is_put_back_by_seconds_costs_nobody_her_proof(proofs, clock):
    payload = solve(proofs.challenge(STORY_ID, cost=COST))
    clock.now -= 30

    assert spend(proofs, payload, story=STORY_ID)


def test_what_has_expired_is_forgotten(proofs, clock):
    spend(proofs, solve(proofs.challenge(STORY_ID, cost=COST)), story=STORY_ID)
    clock.now += LIFE
    spend(proofs, solve(proofs.challenge(STORY_ID, cost=COST)), story=STORY_ID)

    assert len(proofs._used) == len(proofs._expiring) == 1
