"""Letters that pass for others: what each stands for, one character at a time.

Look-alikes are the ones seen in comments, chosen by hand out of Unicode's confusables
(UTS 39): Cyrillic, Greek, Armenian, Cherokee, phonetic and small capitals. Mathematical,
circled and full-width letters need no table: NFKC undoes them.
"""

import unicodedata

from letterdesk.triage.by_character import ByCharacter
from letterdesk.triage.hangul import FINALS, INITIALS, VOWELS

_JAMO_BLOCKS = ((0x1100, 0x1113), (0x1161, 0x1176), (0x11A8, 0x11C3))
_PAIRS = {
    "a": "аɑαᴀⲁ∂λǝ", "b": "ЬвʙƄβ", "c": "сϲᴄⲥ¢ↄ©", "d": "ԁᴅժɗđ", "e": "еєҽᴇεёɛ€℮",
    "f": "ƒꜰϝғ", "g": "ɡցɢǥ", "h": "һʜнհħ", "i": "іɪıιї¡!|ӏ", "j": "јᴊϳʝ", "k": "кκᴋƙ",
    "l": "ʟⅼɩℓł", "m": "мᴍ₥", "n": "пոɴηипŋ", "o": "оοօᴏσөø¤◯○●", "p": "рρᴘ",
    "q": "ԛգφ", "r": "гʀɾя", "s": "ѕꜱʂ§", "t": "тτᴛ†ŧ", "u": "цυսᴜμʋ", "v": "ѵνᴠ√",
    "w": "ԝшᴡωѡщ", "x": "хχ×жҳ", "y": "уүʏγ¥", "z": "ᴢʐž",
}  # fmt: skip
LOOK_ALIKES = {
    odd: plain for plain, odds in _PAIRS.items() for odd in odds if odd not in "!|¤"
}
LEET = {
    "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g",
    "@": "a", "$": "s", "!": "i", "|": "i", "+": "t",
}  # fmt: skip
_EMOJI_LETTERS = {
    "🅰": "a", "🅱": "b", "🅾": "o", "🅿": "p", "🆎": "ab", "⭕": "o", "❌": "x", "💲": "s",
}  # fmt: skip
_REGIONAL = {chr(0x1F1E6 + place): chr(97 + place) for place in range(26)}
_SQUARED = {
    chr(first + place): chr(97 + place)
    for first in (0x1F130, 0x1F150, 0x1F170)
    for place in range(26)
}
_CONJOINING = dict(
    zip(
        [chr(code) for first, last in _JAMO_BLOCKS for code in range(first, last)],
        INITIALS + VOWELS + FINALS[1:],
        strict=True,
    )
)
_BLANKS = "\u115f\u1160\u3164\uffa0\u2800\u00ad\u034f\u180e\u17b4\u17b5"


def _fold(char: str) -> str:
    if char in _BLANKS or unicodedata.category(char) == "Cf":
        return ""
    if plain := _EMOJI_LETTERS.get(char) or _REGIONAL.get(char) or _SQUARED.get(char):
        return plain
    if "가" <= char <= "힣" or "ㄱ" <= char <= "ㆎ":
        return char
    plain = unicodedata.normalize("NFKC", char).lower()
    if plain == " " * len(plain) or plain.isspace():
        return " "
    return "".join(_CONJOINING.get(each) or _without_marks(each) for each in plain)


def _without_marks(char: str) -> str:
    if unicodedata.category(char) in ("Mn", "Me"):
        return ""
    parts = unicodedata.normalize("NFD", char)
    if len(parts) > 1 and (parts[0].isascii() or parts[0] in LOOK_ALIKES):
        return parts[0]
    return char


FOLD = ByCharacter(_fold, dict.fromkeys("’‘ʼ´", "'") | dict.fromkeys("“”„«»「」『』", '"'))
