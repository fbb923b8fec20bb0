"""The letters of a name, and when they count as the same."""

import re
from functools import lru_cache

from letterdesk.triage.hangul import apart, is_syllable
from letterdesk.triage.normal import Normal

# Letters; a shorter name is in every text. Of other scripts it is scripts.LEAST.
LEAST = {"latin": 4, "hangul": 2, "han": 2}
WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
_NO_LETTERS = re.compile("[^a-z]")
HANGUL, HAN = re.compile("[가-힣]"), re.compile("[\u3400-\u9fff]")
_DOUBLED = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ĸ": "k"}
_DOUBLE = re.compile(f"[{''.join(_DOUBLED)}]")
# Of romanised Korean: what is written for the same sound, to one letter.
_CONSONANTS = str.maketrans("jzgqdbfvr", "cckktpppl")
_HISSED = re.compile("sh|ss")
_VOWELS = (
    (re.compile("yeo|eo|oo|eu|ou|wo|yo|yu|[ou]"), "o"),
    (re.compile("yae|ae|ye|e(?!e)"), "e"),
    (re.compile("ee|yi|wi|ui|[iy]"), "i"),
)
_UNHEARD = re.compile(r"(.)\1+|(?<=[aeio])[lh](?=[^aeio]|$)|w")


def plain_latin(read: Normal) -> Normal:
    """Give a text with two plain letters for ß, æ, þ and the like."""
    if read.text.isascii() or not _DOUBLE.search(read.text):
        return read
    letters = [_DOUBLED.get(char, char) for char in read.text]
    return Normal(
        "".join(letters),
        [at for at, some in zip(read.starts, letters, strict=True) for _ in some],
        [at for at, some in zip(read.ends, letters, strict=True) for _ in some],
    )


def bare(word: str) -> str:
    """Give a word's letters alone, without the ’s of a possessive."""
    if word.isascii() and word.isalpha() and word.islower():
        return word  # as most are
    return _NO_LETTERS.sub("", word.removesuffix("'s"))


@lru_cache(maxsize=16_384)
def jamo_of(letters: str) -> str:
    """Give the jamo of Hangul; other letters stay."""
    return "".join("".join(apart(char)) if is_syllable(char) else char for char in letters)


@lru_cache(maxsize=4096)
def sound_of(letters: str) -> str:
    """Give how romanised Korean sounds, nearly, however it is spelt."""
    letters = _HISSED.sub("s", letters.replace("ch", "c")).translate(_CONSONANTS)
    if "ll" in letters:
        letters = re.sub("ll+", "l", letters)
    for written, sound in _VOWELS:
        letters = written.sub(sound, letters)
    return _UNHEARD.sub(r"\1", letters)
