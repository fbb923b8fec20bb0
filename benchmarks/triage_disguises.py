"""Disguises to measure with: apart from the ones that training has seen.

Every word is disguised with an even chance; `chance` decides which.
"""

import random
from collections.abc import Callable

from letterdesk.triage.hangul import apart, is_syllable, latin
from letterdesk.triage.spelt import syllables

Disguise = Callable[[str, random.Random], str]
_TWINS = str.maketrans("aceiopsxy", "асеіорѕху")
_LEET = str.maketrans("aeiost", "431057")


def _words(change: Callable[[str], str]) -> Disguise:
    def disguise(text: str, chance: random.Random) -> str:
        words = text.split(" ")
        return " ".join(change(word) if chance.random() < 0.5 else word for word in words)

    return disguise


def _whole(change: Callable[[str], str]) -> Disguise:
    def disguise(text: str, chance: random.Random) -> str:  # noqa: ARG001 -- as the others
        return change(text)

    return disguise


def _romanised(text: str) -> str:
    return "".join(latin(char) if is_syllable(char) else char for char in text)


def _jamo(word: str) -> str:
    return "".join("".join(apart(char)) if is_syllable(char) else char for char in word)


def _wide(word: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in word)


def _squared(word: str) -> str:
    return "".join(
        chr(0x1F130 + ord(char) - 97) if "a" <= char <= "z" else char
        for char in word.lower()
    )


def _pinyin(text: str, chance: random.Random) -> str:
    """Give a text with one letter in eight in pinyin."""
    return "".join(
        "".join(syllables(char)) or char if chance.random() < 0.125 else char
        for char in text
    )


DISGUISES: dict[str, dict[str, Disguise]] = {
    "en": {
        "letters apart": _words(" ".join),
        "zero-width": _words("\u200b".join),
        "look-alikes": _words(lambda word: word.translate(_TWINS)),
        "digits for letters": _words(lambda word: word.translate(_LEET)),
        "full-width": _words(_wide),
        "emoji letters": _words(_squared),
    },
    "ko": {
        "letters apart": _words(" ".join),
        "dots inside": _words(".".join),
        "zero-width": _words("\u200b".join),
        "Hangul in pieces": _words(_jamo),
        "romanised": _whole(_romanised),
    },
    "zh": {
        "letters apart": _whole(" ".join),
        "stars inside": lambda text, chance: "".join(
            char + ("*" if chance.random() < 0.5 else "") for char in text
        ),
        "zero-width": _whole("\u200b".join),
        "full-width": _whole(_wide),
        "pinyin inside": _pinyin,
    },
}
