"""How Chinese sounds: one symbol a syllable, whether written in Han or in Latin letters.

Words that hide behind others of the same sound, or behind pinyin, sound the same.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby
from operator import itemgetter

_FIRST = 0xE000  # of the private letters that stand for syllables


@cache
def _table() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Give Han letters' symbols, patterns of pinyin words and syllables, their symbols."""
    raw = files("letterdesk.triage").joinpath("pinyin.txt").read_text(encoding="utf-8")
    lines = [line.split(" ") for line in raw.splitlines() if not line.startswith("#")]
    symbols = {syllable: chr(_FIRST + place) for place, (syllable, _) in enumerate(lines)}
    letters = {char: symbols[syllable] for syllable, chars in lines for char in chars}
    syllable = "|".join(_by_first_letter(symbols))
    # Two syllables at least: one is as likely an abbreviation.
    word = re.compile(  # that it begins with a letter is said twice, for speed alone
        rf"(?<![a-z])(?=[a-z])(?:(?:{syllable}) ?){{1,20}}(?:{syllable})(?![a-z])"
    )
    return letters, word, re.compile(syllable), symbols


def _by_first_letter(syllables: Iterable[str]) -> Iterator[str]:
    """Give a pattern for each first letter, the longest first: one for all is slow."""
    longest = sorted(syllables, key=lambda each: (each[0], -len(each)))
    for first, some in groupby(longest, key=itemgetter(0)):
        yield f"{first}(?:{'|'.join(each[1:] for each in some)})"


def sounded(text: str) -> tuple[str, list[int]]:
    """Give how a normalised text sounds, and where each symbol of it stands."""
    return _sounded(text, _table()[1])


def sounded_mixed(text: str) -> tuple[str, list[int]]:
    """Give the same, with syllables of pinyin beside Han taken for Han, too: 王小ming."""
    return _sounded(text, _mixed())


@cache
def _mixed() -> re.Pattern[str]:
    syllable = _table()[2].pattern
    return re.compile(
        rf"(?<![a-z])(?=[a-z])(?:(?:{syllable}) ?){{0,20}}(?:{syllable})(?![a-z])"
        "(?:(?= ?[\u3400-\u9fff])|(?<=[a-z]))"
    )


def _sounded(text: str, word: re.Pattern[str]) -> tuple[str, list[int]]:
    _, _, syllable, symbols = _table()
    sounds: list[str] = []
    places: list[int] = []
    last = 0
    for match in word.finditer(text):
        _add_han(text, range(last, match.start()), sounds=sounds, places=places)
        for each in syllable.finditer(text, match.start(), match.end()):
            sounds.append(symbols[each[0]])
            places.append(each.start())
        last = match.end()
    _add_han(text, range(last, len(text)), sounds=sounds, places=places)
    return "".join(sounds), places


def _add_han(text: str, span: range, *, sounds: list[str], places: list[int]) -> None:
    letters = _table()[0]
    written = text[span.start : span.stop]
    places += [place for place, char in zip(span, written, strict=True) if char.isalnum()]
    some = [*filter(str.isalnum, written)]
    sounds += map(letters.get, some, some)
