"""How names in Han and in Uyghur letters are spelt in Latin and Cyrillic ones, nearly.

Of a name in Han its pinyin in one piece, so that it is no matter where it is parted (Xi'an,
xian); with the given name first, too. What two syllables spell is a word as often as a
name: of those only two words with capitals count. Uyghur has several Latin spellings, and
papers have their own: the letters that they differ in are made one.
"""

import re
from functools import cache, lru_cache
from importlib.resources import files

from letterdesk.triage.east import HAN
from letterdesk.triage.english import is_word

_FEWEST = 3  # syllables in one piece; two are words (lian, nali)
_LEAST_SOUND = 7  # letters of how a Uyghur name sounds; a shorter one sounds like a word
# Surnames of two letters, simplified and traditional.
_DOUBLE_SURNAMES = """
欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 尉迟 尉遲 公孙
公孫 慕容 令狐 宇文 长孙 長孫 司徒 司空 夏侯 端木 南宫 南宮 独孤
獨孤 百里 轩辕 軒轅 澹台 澹臺 拓跋
"""
_DOUBLE = frozenset(_DOUBLE_SURNAMES.split())
# Places and given names that are spelt like a name of two letters, given name first.
_ALIKE_WORDS = """
anyang bali baoding changchun changzhou chengdu dalian deli dili fuzhou gansu ganzhou
guangzhou guilin guiyang hainan hangzhou henan hengyang hezhou hunan huzhou jiangsu
jilin jinan kunming lanzhou lima liuzhou luoyang luzhou macao mali milan nanjing nanyang
penang quanzhou shanghai shantou shenyang shenzhen sudan suzhou taiwan taizhou tangshan
tianjin wenzhou wuhan wuxi xiamen xian xuzhou yangzhou yemen yulin yunlin zhangzhou
zhengzhou ana anna dana diana hanna hana lana lena lina lisa mila mina nana nina susan
tina
"""
_ALIKE = frozenset(_ALIKE_WORDS.split())
_HAN = re.compile(f"[{HAN}]+")
_UYGHUR_SOUNDS = (  # of Latin letters: what is written for the same sound, to one letter
    *(
        ("kh", "h"),
        ("x", "h"),
        ("gh", "g"),
        ("q", "k"),
        ("dj", "j"),
        ("zh", "j"),
        ("v", "w"),
    ),
    *(("ou", "o"), ("ue", "o"), ("oe", "o"), ("u", "o"), ("ee", "i"), ("iy", "i")),
    *(("yi", "i"), ("y", "i"), ("ae", "a"), ("e", "a")),
)
_TWICE = re.compile(r"(.)\1+")
_CYRILLIC = dict(
    zip(
        "اەبپتجچخدرزژسشغفقكگڭلمنھوۇۆۈۋېىي",
        "аәбптҗчхдрзжсшғфқкгңлмнһоуөүвеий",
        strict=True,
    )
)
_JOINED = {"йа": "я", "йу": "ю"}


def of_han(name: str) -> tuple[list[str], list[str]]:
    """Give a name in Han in pinyin, in one piece: of any letters, and of two syllables.

    Family name first, then given name first. Nothing where a letter is not known.
    """
    parts = _HAN.findall(name)
    letters = "".join(parts)
    if not syllables(letters):
        return [], []
    family = family_of(letters)
    if len(parts) > 1:
        family = len(letters) - len(parts[-1])  # 热依汗古丽·买买提: the last part first
    whole = [*_spelt(letters), *_spelt(letters[family:] + letters[:family])]
    whole = list(dict.fromkeys(whole))
    return (whole, []) if len(letters) >= _FEWEST else ([], whole)


def syllables(letters: str) -> list[str]:
    """Give the pinyin of letters of Han; nothing where one is not known."""
    known = [_pinyin().get(letter, "") for letter in letters]
    return known if all(known) else []


def family_of(letters: str) -> int:
    """Give how many letters of a name in Han are its surname."""
    return 2 if letters[:2] in _DOUBLE else 1


@lru_cache(maxsize=4096)
def is_of_two(word: str) -> bool:
    """Say whether a word may be two syllables of pinyin, and nothing more likely."""
    known = _syllables()
    return (
        word not in _ALIKE
        and word not in known
        and any(word[:at] in known and word[at:] in known for at in range(1, len(word)))
        and not is_word(word)
    )


def in_cyrillic(name: str) -> str:
    """Give a Uyghur name in Arabic letters as it is in Cyrillic ones; else nothing."""
    words = name.replace("ئ", "").split()
    if not all(char in _CYRILLIC for word in words for char in word):
        return ""
    spelt = " ".join("".join(map(_CYRILLIC.__getitem__, word)) for word in words)
    for apart, joined in _JOINED.items():
        spelt = spelt.replace(apart, joined)
    return spelt


@lru_cache(maxsize=4096)
def uyghur_sound(letters: str) -> str:
    """Give how a Uyghur name in Latin letters sounds, nearly; nothing where it is short."""
    for written, sound in _UYGHUR_SOUNDS:
        letters = letters.replace(written, sound)
    letters = _TWICE.sub(r"\1", letters)
    return letters if len(letters) >= _LEAST_SOUND else ""


def _spelt(letters: str) -> list[str]:
    """Give the pinyin of letters of Han; ü is written in three ways."""
    plain = "".join(_pinyin()[letter] for letter in letters)
    return [plain] + [plain.replace("v", way) for way in ("u", "yu") if "v" in plain]


@cache
def _syllables() -> frozenset[str]:
    return frozenset(_pinyin().values())


@cache
def _pinyin() -> dict[str, str]:
    raw = files("letterdesk.triage").joinpath("pinyin.txt").read_text(encoding="utf-8")
    lines = [line.split(" ") for line in raw.splitlines() if not line.startswith("#")]
    return {letter: syllable for syllable, letters in lines for letter in letters}
