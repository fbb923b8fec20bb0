"""Numbers read out in English, digit by digit: "oh one seven, double five…"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from letterdesk.triage.literals import LITERALS
from letterdesk.triage.signal import Span

_DIGITS = {
    "zero": "0", "oh": "0", "nought": "0", "one": "1", "two": "2", "three": "3",
    "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_WORDS = LITERALS.of(_DIGITS)
_TIMES = {"double": 2, "triple": 3, "treble": 3}
_FEWEST_WORDS, _FEWEST_DIGITS = 3, 7
_MANNERS = 2  # in which a count goes on: one, two, three, one, two, three
_TIMES_WORD, _DIGIT_WORD = "|".join(_TIMES), "|".join(_DIGITS)
_WORD = rf"(?:(?:{_TIMES_WORD})[ \-])?(?:{_DIGIT_WORD})"
_RUN = re.compile(
    rf"(?<![a-z0-9])(?:\d{{3,4}}[ .\-]{{1,3}})?{_WORD}"
    rf"(?:[ ,.;/\-]{{1,3}}(?:{_WORD}|\d{{1,4}})){{3,24}}(?![a-z0-9])"
)
_SINGLE = re.compile(_DIGIT_WORD)
_PIECE = re.compile(rf"{_TIMES_WORD}|{_DIGIT_WORD}|\d+")


@dataclass(frozen=True)
class Spoken:
    """Where a number stands that is read out, and its digits."""

    span: Span
    digits: str


def spoken(text: str) -> Iterator[Spoken]:
    """Give the numbers of `text` that are read out, of seven digits or more.

    Who counts, up or down or in time, reads out none.
    """
    small = text.lower()
    if len(small) != len(text):  # as of İ, which becomes two
        small = "".join([one.lower()[0] for one in text])
    here = LITERALS.within(text) & _WORDS if small == text.lower() else _WORDS
    if not here or sum(map(small.count, here)) < _FEWEST_WORDS:
        return
    for run in _RUN.finditer(small):
        digits = _read(run[0])
        steps = {int(after) - int(before) for before, after in pairwise(digits)}
        words = len(_SINGLE.findall(run[0]))
        if words < _FEWEST_WORDS:
            continue
        if len(digits) >= _FEWEST_DIGITS and len(steps) > _MANNERS:
            yield Spoken(Span(*run.span()), digits)


def _read(run: str) -> str:
    digits, times = "", 1
    for piece in _PIECE.findall(run):
        if piece in _TIMES:
            times = _TIMES[piece]
        else:
            digits += _DIGITS.get(piece, piece) * times
            times = 1
    return digits
