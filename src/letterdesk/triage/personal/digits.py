"""Digits in any script, and digits written as words, letter for letter.

The text keeps its length, so that a place in it is a place in the reader's own.
"""

import re
import unicodedata
from functools import lru_cache
from string import digits

from letterdesk.triage.by_character import ByCharacter
from letterdesk.triage.signal import Span

_KOREAN = str.maketrans("공영일이삼사오육칠팔구에의다시,", "00123456789-----")
_CHINESE = str.maketrans(  # as written on cheques, and as called out by radio, too
    "零〇洞幺一二两兩三四五六七拐八九勾壹贰貳叁參肆伍陆陸柒捌玖",
    "00011222345677899122334566789",
)
_RUN = (
    r"[{0}]{1}[ .\-~]{{0,2}}(?:[{0}]{1}[ .\-~]{{0,2}}){{7,}}[{0}]"  # the first: found fast
)
_HANGUL = "공영일이삼사오육칠팔구"
_PARTICLE = f"(?:에|의| ?다시|(?<=[{_HANGUL}]),)?"  # between parts of what is read out
_KOREAN_RUN = re.compile(_RUN.format(f"0-9{_HANGUL}", _PARTICLE))
_CHINESE_RUN = re.compile(
    _RUN.format("0-9零〇洞幺一二两兩三四五六七拐八九勾壹贰貳叁參肆伍陆陸柒捌玖", "")
)
_ROUND = re.compile(
    "[0-9](?:(?=[Oo])|(?<=[Oo].))"
)  # letters for the digit that they look like
_ROUND_RUN = re.compile(r"(?<![A-Za-z0-9.])[0-9Oo](?:[ .\-]?[0-9Oo]){6,14}(?![A-Za-z0-9])")
_FEWEST_DIGITS = 4  # of a number with letters in it
# Numbers that begin as a phone number does, parted by signs that no phone number has:
# 010*1234*5678, 138|1234|5678, one digit or one part a line. A list of years, of thousands
# or of draws begins otherwise, or has shorter parts.
_PARTED = re.compile(
    r"(?<![A-Za-z0-9_.,*|#+])(?=[+(\d])(?:"
    r"\+\d{1,3}(?P<abroad> ?[*|#,、] ?|\n)\d{2,5}(?:(?P=abroad)\d{2,5}){1,4}"
    r"|\(?0\d{1,4}\)?(?: ?[*|#] ?)\d{2,8}(?: ?[*|#] ?\d{2,5}){0,4}"
    r"|\(?0\d{1,4}\)?(?P<home> ?[,、] ?|\n)(?:\d{6,8}|\d{3,5}(?:(?P=home)\d{3,5}){1,3})"
    r"|1[3-9]\d(?P<mobile>[*|#,、\n])\d{4}(?P=mobile)\d{4}"
    r"|[2-9]\d\d(?P<american>[*|#])[2-9]\d\d(?P=american)\d{4}"
    r"|(?:0|1(?=[^0-9]{1,3}[3-9]))(?P<single> ?[*|#] ?|\n)\d(?:(?P=single)\d){8,9}"
    r")(?![A-Za-z0-9_])(?![.,*|#]\d)(?!\n\d)"
)
_SIGNS = re.compile(r"[*|#,、\n]")
_DIGITS = range(9, 14)  # of a phone number
_TOGETHER = re.compile("[0-9](?:[^0-9]{0,4}[0-9])*")


@lru_cache(maxsize=1024)
def plain_digits(text: str) -> str:
    """Give `text` with 0 to 9 for every digit and plain signs; as long as before."""
    if _ROUND.search(text):
        text = _ROUND_RUN.sub(_with_noughts, text)
    if text.isascii():
        return text
    plain = "".join(map(_PLAIN.__getitem__, text))
    plain = _KOREAN_RUN.sub(lambda run: run[0].translate(_KOREAN), plain)
    return _CHINESE_RUN.sub(lambda run: run[0].translate(_CHINESE), plain)


def _with_noughts(run: re.Match[str]) -> str:
    is_number = digits_in(run[0]) >= _FEWEST_DIGITS
    return run[0].replace("o", "0").replace("O", "0") if is_number else run[0]


def with_dashes(plain: str) -> str:
    """Give a text with dashes in what seems to be a phone number with other signs."""
    return _PARTED.sub(_dashed, plain)


def _dashed(found: re.Match[str]) -> str:
    return _SIGNS.sub("-", found[0]) if digits_in(found[0]) in _DIGITS else found[0]


def with_plus(plain: str, span: Span) -> Span:
    """Give a number with the "+" of its country."""
    has_plus = plain[span.start].isdigit() and plain.endswith("+", 0, span.start)
    return Span(span.start - has_plus, span.end)


def digits_in(plain: str) -> int:
    """Give how many digits a text with plain digits has."""
    return sum(map(plain.count, digits))


def digits_together(plain: str) -> int:
    """Give the most digits in a row, each at most four other characters from the next."""
    found = _TOGETHER.findall(plain)
    return max((sum(map(str.isdecimal, run)) for run in found), default=0)


def _plain(char: str) -> str:
    if (digit := unicodedata.decimal(char, None)) is not None:
        return str(digit)
    if (sign := _TABLE.get(char)) is not None:
        return sign
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 and folded.isascii() else char


_TABLE = (
    dict.fromkeys("－‐‑‒–—―−", "-")
    | dict.fromkeys("～〜∼", "~")
    | dict.fromkeys("·・․．•", ".")
)
_PLAIN = ByCharacter(_plain)
