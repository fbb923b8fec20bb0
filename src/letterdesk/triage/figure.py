"""Is it true to the story? Numbers in a comment that differ from the story's."""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from letterdesk.triage.figures.numerals import grouped
from letterdesk.triage.figures.quantities import Quantity, quantities
from letterdesk.triage.signal import Kind, Signal, joined

_MOST_TOLD = 3
_NEAR = Fraction(1, 100)  # of the story's value: as good as the same


def figure(text: str, *, story: str) -> Signal:
    """Give the numbers of `text` that count what the story counts, and say otherwise.

    It says what each of the two says; which of them is right is for a person to see.
    """
    told = _of_story(story)
    apart = [(each, other) for each in quantities(text) if (other := _differs(each, told))]
    if not apart:
        return Signal(
            kind=Kind.FIGURE,
            score=0.0,
            code="figures-agree",
            reason="No number in it differs from the story's.",
        )
    sentences = [
        f"the story says {_shown(other)}; this says {_shown(each)}"
        for each, other in apart[:_MOST_TOLD]
    ]
    first = sentences[0][0].upper() + sentences[0][1:]
    return Signal(
        kind=Kind.FIGURE,
        score=min(1.0, 0.5 + 0.25 * len(apart)),
        spans=joined([each.span for each, _ in apart]),
        code="figures-differ",
        facts={"pairs": [_pair(each, other) for each, other in apart[:_MOST_TOLD]]},
        reason=f"{'; '.join([first, *sentences[1:]])}.",
    )


@lru_cache(maxsize=8)
def _of_story(story: str) -> list[Quantity]:
    """Give a story's quantities; comments on one story come one after the other."""
    return quantities(story)


def _differs(each: Quantity, told: Sequence[Quantity]) -> Quantity | None:
    """Give what the story says of the same unit, and nowhere this value."""
    same = [other for other in told if other.unit == each.unit]
    if not same or any(_agree(each.value, other.value) for other in same):
        return None
    return min(same, key=lambda other: abs(other.value - each.value))


def _agree(said: Fraction, told: Fraction) -> bool:
    """Say whether a value is the story's, perhaps rounded as people round."""
    if told == 0 or said == 0:
        return said == told
    if told.denominator == 1 and told.numerator in _WHOLE_YEARS:
        return said == told
    return abs(said - told) <= abs(told) * _NEAR or said == _rounded(told, like=said)


_WHOLE_YEARS = range(1800, 2101)  # a year is never rounded


def _rounded(told: Fraction, *, like: Fraction) -> Fraction:
    """Give `told` with as many digits that count as `like` has."""
    if like.denominator != 1:
        return told
    zeros = len(str(like.numerator)) - len(str(like.numerator).rstrip("0"))
    step = 10**zeros
    return Fraction(round(told / step) * step)


def _pair(each: Quantity, other: Quantity) -> dict[str, object]:
    """Give what both say, and where in the story the other stands."""
    return {
        "story": _value(other),
        "this": _value(each),
        "unit": each.unit,
        "at": [other.span.start, other.span.end],
    }


def _value(quantity: Quantity) -> str:
    return str(quantity.value) if quantity.unit == "year" else grouped(quantity.value)


def _shown(quantity: Quantity) -> str:
    if quantity.unit == "year":
        return _value(quantity)
    unit = "" if quantity.unit == "things" else quantity.unit
    joint = "" if unit == "%" else " "
    return f"{_value(quantity)}{joint}{unit}".strip()
