"""Disguised copies of comments, so that the model has seen the tricks before.

Only what normalisation cannot undo: sounds in Latin letters, spaces moved, letters swapped,
doubled, starred out. `chance` decides; the same seed gives the same copies.
"""

import random
from collections.abc import Callable

from letterdesk.triage.hangul import apart, is_syllable, latin, together

Disguise = Callable[[str, random.Random], str]

_GLYPHS = str.maketrans("대머귀우유명며파광비피", "머대커윽윾띵띠과팡뷔퓌")
_VOWELS = "aeiou"


def romanised(text: str, chance: random.Random) -> str:
    """Give Hangul in Latin letters, the way people type it on a foreign keyboard."""
    told = "".join(latin(char) if is_syllable(char) else char for char in text)
    return told.replace("si", "shi") if chance.random() < 0.3 else told


def words_joined(text: str, chance: random.Random) -> str:
    """Leave some of the spaces out."""
    return "".join(char for char in text if char != " " or chance.random() < 0.4)


def spaced(text: str, chance: random.Random) -> str:
    """Put spaces, dots or commas inside words."""
    mark = chance.choice(" .-_,")
    return "".join(
        char + mark if char.isalpha() and chance.random() < 0.3 else char for char in text
    )


def mistyped(text: str, chance: random.Random) -> str:
    """Swap letters with their neighbour, double or drop them."""
    letters = list(text)
    for place in range(len(letters) - 1):
        if letters[place].isalpha() and chance.random() < 0.12:
            trick = chance.randrange(3)
            if trick == 0:
                letters[place : place + 2] = letters[place + 1], letters[place]
            else:
                letters[place] = "" if trick == 1 else letters[place] * 2
    return "".join(letters)


def starred(text: str, chance: random.Random) -> str:
    """Make a letter inside a word a star or a sign."""
    told: list[str] = []
    for word in text.split(" "):
        if len(word) > 3 and chance.random() < 0.35:
            place = chance.randrange(1, len(word) - 1)
            sign = (
                chance.choice("*#-_")
                if word[place] not in _VOWELS
                else chance.choice("*#u")
            )
            told.append(word[:place] + sign + word[place + 1 :])
        else:
            told.append(word)
    return " ".join(told)


def reglyphed(text: str, chance: random.Random) -> str:
    """Bend Hangul: look-alike syllables, a final added, a tense consonant taken."""
    bent = text.translate(_GLYPHS) if chance.random() < 0.4 else text
    return "".join(_bent(char, chance) if is_syllable(char) else char for char in bent)


def _bent(char: str, chance: random.Random) -> str:
    if chance.random() > 0.25:
        return char
    initial, vowel, final = apart(char)
    trick = chance.randrange(3)
    if trick == 0 and initial in "ㄱㄷㅂㅅㅈ":
        return together("ㄲㄸㅃㅆㅉ"["ㄱㄷㅂㅅㅈ".index(initial)], vowel, final)
    if trick == 1 and not final:
        return together(initial, vowel, chance.choice("ㅅㅇㅂㄹ"))
    return f"{initial}{vowel}{final}" if trick == 2 else char


DISGUISES: dict[str, tuple[Disguise, ...]] = {
    "en": (words_joined, spaced, mistyped, starred),
    "ko": (romanised, words_joined, spaced, reglyphed),
    "zh": (spaced, mistyped),
}
