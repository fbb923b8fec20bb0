"""What the model for advertising sees beside n-grams: signs, two by two, and the shape."""

import re
import string
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import numpy as np

from letterdesk.triage.advertising.signs import Found, Sign
from letterdesk.triage.model.sparse import Rows

_SIGNS = {sign: place for place, sign in enumerate(Sign)}
_PAIRS = {pair: place for place, pair in enumerate(combinations(range(len(_SIGNS)), 2))}
_MOST_KINDS = 6  # different signs, beyond which more say nothing more
_CAPITALS = string.ascii_uppercase.encode()
_LETTERS = string.ascii_letters.encode()
_DIGITS = string.digits.encode()
_PICTURE = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf★☆■◆▶►※♥]")
_SHAPES = 14
_TWICE = len(_SIGNS)
_KINDS = 2 * len(_SIGNS)
_PAIR = _KINDS + _MOST_KINDS
_SHAPE = _PAIR + len(_PAIRS)
SIZE = _SHAPE + _SHAPES


def sign_rows(texts: Sequence[str], found: Sequence[Sequence[Found]]) -> Rows:
    """Give the features of texts with these signs, a row each."""
    each = [_columns(text, signs) for text, signs in zip(texts, found, strict=True)]
    counts = [len(columns) for columns in each]
    edges = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    columns = np.array([one for some in each for one in some], dtype=np.int32)
    return Rows(columns, edges, np.ones(len(each), dtype=np.float32))


def _columns(text: str, found: Sequence[Found]) -> list[int]:
    counts = Counter(_SIGNS[one.sign] for one in found)
    here = sorted(counts)
    return [
        *here,
        *(_TWICE + place for place in here if counts[place] > 1),
        *(_KINDS + number for number in range(min(len(here), _MOST_KINDS))),
        *(_PAIR + _PAIRS[pair] for pair in combinations(here, 2)),
        *(_SHAPE + place for place, holds in enumerate(_shape(text)) if holds),
    ]


def _shape(text: str) -> tuple[bool, ...]:
    plain = text.encode("ascii", "ignore")
    letters = _count(plain, _LETTERS)
    capitals = _count(plain, _CAPITALS) if letters > 9 else 0
    digits = _count(plain, _DIGITS)
    pictures = 0 if text.isascii() else len(_PICTURE.findall(text))
    return (
        capitals > 0.3 * letters > 0,
        capitals > 0.6 * letters > 0,
        "!" in text or "！" in text,
        "!!" in text or "！！" in text,
        digits > 4,
        digits > 12,
        digits > 0.1 * len(text),
        pictures > 0,
        pictures > 2,
        len(text) < 20,
        len(text) < 60,
        len(text) > 200,
        len(text) > 500,
        True,  # the base rate
    )


def _count(plain: bytes, some: bytes) -> int:
    return len(plain) - len(plain.translate(None, some))
