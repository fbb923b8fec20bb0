"""A quantity: a value and what it counts."""

from dataclasses import dataclass
from fractions import Fraction

from letterdesk.triage.signal import Span


@dataclass(frozen=True)
class Quantity:
    """A value, what it counts, and where it stands."""

    value: Fraction
    unit: str
    span: Span
