"""Halves of characters leave JSON, however its pieces fall."""

from itertools import combinations

import pytest

from letterdesk.interchange.readable import without_halves, without_halves_each

HALF, PAIR, ESCAPED = r"\ud83d", r"\ud83d\ude00", r"\\ud83d"


@pytest.mark.parametrize(
    "json",
    [
        f'"{HALF}"',
        f'"{PAIR}"',
        f'"{HALF}{PAIR}"',
        f'"{ESCAPED}"',
        f'"{HALF}{ESCAPED}n"',
        rf'"\\\{HALF}\u0041{HALF}',
        HALF,
        "\\",
    ],
)
def test_no_edge_between_pieces_changes_what_is_read(json: str) -> None:
    for first, second in combinations(range(len(json) + 1), 2):
        pieces = [json[:first], json[first:second], json[second:]]
        assert "".join(without_halves_each(pieces)) == without_halves(json)


def test_a_half_goes_and_a_pair_and_what_is_escaped_stay() -> None:
    assert without_halves(f"{HALF}{PAIR}{ESCAPED}") == rf"\u007f{PAIR}{ESCAPED}"


def test_what_is_no_escape_is_not_held_back() -> None:
    pieces = without_halves_each(iter(["0,0,", "0,0,"]))

    assert next(pieces) == "0,0,"
