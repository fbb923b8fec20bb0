"""Words as they are looked for: one word in every spelling that a reader may have used.

Nothing is made of capitals, accents, vowel signs, wide, circled and mathematical letters,
ligatures, the shape of an apostrophe or a dash, or characters that nobody sees. Look-alikes
of another script stay what they are: a Cyrillic a is no Latin one.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from letterdesk.domain.disguise import UNSEEN

_MARKS = (  # accents, and the vowel signs that Hebrew, Arabic and Syriac do without
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0711\u0730-\u074a\u08ca-\u08e1\u08e3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    "\u3099\u309a\uff9e\uff9f\ufe20-\ufe2f"
)
_NOTHING = f"[{UNSEEN}{_MARKS}]*"
_GONE = re.compile(f"[{UNSEEN}{_MARKS}]")
_OWN = {  # what Unicode takes no further apart; and ئ, with which Uyghur vowels begin
    **dict(zip("łøđħŧıæœ", ("l", "o", "d", "h", "t", "i", "ae", "oe"), strict=True)),
    **dict.fromkeys("’‘ʼ´", "'"),
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‐‑‒–—−", "-"),
    "ئ": "ئ",
}
_LETTERS = (  # Hangul syllables and most ideographs have one spelling each
    (0x21, 0x3400),
    (0xA000, 0xAC00),
    (0xF900, 0xFFF0),
    (0x10000, 0x1F200),
)
_BEYOND = chr(0x10000)  # from here on letters are far
_BEGINNING = 8  # letters, or signs for several
FAR = "[\U00010000-\U0001f1ff]"  # what `beginnings` leaves out
_LONGEST = 18  # letters for which one sign may stand: ﷺ


def folded(text: str) -> str:
    """Give `text` as it is compared. Of marks that no letter bears nothing is left."""
    return "".join(map(_fold, unicodedata.normalize("NFC", text)))


def spellings(word: str) -> str:
    """Give a pattern that finds a word in any spelling: for `re`, and for PostgreSQL.

    It takes time linear in the text. A word of mere marks is looked for as it stands.
    """
    return _pattern(word, _variants())


def beginnings(word: str) -> str:
    """Give a short pattern of how a word begins, without FAR letters.

    A text that has neither it nor a FAR letter does not have the word. Python searches for
    it much faster: in sets of letters that are not FAR, and without a long pattern.
    """
    return _pattern(word, _near_variants(), most=_BEGINNING)


def _pattern(
    word: str, variants: Mapping[str, Sequence[str]], *, most: int | None = None
) -> str:
    letters = folded(word)
    if not letters:
        return re.escape(word)
    pieces = islice(_pieces(letters, variants), most)
    return "".join(f"{one}{_NOTHING}" for one in pieces)


def _pieces(letters: str, variants: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Give a pattern for each letter, or for some for which one sign may stand."""
    place = 0
    while place < len(letters):
        size = next(
            (
                size
                for size in range(_LONGEST, 1, -1)
                if letters[place : place + size] in variants
            ),
            1,
        )
        some = letters[place : place + size]
        apart = _NOTHING.join(_set([one, *variants.get(one, ())]) for one in some)
        yield apart if size == 1 else f"(?:{apart}|{_set(variants[some])})"
        place += size


def _set(letters: Sequence[str]) -> str:
    escaped = "".join(map(re.escape, letters))
    return escaped if len(letters) == 1 else f"[{escaped}]"


@lru_cache(maxsize=1)
def _variants() -> Mapping[str, Sequence[str]]:
    """Give what else is written for a letter, or for some letters in a row."""
    found: dict[str, list[str]] = {}
    for first, end in _LETTERS:
        for char in map(chr, range(first, end)):
            plain = _fold(char)
            if plain not in {char, ""}:
                found.setdefault(plain, []).append(char)
    return found


@lru_cache(maxsize=1)
def _near_variants() -> Mapping[str, Sequence[str]]:
    near = {
        plain: [one for one in some if one < _BEYOND] for plain, some in _variants().items()
    }
    return {plain: some for plain, some in near.items() if some}


def _fold(char: str) -> str:
    plain = unicodedata.normalize("NFKC", _OWN.get(char, char))
    if " " in plain:  # a mark that Unicode lets a space bear
        return char
    return unicodedata.normalize("NFC", "".join(map(_bare, plain)))


def _bare(char: str) -> str:
    if char in _OWN:
        return _OWN[char]
    parts = _GONE.sub("", unicodedata.normalize("NFD", char)).casefold()
    return "".join(_OWN.get(one, one) for one in parts)
