"""Words: the smallest stretches of a text that stay whole when it is edited.

In scripts that part words by spaces a word is whole or gone; in the others each character
stands for itself, with its marks. A figure is one word, with its sign, its separators and
the units written onto it, whatever the script.

Each character has a kind, one letter; words are found by one search in these letters, in
time linear in the text. No word ends within a grapheme cluster (Unicode Standard Annex 29).
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_SPACE, _TIE, _BREAK = " ", "~", "s"  # a plain space; one that figures hold; any other
_DIGIT, _LETTER, _SYLLABLE = "d", "l", "c"  # a syllable stands for itself
_HAN_DIGIT, _HAN_UNIT, _HANGUL_UNIT = "n", "u", "w"
_MARK, _JOINER, _STACKER = "m", "z", "x"
_FORMAT, _PREPENDED, _LEADER, _FLAG, _PICTURE, _OTHER = "v", "p", "q", "r", "e", "o"

_KINDS = {
    _SPACE: " ",
    _TIE: "\u00a0\u202f",
    _HAN_DIGIT: "〇零一二三四五六七八九两兩",
    _HAN_UNIT: "十百千万亿萬億兆",
    _HANGUL_UNIT: "십백천만억조",
    _JOINER: "\u200d",
    _STACKER: "\u1039\u17d2\u1a60\u1b44\ua9c0",  # the next letter stands below the last
    _MARK: "\u200c\u0e33\u0eb3\uff9e\uff9f",
    _PREPENDED: "\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd",
    _PICTURE: "‼⁉〰〽㊗㊙",
    "a": "'’",
    "h": "-\u2010\u2011",
    "i": "−+±",
    "j": "_·׳״",
    "k": ",:/٫٬，．",
    "t": ".",
}
_RANGES = (
    (_LEADER, "\u1100-\u115f\ua960-\ua97f"),  # Hangul in pieces: how a syllable begins
    (_MARK, "\u1160-\u11ff\ud7b0-\ud7ff"),  # and how it goes on
    (_MARK, "\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"),  # skin tones, flags' tags
    (_PREPENDED, "\u0600-\u0605"),
    (_FLAG, "\U0001f1e6-\U0001f1ff"),
)
_UNPARTED = (
    re.compile(  # Thai, Lao, Tibetan, Burmese, Khmer, Tai, Balinese, Javanese, Cham;
        "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\u1b00-\u1b7f"
        "\ua980-\ua9ff\uaa00-\uaadf"  # then Han, kana, Bopomofo, Hangul, Yi, Tangut, Nüshu
        "\u2e80-\u2fdf\u3000-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff66-\uffdc"
        "\U00016fe0-\U0001b2ff\U0001f200-\U0001f2ff\U00020000-\U0003ffff]"
    )
)
_NAMED = {char: kind for kind, chars in _KINDS.items() for char in chars}
_IN_RANGES = [(kind, re.compile(f"[{chars}]")) for kind, chars in _RANGES]

_SIGN = r"(?:(?<![^ ~s])[hi]?t|(?<![ldcnuwm])[hi])?(?=d)"
_FIGURE = r"(?:d{1,3}(?: d{3}){1,6}(?!d)|d)"
_BODY = (
    rf"(?:{_SIGN}{_FIGURE}|l)"
    r"(?:[ldmzx]|v+(?=[ldmzx])|[ahj](?=[ld])|(?<=d)[akt~](?=d)|(?<=[duw])[uw])*"
)
_CLUSTER = r"(?:q+[cw]?|rr|.)(?:m|x[cnuw]?|z+e?)*"
_WORD = re.compile(
    rf"(?P<space>[ ~s]+(?![mzx]))|p*(?:{_BODY}|[nu]{{2,}}(?![mzx])|{_CLUSTER})"
)


class Word(NamedTuple):
    """A word in its place; a text has thousands."""

    text: str
    start: int  # characters from the start of the text
    end: int
    before: str  # the white space in front of it
    is_note: bool = False


def words(text: str, *, notes: Iterable[tuple[int, int]] = ()) -> list[Word]:
    """Give the words of `text` in order; each stretch of `notes` counts as one."""
    shape = "".join(map(_kind, text))
    found: list[Word] = []
    space, at = "", 0
    for start, end in [*notes, (len(text), len(text))]:
        for match in _WORD.finditer(shape, at, start):
            stretch = text[match.start() : match.end()]
            if match.lastgroup == "space":
                space = stretch
                continue
            found.append(Word(stretch, *match.span(), space))
            space = ""
        if start < end:
            found.append(Word(text[start:end], start, end, space, is_note=True))
            space = ""
        at = end
    return found


@lru_cache(maxsize=8192)
def _kind(char: str) -> str:
    if char in _NAMED:
        return _NAMED[char]
    if char.isspace():
        return _BREAK
    for kind, chars in _IN_RANGES:
        if chars.match(char):
            return kind
    category = unicodedata.category(char)
    if category[0] in "LN" and category != "Nd":
        return _SYLLABLE if _UNPARTED.match(char) else _LETTER
    return _BY_CATEGORY.get(category, _OTHER)


_BY_CATEGORY = {
    "Nd": _DIGIT,
    "Mn": _MARK,
    "Mc": _MARK,
    "Me": _MARK,
    "Cf": _FORMAT,
    "So": _PICTURE,
    "Sm": _PICTURE,
    "Cn": _PICTURE,  # pictures that are younger than our tables
}
