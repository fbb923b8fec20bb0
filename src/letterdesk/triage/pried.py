"""A text without what is put between a name's letters: nicknames, single letters, emoji.

Maria “Mia” Schmidt, Maria/Mia Schmidt, Maria alias Mia Schmidt, 김(28)민수, 王x小x明,
기ㅁ민수, Ma🙂ria, Wang2 Xiao3ming2. Whom a text names only so, it nearly names: another may
stand between.
"""

import re

from letterdesk.triage.hangul import FINALS, apart, together
from letterdesk.triage.normal import Normal, rewritten

_LONGEST = 24  # characters between quotes or brackets
_PAIRS = """"" '' ** __ ~~ () [] （） 【】 〈〉 《》 “” „“ «» ‘’ ‹›"""


def _pair(pair: str) -> str:
    first, last = map(re.escape, (pair[0], pair[1]))
    return rf"{first}[^{first}{last}\n]{{1,{_LONGEST}}}{last}"


_DASHES = "-–—"
_ALIAS = "alias|aka|a\\.k\\.a\\.|known as|called|nicknamed|genannt|born|nee|geb\\."
_ASIDE = re.compile(
    rf"(?<=[\w.])\s?(?:{'|'.join(map(_pair, _PAIRS.split()))})\s?(?=\w)"
    rf"|\s[{_DASHES}]\s?[^{_DASHES}\n]{{1,{_LONGEST}}}[{_DASHES}]\s(?=\w)"
    rf"|/\w{{1,{_LONGEST}}}\s(?=\w)"
    rf"|,?\s(?:{_ALIAS})\s[\w'’-]{{1,{_LONGEST}}},?\s(?=\w)"
)
_TONE = re.compile(r"[1-5](?<=[A-Za-z].)(?![0-9])")
_EAST = "\u3400-\u9fff가-힣"
_BETWEEN = re.compile(rf"[a-z0-9](?<=[{_EAST}].)(?=[{_EAST}])")
_LOOSE_FINAL = re.compile(rf"[가-힣][{FINALS[1:]}](?=\s?[가-힣])")
_SIGNS = "\u2600-\u27bf\U0001f300-\U0001faff"  # emoji
_EMOJI = re.compile(rf"[{_SIGNS}](?<=[^\W\d_].)[{_SIGNS}]*(?=[^\W\d_])")
_OTHER_BETWEEN = re.compile(r"[A-Za-z0-9.](?<=[^\W\d_A-Za-z].)(?=[^\W\d_A-Za-z])")


def pried(found: Normal) -> Normal | None:
    """Give a text without what may stand between the letters of a name; None without it."""
    plain = rewritten(found, _ASIDE, lambda _: " ")
    if not plain.text.isascii():
        plain = rewritten(plain, _EMOJI, lambda _: "")
        plain = rewritten(plain, _BETWEEN, lambda _: "")
        plain = rewritten(plain, _LOOSE_FINAL, _closed)
    return None if plain.text == found.text else plain


def blanked(text: str) -> str:
    """Give a text with blanks for what may stand between the letters of a name."""
    plain = _ASIDE.sub(lambda aside: " " * len(aside[0]), text)
    return plain if plain.isascii() else _OTHER_BETWEEN.sub(" ", plain)


def without_tones(text: str) -> str:
    """Give a text without the numbers of tones behind pinyin, in as many characters."""
    return _TONE.sub("\u200b", text)


def _closed(pieces: re.Match[str]) -> str:
    """Give a syllable closed by the jamo behind it, unless it is closed already."""
    syllable, final = pieces[0][0], pieces[0][-1]
    initial, vowel, there = apart(syllable)
    return pieces[0] if there else together(initial, vowel, final)
