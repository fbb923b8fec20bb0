"""Products with sparse rows are what the whole matrix would give."""

import numpy as np
import pytest

from letterdesk.triage.model.sparse import Coded, rows_of, stacked

ROW = np.array([0, 0, 2, 2, 2, 0])
COLUMN = np.array([1, 3, 0, 1, 2, 3])
WHOLE = np.array([[0, 1, 0, 1], [0, 0, 0, 0], [1, 1, 1, 0]]) / np.sqrt([[2], [1], [3]])


def test_products_are_those_of_the_whole_matrix() -> None:
    rows = rows_of(ROW, COLUMN, count=3)
    weights = np.array([1, 2, 3, 4], dtype=np.float32)
    values = np.array([1, -1, 2], dtype=np.float32)

    np.testing.assert_allclose(rows.times(weights), WHOLE @ weights, rtol=1e-6)
    np.testing.assert_allclose(rows.gathered(values, 4), WHOLE.T @ values, rtol=1e-6)
    np.testing.assert_allclose(rows.gathered(values, 9)[4:], 0)


def test_weights_in_bytes_count_what_their_values_say() -> None:
    rows = rows_of(ROW, COLUMN, count=3)
    coded = Coded(np.array([2, 0, 255, 0], np.uint8), np.arange(256, dtype=np.float32))

    assert rows.times(coded).tolist() == rows.times(coded[:]).tolist()
    assert coded[np.array([2, 1])].tolist() == [255, 0]
    assert len(coded) == 4


def test_rows_stack_and_columns_fold() -> None:
    rows = rows_of(ROW, COLUMN, count=3)
    weights = np.array([1, 2, 3, 4], dtype=np.float32)

    twice = stacked([rows, rows]).times(weights)
    folded = rows.folded(2).times(np.array([1, 5], dtype=np.float32))

    np.testing.assert_allclose(twice, np.tile(WHOLE @ weights, 2), rtol=1e-6)
    np.testing.assert_allclose(folded, WHOLE @ np.array([1, 1, 5, 5]), rtol=1e-6)


def test_a_row_of_few_features_shrinks_more_than_a_row_of_many() -> None:
    rows = rows_of(ROW, COLUMN, count=3)
    weights = np.ones(4, dtype=np.float32)

    quiet = rows.shrunk(6)

    assert quiet.times(weights).tolist() == pytest.approx([2 / 8**0.5, 0, 3 / 9**0.5])
    assert rows.shrunk(0).times(weights).tolist() == rows.times(weights).tolist()


def test_rows_longer_than_a_piece_are_summed_whole() -> None:
    many = 1_200_000
    rows = rows_of(np.zeros(many, dtype=np.int64), np.arange(many), count=2)

    found = rows.times(np.ones(1 << 21, dtype=np.float32))

    np.testing.assert_allclose(found, [many / np.sqrt(many), 0], rtol=1e-4)


@pytest.mark.parametrize("last", [7, 1 << 30])
def test_pairs_that_come_twice_count_once_however_large_their_columns(last: int) -> None:
    rows = rows_of(np.array([5, 0, 5, 5]), np.array([last, 3, 0, last]), count=6)

    assert [row.tolist() for row in rows.each()] == [[3], [], [], [], [], [0, last]]
