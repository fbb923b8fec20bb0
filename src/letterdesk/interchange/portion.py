"""Which part of what a newsroom has leaves it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Portion:
    """A part of a newsroom; by default all of it.

    `start` and `end` are days, both included, on which comments arrived; with
    `published_only`, on which they were published; of statements, from which they count.
    """

    story: str = ""  # its id
    start: date | None = None
    end: date | None = None
    published_only: bool = False

    @property
    def is_all(self) -> bool:
        """Say whether nothing is left out."""
        return self == Portion()
