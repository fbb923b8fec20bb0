"""A text without what is put between a name's letters: nicknames, single letters, emoji.

Maria “Mia” Schmidt, Maria / Mia Schmidt, Maria alias Mia Schmidt, Maria and Anna Schmidt,
김(28)민수, 王x小x明, 기ㅁ민수, Ma🙂ria, Wang2 Xiao3ming2. Whom a text names only so, it
nearly names: another may stand between.
"""

import re

from letterdesk.triage.east import EAST
from letterdesk.triage.hangul import FINALS, apart, together
from letterdesk.triage.normal import Normal, rewritten

_LONGEST = 24  # characters between quotes or brackets
_PAIRS = """"" '' ** __ ~~ () [] {} <> （） 【】 〈〉 《》 “” „“ «» ‘’ ‹›"""


def _pair(pair: str) -> str:
    first, last = map(re.escape, (pair[0], pair[1]))
    return rf"{first}[^{first}{last}\n]{{1,{_LONGEST}}}{last}"


_DASHES, _STROKES = "-–—", r"[/|\\]"
_WORD = r"[^\W\d_][\w'’-]{0,23}"
_QUOTED = "|".join(_pair(pair) for pair in ('""', "''", "“”", "„“", "«»", "‘’"))
_ALIAS = r"alias|aka\.?|a\.k\.a\.|(?:also )?known as|nicknamed|genannt|nee|geb\."
_FIRSTS = re.escape("".join(pair[0] for pair in _PAIRS.split()))
_ASIDE = re.compile(
    rf"(?=[\s,/|\\{_FIRSTS}])(?:"  # said first for speed alone
    rf"(?<=[\w.])\s?(?:{'|'.join(map(_pair, _PAIRS.split()))})\s?(?=\w)"
    rf"|\s[{_DASHES}]\s?[^{_DASHES}\n]{{1,{_LONGEST}}}[{_DASHES}]\s(?=\w)"
    rf"|{_STROKES}\s?{_WORD}(?:\s{_WORD})?\s?{_STROKES}\s?(?=[^\W\d_])"
    rf"|{_STROKES}\s?{_WORD}\s(?=\w)"
    rf"|,?\s(?:{_ALIAS}|called|born)\s(?:{_WORD}|{_QUOTED}),?\s(?=\w)"
    rf"|\s(?:and|or|und|oder|&)\s(?P<other>{_WORD})\s(?=\w))"
)
_ALIAS_OF_TWO = re.compile(rf",?\s(?:{_ALIAS})\s{_WORD}\s{_WORD},?\s(?=\w)")
_TONE = re.compile(r"[1-5](?<=[A-Za-z].)(?![0-9])")
_TALL = re.compile("I(?<=[a-z].)I*(?![A-Z])")  # where it looks like l
_BETWEEN = re.compile(rf"[a-z0-9](?<=[{EAST}].)(?=[{EAST}])")
_LOOSE_FINAL = re.compile(rf"[가-힣][{FINALS[1:]}](?=\s?[가-힣])")
_SIGNS = "\u2600-\u27bf\U0001f300-\U0001faff"  # emoji
_EMOJI = re.compile(rf"[{_SIGNS}](?<=[^\W\d_].)[{_SIGNS}]*(?=[^\W\d_])")
_OTHER_BETWEEN = re.compile(r"[A-Za-z0-9.](?<=[^\W\d_A-Za-z].)(?=[^\W\d_A-Za-z])")


def pried(found: Normal, written: str) -> list[Normal]:
    """Give a text without what may stand between the letters of a name, where there is any.

    `written` is the text as it was: a name that two people share (Peter and Maria Schmidt)
    has capitals. Twice, where what stands there may be a word or two.
    """

    def cut(aside: re.Match[str]) -> str:
        both = (aside.start("other"), aside.end()) if aside["other"] else ()
        is_named = all(written[found.starts[place]].isupper() for place in both)
        return " " if is_named else aside[0]

    ways = [rewritten(found, _ASIDE, cut)]
    if ways[0] is not found and _ALIAS_OF_TWO.search(found.text):
        ways.append(rewritten(found, _ALIAS_OF_TWO, lambda _: " "))
    return [way for way in map(_joined, ways) if way.text != found.text]


def _joined(plain: Normal) -> Normal:
    """Give a text without what stands between letters of other scripts."""
    if not plain.text.isascii():
        plain = rewritten(plain, _EMOJI, lambda _: "")
        plain = rewritten(plain, _BETWEEN, lambda _: "")
        plain = rewritten(plain, _LOOSE_FINAL, _closed)
    return plain


def blanked(text: str) -> str:
    """Give a text with blanks for what may stand between the letters of a name."""
    plain = _ASIDE.sub(lambda aside: " " * len(aside[0]), text)
    return plain if plain.isascii() else _OTHER_BETWEEN.sub(" ", plain)


def without_tones(text: str) -> str:
    """Give a text without the numbers of tones behind pinyin, in as many characters."""
    return _TONE.sub("\u200b", text)


def with_small_l(text: str) -> str:
    """Give a text with l for I behind small letters: peII is Pell."""
    return _TALL.sub(lambda tall: "l" * len(tall[0]), text)


def _closed(pieces: re.Match[str]) -> str:
    """Give a syllable closed by the jamo behind it, unless it is closed already."""
    syllable, final = pieces[0][0], pieces[0][-1]
    initial, vowel, there = apart(syllable)
    return pieces[0] if there else together(initial, vowel, final)
