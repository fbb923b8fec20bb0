"""Texts become their likeliest pieces."""

import pytest

from letterdesk.triage.encoder.pieces import Pieces

_UNKNOWN = 3
_PIECES = Pieces(
    ["\u2581", "\u2581un", "\u2581unkind", "kind", "k", "ind", "ly", "친", "\u110f"],
    [-3.0, -4.0, -9.0, -4.5, -6.0, -6.0, -2.0, -5.0, -5.0],
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("unkind", [5, 7]),  # likelier in two than in one
        ("unkindly", [5, 7, 10]),
        ("unｋind", [5, 7]),  # a wide letter
        ("  kind   ly ", [4, 7, 4, 10, 4]),
        ("친z친", [4, 11, _UNKNOWN, 11]),
        ("ㅋ", [4, 12]),  # a jamo that stands alone
        ("", [4]),
    ],
)
def test_a_text_is_its_likeliest_pieces(text: str, numbers: list[int]) -> None:
    assert _PIECES.numbers(text) == numbers


def test_some_pieces_are_numbered_anew_and_what_is_left_out_is_spelt() -> None:
    some = _PIECES.only([4, 8, 9])

    assert some.written == ["\u2581", "k", "ind"]
    assert some.numbers("kind") == [4, 5, 6]
