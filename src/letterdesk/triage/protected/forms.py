"""The forms of a name: what texts are tried for, as words of a kind and letters."""

import re
import unicodedata
from collections.abc import Iterable

from letterdesk.triage import scripts
from letterdesk.triage.hangul import keys, latin
from letterdesk.triage.normal import normal
from letterdesk.triage.pinyin import sounded
from letterdesk.triage.protected import errors, initials
from letterdesk.triage.protected.letters import (
    HAN,
    HANGUL,
    LEAST,
    WORD,
    bare,
    jamo_of,
    plain_latin,
    sound_of,
)
from letterdesk.triage.protected.runs import DOUBLE_SURNAMES
from letterdesk.triage.spelt import family_of, in_cyrillic, of_han, syllables, uyghur_sound

_LEAST_BACKWARDS = 7  # letters of a name, below which it may be a word
_LETTER = re.compile("[a-z]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_TWO_VOWELS = re.compile("([aou])e|(?<=a)a")
_SURNAMES = {  # spellings that no rule of romanisation gives
    "이": "lee yi rhee i", "박": "park bak pak", "최": "choi choe", "김": "kim gim",
    "노": "roh noh no", "우": "woo wu u", "오": "oh o", "유": "yoo you ryu yu",
    "조": "cho jo", "정": "jung chung jeong", "강": "kang gang", "임": "lim im rim",
    "신": "shin sin", "권": "kwon gwon", "문": "moon mun", "구": "koo gu ku",
}  # fmt: skip


def forms_of(name: str) -> tuple[list[str], list[str]]:
    """Give the forms of one spelling of a name, and those of what is only nearly it.

    A form's kind, which stands before a space, tells in which way it was made, and of how
    many letters it is, so that texts are tried for no others; after `~` it has an error.
    None when the name is too short, or of two scripts, of which one would be left out.
    """
    if len(scripts.of_letters(name)) > 1:
        return [], []
    found = plain_latin(normal(name)).text
    if HANGUL.search(found):
        letters = "".join(HANGUL.findall(found))
        return _of_hangul(letters) if len(letters) >= LEAST["hangul"] else ([], [])
    if HAN.search(found):
        letters = "".join(HAN.findall(found))
        return _of_han(found, letters) if len(letters) >= LEAST["han"] else ([], [])
    if scripts.count(name) > len(_LETTER.findall(found)):
        return _of_others(name)
    exact, near = _of_latin(WORD.findall(found))
    return exact, near + _of_umlauts(name)


def _of_others(name: str) -> tuple[list[str], list[str]]:
    """Give the forms of a name in a script of triage.scripts; of a Uyghur one in Latin."""
    exact, near = scripts.forms_of(name)
    if not exact:
        return [], []
    words = scripts.in_latin(name)
    whole = {"".join(words), "".join([*words[-1:], *words[:-1]])}
    sounds = [sound for one in whole if (sound := uyghur_sound(one))]
    cyrillic = scripts.forms_of(in_cyrillic(name))
    some = (near, *_of_latin(words), _sized("uyghur", sounds), *cyrillic)
    return exact, [form for each in some for form in each]


def _of_umlauts(name: str) -> list[str]:
    """Give forms with ae for ä, and with a for ae, and so on: Mueller, Müller."""
    spelt = unicodedata.normalize("NFC", name.lower())
    two, one = spelt.translate(_UMLAUTS), _TWO_VOWELS.sub(r"\1", spelt.translate(_UMLAUTS))
    return [
        form
        for way in (two, one)
        if way != spelt
        for form in _of_latin(WORD.findall(plain_latin(normal(way)).text))[0]
    ]


def _of_latin(words: list[str]) -> tuple[list[str], list[str]]:
    """Give the forms of a name in Latin letters: the last part first, too."""
    plain = [bare(word) for word in words]
    whole = {"".join(plain), "".join([*plain[-1:], *plain[:-1]])}
    long = [one for one in whole if len(one) >= LEAST["latin"]]
    near = _sized("latin~", [wrong for one in long for wrong in errors.in_latin(one)])
    backwards = [one[::-1] for one in long if len(one) >= _LEAST_BACKWARDS]
    short = _sized("initials", initials.of_latin(plain))
    return _sized("latin", long), [*near, *_sized("latin", backwards), *short]


def _of_hangul(letters: str) -> tuple[list[str], list[str]]:
    size, jamo = len(letters), jamo_of(letters)
    families = [letters[:2]] if letters[:2] in DOUBLE_SURNAMES and size > 2 else []
    sounds = {
        sound_of(way)
        for family in (letters[0], *families)
        for head in _SURNAMES.get(family, _in_latin(family)).split()
        for given in [_in_latin(letters[len(family) :])]
        for rest in {given, given.replace("hui", "hee")}  # of 희 nobody writes the former
        for way in (head + rest, rest + head)
    }
    heard = _sized("sound", [one for one in sounds if len(one) >= LEAST["latin"]])
    typed = _sized("typed", ["".join(map(keys, letters))])
    near = [f"hangul~{size} {wrong}" for wrong in errors.in_hangul(jamo, size)]
    short = _sized("initials", initials.of_hangul(letters, len("".join(families)) or 1))
    return [f"hangul{size} {jamo}"], [*heard, *typed, *short, *near]


def _in_latin(letters: str) -> str:
    return "".join(map(latin, letters))


def _of_han(name: str, letters: str) -> tuple[list[str], list[str]]:
    whole, pairs = of_han(name)
    short = initials.of_han(letters, syllables(letters), family_of(letters))
    near = [*_sized("pinyin", [sounded(letters)[0]]), *_sized("spelt", whole)]
    near += [*_sized("initials", short), *(f"pair {one}" for one in pairs)]
    return _sized("han", [letters]), near


def _sized(kind: str, some: Iterable[str]) -> list[str]:
    return [f"{kind}{len(one)} {one}" for one in some]
