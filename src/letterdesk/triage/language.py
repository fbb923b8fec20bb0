"""What language a comment is in, as far as its script and commonest words tell."""

import re
from collections import Counter
from functools import lru_cache

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


class _ScriptOf(dict[str, str]):
    """The script of a character, empty for any that is no letter; found at first sight."""

    def __missing__(self, char: str) -> str:
        found = next((script for script, some in _LETTERS.items() if some.match(char)), "")
        if len(self) < 60_000:  # a bound, so that hostile text cannot fill the memory
            self[char] = found
        return found


_SCRIPT_OF = _ScriptOf()
_ONE_LANGUAGE = {
    "Hangul": "ko", "Kana": "ja", "Han": "zh", "Tibetan": "bo", "Myanmar": "my",
    "Khmer": "km", "Lao": "lo", "Thai": "th", "Greek": "el", "Hebrew": "he",
}  # fmt: skip
_UYGHUR = re.compile("[ېۈۆۇەڭۋ]")
_PERSIAN = re.compile("[پچژگکی]")
_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_COMMON = """the a an and or but of to in on at for with is are was were be been am i you he
she it we they this that these those my your his her our their me him them us not no do does
did don't it's i'm can will would should have has had what who why how when so if all just
like get go people good very there here about as by from out up more than one"""
_ENGLISH = frozenset(_COMMON.split())
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Hangul and kana weigh more than Han: Chinese words stand in Korean and Japanese, rarely
# the other way round; and a Latin name in a Korean sentence does not make it English.
_WEIGHT = {"Hangul": 2.0, "Kana": 3.0, "Han": 1.5, "Latin": 0.5}


@lru_cache(maxsize=1024)
def script_of(text: str) -> str:
    """Give the script that most of `text` is in; empty when it has no letters."""
    counts = Counter(map(_SCRIPT_OF.__getitem__, text))
    weighed = {each: counts[each] * _WEIGHT.get(each, 1.0) for each in _SCRIPTS}
    script = max(weighed, key=weighed.__getitem__)
    return script if weighed[script] else ""


@lru_cache(maxsize=1024)
def language_of(text: str) -> str:
    """Give the language tag of `text`, `und` when it cannot be told."""
    script = script_of(text)
    if script in _ONE_LANGUAGE:
        return _ONE_LANGUAGE[script]
    if script == "Arabic":
        return "ug" if _UYGHUR.search(text) else "fa" if _PERSIAN.search(text) else "ar"
    return _latin_language(text) if script == "Latin" else UNKNOWN


def is_guessed(text: str) -> bool:
    """Say whether `text` is called English for being Latin and short, and nothing else."""
    return language_of(text) == "en" and not any(map(_ENGLISH.__contains__, _words(text)))


def _latin_language(text: str) -> str:
    if len(_VIETNAMESE.findall(text)) > 1:
        return "vi"
    words = _words(text)
    known = sum(word in _ENGLISH for word in words)
    if known * 8 >= len(words) or (len(words) < 6 and not _ACCENTED.search(text)):
        return "en"
    return UNKNOWN


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def language(text: str, *, story: str) -> Signal:
    """Say what language a comment is in, and whether it is the story's."""
    found = language_of(text)
    same = found in (UNKNOWN, story.split("-")[0])
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
        facts={"language": found, "script": script_of(text), "story": story},
        reason=reason,
    )
