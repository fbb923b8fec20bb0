"""What personal information looks like, in English, Korean and Chinese.

A pattern is tried on text with plain digits. `check` is asked about the digits, and the
letters, of what was found. Numbers may be set apart by spaces, dots, hyphens and tildes,
since that is how people hide them. Runs are bounded, so that no letter takes long.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from letterdesk.triage.literals import LITERALS
from letterdesk.triage.personal.checks import (
    american_id,
    chinese_id,
    iban,
    is_computer,
    korean_id,
    luhn,
)


class Detail(StrEnum):
    """What was found; the words are those of the reason."""

    PHONE = "a phone number"
    MAYBE_PHONE = "what may be a phone number"
    MAIL = "an e-mail address"
    LINK = "a link"
    HANDLE = "an account's name"
    COMPUTER = "an IP address"
    IDENTITY = "an identity number"
    CARD = "a card or account number"
    PLATE = "a number plate"
    ADDRESS = "a street address"
    BIRTH = "a date of birth"
    WORK = "where somebody works"
    NAME = "somebody's name"


@dataclass(frozen=True)
class Pattern:
    """A kind of detail, how it is written, and what its characters must satisfy.

    The others are for speed alone: no text can have it with fewer `digits` together, or
    without one of the strings `among` in small letters, or without a `hint`.
    """

    detail: Detail
    written: re.Pattern[str]
    check: Callable[[str], bool] = bool
    digits: int = 0
    among: tuple[str, ...] = ()
    hint: re.Pattern[str] | None = None


def possible(plain: str, *, digits: int) -> list[Pattern]:
    """Give the patterns that a text with plain digits, so many together, may have."""
    near = _within_reach(min(digits, _MANY), is_ascii=plain.isascii())
    here = LITERALS.within(plain)
    return [
        pattern
        for pattern in near
        if (not pattern.among or not here.isdisjoint(pattern.among))
        and (not pattern.hint or pattern.hint.search(plain))
    ]


@cache
def _within_reach(digits: int, *, is_ascii: bool) -> tuple[Pattern, ...]:
    """Give the patterns that a text with so many digits together may have."""
    some = [pattern for pattern in PATTERNS if pattern.digits <= digits]
    return tuple(filter(None, map(_in_ascii, some)) if is_ascii else some)


def _in_ascii(pattern: Pattern) -> Pattern | None:
    """Give a pattern as a text of nothing but ASCII may have it, if one may."""
    among = tuple(filter(str.isascii, pattern.among))
    foreign = pattern.hint and not pattern.hint.pattern.isascii()
    if foreign or (pattern.among and not among):
        return None
    return replace(pattern, among=among)


_MANY = 20  # digits: no pattern asks for more
_GAP = r"[ .\-~_()\u200b-\u200d\u2060\ufeff]{0,3}"
_ALONE = r"(?<![\d.,\-])"
_ENDED = r"(?!\d)(?![.,\-]\d)"


def _spread(*parts: str, gap: str = _GAP) -> str:
    """Give a pattern of digits that may be set apart: ("0", "1", "[016]", r"\\d" * 7…)."""
    return gap.join(parts)


def _pattern(
    detail: Detail,
    written: str,
    check: Callable[[str], bool] = bool,
    *,
    digits: int = 0,
    among: str = "",
    hint: str = "",
) -> Pattern:
    return Pattern(
        detail,
        re.compile(written, re.IGNORECASE),
        check,
        digits,
        tuple(among.split("|")) if among else (),
        re.compile(hint) if hint else None,
    )


def _exact(
    detail: Detail, written: str, *, digits: int, hint: str = "", among: str = ""
) -> Pattern:
    return replace(
        _pattern(detail, "", digits=digits, hint=hint, among=among),
        written=re.compile(written),
    )


def _is_name(found: str) -> bool:
    """Say whether a handle looks like one: a digit, a line, a dot or an at sign in it."""
    return bool(re.search(r"[@_.]|\d", found))


_DIGITS = [r"\d"] * 20
_SAID = _GAP.replace("3", "4")  # 공일공 다시 …
_KOREAN_MOBILE = _spread("0", "1", "[016789]", *_DIGITS[:7], gap=_SAID) + rf"(?:{_GAP}\d)?"
_KOREAN_ABROAD = rf"\+?82{_GAP}(?:0{_GAP})?" + _spread("1", "0", *_DIGITS[:8])
_KOREAN_HOME = r"0(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|50\d)[ .\-)~]{1,2}\d{3,4}[ .\-~]\d{4}"
_CHINESE_MOBILE = rf"(?:\+?86{_GAP})?" + _spread("1", "[3-9]", *_DIGITS[:9])
_CHINESE_HOME = r"0(?:10|2\d|[3-9]\d{2})[ \-)]{1,2}\d{7,8}"
_AMERICAN = r"(?:\+?1[ .\-]?)?(?:\(\d{3}\) ?|[2-9]\d{2}[ .\-])\d{3}[ .\-]\d{4}"
_BRITISH = (
    r"(?:\+44 ?\(?0?\)?|0(?!\d{3}(?:[ \-]\d{4}){3}))"  # a card has four times four
    r"(?:7\d{3}[ \-]?\d{3}[ \-]?\d{3}|[12]\d{1,3}[ \-]\d{3,4}[ \-]\d{3,4}|"
    r"[3-9]\d{2}[ \-]\d{3}[ \-]\d{4})"
)
_ABROAD = r"\+(?:\d[ ./\-()]{0,3}){8,14}\d"
_NAME = r"@?(?=[a-z0-9_.]*[a-z])[a-z0-9][a-z0-9_.]{2,}[a-z0-9_](?:#\d{4})?"
_TOLD = r"(?:id|name|is|are|me|on|at|아이디|계정|号|號|群|是|[ :：=@])*"
_APPS = (
    r"(?:insta(?:gram)?|snap(?:chat)?|telegram|whats?app|kakao(?:talk)?|wechat|discord|"
    r"facebook|skype|signal|tiktok|onlyfans|gmail|hotmail|line id|ig:|dm(?= @| me))"
)
_APP_NAMES = (
    "insta|snap|telegram|whatapp|whatsapp|kakao|wechat|discord|facebook|skype|signal|tiktok|"
    "onlyfans|gmail|hotmail|line id|ig:|dm"
)
_KOREAN_APP_NAMES = (
    "ㅋㅌ|카톡|카카오톡|톡디|인스타|텔|라인|디스코드|디코|틱톡|위챗|디엠|옾챗"
)
_KOREAN_APPS = (
    r"(?:ㅋㅌ|카톡|카카오톡|톡디|인스타(?:그램)?|텔레(?:그램)?|텔|라인|"
    r"디스코드|디코|틱톡|위챗|디엠|옾챗)"
)
_CHINESE_APPS = (
    r"(?:群号码|群号|群號|微信|薇信|威信|维信|薇❤|v信|vx|wx|加v|加微|加薇|加我v|加我微|加q|加我q|"
    r"扣扣|企鹅|qq|电报|纸飞机|飞机号|抖音|快手|小红书|陌陌|line)"
)
_CHINESE_NUMBER = r"(?:[a-z0-9_\-](?:[a-z0-9_.\-]{2,18})[a-z0-9_\-])"
_STREET = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|"
    r"Pl|Row|Terrace|Square|Crescent|Close|Parkway|Pkwy|Highway|Hwy)"
)
_PAPERS = (
    r"(?:passport|여권|护照|護照|면허|driving licen[cs]e|driver'?s licen[cs]e|"
    r"national insurance|\bni(?= (?:number|no))|身份[证證]|身分[证證]|证件)"
)
_PAPER_NAMES = "passport|여권|护照|護照|면허|licen|insurance|ni n|身份|身分|证件"
_CALLED = r"(?:[ :：#.]|number|no|nr|is|was|번호|号码?|號碼?|[은는이是为為])"
_BANKS = (
    r"(?:은행|농협|신협|수협|새마을금고|우체국|카카오뱅크|카뱅|"
    r"토스뱅크|케이뱅크|국민|신한|하나|기업|계좌)"
)
_KOREAN_PLACE = (
    r"(?:[가-힣]{1,4}(?:시|도|광역시|특별시) ?)?[가-힣]{1,4}(?:구|군|시) ?[가-힣0-9]{1,8}"
    r"(?:로|길|동|읍|면|리|\d가)(?: ?[가-힣]{1,5}리)? ?(?:산 ?)?\d{1,4}"
    r"(?:번길|번지|길)?(?: ?\d{1,4})?"
    r"(?:-\d{1,3})?(?!\d|[년월일시분명번개위%만천백억원])"
)
_CHINESE_ROOM = (
    r"(?:\d{1,4}(?:[号號][楼樓院]?|弄|[栋棟]|幢|[楼樓]|[单單]元|室|座|[层層])?之?){0,5}"
)
_MONTH = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_DAY_OF_MONTH = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?)"
)
_PLATE_LETTERS = (
    "가나다라마바사아자거너더러머버서어저고노도로모보소오조구누두루무부수우주하허호배"
)
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

PATTERNS = (
    _pattern(  # with who signs in there, which looks like the beginning of a mail address
        Detail.LINK,
        r"https?://[^\s/@:<>\"']{1,64}:[^\s/@<>\"']{0,64}@[\w.\-]{1,253}(?::\d+)?(?:/[^\s@<>\"']*)?",
        among="http",
    ),
    _pattern(
        Detail.MAIL,
        r"[a-z0-9][\w.+\-]{0,63}(?:@| ?(?:\(at\)|\[at\]|골뱅이|艾特) ?)[\w\-]{1,63}"
        r"(?:(?:[.。]| ?(?:\(dot\)|\[dot\]|닷|점|点) ?)[a-z]{2,63}){1,9}",
        among="@|(at)|[at]|골뱅이|艾特",
    ),
    _pattern(
        Detail.MAIL,
        r"[a-z0-9][\w.+\-]{0,63} at [a-z0-9\-]{1,63} dot [a-z]{2,}",
        among=" dot ",
    ),
    _pattern(  # with spaces; of a sentence that ends there, no address
        Detail.MAIL,
        r"[a-z0-9][\w.+\-]{0,63}(?:@| @ )[a-z0-9\-]{2,40} ?\. ?"
        r"(?-i:com|net|org|ru|kr|cn|de|fr)\b",
        among="@",
        hint=r"@ |\w @|@[\w\-]+ \. ?",
    ),
    _pattern(
        Detail.MAIL,
        r"[a-z0-9][\w.+\-]{2,63} ?(?:골뱅이|앳|@) ?"
        r"(?:네이버|지메일|다음|한메일|네이트|핫메일)"
        r"(?: ?(?:닷|점|\.) ?(?:컴|넷|com|net))?",
        among="골뱅이|앳|@네|@지|@다|@한|@핫",
    ),
    _pattern(Detail.LINK, r"(?:https?://|www\.)[^\s<>\"']+", among="http|www."),
    _pattern(
        Detail.LINK,
        r"(?<![\w@.])[a-z0-9\-]{1,63}(?:\.[a-z0-9\-]{1,63}){0,9}"
        r"\.(?:com|net|org|kr|cn|io|me|gg|info|xyz|top|vip)(?:/[^\s<>\"']*)?(?![\w.])",
        hint=r"\.\w\w",
    ),
    _pattern(
        Detail.IDENTITY,
        r"(?<!\d)" + _spread("[1-9]", *_DIGITS[:16]) + rf"{_GAP}[\dx]" + r"(?!\d)",
        chinese_id,
        digits=17,
    ),
    _pattern(
        Detail.IDENTITY,
        _ALONE + _spread(*_DIGITS[:6]) + rf"{_GAP}" + _spread(*_DIGITS[:7]) + _ENDED,
        korean_id,
        digits=13,
    ),
    _pattern(
        Detail.IDENTITY, _ALONE + r"\d{3}-\d{2}-\d{4}" + _ENDED, american_id, digits=9
    ),
    _pattern(
        Detail.CARD,
        _ALONE + r"(?:2[2-7]|[3-6]\d)\d{2}(?:[ .\-]?\d{4}){3}" + _ENDED,
        luhn,
        digits=16,
    ),
    _pattern(  # China's, which may have up to 19 digits
        Detail.CARD,
        _ALONE + r"62\d{2}(?:[ .\-]?\d{4}){3}[ .\-]?\d{1,3}" + _ENDED,
        luhn,
        digits=17,
    ),
    _pattern(
        Detail.CARD,
        _ALONE
        + r"(?:0\d{3}([ \-])\d{4}(?:\1\d{4}){2}|3[47]\d{2}[ \-]?\d{6}[ \-]?\d{5})"
        + _ENDED,
        luhn,
        digits=15,
    ),
    _pattern(
        Detail.CARD,
        r"(?:卡号?|账号|帐号|카드|card)\D{0,6}(?:\d[ \-]?){12,18}\d" + _ENDED,
        digits=13,
        among="卡|账号|帐号|카드|card",
    ),
    _pattern(
        Detail.CARD,
        rf"{_BANKS}[^\d\n]{{0,8}}\d{{2,6}}(?:[ \-]?\d{{2,6}}){{2,4}}" + _ENDED,
        digits=6,
        among=_BANKS[3:-1],
    ),
    _pattern(
        Detail.CARD,
        r"\b[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){3,7}(?: ?[a-z0-9]{1,3})?\b",
        iban,
        digits=2,
        hint=r"[0-9](?<=[^\W\d_]{2}[0-9])[0-9]",
    ),
    _pattern(
        Detail.COMPUTER,
        r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)",
        is_computer,
        digits=8,
    ),
    _pattern(
        Detail.COMPUTER,
        r"(?<![\w:.])[23][0-9a-f]{3}(?::[0-9a-f]{0,4}){3,7}(?![\w:]|\.\d)",
        is_computer,
        among=":",
        hint="[23][0-9A-Fa-f]{3}:[0-9A-Fa-f]{0,4}:",
    ),
    _pattern(Detail.PHONE, _ALONE + _KOREAN_MOBILE + _ENDED, digits=10),
    _pattern(Detail.PHONE, r"(?<!\d)" + _KOREAN_ABROAD + _ENDED, digits=12),
    _pattern(Detail.PHONE, _ALONE + _KOREAN_HOME + _ENDED, digits=9),
    _pattern(Detail.PHONE, _ALONE + _CHINESE_MOBILE + _ENDED, digits=11),
    _pattern(Detail.PHONE, _ALONE + _CHINESE_HOME + _ENDED, digits=10),
    _pattern(Detail.PHONE, _ALONE + _AMERICAN + _ENDED, digits=10),
    _pattern(Detail.PHONE, _ALONE + _BRITISH + _ENDED, digits=9),
    _pattern(Detail.PHONE, r"(?<!\d)" + _ABROAD + _ENDED, digits=9, among="+"),
    _pattern(
        Detail.PLATE,
        rf"(?<!\d)\d{{2,3}}[{_PLATE_LETTERS}] ?\d{{4}}(?!\d|[년원명])",
        digits=6,
        hint=rf"[0-9][{_PLATE_LETTERS}] ?[0-9]",
    ),
    _pattern(
        Detail.PLATE,
        rf"[{_PROVINCES}][a-hj-np-z][.· ]?[a-hj-np-z0-9]{{5,6}}(?![a-z0-9])",
        hint=rf"[{_PROVINCES}]\w",
    ),
    _exact(  # Britain's
        Detail.PLATE,
        r"\b[A-HJ-PR-Y][A-HJ-Y][0-7][0-9] [A-HJ-PR-Z]{3}\b",
        digits=2,
        hint="[0-9][0-9] [A-Z]",
    ),
    _exact(
        Detail.PLATE,
        r"\b(?:[Pp]lates?|[Rr]eg(?:istration)?|[Rr]ego)"
        r"(?: (?:number|no\.?|is|was|reads?|of))*"
        r"[ :,]{1,3}(?:[A-Z]{1,3}[ \-]\d{1,4}[ \-][A-Z]{1,3}|[A-Z]{2}-\d\d-\d\d|"
        r"\d{1,4}-(?:[A-Z]{1,4}-\d{1,4}|\d{1,4}-[A-Z]{1,4})|"
        r"[A-Z]{1,3}-[A-Z]{1,2}[ \-]\d{1,4}|"
        r"(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{2,4}[ \-]?[A-Z0-9]{2,4})\b",
        digits=1,
        among="plate|reg",
    ),
    _pattern(  # told to be one, of any country
        Detail.IDENTITY,
        rf"{_PAPERS}{_CALLED}*"
        r"[a-z]{0,3} ?\d(?:[ \-]?\d){5,17}[ \-]?[a-z]?(?![a-z0-9])",
        digits=6,
        among=_PAPER_NAMES,
    ),
    _pattern(  # with letters among the digits
        Detail.IDENTITY,
        rf"{_PAPERS}{_CALLED}+(?<![a-z](?=[a-z0-9]))"
        r"(?=(?:[a-z]{0,9}\d){3})(?=\d{0,9}[a-z])"
        r"(?:(?-i:[A-Z0-9]{7,16})|(?![a-z0-9]{0,9}[a-z]{3})[a-z0-9]{7,16})(?![a-z0-9])",
        digits=1,
        among=_PAPER_NAMES,
    ),
    _pattern(
        Detail.CARD,
        r"\b(?:sort code|account(?: (?:number|no\.?|is))*|iban)[ :#]{1,3}"
        r"(?:\d{2}[ \-]\d{2}[ \-]\d{2}(?!\d)|\d{7,14}(?!\d))",
        digits=6,
        among="sort code|account",
    ),
    _pattern(
        Detail.HANDLE, rf"{_APPS}{_TOLD}(?<=[ :@]){_NAME}", _is_name, among=_APP_NAMES
    ),
    _pattern(
        Detail.HANDLE,
        rf"{_KOREAN_APPS}(?:아이디|id|계정|주소|[은는이 :：])*{_NAME}",
        among=_KOREAN_APP_NAMES,
    ),
    _pattern(
        Detail.HANDLE,
        rf"{_CHINESE_APPS} ?(?:号|號|群|id|是|:|：| )*{_CHINESE_NUMBER}",
        _is_name,
        among=_CHINESE_APPS[3:-1],
    ),
    _exact(
        Detail.ADDRESS,
        r"(?<![\d.,$])\d{1,5}[A-Za-z]? (?:[NSEW]{1,2}\.? )?"
        rf"(?:[A-Z][a-z]+\.? ){{1,3}}{_STREET}\b\.?"
        r"(?:,? (?:[Aa]pt|[Uu]nit|[Ss]uite|#)\.? ?\w+)?",
        digits=1,
        hint="[0-9][A-Za-z]? [A-Z]",
    ),
    _pattern(Detail.ADDRESS, r"\bP\.? ?O\.? ?Box ?\d{1,6}\b", digits=1, among="box"),
    _exact(Detail.ADDRESS, _KOREAN_PLACE, digits=1, hint="[로길동읍면리가산] ?[0-9]"),
    _exact(
        Detail.ADDRESS,
        r"(?:[가-힣A-Za-z]{1,20} ?)?\d{1,4}동 ?\d{2,4}호",
        digits=3,
        hint="동 ?[0-9]",
    ),
    _exact(
        Detail.ADDRESS,
        r"[\u4e00-\u9fff]{2,12}(?:路|街|道|巷|弄|胡同)(?:[一二三四五六七八九十]段)?"
        rf"\d{{1,4}}(?:[号號]院?|弄){_CHINESE_ROOM}",
        digits=1,
        hint="[路街道巷弄同段][0-9]",
    ),
    _exact(
        Detail.ADDRESS,
        rf"[\u4e00-\u9fff]{{2,8}}(?:小区|花园|公寓|苑|新村|家园)\d{{1,3}}(?:栋|幢|号楼|座){_CHINESE_ROOM}",
        digits=1,
        hint="[区园寓苑村][0-9]",
    ),
    _exact(
        Detail.ADDRESS,
        r"(?!在)(?:(?!住在)[\u4e00-\u9fff]){2,12}(?:旅馆|旅店|旅社|宾馆|酒店|招待所|客栈|民宿|公寓|宿舍|大厦)"
        r"(?:[\u4e00-\u9fff]?\d{1,2}(?:栋|幢|号楼|座|[楼层]))?\d{3,4}(?:号房|房(?![间源])|室|房间)",
        digits=3,
        hint="[馆店社所栈宿寓厦楼层栋幢座][0-9]",
    ),
    _pattern(
        Detail.BIRTH,
        # plain_digits reads 일 and 이 before a number as 1 and 2
        r"(?:born(?: on)?|birthday is|date of birth|dob|생년월[일1]|생[일1][은이2]?|"
        rf"出生日期|出生于|生日是?)[ :：]{{0,2}}(?:{_DAY_OF_MONTH},? \d{{4}}|"
        r"\d{4}[.\-/년年 ]{1,2}\d{1,2}[.\-/월月 ]{1,2}\d{1,2}|"
        r"\d{1,2}[./\-]\d{1,2}[./\-]\d{2,4}|\d{6,8})",
        digits=4,
        among="born|birth|dob|생년월|생일|생1|出生|生日",
    ),
    _pattern(  # the day of somebody who lives, and that it is one
        Detail.BIRTH,
        r"(?<![\d.])(?:(?:19[2-9]|20[0-2])\d|\d{2})[.\-/년年] ?\d{1,2}[.\-/월月] ?\d{1,2}"
        r"[일日号1]? ?(?:생(?![각명활산방중긴겼기존태])|出生|生(?![活效产產意]))",
        digits=2,
        hint="[0-9일日号] ?(?:생|出?生)",
    ),
)
LITERALS.of(one for pattern in PATTERNS for one in pattern.among)
