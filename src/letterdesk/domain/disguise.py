"""What disguises a text: characters that reorder it, cannot be seen, or pile up.

What Persian, Indic scripts and emoji need is no disguise: joiners, the marks of direction
LRM and RLM, one variation selector behind the character that it varies, and the tags of a
flag (Unicode Technical Standards 39 and 51). Nor is a space of no width between letters of
a script that parts its words by nothing else: there it says where a line may end; nor is
one blank between cells of braille.
"""

import re
import unicodedata
from collections.abc import Callable
from itertools import groupby

MAX_MARKS = 8  # marks on one character, as many as any script uses

_OVERRIDES = "\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb"
_FILLERS = "\u00ad\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u2800\u3164\uffa0"
_NOTATION = "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # of shorthand and of music
_TAGS = "\U000e0000-\U000e007f"
_HIDDEN = _OVERRIDES + _FILLERS + _NOTATION + _TAGS
_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]+\U000e007f"
_SELECTORS = "\ufe00-\ufe0f"
_HAN_SELECTORS = "\U000e0100-\U000e01ef"
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UNPARTED = "\u0e01-\u0edf\u1000-\u109f\u1780-\u17d3\ua9e0-\ua9ff\uaa60-\uaa7f"
_LINE_MAY_END = f"(?<=[{_UNPARTED}])\u200b(?=[{_UNPARTED}])"  # Thai, Lao, Burmese, Khmer
_BLANK = "(?<=[\u2801-\u28ff])\u2800(?=[\u2801-\u28ff])"
_DISGUISE = re.compile(
    f"({_FLAG}|{_LINE_MAY_END}|{_BLANK})"
    f"|[{_HIDDEN}]+"
    rf"|(?<![^\s{_HIDDEN}{_SELECTORS}{_HAN_SELECTORS}])[{_SELECTORS}]+"
    f"|(?<![{_HAN}])[{_HAN_SELECTORS}]+"
)
_SUSPECT = re.compile(f"[{_HIDDEN}{_SELECTORS}{_HAN_SELECTORS}]")  # every disguise has one
_PILE = re.compile(rf"[^\w\s!-~]{{{MAX_MARKS + 1},}}")  # where there may be too many marks


def replace_disguises(text: str, instead: Callable[[str], str]) -> str:
    """Give `text` with each run that disguises it replaced by `instead` of that run."""
    if text.isascii():
        return text
    if _SUSPECT.search(text):
        text = _DISGUISE.sub(lambda found: found[1] or instead(found[0]), text)
    return _PILE.sub(lambda found: _thin(found[0], instead), text)


def _thin(run: str, instead: Callable[[str], str]) -> str:
    """Give a run with MAX_MARKS on one character, and `instead` of further ones."""
    marks = 0
    stretches: list[tuple[str, bool]] = []
    for char in run:
        category = unicodedata.category(char)
        is_mark = category in {"Mn", "Me"}
        if is_mark:
            marks += 1
        elif category not in {"Mc", "Cf"}:
            marks = 0
        stretches.append((char, is_mark and marks > MAX_MARKS))
    return "".join(
        instead(stretch) if is_over else stretch
        for is_over, chars in groupby(stretches, key=lambda pair: pair[1])
        for stretch in ["".join(char for char, _ in chars)]
    )
