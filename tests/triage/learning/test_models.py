"""What a desk can teach: a model of each signal, and both of them answer alike."""

import numpy as np
import pytest

from letterdesk.triage.learning.models import (
    BARS,
    Model,
    has_model,
    read_model,
    shipped_model,
)
from letterdesk.triage.learning.own import alone, beside, logits_with
from letterdesk.triage.signal import Kind
from tests.triage.letters import some_letters

SOME = some_letters(120)
TEXTS = [one.text for one in SOME]
TRUTH = np.array([one.unwelcome for one in SOME], dtype=np.float32)


@pytest.fixture(params=BARS)
def model(request: pytest.FixtureRequest) -> Model:
    return shipped_model(request.param, "en")


def test_scores_are_the_chances_of_logits(model: Model) -> None:
    found = model.chances(model.logits(TEXTS, model.rows(TEXTS)))

    assert np.allclose(found, model.scores(TEXTS), atol=1e-5)


def test_what_a_desk_taught_counts_beside_the_shipped_model_as_in_one(model: Model) -> None:
    rows = model.rows(TEXTS)
    base = model.logits(TEXTS, rows)

    for own in (
        alone(rows, TRUTH, force=model.force),
        beside(rows, base, TRUTH, force=model.force),
    ):
        one = model.joined(own, slope=1.0, offset=0.0)
        apart = logits_with(own, rows, base)
        assert np.allclose(one.logits(TEXTS, rows), apart, atol=1e-3)
        assert np.allclose(
            model.joined(own, slope=2.0, offset=-1.0).scores(TEXTS),
            1 / (1 + np.exp(1 - 2 * apart)),
            atol=1e-3,
        )


def test_a_file_gives_nearly_the_same_model_again(model: Model) -> None:
    rows = model.rows(TEXTS)
    own = beside(rows, model.logits(TEXTS, rows), TRUTH, force=model.force)
    joined = model.joined(own, slope=1.5, offset=-2.0)

    again = read_model(model.signal, joined.written())

    assert (again.signal, again.language) == (model.signal, "en")
    assert np.allclose(again.scores(TEXTS), joined.scores(TEXTS), atol=0.02)


@pytest.mark.parametrize("signal", BARS)
def test_a_language_that_nothing_ships_for_has_no_model(signal: Kind) -> None:
    assert has_model(signal, "zh-Hans")
    assert not has_model(signal, "vi")
    with pytest.raises(KeyError):
        shipped_model(signal, "vi")
