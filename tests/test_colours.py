"""Colours that stand on each other can be told apart (WCAG 2.2, 1.4.3 and 1.4.11).

A ratio is computed from the values of the tokens, for a light screen and a dark one.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

_SRC = Path(__file__).parents[1] / "src" / "letterdesk"
_DESK, _READER = _SRC / "desk/static/desk/css", _SRC / "reader/static"
_TOKENS = {"desk": _DESK / "tokens.css", "reader": _READER / "tokens.css"}
_WORDS = 4.5  # text against what it stands on
_PARTS = 3.0  # the frame of what is operated, and the ring of the focus
_DARK = "@media (prefers-color-scheme: dark)"

GROUNDS = {
    "desk": "ground panel sheet ink-wash pencil-wash amber-wash",
    "reader": "paper paper-sunk paper-field",
}
TEXT = {
    "desk": "text quiet ink ink-strong pencil amber",
    "reader": "ink ink-soft accent accent-deep struck",
}
FRAMES = {"desk": "edge ink pencil focus", "reader": "edge accent"}


def tokens(part: str, scheme: str) -> dict[str, str]:
    """Give every colour of a part by its name, as a scheme has it."""
    light, _, dark = _TOKENS[part].read_text().partition(_DARK)
    found = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6});", light))
    if scheme == "dark":
        # What follows the block of dark colours names no colour in figures.
        found |= dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6});", dark))
    return found


def ratio(one: str, other: str) -> float:
    """Give how far two colours are apart: from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _pairs(part: str) -> Iterator[tuple[str, str]]:
    """Give text and ground of each rule that sets both."""
    for file in (_DESK if part == "desk" else _READER).rglob("*.css"):
        for rule in re.findall(r"\{([^{}]*)\}", file.read_text()):
            text = re.search(r"(?<![\w-])color:\s*var\(--([\w-]+)\)", rule)
            ground = re.search(r"background(?:-color)?:\s*var\(--([\w-]+)\)", rule)
            if text and ground:
                yield text[1], ground[1]


def test_ratio_is_that_of_the_standard() -> None:
    assert round(ratio("#000", "#ffffff"), 2) == 21
    assert round(ratio("#777777", "#fff"), 2) == 4.48


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("part", ["desk", "reader"])
def test_text_and_frames_are_seen_on_every_ground(part: str, scheme: str) -> None:
    known = tokens(part, scheme)
    pairs = [
        *((one, on, _WORDS) for one in TEXT[part].split() for on in GROUNDS[part].split()),
        *(
            (one, on, _PARTS)
            for one in FRAMES[part].split()
            for on in GROUNDS[part].split()
        ),
        *((one, on, _WORDS) for one, on in _pairs(part) if {one, on} <= known.keys()),
    ]

    faint = {
        (one, on): round(ratio(known[one], known[on]), 2)
        for one, on, least in pairs
        if ratio(known[one], known[on]) < least
    }

    assert faint == {}
    assert len(pairs) > 20
