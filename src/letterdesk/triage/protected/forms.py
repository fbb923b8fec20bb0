"""The forms of a name: what texts are tried for, as words of a kind and letters."""

import re
import unicodedata

from letterdesk.triage import scripts
from letterdesk.triage.hangul import latin
from letterdesk.triage.normal import normal
from letterdesk.triage.pinyin import sounded
from letterdesk.triage.protected.letters import (
    HAN,
    HANGUL,
    LEAST,
    MOST,
    MOST_LATIN,
    MOST_WORDS,
    WORD,
    bare,
    jamo_of,
    plain_latin,
    sound_of,
    with_error,
)
from letterdesk.triage.spelt import in_cyrillic, of_han, uyghur_sound

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

    A form's kind, which stands before a space, is the way in which it was made; of a longer
    name it tells of how many letters, too. None when the name is too short.
    """
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
    sounds = {sound for one in whole if (sound := uyghur_sound(one))}
    cyrillic = scripts.forms_of(in_cyrillic(name))
    some = (near, *_of_latin(words), [f"uyghur {one}" for one in sounds], *cyrillic)
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
    size = len("".join(plain))
    if len(words) > MOST_WORDS or size > MOST_LATIN:
        return [f"latin{size} {one}" for one in whole], []
    exact = [f"latin {one}" for one in whole if len(one) >= LEAST["latin"]]
    near = [form for one in whole for form in with_error("latin", one)]
    return exact, near


def _of_hangul(letters: str) -> tuple[list[str], list[str]]:
    jamo = jamo_of(letters)
    heads = _SURNAMES.get(letters[0], latin(letters[0])).split()
    rest = "".join(map(latin, letters[1:]))
    sounds = {sound_of(way) for head in heads for way in (head + rest, rest + head)}
    near = [f"sound {one}" for one in sounds if len(one) >= LEAST["latin"]]
    if len(letters) > MOST["hangul"]:
        return [f"hangul{len(letters)} {jamo}"], near
    return [f"hangul {jamo}"], [*near, *with_error("hangul", jamo)]


def _of_han(name: str, letters: str) -> tuple[list[str], list[str]]:
    whole, pairs = of_han(name)
    if len(letters) <= MOST["han"]:
        spelt = [f"spelt {one}" for one in whole] + [f"pair {one}" for one in pairs]
        return [f"han {letters}"], [f"pinyin {sounded(letters)[0]}", *spelt]
    spelt = [f"spelt{len(one)} {one}" for one in whole]
    size = len(letters)
    return [f"han{size} {letters}"], [f"pinyin{size} {sounded(letters)[0]}", *spelt]
