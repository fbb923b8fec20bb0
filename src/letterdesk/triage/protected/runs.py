"""The letters of a text that may be a name's: Latin words, runs of Hangul and of Han."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from letterdesk.triage.pinyin import sounded, sounded_mixed
from letterdesk.triage.protected.letters import WORD, bare

_PARTED = re.compile(r"\w|[.。!?！？\n]|..{2}")  # what no name goes across
_MIXED = re.compile("[\u3400-\u9fff] ?[a-z]{2}|[a-z]{2} ?[\u3400-\u9fff]")
# As triage.pinyin writes them; no name in Han has other letters in what it sounds like.
_SYLLABLES = re.compile("[\u3400-\u9fff\ue000-\uf8ff]+")
_IN_HANGUL = dict(  # surnames that papers write in Hanja
    zip(
        "金李朴崔鄭姜趙尹張林韓吳徐申權黃安宋柳洪全高文梁孫裵曺許劉南沈盧河郭成車朱禹具"
        "白兪元閔羅田丁辛任康魯方嚴池陳千孔玄咸邊廉呂秋都蘇石宣薛馬吉延卞裴",
        "김이박최정강조윤장임한오서신권황안송유홍전고문양손배조허유남심노하곽성차주우구"
        "백유원민나전정신임강노방엄지진천공현함변염여추도소석선설마길연변배",
        strict=True,
    )
)
_DOUBLE_IN_HANGUL = {
    "南宮": "남궁", "南宫": "남궁", "皇甫": "황보", "諸葛": "제갈", "诸葛": "제갈",
    "司空": "사공", "鮮于": "선우", "鲜于": "선우", "西門": "서문", "西门": "서문",
    "獨孤": "독고", "独孤": "독고", "東方": "동방", "东方": "동방",
}  # fmt: skip
DOUBLE_SURNAMES = frozenset(_DOUBLE_IN_HANGUL.values())
FAMILIES = _IN_HANGUL | _DOUBLE_IN_HANGUL
_FIRST = "".join({family[0] for family in FAMILIES})
_SECOND = "".join({family[1] for family in _DOUBLE_IN_HANGUL})
_HANJA = re.compile(f"[{_FIRST}][{_SECOND}]?(?=[ ·]?[가-힣])")
_DOTTED = re.compile(  # 김.하.늘: one dot alone may end a sentence
    r"\.(?:(?<=[가-힣].)(?=[가-힣]\.[가-힣])|(?<=[가-힣]\.[가-힣].)(?=[가-힣]))"
)


@lru_cache(maxsize=8)
def latin_words(text: str) -> list[tuple[str, int, int]]:
    """Give the words of a text without signs in them, and where each stands."""
    return [(bare(found[0]), *found.span()) for found in WORD.finditer(text)]


def in_hangul(text: str) -> str:
    """Give a text with surnames that stand in Hanja before Hangul in Hangul, too.

    And with other signs than dots between single letters.
    """
    if text.count(".") > 1:
        text = _DOTTED.sub("·", text)
    return _HANJA.sub(lambda family: FAMILIES.get(family[0], family[0]), text)


def runs(text: str, letter: re.Pattern[str]) -> Iterator[tuple[str, list[int]]]:
    """Give letters of a script that nothing but a sign or two sets apart."""
    places: list[int] = []
    for found in letter.finditer(text):
        place = found.start()
        if (
            places
            and place > places[-1] + 1
            and _PARTED.search(text, places[-1] + 1, place)
        ):
            yield "".join(map(text.__getitem__, places)), places
            places = []
        places.append(place)
    if places:
        yield "".join(map(text.__getitem__, places)), places


def sounds(text: str) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Give how Han and pinyin sound, in runs, and where each syllable stands.

    Where the two stand side by side, pinyin that may be another word sounds once more.
    """
    ways = [sounded(text)]
    if _MIXED.search(text):
        ways.append(sounded_mixed(text))
    for heard, at in ways:
        for run in _SYLLABLES.finditer(heard):
            yield run[0], [_place(text, at, each) for each in range(run.start(), run.end())]


def windows(length: int, sizes: Collection[int]) -> Iterator[tuple[int, int]]:
    """Give the stretches of just so many letters of a run."""
    for size in sorted(sizes):
        yield from zip(range(length - size + 1), range(size, length + 1), strict=False)


def _place(text: str, at: list[int], number: int) -> tuple[int, int]:
    """Give where a sound stands: a letter of Han, or a syllable of pinyin."""
    start = at[number]
    if not text[start].isascii():
        return start, start + 1
    following = at[number + 1] if number + 1 < len(at) else len(text)
    return start, start + len(text[start:following].rstrip())
