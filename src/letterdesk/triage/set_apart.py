"""Korean and Chinese words of abuse with a sign between letters, or a letter in two.

씨.발, 垃-圾: signs that stand between other letters, too (남/녀, 上/下), so only words of
the model's lexicon count. 弓虽女干 is 强奸: letters that stand apart nowhere else.
"""

import re
from collections.abc import Iterator
from functools import cache

from letterdesk.triage.east import HAN
from letterdesk.triage.model.lexicon import phrases
from letterdesk.triage.signal import Span

_CLASSES = ("slur", "swear", "insult", "beast")
_LETTERS = range(2, 5)  # of a word
_REACH = 3  # letters on either side of a sign
_SIGNS = r".,\-/~·_+|:;`'\u00b7\u2022\u2027\u30fb\uff0e♥♡★☆●○◆◇■□※♪"
_GAP = {
    "ko": re.compile(rf"[{_SIGNS}](?<=[가-힣].)(?=[가-힣])"),  # the sign is found fast
    "zh": re.compile(rf"[ {_SIGNS}](?<=[{HAN}].)(?=[{HAN}])"),
}
_LETTER = {"ko": re.compile("[가-힣]"), "zh": re.compile(f"[{HAN}]")}
_IN_TWO = {
    "弓虽": "强", "女干": "奸", "女表": "婊", "走肖": "赵", "走召": "超", "氵去": "法",
    "车仑": "轮", "尸吊": "屌", "犭句": "狗", "口乞": "吃", "贝戋": "贱", "歹匕": "死",
    "亻尔": "你", "钅戋": "钱", "氵又": "汉", "讠正": "证",
}  # fmt: skip
_HALVES = re.compile(
    rf"(?:{'|'.join(_IN_TWO)})(?<!女干(?=[部警将校员事]))(?<!女表(?=[演示达面妹姐哥弟]))"
)
_Read = tuple[Span, str]


def set_apart(text: str) -> Iterator[_Read]:
    """Give words that something sets apart, and what they read."""
    for language, gaps in _GAP.items():
        yield from _across(text, language, gaps)
    for found in _HALVES.finditer(text):
        yield Span(*found.span()), _IN_TWO[found[0]]


def _across(text: str, language: str, gaps: re.Pattern[str]) -> Iterator[_Read]:
    end = 0
    for gap in gaps.finditer(text):
        if gap.start() < end or (gap[0] == " " and not _is_alone(text, gap)):
            continue
        before = _run(text, gap.start() - 1, -1, language)
        after = _run(text, gap.end(), 1, language)
        word = next(_covering(before, after, language), None)
        if word:
            left, read = word
            end = gap.end() + len(read) - left
            yield Span(gap.start() - left, end), read


def _is_alone(text: str, gap: re.Match[str]) -> bool:
    """Say whether a space parts two letters of Han that no others stand beside."""
    beside = text[max(0, gap.start() - 2)] if gap.start() > 1 else " "
    return not _LETTER["zh"].match(beside)


def _run(text: str, at: int, step: int, language: str) -> str:
    """Give the letters of a script from a place on, in one direction."""
    letters = ""
    while 0 <= at < len(text) and len(letters) < _REACH:
        if not _LETTER[language].match(text[at]):
            break
        letters = letters + text[at] if step > 0 else text[at] + letters
        at += step
    return letters


def _covering(before: str, after: str, language: str) -> Iterator[tuple[int, str]]:
    """Give the words that letters on both sides make: how many before, and the word."""
    known = _words(language)
    for left in range(min(len(before), _REACH), 0, -1):
        for right in range(min(len(after), _REACH), 0, -1):
            word = before[-left:] + after[:right]
            if word in known:
                yield left, word


@cache
def _words(language: str) -> frozenset[str]:
    lines = phrases(language)
    letter = _LETTER[language]
    return frozenset(
        phrase
        for name in _CLASSES
        for phrase in lines[name]
        if len(phrase) in _LETTERS and all(map(letter.match, phrase))
    )
