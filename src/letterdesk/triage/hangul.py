"""Hangul taken apart and put together: jamo, syllables, Latin letters, keys."""

from letterdesk.triage.by_character import ByCharacter

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_FIRST = 0xAC00

# Revised Romanisation of 2000, letter by letter: no assimilation between syllables.
_WORDS = str.split
_LATIN_INITIALS = _WORDS("g kk n d tt r m b pp s ss . j jj ch k t p h")
_LATIN_VOWELS = _WORDS("a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
_LATIN_FINALS = _WORDS("k k k n n n t l k m l l l p l m p p t t ng t t k t p t")


def is_syllable(char: str) -> bool:
    """Say whether `char` is a whole Hangul syllable."""
    return "가" <= char <= "힣"


def apart(syllable: str) -> tuple[str, str, str]:
    """Give the jamo of a syllable; the last is empty when nothing closes it."""
    place = ord(syllable) - _FIRST
    initial, rest = divmod(place, 588)
    vowel, final = divmod(rest, 28)
    return INITIALS[initial], VOWELS[vowel], FINALS[final].strip()


def together(initial: str, vowel: str, final: str = "") -> str:
    """Give the syllable of these jamo."""
    place = INITIALS.index(initial) * 588 + VOWELS.index(vowel) * 28
    return chr(_FIRST + place + (FINALS.index(final) if final else 0))


def latin(syllable: str) -> str:
    """Give a syllable in Latin letters, as it is spelt on its own."""
    place = ord(syllable) - _FIRST
    initial, rest = divmod(place, 588)
    vowel, final = divmod(rest, 28)
    head = _LATIN_INITIALS[initial].strip(".") + _LATIN_VOWELS[vowel]
    return head + (_LATIN_FINALS[final - 1] if final else "")


# The keys of a Latin keyboard that make a jamo on the common Korean one (KS X 5002).
_KEYS = dict(
    zip(
        "ㅂㅃㅈㅉㄷㄸㄱㄲㅅㅆㅛㅕㅑㅐㅒㅔㅖㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ",
        "qqwweerrttyuiooppasdfghjklzxcvbnm",
        strict=True,
    )
) | dict(
    zip(
        "ㅘㅙㅚㅝㅞㅟㅢㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ",
        _WORDS("hk ho hl nj np nl ml rt sw sg fr fa fq ft fx fv fg qt"),
        strict=True,
    )
)


def keys(syllable: str) -> str:
    """Give the keys that make a syllable, in small letters: 김 is rla."""
    return "".join(_KEYS[jamo] for jamo in apart(syllable) if jamo)


def _sound(char: str) -> str:
    if is_syllable(char):
        return latin(char)
    return char if char.isalpha() else ""


_LATIN_JAMO = [letters.strip(".") for letters in _LATIN_INITIALS] + _LATIN_VOWELS
# What a character sounds like in Latin letters.
SOUND = ByCharacter(_sound, dict(zip(INITIALS + VOWELS, _LATIN_JAMO, strict=True)))
