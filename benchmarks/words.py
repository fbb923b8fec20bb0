"""Comments to send: about 300 characters, each different, the same in every run."""

import random
from collections.abc import Iterator

_WORDS = (  # noqa: SIM905 -- as prose it can be read
    "the council ferry bridge said wages night school river harbour people asked why "
    "nobody answered letter winter price bus stop market morning teacher island ships "
    "workers company river town mayor promised report numbers wrong again because years "
    "before family moved north south road closed open light water electricity bread"
).split()
LENGTH = 300  # characters


def comments(*, seed: int = 1, length: int = LENGTH) -> Iterator[str]:
    """Give comments without end; `#NUMBER` at the front makes each one different."""
    chance = random.Random(seed)  # noqa: S311 -- repeatable, not secret
    number = 0
    while True:
        words = chance.choices(_WORDS, k=length // 4)
        yield f"#{seed}-{number} {' '.join(words)}"[:length]
        number += 1


def marks(text: str) -> str:
    """Give the `#SEED-NUMBER` that a comment begins with."""
    return text.partition(" ")[0]
