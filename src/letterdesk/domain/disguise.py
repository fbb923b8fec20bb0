"""What disguises a text: characters that reorder it, cannot be seen, or pile up.

What scripts and emoji need is no disguise, where they need it: a joiner among letters that
join or between emoji, a mark of direction (LRM, RLM, ALM) at the edge of a word in a text
that is written from right to left somewhere, one variation selector behind a sign or an
ideograph that it varies, and the tags of a flag (Unicode Technical Standards 39 and 51).
Nor is a space of no width between letters of a script that parts its words by nothing
else: there it says where a line may end; nor is one blank between cells of braille.
Anywhere else hundreds of them could spell a message that nobody sees, moderators included.
"""

import re
import unicodedata
from collections.abc import Callable
from itertools import groupby

# Marks on one character. Those of Latin, Cyrillic, Greek, Thai and Lao letters grow through
# the lines beside them; composed (NFC) no language writes more than three, Vietnamese two.
# Elsewhere they stand side by side: of Burmese and Arabic ones four, of Hebrew with points
# and accents five. Tibetan stacks letters, in Sanskrit seven of them.
MAX_MARKS = 3
MAX_MARKS_BESIDE = 5
MAX_MARKS_IN_STACKS = 8

_OVERRIDES = "\u202a-\u202e\u2065-\u206f\ufeff\ufff0-\ufffb"
_FILLERS = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u2800\u3164\uffa0"
_NOTATION = "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # of shorthand and of music
_TAGS = "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
_HIDDEN = _OVERRIDES + _FILLERS + _NOTATION + _TAGS
_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]+\U000e007f"
_SELECTORS = "\ufe00-\ufe0f"
_HAN_SELECTORS = "\U000e0100-\U000e01ef"
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UNPARTED = "\u0e01-\u0edf\u1000-\u109f\u1780-\u17d3\ua9e0-\ua9ff\uaa60-\uaa7f"
_LINE_MAY_END = f"(?<=[{_UNPARTED}])\u200b(?=[{_UNPARTED}])"  # Thai, Lao, Burmese, Khmer
_BLANK = "(?<=[\u2801-\u28ff])\u2800(?=[\u2801-\u28ff])"
_JOINERS = "\u200c\u200d"
_DIRECTIONS = "\u061c\u200e\u200f"
UNSEEN = _HIDDEN + _JOINERS + _DIRECTIONS + _SELECTORS + _HAN_SELECTORS
# Arabic, Syriac, Thaana, N'Ko, those of South Asia, Tibetan, Burmese, Khmer, Mongolian.
_JOINING = (
    "\u0610-\u061a\u0620-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u17b3\u17b6-\u17ff\u1807-\u180d"
    "\u1810-\u18aa\u1b00-\u1bff\ua800-\ua82f\ua840-\ua87f\ua8e0-\ua8ff\ua980-\ua9ff\uaa60-\uaadf"
    "\uabc0-\uabff\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00010aff\U00011000-\U00011fff\U0001e900-\U0001e95f"
)
_KEPT_APART = f"(?<=[{_JOINING}])\u200c(?=[{_JOINING}])"
_JOINED = f"(?:(?<=[{_JOINING}])\u200d(?![{UNSEEN}])|(?<![{UNSEEN}])\u200d(?=[{_JOINING}]))"
_SIGNS = "\u00a9\u00ae\u2190-\u27ff\u2900-\u2bff\U0001f000-\U0001faff"
_ONE_EMOJI = f"(?:(?<=[{_SIGNS}])|(?<=[{_SIGNS}]\ufe0f))\u200d(?=[{_SIGNS}])"
_EDGE = (
    rf"(?:(?<![{UNSEEN}\w])[{_DIRECTIONS}](?![{UNSEEN}])"
    rf"|(?<![{UNSEEN}])[{_DIRECTIONS}](?![{UNSEEN}\w]))"
)
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u061b\u061e-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# Letters that no selector varies: those of alphabets. Ideographs, digits and signs it may.
_ALPHABETS = (
    "A-Za-z\u00aa\u00b5\u00ba-\u0fff\u10a0-\u177f\u1e00-\u1fff\u3041-\u30ff\uac00-\ud7a3"
)


def _disguise(kept: str) -> re.Pattern[str]:
    return re.compile(
        f"({kept})"
        f"|[{_HIDDEN}{_JOINERS}{_DIRECTIONS}]+"
        rf"|(?<![^\s{UNSEEN}{_ALPHABETS}])[{_SELECTORS}]+"
        f"|(?<![{_HAN}])[{_HAN_SELECTORS}]+"
    )


_NEEDED = f"{_FLAG}|{_LINE_MAY_END}|{_BLANK}|{_KEPT_APART}|{_JOINED}|{_ONE_EMOJI}"
_DISGUISE = _disguise(_NEEDED)
_DISGUISE_AMONG_RIGHT_TO_LEFT = _disguise(f"{_NEEDED}|{_EDGE}")
_SUSPECT = re.compile(f"[{UNSEEN}]")  # every disguise has one
_NULS = re.compile("\0+")
_PILE = re.compile(rf"[^\w\s!-~]{{{MAX_MARKS + 1},}}")  # where there may be too many marks
_GROWING = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0e31-\u0e4e\u0eb1-\u0ece"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_STACKING = re.compile("[\u0f18-\u0fc6]")


def replace_disguises(text: str, instead: Callable[[str], str]) -> str:
    """Give `text` with each run that disguises it replaced by `instead` of that run."""
    if text.isascii():
        return text
    if _SUSPECT.search(text):
        pattern = (
            _DISGUISE_AMONG_RIGHT_TO_LEFT if _RIGHT_TO_LEFT.search(text) else _DISGUISE
        )
        text = pattern.sub(lambda found: found[1] or instead(found[0]), text)
    return _PILE.sub(lambda found: _thin(found[0], instead), text)


def disguises(text: str) -> list[tuple[int, int]]:
    """Give where each run that disguises `text` begins and ends. It has no NUL."""
    left = replace_disguises(text, lambda run: "\0" * len(run))
    return [found.span() for found in _NULS.finditer(left)] if left is not text else []


def _thin(run: str, instead: Callable[[str], str]) -> str:
    """Give a run with as many marks on one character as may be, and `instead` of more."""
    marks = 0
    stretches: list[tuple[str, bool]] = []
    for char in run:
        category = unicodedata.category(char)
        is_mark = category in {"Mn", "Me"}
        if is_mark:
            marks += 1
        elif category not in {"Mc", "Cf"}:
            marks = 0
        stretches.append((char, is_mark and marks > _most(char)))
    return "".join(
        instead(stretch) if is_over else stretch
        for is_over, chars in groupby(stretches, key=lambda pair: pair[1])
        for stretch in ["".join(char for char, _ in chars)]
    )


def _most(mark: str) -> int:
    if _GROWING.match(mark):
        return MAX_MARKS
    return MAX_MARKS_IN_STACKS if _STACKING.match(mark) else MAX_MARKS_BESIDE
