"""Which English words are common, and where words that run together part.

`english.txt` has the words that stood in 15 or more of the comments of three files of
training data under CC0 (edos, paradetox, toxicspans), those of three letters and fewer in
40 or more, the commonest first, and no pieces of words.
"""

from functools import cache
from importlib.resources import files
from math import log

from letterdesk.triage.model.lexicon import phrases

_EVERYDAY = 300  # of the commonest words, which any two texts share
_PRONOUNS = frozenset(
    f"{some}{one}"
    for some in ("any", "every", "no", "some")
    for one in ("body", "one", "thing", "where")
)
_LONGEST = 16  # letters of a word
_STRANGE = 12.0, 2.0  # what an unknown stretch costs, and each letter of it


@cache
def everyday() -> frozenset[str]:
    """Give the words that say nothing about what a text is about."""
    return _PRONOUNS | frozenset(_listed()[:_EVERYDAY])


def is_word(word: str) -> bool:
    """Say whether `word` is common, or has a part in the model's lexicon."""
    return word in _costs()


def parted(letters: str) -> list[str]:
    """Give the likeliest words that `letters` run together; what is unknown stays whole."""
    costs = _costs()
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(letters) + 1):
        ways = (
            (best[start][0] + costs.get(letters[start:end], _strange(end - start)), start)
            for start in range(max(0, end - _LONGEST), end)
        )
        best.append(min(ways))
    words: list[str] = []
    end = len(letters)
    while end:
        start = best[end][1]
        words.append(letters[start:end])
        end = start
    return words[::-1]


def _strange(length: int) -> float:
    return _STRANGE[0] + _STRANGE[1] * length


@cache
def _costs() -> dict[str, float]:
    """Give what each word costs: the rarer, the more (Zipf's law)."""
    told = (
        word for line in phrases("en").values() for each in line for word in each.split()
    )
    ranked = dict.fromkeys([*_listed(), *told])
    return {word: 2 + log(10 + rank) for rank, word in enumerate(ranked)}


@cache
def _listed() -> tuple[str, ...]:
    raw = files("letterdesk.triage").joinpath("english.txt").read_text(encoding="ascii")
    return tuple(raw.split())
