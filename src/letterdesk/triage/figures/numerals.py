"""The value of a number as people write it: digits, Korean, Chinese, English words."""

import re
from fractions import Fraction

from letterdesk.triage.figures.quantity import Amount

_DIGIT = {
    char: value
    for chars in ("영일이삼사오육칠팔구", "零一二三四五六七八九", "〇壹貳參肆伍陸柒捌玖")
    for value, char in enumerate(chars)
} | {"공": 0, "두": 2, "两": 2, "兩": 2, "幺": 1, "륙": 6}
_SMALL = {"십": 10, "十": 10, "拾": 10, "백": 100, "百": 100, "천": 1000, "千": 1000}
_BIG = {"만": 10**4, "万": 10**4, "萬": 10**4, "억": 10**8, "亿": 10**8, "億": 10**8}
_BIG |= {"조": 10**12, "兆": 10**12}
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: value for value, word in enumerate(_ONES.split())} | {
    word: value for value, word in zip(range(20, 100, 10), _TENS.split(), strict=True)
}
_TEN, _TWENTY, _HUNDRED = 10, 20, 100
_SCALES = {"hundred": 100, "thousand": 1000, "k": 1000, "million": 10**6, "m": 10**6}
_SCALES |= {"billion": 10**9, "bn": 10**9, "trillion": 10**12}
_CUT_SHORT = re.compile("([百千万萬亿億])[一二三四五六七八九]$")
_PIECE = re.compile(r"\d[\d,]*(?:\.\d+)?|\D")
_ARABIC = re.compile(r"\d[\d,]*(?:\.\d+)?")
_ENGLISH_PIECE = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+")

_TENS_HANGUL = "열 스물 서른 마흔 쉰 예순 일흔 여든 아흔"
_ONES_HANGUL = "하나|한 둘|두 셋|세|석 넷|네|넉 다섯 여섯 일곱 여덟 아홉"
_NATIVE_TENS = {"스무": 20} | {
    written: value * 10 for value, written in enumerate(_TENS_HANGUL.split(), start=1)
}
_NATIVE_ONES = {
    written: value
    for value, ways in enumerate(_ONES_HANGUL.split(), start=1)
    for written in ways.split("|")
}
DIGITS = "".join(_DIGIT)
NATIVE_TENS = tuple(_NATIVE_TENS)
NATIVE_ONES = tuple(_NATIVE_ONES)
SMALL = "".join(_SMALL)
BIG = "".join(_BIG)
ENGLISH_WORDS = tuple(_WORDS)
ENGLISH_SCALES = tuple(_SCALES)


def _amount(written: str) -> Amount:
    """Give the value of digits, with commas and a point perhaps."""
    plain = written.replace(",", "")
    return Fraction(plain) if "." in plain else int(plain)


def east_asian(written: str) -> Amount:
    """Give the value of digits, Korean and Chinese number words, or a mixture of them.

    Each of 만, 억, 조 and their like closes a part: 9만 3300 is 9 × 10,000 + 3,300. A
    Chinese digit behind a unit, at the end, is of the next lower one: 一万五 is 15,000.
    """
    total: Amount = 0
    part: Amount = 0
    digit: Amount | None = None
    for piece in _PIECE.findall(written):
        if _ARABIC.fullmatch(piece):
            digit = _amount(piece)
        elif piece in _DIGIT:
            digit = (digit or 0) * 10 + _DIGIT[piece]
        elif piece in _SMALL:
            part += (1 if digit is None else digit) * _SMALL[piece]
            digit = None
        elif piece in _BIG:
            total += ((part + (digit or 0)) or 1) * _BIG[piece]
            part, digit = 0, None
    if digit and (short := _CUT_SHORT.search(written)):
        digit *= (_SMALL | _BIG)[short[1]] // 10
    return total + part + (digit or 0)


def native_korean(tens: str | None, ones: str | None) -> Amount:
    """Give the value of Korean's own numerals, of which either part may be missing."""
    return _NATIVE_TENS.get(tens or "", 0) + _NATIVE_ONES.get(ones or "", 0)


def english(written: str) -> Amount:
    """Give the value of digits or English number words, with hundred, million and so on."""
    if written.isdecimal():
        return int(written)
    total: Amount = 0
    part: Amount = 0
    for word in _ENGLISH_PIECE.findall(written.lower()):
        if _ARABIC.fullmatch(word):
            part += _amount(word)
        elif word in _WORDS:
            part += _WORDS[word]
        elif word == "hundred":
            part = (part or 1) * 100
        elif word in _SCALES:
            total += (part or 1) * _SCALES[word]
            part = 0
    return total + part


def is_one_number(written: str) -> bool:
    """Say whether English number words are one number; nineteen eighty-four are two."""
    if written.isdecimal():
        return True
    room = _HUNDRED  # below which the next word has to be
    for word in _ENGLISH_PIECE.findall(written.lower()):
        if word in _WORDS:
            if _WORDS[word] >= room:
                return False
            room = _TEN if _WORDS[word] >= _TWENTY else 0
        elif word != "and":
            room = _HUNDRED
    return True


def grouped(value: Amount) -> str:
    """Give a value as a newspaper prints it: 93,300 or 4.5."""
    if value.denominator == 1:
        return f"{value.numerator:,}"
    return f"{float(value):,.4f}".rstrip("0").rstrip(".")
