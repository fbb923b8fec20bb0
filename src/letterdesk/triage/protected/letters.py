"""The letters of a name, and when they count as the same."""

import re
from collections.abc import Iterator
from functools import lru_cache

from letterdesk.triage.hangul import apart, is_syllable
from letterdesk.triage.normal import Normal

# Letters; a shorter name is in every text. Of other scripts it is scripts.LEAST.
LEAST = {"latin": 4, "hangul": 2, "han": 2}
MOST_WORDS, MOST_LATIN = 4, 32  # of a name in Latin letters
MOST = {"hangul": 5, "han": 4}
_LEAST_WITH_ERROR = 6  # letters or jamo, below which one of them makes another name
WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
HANGUL, HAN = re.compile("[가-힣]"), re.compile("[\u3400-\u9fff]")
_DOUBLED = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ĸ": "k"}
_DOUBLE = re.compile(f"[{''.join(_DOUBLED)}]")
_SOUNDS = (  # of romanised Korean: what is written for the same sound, to one letter
    (re.compile("ch|j|z"), "c"),
    (re.compile("sh|ss"), "s"),
    (re.compile("kk|gg|[gkq]"), "k"),
    (re.compile("tt|dd|[dt]"), "t"),
    (re.compile("pp|bb|[bpfv]"), "p"),
    (re.compile("[rl]+"), "l"),
    (re.compile("yeo|eo|oo|eu|ou|wo|yo|yu|[ou]"), "o"),
    (re.compile("yae|ae|ye|e(?!e)"), "e"),
    (re.compile("ee|yi|wi|ui|[iy]"), "i"),
)


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
    return re.sub("[^a-z]", "", word.removesuffix("'s"))


def jamo_of(letters: str) -> str:
    """Give the jamo of Hangul; other letters stay."""
    return "".join("".join(apart(char)) if is_syllable(char) else char for char in letters)


@lru_cache(maxsize=4096)
def sound_of(letters: str) -> str:
    """Give how romanised Korean sounds, nearly, however it is spelt."""
    for written, sound in _SOUNDS:
        letters = written.sub(sound, letters)
    return re.sub(r"(.)\1+|(?<=[aeio])[lh](?=[^aeio]|$)|w", r"\1", letters)


def with_error(script: str, letters: str) -> Iterator[str]:
    """Give what a form and any that differs from it by one letter have in common."""
    if len(letters) < _LEAST_WITH_ERROR:
        return
    yield f"{script}~ {letters}"
    for at in range(len(letters)):
        yield f"{script}~ {letters[:at]}{letters[at + 1 :]}"
