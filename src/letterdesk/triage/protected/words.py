"""Which two letters of Han are a common word.

Of the dictionary that the list was made with, words of two letters that it counts a hundred
times or more; rarer ones are as often a name in disguise.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


def is_word(letters: str) -> bool:
    """Say whether two letters are a word, in simplified letters or traditional ones."""
    return simplified(letters) in common_words()


def simplified(letters: str) -> str:
    """Give simplified letters for the traditional ones of common words."""
    return letters.translate(_simplified())


@cache
def common_words() -> frozenset[str]:
    """Give the words of two letters, simplified."""
    lines = (line.split(" ") for line in _lines("words.txt"))
    return frozenset(first + second for first, rest in lines for second in rest)


@cache
def _simplified() -> dict[int, int]:
    pairs = "".join(_lines("traditional.txt"))
    return str.maketrans(pairs[::2], pairs[1::2])


def _lines(name: str) -> Iterator[str]:
    raw = files("letterdesk.triage.protected").joinpath(name).read_text(encoding="utf-8")
    return (line for line in raw.splitlines() if not line.startswith("#"))
