"""A desk's own table: what it learns, what it must not keep, how it joins the shipped."""

import numpy as np
import pytest

from letterdesk.triage.learning.models import CivilityModel
from letterdesk.triage.learning.own import (
    alone,
    beside,
    logits_with,
    merged,
    part,
)
from letterdesk.triage.model.features import rows_for
from letterdesk.triage.model.score import logits
from letterdesk.triage.model.weights import shipped, with_encoder, without_encoder
from letterdesk.triage.normal import normal
from tests.triage.encoder.small import small_encoder
from tests.triage.letters import some_letters

SOME = some_letters(120)
TEXTS = [normal(one.text).text for one in SOME]
TRUTH = np.array([one.unwelcome for one in SOME], dtype=np.float32)


SHIPPED = shipped("en")
FORCE = CivilityModel(SHIPPED).force


def test_a_part_of_rows_is_what_its_texts_alone_have() -> None:
    some, alike = part(rows_for(TEXTS, "en"), 3, 5), rows_for(TEXTS[3:5], "en")

    assert np.array_equal(some.columns, alike.columns)
    assert np.array_equal(some.edges, alike.edges)
    assert np.array_equal(some.scale, alike.scale)


def test_a_word_of_one_or_two_letters_leaves_no_weight() -> None:
    secret = ["my name is xyloquent", "ask xyloquent about it"]
    truth = np.append(TRUTH, [1, 1]).astype(np.float32)

    own = alone(rows_for([*TEXTS, *secret], "en"), truth, force=FORCE)

    only = set(rows_for(["xyloquent"], "en").columns) - set(rows_for(TEXTS, "en").columns)
    assert len(only) > 10
    assert not own.table[sorted(only)].any()
    assert own.table.any()


def test_both_as_one_model_score_as_they_do_side_by_side() -> None:
    rows = rows_for(TEXTS, "en").shrunk(SHIPPED.settings.few)
    base = logits(TEXTS, SHIPPED)

    for own in (alone(rows, TRUTH, force=FORCE), beside(rows, base, TRUTH, force=FORCE)):
        one = merged(own, SHIPPED, slope=1.0, offset=0.0)
        assert np.allclose(logits(TEXTS, one), logits_with(own, rows, base), atol=1e-4)


def test_a_desks_decisions_move_the_line_without_the_encoder_as_well() -> None:
    rows = rows_for(TEXTS, "en").shrunk(SHIPPED.settings.few)
    own = alone(rows, TRUTH, force=FORCE)
    both = with_encoder(SHIPPED, small_encoder())
    line = both.settings

    one = merged(own, both, slope=line.slope * 2, offset=line.offset + 1)
    found = without_encoder(one).settings

    told = SHIPPED.settings
    assert found.slope == pytest.approx(told.slope * 2)
    assert found.offset == pytest.approx(told.offset + 1)


def test_a_desk_that_judges_as_shipped_keeps_the_shipped_model() -> None:
    rows = rows_for(TEXTS, "en").shrunk(SHIPPED.settings.few)
    base = logits(TEXTS, SHIPPED)
    truth = (base > np.median(base)).astype(np.float32)

    own = beside(rows, base, truth, force=FORCE)

    assert own.share > 1
    assert np.abs(rows.times(own.table)).mean() < np.abs(own.share * base).mean()


def test_every_shipped_model_can_be_joined_exactly() -> None:
    assert {shipped(tag).settings.plain_share for tag in ("en", "ko", "zh")} == {1.0}


def test_a_language_without_a_model_has_none_to_join() -> None:
    with pytest.raises(KeyError):
        shipped("vi")
