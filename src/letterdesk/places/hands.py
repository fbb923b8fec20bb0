"""Work on many files of a place at once."""

from concurrent.futures import ThreadPoolExecutor

_HANDS = 8  # threads: each waits for a disk or a network


def hands() -> ThreadPoolExecutor:
    """Give threads for calls of a place. Close them: they are a context manager."""
    return ThreadPoolExecutor(_HANDS)
