"""Our solver of proofs of work, beside the published library and our own letterbox."""

import altcha
import pytest

from letterdesk.letterbox.proof import ALGORITHM, Proofs
from tests.reader.node import evaluate
from tests.values import STORY_ID

KEY = b"a key of 32 bytes for the tests."
LATER = 4_000_000_000  # seconds since 1970


def solve(challenge: dict[str, object]) -> str:
    return str(evaluate("altcha.js", "solve(given.challenge)", challenge=challenge))


def test_it_solves_what_our_letterbox_asks_and_both_accept_it() -> None:
    proofs = Proofs(KEY, life=600, clock=lambda: float(LATER))

    payload = solve(proofs.challenge(STORY_ID, cost=3))

    assert altcha.verify_solution(payload, KEY).verified
    assert proofs.accepts(payload, story=STORY_ID)


@pytest.mark.parametrize("facts", [{}, {"key_length": 64}, {"key_prefix": "0a"}])
def test_it_solves_what_the_published_library_asks(facts: dict[str, object]) -> None:
    challenge = altcha.create_challenge(
        algorithm=ALGORITHM, cost=2, expires_at=LATER, hmac_secret=KEY, **facts
    )

    payload = solve(challenge.to_dict())

    assert altcha.verify_solution(payload, KEY).verified
