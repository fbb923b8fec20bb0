"""Names by their initials: M. Schmidt; ㄱㅁㅅ, 김ㅁㅅ for 김민수; wxm, 王xm for 王小明.

Of Korean and Chinese names of three letters or four. What the same letters stand for more
often is no name.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from letterdesk.triage.english import is_word
from letterdesk.triage.hangul import apart
from letterdesk.triage.normal import Normal
from letterdesk.triage.protected.runs import latin_words

_LENGTHS = range(3, 5)  # letters of a name
_OTHERS = """
ㅇㅈㄹ 이ㅈㄹ 이ㅅㄲ ㄱㅅㄲ ㅆㄹㄱ ㅆㄱㄴ ㅁㅊㄴ ㅁㅊㅅ ㅂㅅㄴ ㅅㅂㄴ ㅅㅂㅅ
ㅁㅌㅊ ㅅㅌㅊ ㅍㅌㅊ ㅎㅌㅊ ㅎㄷㄷ ㅇㅅㅇ ㅇㅇㅈ ㄹㅈㄷ ㄲㅈㄹ ㅈㄱㄴ ㅊㅋㅊ
ㅋㅋㅋ ㅎㅎㅎ ㅁㄱㄹ ㄱㅇㄷ ㄱㅇㅇ ㅇㄱㄹ
abc app bbc bbs bgm blm btw bts cba ceo cnm cnn cpu ctm cxk dbq ddl dna dnf exo fbi fff
gdp gif gps hhh hiv hpv hsk imf ins ios jpg jyp kfc kpi ktv lgbt lol lpl mba mmp mtf mvp
mmm nba nfl ngo nmd nmsl npc nsdd omg ooc orz pdf phd ppt ptt pua qaq rap rmb rng rpg sjb
skt tmd tnnd tvb txl uhf usb vip wdnm woc wtf wto wjb www xjp xswl xxx yxh yyds zjz zqsg
"""  # slang of Korean, and abbreviations that are common beside Han
_SAID = frozenset(_OTHERS.split())
_LAUGHTER = "ㅋㅎ"
_SURNAME = 4  # letters of a surname in Latin letters, at least
_BEFORE, _BEHIND = re.compile(r"[.-]? ?"), re.compile(",? ")  # of it, the initial
_SHORT = re.compile(r"(?<![^\W\d_])[a-z]\. ?$")  # z.B. Schmidt
_JAMO = re.compile("[ㄱ-ㅎ](?<![ㄱ-ㅣ].)[ㄱ-ㅎ]{1,3}(?![ㄱ-ㅣ])")
_FAMILY = re.compile("(?<![가-힣])[가-힣]{0,2}$")  # before them
_INITIAL = re.compile(  # “I” and “A” are words
    r"(?:[B-HJ-ZÀ-Þ]|[AI](?=\.))(?<![^\W_].)(?![^\W_])"
)
_LATIN = re.compile("(?<![a-z0-9@])[a-z]{2,4}(?![a-z0-9])")
_HAN = re.compile("[\u3400-\u9fff]")

_Candidates = Iterator[tuple[str, int, int]]  # initials, and where they stand


def of_hangul(letters: str, family: int) -> set[str]:
    """Give initials of a name in Hangul, its surname of so many letters in full, too."""
    return _of(letters, "".join(apart(one)[0] for one in letters), family)


def of_han(letters: str, sounds: Sequence[str], family: int) -> set[str]:
    """Give the initials of a name in Han that sounds like these syllables of pinyin."""
    return _of(letters, "".join(one[0] for one in sounds), family)


def of_latin(words: Sequence[str]) -> set[str]:
    """Give a surname with the initials of all names before it, and with the first."""
    given, surname = list(filter(None, words[:-1])), "".join(words[-1:])
    if not given or len(surname) < _SURNAME:
        return set()
    every = "".join(word[0] for word in given)
    return {first + surname for first in (every, every[0])}


def candidates(
    text: str, read: Normal, sizes: Collection[int]
) -> Iterator[tuple[str, int, int]]:
    """Give what in a text may be initials of so many letters, and where each stands."""
    ways = [_of_jamo(read.text), _beside_han(read.text)] if min(sizes) <= _SURNAME else []
    if max(sizes) > _SURNAME:
        ways.append(_beside_surname(text, read))
    return (found for found in chain(*ways) if len(found[0]) in sizes)


def _of_jamo(text: str) -> _Candidates:
    for found in () if text.isascii() else _JAMO.finditer(text):
        start, end = found.span()
        if family := _FAMILY.search(text[max(0, start - 3) : start]):
            start -= len(family[0])
            yield text[start:end], start, end


def _beside_han(text: str) -> _Candidates:
    """Give initials in Latin letters; beside others of these they are an abbreviation."""
    if text.isascii() or not _HAN.search(text):
        return
    for found in _LATIN.finditer(text):
        for start in range(found.start(), max(found.start() - 3, -1), -1):
            if all(_HAN.match(char) for char in text[start : found.start()]):
                yield text[start : found.end()], start, found.end()


def _beside_surname(text: str, read: Normal) -> _Candidates:
    short = {found.start() for found in _INITIAL.finditer(text)}
    words = latin_words(read.text) if short else []
    for at, (word, start, end) in enumerate(words):
        place = read.starts[start]
        if place not in short or _SHORT.search(text[max(0, place - 4) : place]):
            continue
        letters, last = word, at + 1
        while last < len(words) and len(words[last][0]) == 1:
            letters, last = letters + words[last][0], last + 1
        if last < len(words) and _BEFORE.fullmatch(
            read.text, words[last - 1][2], words[last][1]
        ):
            yield letters + words[last][0], start, words[last][2]
            yield word + words[last][0], start, words[last][2]
        elif at and _BEHIND.fullmatch(read.text, words[at - 1][2], start):
            yield word + words[at - 1][0], words[at - 1][1], end


def _of(letters: str, first: str, family: int) -> set[str]:
    """Give initials that stand for nothing else more often."""
    if len(letters) not in _LENGTHS or len(first) != len(letters):
        return set()
    some = {first, letters[:family] + first[family:]}
    return {
        one
        for one in some
        if one not in _SAID and not is_word(one) and one[family:].strip(_LAUGHTER)
    }
