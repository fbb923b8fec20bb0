"""A comment read aloud: emoji in words of its language, so that models hear what they say.

“🔪 some 👳🏾” threatens in no word. `emoji.toml` has what the ones that stand for words are
read as; in English any other is read by its Unicode name. Flags are read as their country.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from babel import Locale

from letterdesk.triage.chinese import unhidden
from letterdesk.triage.english import is_word
from letterdesk.triage.normal import Normal, normal

LANGUAGES = frozenset({"en", "ko", "zh"})
_ENGLISH, _CHINESE = "en", "zh"
# Their tone of skin tells of whom somebody speaks; that of a hand or a gesture, who speaks.
_PEOPLE = frozenset("👨👩🧑👦👧👶🧒👴👵🧓👱👲👳🧕")
_TONES = "🏻-🏿"
_FLAG_LETTER, _LAST_FLAG_LETTER = "🇦", "🇿"
_FILLING = re.compile(r"\b(?:black|heavy|white|symbol|sign|emoji|with|face)\b *")
_PICTURES = "\u2600-\u27bf\u2b1b\u2b1c\U0001f300-\U0001f3fa\U0001f400-\U0001faff"
_SOME = re.compile(f"[{_PICTURES}{_FLAG_LETTER}-{_LAST_FLAG_LETTER}]")


@lru_cache(maxsize=1024)
def aloud(text: str, language: str) -> Normal:
    """Give `text` as `normal` does, its emoji in words, and in Chinese what pinyin hides.

    Each letter of such a word is where the reader wrote the emoji.
    """
    said = _said(text, language)
    return unhidden(said) if language == _CHINESE and not text.isascii() else said


def _said(text: str, language: str) -> Normal:
    """Give `text` as `normal` does, its emoji in words."""
    if text.isascii() or language not in LANGUAGES or not _SOME.search(text):
        return normal(text)
    edges = [0]
    said: list[str] = []
    for found in _emoji().finditer(text):
        word = _word(found, language)
        if word is not None:
            said += (text[edges[-1] : found.start()], f" {word} ")
            edges += found.span()
    if not said:
        return normal(text)
    return _placed([*said, text[edges[-1] :]], [*edges, len(text)])


def heard(texts: Iterable[str], language: str) -> list[str]:
    """Give what models hear of each text."""
    return [aloud(text, language).text for text in texts]


def _placed(said: list[str], edges: list[int]) -> Normal:
    """Give what is said, normalised; every second piece of it is an emoji's word."""
    starts: list[int] = []
    ends: list[int] = []
    for number, (piece, (start, end)) in enumerate(zip(said, pairwise(edges), strict=True)):
        is_word_of_emoji = number % 2 == 1
        starts += [start] * len(piece) if is_word_of_emoji else range(start, end)
        ends += [end] * len(piece) if is_word_of_emoji else range(start + 1, end + 1)
    found = normal("".join(said))
    return Normal(
        found.text,
        [starts[place] for place in found.starts],
        [ends[place - 1] for place in found.ends],
    )


def _word(found: re.Match[str], language: str) -> str | None:
    """Give what an emoji is read as; None leaves it as it stands."""
    if found["flags"]:
        return _countries(found["flags"], language)
    if found["other"]:
        return _name(found["other"]) if language == _ENGLISH else None
    emoji = found["known"].replace("\ufe0f", "")
    word = _table()["emoji"][emoji].get(language)
    if not (word and found["tone"] and emoji in _PEOPLE):
        return word
    return f"{_table()['tones'][found['tone']][language]} {word}"


def _name(picture: str) -> str | None:
    return _FILLING.sub("", unicodedata.name(picture, "").lower()).strip() or None


def _countries(flags: str, language: str) -> str | None:
    """Give the names of countries; None if it is a word, spelt in letters of flags."""
    letters = "".join(chr(ord("A") + ord(flag) - ord(_FLAG_LETTER)) for flag in flags)
    known = Locale(language).territories
    names = [known.get(letters[place : place + 2]) for place in range(0, len(letters), 2)]
    if None in names or (len(names) > 1 and is_word(letters.lower())):
        return None
    return " ".join(str(name) for name in names)


@cache
def _table() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Give the words by language of each emoji, and of each tone."""
    raw = files("letterdesk.triage").joinpath("emoji.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)


@cache
def _emoji() -> re.Pattern[str]:
    """Give what finds emoji: those in the table, the longest first, flags, any other."""
    known = "|".join(
        "\ufe0f?".join(map(re.escape, emoji))
        for emoji in sorted(_table()["emoji"], key=len, reverse=True)
    )
    return re.compile(
        rf"(?P<known>{known})\ufe0f?(?P<tone>[{_TONES}])?(?:\u200d[♂♀]\ufe0f?)?"
        rf"|(?P<flags>(?:[{_FLAG_LETTER}-{_LAST_FLAG_LETTER}]{{2}})+)"
        rf"|(?P<other>[{_PICTURES}])\ufe0f?[{_TONES}]?(?:\u200d[♂♀]\ufe0f?)?"
    )
