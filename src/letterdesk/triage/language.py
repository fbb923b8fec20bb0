"""What language a comment is in, as far as its script and commonest words tell."""

import re
from collections import Counter
from functools import lru_cache
from string import ascii_lowercase

from letterdesk.triage.by_character import ByCharacter
from letterdesk.triage.sentences import only, words_in
from letterdesk.triage.signal import Kind, Signal

UNKNOWN = "und"
_SCRIPTS = {
    "Hangul": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3",
    "Kana": "\u3040-\u30ff",
    "Han": "\u3400-\u9fff\uf900-\ufaff",
    "Latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
    "Arabic": "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff",
    "Tibetan": "\u0f00-\u0fff",
    "Myanmar": "\u1000-\u109f",
    "Khmer": "\u1780-\u17ff",
    "Lao": "\u0e80-\u0eff",
    "Thai": "\u0e00-\u0e7f",
    "Cyrillic": "\u0400-\u052f",
    "Greek": "\u0370-\u03ff",
    "Hebrew": "\u0590-\u05ff",
    "Devanagari": "\u0900-\u097f",
}
_LETTERS = {script: re.compile(f"[{letters}]") for script, letters in _SCRIPTS.items()}


DENSE = frozenset({"Hangul", "Kana", "Han"})  # scripts of which a few letters mean enough


def _script(char: str) -> str:
    """Give the script of a character, "" for any that is no letter."""
    return next((script for script, some in _LETTERS.items() if some.match(char)), "")


_SCRIPT_OF = ByCharacter(_script)
_LATIN = _LETTERS["Latin"]
_ONE_LANGUAGE = {
    "Hangul": "ko", "Kana": "ja", "Han": "zh", "Tibetan": "bo", "Myanmar": "my",
    "Khmer": "km", "Lao": "lo", "Thai": "th", "Greek": "el", "Hebrew": "he",
}  # fmt: skip
# Languages that are written alike, and are not told from the one that we know.
_WRITTEN_LIKE = {
    tag: frozenset(others.split())
    for tag, others in {
        "zh": "yue wuu nan hak cdo lzh ja",
        "ar": "fa ug ur ps sd ks ku ckb kk ky az",
        "fa": "ur ps sd ks ku ckb az",
        "ug": "ku ckb kk ky az ps sd ks",
        "bo": "dz",
        "my": "shn mnw ksw kjp blk rki",
        "he": "yi",
    }.items()
}
_UYGHUR = re.compile("[ېۈۆۇەڭۋ]")
_PERSIAN = re.compile("[پچژگکی]")
_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
# No word that is common in another language, too, such as "a", "in", "no", "so": alone it
# would show nothing.
_COMMON = """
the and or but of to for with is are were be been i you she it we they this that these
those my your his her our their him them not does did don't it's i'm can't i've you're
that's will would should have has had what who why how when if just like get people good
very there here about by from out up more than well said thank thanks great yes agree
think know always because before could every everyone everything never nothing nobody
really something someone where which while again please wrong shame cheap buy sell earn
visit watch
"""
_ENGLISH = frozenset(_COMMON.split())
# Vietnamese as it is typed without diacritics: what hardly stands in other languages.
_BARE = """
khong duoc nguoi nhung cua mot nhieu viec rat nuoc toi biet minh dang phai cung roi vay
nhu voi neu cai tren ngay duong truoc vao nay khi thi chinh quyen noi lam trong ngoai sao
"""
_BARE_VIETNAMESE = frozenset(_BARE.split())
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_ASCII_WORD = re.compile(r"[a-z]+(?:'[a-z]+|)")  # the same, quicker
_ASCII_LETTERS = only(f"{ascii_lowercase}'")  # of a word, the quickest of all
_ODD_QUOTE = re.compile(r"'(?:(?<= ')|[ ']|[a-z]+')")  # but for one between two letters
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_SHARE = 8  # one word in so many has to be known
_SHORT = 6  # words
# Hangul and kana weigh more than Han: Chinese words stand in Korean and Japanese, rarely
# the other way round; and a Latin name in a Korean sentence does not make it English.
_WEIGHT = {"Hangul": 2.0, "Kana": 3.0, "Han": 1.5, "Latin": 0.5}


@lru_cache(maxsize=1024)
def script_of(text: str) -> str:
    """Give the script that most of `text` is in; empty when it has no letters."""
    if text.isascii():
        return "Latin" if _LATIN.search(text) else ""
    counts = Counter(map(_SCRIPT_OF.__getitem__, text))
    weighed = {
        each: counts[each] * _WEIGHT.get(each, 1.0) for each in _SCRIPTS if each in counts
    }
    return max(weighed, key=weighed.__getitem__, default="")


@lru_cache(maxsize=1024)
def language_of(text: str) -> str:
    """Give the language tag of `text`, `und` where nothing in it tells."""
    script = script_of(text)
    if script in _ONE_LANGUAGE:
        return _ONE_LANGUAGE[script]
    if script == "Arabic":
        return "ug" if _UYGHUR.search(text) else "fa" if _PERSIAN.search(text) else "ar"
    return _latin_language(text) if script == "Latin" else UNKNOWN


def guessed(text: str) -> str:
    """Give the language of `text`; where nothing tells, plain Latin and short is English.

    For those who have no story to go by. A guess is one that `language_of` does not give.
    """
    found = language_of(text)
    is_plain = script_of(text) == "Latin" and not _ACCENTED.search(text)
    if found == UNKNOWN and is_plain and len(_words(text)) < _SHORT:
        return "en"
    return found


def _latin_language(text: str) -> str:
    if not text.isascii() and len(_VIETNAMESE.findall(text)) > 1:
        return "vi"
    words = _words(text)
    english = sum(map(_ENGLISH.__contains__, words))
    vietnamese = sum(map(_BARE_VIETNAMESE.__contains__, words))
    if vietnamese > max(1, english) and vietnamese * _SHARE >= len(words):
        return "vi"
    return "en" if english and english * _SHARE >= len(words) else UNKNOWN


def _words(text: str) -> list[str]:
    """Give the words of a text in small letters; a link's are of no language."""
    if "://" in text or "www." in text:
        text = _LINK.sub(" ", text)
    if text.isascii():
        words = words_in(text.lower(), _ASCII_LETTERS)
        if "'" in text and _ODD_QUOTE.search(f" {' '.join(words)} "):
            return _ASCII_WORD.findall(text.lower())
        return words
    return _WORD.findall(text.lower().replace("’", "'"))


def language(text: str, *, story: str) -> Signal:
    """Say what language a comment is in, and whether it is the story's."""
    return _told(language_of(text), script_of(text), story)


@lru_cache(maxsize=64)
def _told(found: str, script: str, story: str) -> Signal:
    main = story.split("-")[0].lower()
    if main in _WRITTEN_LIKE.get(found, ()):
        found = UNKNOWN
    same = found in (UNKNOWN, main)
    code, reason = (
        ("language-unknown", "Its language cannot be told.")
        if found == UNKNOWN
        else ("language-same", f"It is in the story's language ({found}).")
        if same
        else (
            "language-other",
            f"It is in another language ({found}) than the story ({story}).",
        )
    )
    return Signal(
        kind=Kind.LANGUAGE,
        score=0.0 if same else 1.0,
        code=code,
        facts={"language": found, "script": script, "story": story},
        reason=reason,
    )
