"""Where a text has quantities: a value and what it counts."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from letterdesk.triage.east import HAN
from letterdesk.triage.figures.numerals import (
    BIG,
    DIGITS,
    ENGLISH_SCALES,
    ENGLISH_WORDS,
    NATIVE_ONES,
    NATIVE_TENS,
    SMALL,
    east_asian,
    english,
    is_one_number,
    native_korean,
)
from letterdesk.triage.figures.quantity import Amount, Quantity
from letterdesk.triage.figures.shares import shares
from letterdesk.triage.language import DENSE, script_of
from letterdesk.triage.literals import LITERALS
from letterdesk.triage.personal.digits import plain_digits
from letterdesk.triage.signal import Span

# One line a unit: what it is called here, then how it is written.
_UNITS = {
    "%": "% percent per cent 퍼센트 프로 百分点",
    "people": "people persons person men women workers victims dead deaths killed injured "
    "wounded homeless missing displaced arrested detained 명 인 人 名 位",
    "won": "won 원 韩元",
    "dollars": "dollars dollar usd 달러 美元 美金",
    "yuan": "yuan rmb cny 위안 元 块 人民币",
    "euros": "euros euro eur 유로 欧元 歐元",
    "pounds": "pounds pound gbp 파운드 英镑 英鎊",
    "yen": "yen 엔 日元",
    "crowns": "crowns crown 크라운 克朗",
    "years": "years year 년간 年间",
    "year": "년 年",
    "month": "월 月",
    "day": "일 日 号",
    "months": "months month 개월 个月",
    "days": "days day 일간 天",
    "hours": "hours hour 시간 小时",
    "minutes": "minutes minute 분 分钟",
    "age": "years old year-old 살 세 岁",
    "cases": "cases case 건 起 例 件",
    "times": "times 번 회 차례 次",
    "km": "km kilometres kilometers 킬로미터 킬로 公里 千米",
    "m": "metres meters 미터 米",
    "kg": "kg kilograms 킬로그램 公斤 千克",
    "g": "grams gram 그램 克",
    "tonnes": "tonnes tons tonne ton 톤 吨",
    "miles": "miles mile 마일 英里",
    "hectares": "hectares hectare ha 헥타르 公顷 公頃",
    "mu": "亩 畝",
    "cubic metres": "cubic_metres cubic_meters m3 세제곱미터 立方米",
    "votes": "votes vote 票",
    "households": "households homes 가구 세대 户",
    "places": "곳 군데 处",
    "seats": "seats 석 席",
    "things": "개 个",
}
_WRITTEN = {
    written: unit
    for unit, line in _UNITS.items()
    for written in line.replace("per cent", "per_cent")
    .replace("years old", "years_old")
    .split()
}
_EAST = sorted((each for each in _WRITTEN if not each.isascii()), key=len, reverse=True)
_WEST = sorted((each for each in _WRITTEN if each.isascii()), key=len, reverse=True)
_EAST_UNIT = "|".join([*map(re.escape, _EAST), "%", "km", "kg", "ha(?![a-z])"])
_WEST_UNIT = "|".join(re.escape(each).replace("_", "[ -]") for each in _WEST)
_WRITTEN_OUT = r"\d(?:[\d,]{0,23}\d)?(?:\.\d{1,9})?"  # bounded: no letter takes long
_EAST_NUMBER = (  # Hangul that goes on a word is none: 추천인 has no thousand people in it
    rf"(?:{_WRITTEN_OUT}|(?<![가-힣])(?:[{DIGITS}{SMALL}]|만(?= ?[{DIGITS}{SMALL}])))"
    # each space can be read in one way only, so that nothing is tried twice
    rf"(?:(?<=[{SMALL}{BIG}]) ?{_WRITTEN_OUT}|(?<=[{BIG}]) [{DIGITS}]|[{DIGITS}{SMALL}]"
    rf"| ?[{BIG}]){{0,30}}"
)
_EAST_START = rf"(?=[\d{DIGITS}{SMALL}만])(?<![\d.])(?<!\d,)"  # the first for speed alone
_EAST_QUANTITY = re.compile(rf"{_EAST_START}({_EAST_NUMBER}) ?(?:여 ?|多)?({_EAST_UNIT})")
_EAST_ALONE = re.compile(rf"{_EAST_START}{_EAST_NUMBER}")
_HAN = re.compile(f"[{HAN}]+")
_WORTH = re.compile(rf"[\d{SMALL}{BIG}\u4e00-\u9fff]")  # 이사 is no 24 by itself
_NATIVE_HEADS = "".join(sorted({word[0] for word in NATIVE_TENS + NATIVE_ONES}))
_NATIVE = re.compile(
    rf"(?=[{_NATIVE_HEADS}])(?<![가-힣])({'|'.join(NATIVE_TENS)})?({'|'.join(NATIVE_ONES)})?"
    rf" ?({_EAST_UNIT})"
)
_CHINESE_SHARE = re.compile(rf"百分之({_EAST_NUMBER})")
_SEVERAL = re.compile("(?:[数數几幾上近好成]|[몇수] ?)$")  # before 百, 천: 数百, 몇 백
_ONE_OR_OTHER = re.compile(  # 两三百, 오륙십: between them, and no 230
    rf"[一二三四五六七八九两兩일이삼사오육륙칠팔구]{{2}} ?[{SMALL}{BIG}]"
)
_HAN_DIGITS = "三四五六七八九"
_FEWEST = 3  # that a single Han digit counts
_WORD = "|".join(ENGLISH_WORDS)
_SCALE = "|".join(ENGLISH_SCALES)
_WEST_NUMBER = (
    rf"(?:{_WRITTEN_OUT}(?: ?(?:{_SCALE})\b)?|"
    rf"\b(?:{_WORD})(?:[ -](?:and )?(?:{_WORD}|{_SCALE}))*\b)"
)
_HEADS = "".join(sorted({word[0] for word in ENGLISH_WORDS}))
_WEST_QUANTITY = (  # how it may begin is said twice, for speed alone
    rf"(?=[\d{_HEADS}$£€₩¥])(?:(?<![\w.,])|(?=[$£€₩¥]))([$£€₩¥]?)({_WEST_NUMBER})"
    rf"(?:[ -]?({_WEST_UNIT})(?![a-z])|[ ]([a-z]{{3,}}))?"
)
_WEST_SMALL = re.compile(_WEST_QUANTITY)  # several times as fast as with IGNORECASE
_WEST_ANY = re.compile(_WEST_QUANTITY, re.IGNORECASE)
_IN_WORDS = LITERALS.of(ENGLISH_WORDS)  # for speed alone: numbers have one of these
_IN_DIGITS = re.compile(r"[\d$£€₩¥]")  # or begin so
_MONEY = {"$": "dollars", "£": "pounds", "€": "euros", "₩": "won", "¥": "yuan", "": ""}
_CODES = {"usd": "dollars", "eur": "euros", "gbp": "pounds", "krw": "won", "cny": "yuan"}
_METRES = re.compile(r"\d ?m$", re.IGNORECASE)  # millions are of money, or counted
_AGED = re.compile(r"\b(?:aged|(?:at )?the age of) $", re.IGNORECASE)
_AGED_ENDS = ("d ", "D ", "f ", "F ")
_IN_YEAR = re.compile(
    r"\b(?:in|since|during|until|till|(?:quake|flood|war|fire|crash|attack)s? of) $",
    re.IGNORECASE,
)
_OF_WHICH = re.compile(  # 17 of its 24 gates
    r" (?:out )?of (?:the |its |their |our |his |her |all )?", re.IGNORECASE
)
_NO_NOUNS = """the and but for was were are has had have that this with from not who which
then than more less per out off they you she his her its percent of all"""
_NO_UNIT = frozenset(_NO_NOUNS.split())
_YEARS = range(1800, 2101)
_MOST = {"day": 31, "month": 12}
_DATES = frozenset({"year", "month", "day"})
_BEFORE = 40  # characters in which the beginning of a range may stand
_CLOSE_BEFORE = 20
_RANGE = (
    re.compile(  # 200-300 people, between 200 and 300; what rose from 200 to 300 is none
        rf"(?<![\w.,])(?<!from )(?:{_WEST_NUMBER}) ?(?:[\-–—~]|to|or|out of) ?(?:every )?$"
        rf"|\bbetween {_WEST_NUMBER}[a-z% ]{{0,12}} and $"
        rf"|[\d{DIGITS}{SMALL}{BIG}] ?(?:[~\-–—]|내지|至|到|或) ?$",
        re.IGNORECASE,
    )
)


_RANGE_ENDS = frozenset("-–—~oOrRfFyYdD지至到或")  # the last letters of each of these


class Numbers:
    """The numbers of a text: those that count something, and the values of all."""

    def __init__(self, text: str) -> None:
        self._plain = plain_digits(text)
        self._western = None if _is_asian(self._plain) else [*_in_the_west(self._plain)]

    @cached_property
    def quantities(self) -> list[Quantity]:
        """What it counts, in order; numbers that count nothing are left out."""
        if self._western is not None:
            found = [*map(_western, self._western), *_parts(self._western)]
        else:
            found = [*map(_eastern, _EAST_QUANTITY.finditer(self._plain))]
            found += map(_share, _CHINESE_SHARE.finditer(self._plain))
            found += map(_native, _NATIVE.finditer(self._plain))
        found += shares(self._plain)
        return sorted([each for each in found if each], key=lambda each: each.span)

    @property
    def values(self) -> frozenset[Amount]:
        """Every number, whether it counts something or not."""
        if self._western is not None:
            return frozenset([_value(each) for each in self._western])
        alone = [each[0] for each in _EAST_ALONE.finditer(self._plain)]
        worth = [east_asian(each) for each in alone if _WORTH.search(each)]
        return frozenset([*worth, *(each.value for each in self.quantities)])


def quantities(text: str) -> list[Quantity]:
    """Give the quantities of `text` in order."""
    return Numbers(text).quantities


def values(text: str) -> frozenset[Amount]:
    """Give every number of `text`, whether it counts something or not."""
    return Numbers(text).values


def _is_asian(plain: str) -> bool:
    """Say whether a text is in a dense script; where half of it is Han, that is sure."""
    han = sum(map(len, _HAN.findall(plain)))
    return 2 * han > len(plain) or script_of(plain) in DENSE


def _in_the_west(plain: str) -> Iterator[re.Match[str]]:
    if not plain.isascii():
        return _WEST_ANY.finditer(plain)
    small = plain.lower()
    if not _IN_WORDS.isdisjoint(LITERALS.within(plain)):
        return _WEST_SMALL.finditer(small)
    first = _IN_DIGITS.search(small)
    return _WEST_SMALL.finditer(small, first.start()) if first else iter(())


def _eastern(found: re.Match[str]) -> Quantity | None:
    value = east_asian(found[1])
    if found[1] in DIGITS and (found[1] not in _HAN_DIGITS or value < _FEWEST):
        return None  # 이 개… is "this", 一个 is "a"
    if _is_rough(found):
        return None
    unit = _WRITTEN[found[2].lower()]
    if unit == "year" and not _is_year(value):
        unit = "years"
    if value > _MOST.get(unit, value) or _ends_range(found, unit):
        return None  # 六十号 is no day: it is number 60
    return Quantity(value, unit, _at(found))


def _native(found: re.Match[str]) -> Quantity | None:
    value = native_korean(found[1], found[2])
    return (
        Quantity(value, _WRITTEN[found[3].lower()], Span(*found.span())) if value else None
    )


def _is_rough(found: re.Match[str]) -> bool:
    """Say whether a number gives no more than its size."""
    start = found.start(1)
    is_unit_alone = found[1][0] in SMALL + BIG
    several = is_unit_alone and _SEVERAL.search(found.string, max(0, start - 2), start)
    return bool(several or _ONE_OR_OTHER.search(found[1]))


def _ends_range(found: re.Match[str], unit: str) -> bool:
    """Say whether a number is the upper end of two between which the true one lies."""
    start = found.start()
    first = max(0, start - _BEFORE)
    if unit in _DATES or found.string[first:start].rstrip()[-1:] not in _RANGE_ENDS:
        return False
    return _RANGE.search(found.string, first, start) is not None


def _share(found: re.Match[str]) -> Quantity | None:
    if _is_rough(found):
        return None
    return Quantity(east_asian(found[1]), "%", Span(*found.span()))


def _western(found: re.Match[str]) -> Quantity | None:
    money, number, written, noun = found.groups("")
    if not is_one_number(number):
        return None
    known = written.lower().replace(" ", "_")
    unit = _MONEY[money] or _WRITTEN.get(known, known)
    unit = unit or ("m" if _is_length(found) else _noun(noun)) or _unit_before(found)
    if not (unit or number.isdigit()):
        return None
    value = _value(found)
    if _is_year(value) and (not unit or _is_of_year(found)):
        unit = "year"
    if not unit or _ends_range(found, unit):
        return None
    return Quantity(value, unit, Span(found.start(1), found.end(2)))


def _value(found: re.Match[str]) -> Amount:
    return english(found[2].rstrip("mM") if _is_length(found) else found[2])


def _is_length(found: re.Match[str]) -> bool:
    """Say whether an m is metres: 300 m high; and not $300 m, nor 5m people."""
    if not found[2].endswith(("m", "M")):  # as hardly any does
        return False
    is_counted = found[1] or found[3] or (found[4] or "").lower().endswith("s")
    return not (is_counted or not _METRES.search(found[2]) or _code_before(found))


def _is_of_year(found: re.Match[str]) -> bool:
    """Say whether a number is a year beside a noun: in 2019 workers, of 1908 killed."""
    before = found.string[max(0, found.start() - _CLOSE_BEFORE) : found.start()]
    is_bare = found[2].isdigit() and not found[1]
    return is_bare and bool(_IN_YEAR.search(before))


def _unit_before(found: re.Match[str]) -> str:
    """Give the unit that stands before a number: USD 780, aged 58."""
    before = found.string[max(0, found.start() - _CLOSE_BEFORE) : found.start()]
    may_be_age = before.endswith(_AGED_ENDS)  # the pattern takes long
    return _code_before(found) or ("age" if may_be_age and _AGED.search(before) else "")


def _code_before(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 4) : found.start()].rstrip()
    return _CODES.get(before[-3:].lower(), "")


def _parts(numbers: Sequence[re.Match[str]]) -> Iterator[Quantity]:
    """Give numbers of which is told of how many they are: they count the same."""
    for one, whole in pairwise(numbers):
        between = one.string[one.end() : whole.start()]
        if len(between) < _CLOSE_BEFORE and _OF_WHICH.fullmatch(between):
            counted = _western(one) or _western(whole)
            if counted and counted.span.start == whole.start(1) and is_one_number(one[2]):
                yield Quantity(_value(one), counted.unit, Span(one.start(1), one.end(2)))


def _is_year(value: Amount) -> bool:
    """Say whether a value may be a year; a range alone would compare it 300 times."""
    return value.denominator == 1 and value.numerator in _YEARS


def _noun(word: str | None) -> str:
    """Give the noun that a number counts, singular, as far as English lets us."""
    plain = (word or "").lower()
    return "" if plain in _NO_UNIT else plain.removesuffix("s")


def _at(found: re.Match[str]) -> Span:
    return Span(found.start(1), found.end(2))
