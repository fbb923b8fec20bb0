"""A model that takes the name of a group for an offence is not offered to a desk."""

from collections.abc import Sequence

import numpy as np
import pytest

from letterdesk.triage.learning.mentions import LEAST, Mentions, is_fair, mentions
from letterdesk.triage.learning.models import BARS, shipped_model
from letterdesk.triage.model.sparse import Floats
from letterdesk.triage.signal import Kind


def named(word: str) -> object:
    """Give a model that marks whatever has `word` in it."""

    def score(texts: Sequence[str]) -> Floats:
        return np.array([0.9 if word in text else 0.1 for text in texts], dtype=np.float32)

    return score


@pytest.mark.parametrize("signal", BARS)
@pytest.mark.parametrize("language", ["en", "ko", "zh"])
def test_models_that_ship_pass(language: str, signal: Kind) -> None:
    known = shipped_model(signal, language)

    found = mentions(known.scores, language, guard=BARS[signal].guard)

    assert found.below >= LEAST


def test_the_group_that_is_marked_most_is_named() -> None:
    assert mentions(named("Tibetans"), "en") == Mentions(
        below=pytest.approx(0.95), worst=0.0, group="Tibetans"
    )


@pytest.mark.parametrize(
    ("below", "worst", "verdict"),
    [(0.99, 0.9, "fair"), (0.94, 0.9, ""), (0.97, 0.7, ""), (0.97, 0.8, "fair")],
)
def test_enough_sentences_of_every_group_stay_below_the_mark(
    below: float, worst: float, verdict: str
) -> None:
    new = Mentions(below=below, worst=worst, group="Tibetans")

    assert is_fair(new, Mentions(below=1.0, worst=1.0, group="Jews")) == bool(verdict)


def test_a_group_that_is_wronged_already_may_not_be_wronged_more() -> None:
    now = Mentions(below=0.97, worst=0.6, group="Jews")

    assert is_fair(Mentions(below=0.97, worst=0.6, group="Jews"), now)
    assert not is_fair(Mentions(below=0.97, worst=0.5, group="Jews"), now)
