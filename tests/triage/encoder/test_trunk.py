"""The layers that all languages have in common come back from their file, and move."""

import numpy as np

from letterdesk.triage.encoder import trunk
from letterdesk.triage.encoder.net import IN, OUT
from letterdesk.triage.encoder.trunk import moved
from tests.triage.encoder.small import SHAPE, as_packed, small_trunk


def test_rows_in_four_bits_come_back_to_a_fourteenth_of_the_largest_of_their_block() -> (
    None
):
    rows = np.random.default_rng(1).normal(size=(5, 64)).astype(np.float32)

    found = as_packed(rows)

    steps = np.abs(rows.reshape(5, 2, 32)).max(axis=2) / 14
    off = np.abs(found.rows() - rows).reshape(5, 2, 32).max(axis=2)
    assert (off <= steps * 1.01).all()
    np.testing.assert_array_equal(found.rows([3, 0]), found.rows()[[3, 0]])
    np.testing.assert_array_equal(found.only([4, 2]).rows(), found.rows([4, 2]))
    assert (len(found), len(found.only([4, 2]))) == (5, 2)
    grid = np.array([[1, 2, 0], [4, 4, 3]])
    np.testing.assert_array_equal(found.rows(grid), found.rows()[grid])


def test_it_comes_back_as_it_was_and_the_same_gives_the_same_bytes() -> None:
    raw = trunk.written(small_trunk())

    again = trunk.read(raw)

    assert raw == trunk.written(small_trunk()) == trunk.written(again)
    assert again.shape == SHAPE
    layers = dict(again.layers())
    assert {name: part.shape for name, part in layers.items()} == SHAPE.sizes()
    for name, part in small_trunk().layers():
        np.testing.assert_array_equal(layers[name], part)


def test_what_is_taught_is_added_to_what_came() -> None:
    chance = np.random.default_rng(2)
    layers = {name: chance.normal(size=size) for name, size in SHAPE.sizes().items()}
    taught = {name: chance.normal(size=size) for name, size in SHAPE.taught().items()}

    found = moved(layers.items(), taught)

    x = chance.normal(size=SHAPE.width)
    added = (taught[f"0.wide{IN}"] @ x) @ taught[f"0.wide{OUT}"]
    np.testing.assert_allclose(x @ found["0.wide"], x @ layers["0.wide"] + added)
    expected = layers["0.wide_bias"] + taught["0.wide_bias"]
    np.testing.assert_array_equal(found["0.wide_bias"], expected)
