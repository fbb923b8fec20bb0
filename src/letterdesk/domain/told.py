"""Many names in one sentence: the first few stand for all."""

from collections.abc import Sequence

_NAMED = 5  # in one sentence


def few(names: Sequence[str]) -> str:
    """Give the first few of these, with nothing that moves a terminal."""
    shown = [name if name.isprintable() else ascii(name) for name in names[:_NAMED]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f", and {more} more" if more else "")


def some(names: Sequence[str]) -> str:
    """Give how many these are, and the first few."""
    return f"{len(names)} ({few(names)})"
