"""Is it true to the story? Numbers in a comment that differ from the story's."""

from collections.abc import Sequence
from fractions import Fraction

from letterdesk.triage.figures.numerals import grouped
from letterdesk.triage.figures.quantities import Quantity, quantities
from letterdesk.triage.signal import Kind, Signal, joined

_MOST_TOLD = 3
_NEAR = Fraction(1, 100)  # of the story's value: as good as the same


def figure(text: str, *, story: str) -> Signal:
    """Give the numbers of `text` that count what the story counts, and say otherwise.

    It says what each of the two says; which of them is right is for a person to see.
    """
    told = quantities(story)
    apart = [(each, other) for each in quantities(text) if (other := _differs(each, told))]
    if not apart:
        return Signal(
            kind=Kind.FIGURE, score=0.0, reason="No number in it differs from the story's."
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
        reason=f"{'; '.join([first, *sentences[1:]])}.",
    )


def _differs(each: Quantity, told: Sequence[Quantity]) -> Quantity | None:
    """Give what the story says of the same unit, when none of it is this value."""
    same = [other for other in told if other.unit == each.unit]
    if not same or any(_agree(each.value, other.value) for other in told):
        return None
    return min(same, key=lambda other: abs(other.value - each.value))


def _agree(said: Fraction, told: Fraction) -> bool:
    """Say whether a value is the story's, perhaps rounded as people round."""
    if told == 0 or said == 0:
        return said == told
    if told in _WHOLE_YEARS and told.denominator == 1:
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


def _shown(quantity: Quantity) -> str:
    value = quantity.value
    if quantity.unit == "year":
        return str(value)
    unit = "" if quantity.unit == "things" else quantity.unit
    joint = "" if unit == "%" else " "
    return f"{grouped(value)}{joint}{unit}".strip()
