"""Chinese words written so that no list has them: in pinyin, in parts of their letters.

hei人 is 黑人, 氵查滓 渣滓, 夕卜国 外国. Which letter is meant is what its neighbours say:
`chinese.txt` has how often letters stand side by side in comments, `chinese_parts.txt`
which two letters look like one and hardly stand side by side otherwise. Where they do not
tell, what is written stays. tools/chinese_letters makes both lists.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import log1p
from operator import add

from letterdesk.triage.english import is_word
from letterdesk.triage.model.lexicon import QUOTE, STOP, phrases
from letterdesk.triage.normal import Normal, rewritten
from letterdesk.triage.protected.words import common_words, simplified
from letterdesk.triage.spelt import syllables

_SPELT = re.compile(  # two Latin letters or more right beside Han
    "(?:(?<=[\u4e00-\u9fff])|(?<![a-z])(?=[a-z]+[\u4e00-\u9fff]))[a-z]{2,}"
)
_HAN = re.compile("[\u4e00-\u9fff]+")
_RARE = 5  # comments that a letter is thought to be in besides: a rare one says little
_TOLD = 3  # comments that two letters of the lexicon are thought to be in besides
_WORD = 5  # comments that a common word is thought to be in, at least
_LEAST = 0.005  # share of a neighbour's comments that have the meant letter beside it


@dataclass(frozen=True)
class _Letters:
    """How often letters stand in comments, alone and side by side, and what they spell."""

    alone: dict[str, int]
    pairs: dict[str, int]
    hot: frozenset[str]  # words of one letter that the model's lexicon has
    spelt: dict[str, str]  # words of the lexicon by their pinyin
    sounds: dict[str, str]  # all letters of one syllable


@dataclass(frozen=True)
class _Parts:
    """Pairs of letters that look like one, and those that can be nothing else."""

    wholes: dict[str, str]
    sure: frozenset[str]
    pattern: re.Pattern[str]


def unhidden(found: Normal) -> Normal:
    """Give a normalised Chinese text with the letters that are meant."""
    text = found.text
    if not _parts().wholes.keys().isdisjoint(map(add, text, text[1:])):
        found = rewritten(found, _parts().pattern, _whole)
    if _SPELT.search(found.text):
        found = rewritten(found, _SPELT, _in_han)
    return found


def words_in(text: str) -> list[tuple[int, int]]:
    """Give where the words of Han in `text` stand: letters of which two may be a word.

    Of the ways to part them the one whose common words stand most often in comments.
    """
    found: list[tuple[int, int]] = []
    for run in _HAN.finditer(text):
        place = run.start()
        for length in _lengths(simplified(run[0])):
            found.append((place, place + length))
            place += length
    return found


def _lengths(run: str) -> list[int]:
    """Give how long the words of a run of Han are, 1 or 2 letters."""
    best = [(0.0, 0)]  # of the run up to a place: how well it is parted, and its last word
    for end in range(1, len(run) + 1):
        ways = [(best[end - 1][0], 1)]
        if (pair := run[max(end - 2, 0) : end]) in common_words():
            often = _letters().pairs.get(pair, 0)
            ways.append((best[end - 2][0] + 1 + log1p(often), 2))
        best.append(max(ways))
    lengths: list[int] = []
    end = len(run)
    while end:
        lengths.append(best[end][1])
        end -= lengths[-1]
    return lengths[::-1]


def _whole(two: re.Match[str]) -> str:
    whole = _parts().wholes[two[0]]
    return whole if two[0] in _parts().sure or _fit(two, whole) else two[0]


def _in_han(spelt: re.Match[str]) -> str:
    known = _letters()
    if spelt[0] in known.spelt and not is_word(spelt[0]):  # made is no 妈的
        return known.spelt[spelt[0]]
    fit, best = max(
        ((_fit(spelt, letter), letter) for letter in known.sounds.get(spelt[0], "")),
        default=(0.0, ""),
    )
    if fit >= _LEAST:
        return best
    return next(
        (each for each in known.sounds.get(spelt[0], "") if each in known.hot), spelt[0]
    )


def _fit(place: re.Match[str], letter: str) -> float:
    """Give in what share of its neighbours' comments a letter stands beside them."""
    before = simplified(place.string[place.start() - 1 : place.start()])
    after = simplified(place.string[place.end() : place.end() + 1])
    return _share(before + letter, before) + _share(letter + after, after)


def _share(pair: str, neighbour: str) -> float:
    known = _letters()
    return known.pairs.get(pair, 0) / (known.alone.get(neighbour, 0) + _RARE)


@cache
def _letters() -> _Letters:
    alone: dict[str, int] = {}
    pairs: dict[str, int] = {}
    for first, *others in _lines("chinese.txt"):
        alone[first[0]] = int(first[1:])
        pairs |= {first[0] + other[0]: int(other[1:]) for other in others}
    for word in common_words():
        pairs[word] = max(pairs.get(word, 0), _WORD)
    told = [*_told()]
    for pair in (first + second for word in told for first, second in pairwise(word)):
        pairs[pair] = pairs.get(pair, 0) + _TOLD
    sounds = defaultdict[str, str](str)
    for letter in sorted(alone, key=alone.__getitem__, reverse=True):
        for syllable in syllables(letter):
            sounds[syllable] += letter
    words = [word for word in told if len(set(word)) > 1]  # Momo is a name
    return _Letters(
        alone=alone,
        pairs=pairs,
        hot=frozenset(word for word in told if len(word) == 1),
        spelt={"".join(syllables(word)): word for word in words},
        sounds=dict(sounds),
    )


def _told() -> Iterator[str]:
    for name, line in phrases("zh").items():
        if name not in (STOP, QUOTE):
            yield from line


@cache
def _parts() -> _Parts:
    wholes: dict[str, str] = {}
    sure: set[str] = set()
    ways: list[str] = []
    for first, *seconds in _lines("chinese_parts.txt"):
        found = {first[-1] + second[-2]: second[-1] for second in seconds}
        sure.update(
            pair
            for pair, second in zip(found, seconds, strict=True)
            if "!" in first + second
        )
        wholes |= found
        ways.append(f"{first[-1]}[{''.join(pair[1] for pair in found)}]")
    return _Parts(wholes, frozenset(sure), re.compile("|".join(ways)))


def _lines(name: str) -> Iterator[list[str]]:
    raw = files("letterdesk.triage").joinpath(name).read_text(encoding="utf-8")
    for line in raw.splitlines():
        if not line.startswith("#"):
            yield line.split(" ")
