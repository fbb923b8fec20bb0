"""A quantity: a value and what it counts."""

from dataclasses import dataclass
from fractions import Fraction

from letterdesk.triage.signal import Span

Amount = int | Fraction  # whole numbers are the former, which is far quicker


@dataclass(frozen=True)
class Quantity:
    """A value, what it counts, and where it stands."""

    value: Amount
    unit: str
    span: Span
