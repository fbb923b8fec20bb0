"""Phone numbers as countries write them at home, and numbers that may be one.

Some forms nothing else has. Others a sum or a pair of years has, too: they are looked at
beside a word like "call", or beside another phone number. The countries are named in
docs/reference/triage.md; Korea's, China's, America's and Britain's own forms, and those
with a "+", are in triage.personal.patterns.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from letterdesk.triage.personal.digits import digits_in
from letterdesk.triage.signal import Span


class Form(Enum):
    """How much a number's form says: it is one, it may be one, or nothing by itself."""

    SURE = auto()
    LIKELY = auto()
    OPEN = auto()


@dataclass(frozen=True)
class Phone:
    """Where a number stands, and whether it is surely one."""

    span: Span
    is_sure: bool


@dataclass(frozen=True)
class _Shape:
    form: Form
    digits: range
    written: re.Pattern[str]


FEWEST = 7  # digits together, below which a text has none
_NEAR, _AFTER = 40, 16  # characters before a number, and after it
_SENT = 60  # characters before it, in which all of _TEXTED stands
_DIFFERENT = 4  # digits in a row of single ones
_FRENCH = 5  # pairs of digits
_EVEN = 2  # numbers, whose one step says nothing
_DRAWN = 49  # the highest of six numbers
_AREA = r"0[1-9]\d{0,3}"
_START = r"(?<![0-9A-Za-z_#=&%§$£€₩¥])(?<!\d[.,/:\-])"
_END = r"(?![0-9A-Za-z_%])(?![.,/:\-]\d)"


def _shape(form: Form, written: str, *, digits: tuple[int, int]) -> _Shape:
    fewest, most = digits
    pattern = re.compile(f"{_START}(?:{written}){_END}")
    return _Shape(form, range(fewest, most + 1), pattern)


_SHAPES = (
    # a trunk 0: most of Europe, Turkey, India, Japan, Taiwan, Vietnam, Australia
    _shape(Form.SURE, r"0[1-9]([ .\-])\d{2}(?:\1\d{2}){3}", digits=(10, 10)),
    _shape(
        Form.SURE,
        rf"\({_AREA}\)[ ./\-]{{0,3}}\d{{2,8}}(?:[ .\-]\d{{2,5}}){{0,3}}",
        digits=(9, 12),
    ),
    _shape(Form.SURE, rf"{_AREA} ?/ ?\d{{2,8}}(?:[ ./\-]\d{{2,5}}){{0,3}}", digits=(9, 12)),
    _shape(Form.SURE, rf"{_AREA}(?:[ .\-]{{1,3}}\d{{2,5}}){{2,5}}", digits=(9, 12)),
    _shape(Form.LIKELY, rf"{_AREA}[ .\-]{{1,3}}\d{{5,9}}", digits=(9, 12)),
    _shape(Form.LIKELY, r"0[2-9]\d{8,9}", digits=(10, 11)),
    _shape(Form.LIKELY, r"0(?:[ ._\-]\d){8,11}", digits=(9, 12)),
    # from abroad, with 00
    _shape(Form.SURE, r"00[1-9]\d{0,2}(?:[ ./\-()]{1,3}\d{1,10}){1,6}", digits=(11, 16)),
    _shape(Form.LIKELY, r"00[1-9]\d{8,12}", digits=(11, 15)),
    # Russia and Turkey
    _shape(
        Form.SURE, r"8[ \-]?\(\d{3,5}\)[ \-]?\d{1,3}(?:[ \-]?\d{2}){2}", digits=(11, 11)
    ),
    _shape(Form.SURE, r"[08](?:[ \-]\d{3}){2}[ \-]\d{2}[ \-]?\d{2}", digits=(11, 11)),
    _shape(Form.LIKELY, r"8[ \-]?9\d{2}[ \-]?\d{7}", digits=(11, 11)),
    _shape(Form.LIKELY, r"[2-9]\d{2}[ .\-]\d{3}(?:[ .\-]\d{2}){2}", digits=(10, 10)),
    # an area in parentheses: Brazil, Mexico, Poland, Turkey, Russia
    _shape(
        Form.SURE,
        r"\((?!19\d\d|20\d\d)[1-9]\d{1,3}\) ?\d{3,5}[ .\-]\d{2,4}(?:[ .\-]\d{2})?",
        digits=(9, 11),
    ),
    # Poland, Spain, Italy
    _shape(Form.LIKELY, r"[1-9]\d[ \-]\d{3}[ \-]\d{2}[ \-]\d{2}", digits=(9, 9)),
    _shape(Form.LIKELY, r"[679]\d{2}([ .\-])\d{2}\1\d{2}\1\d{2}", digits=(9, 9)),
    _shape(Form.LIKELY, r"[4-9]\d{2}-\d{3}-\d{3}", digits=(9, 9)),
    _shape(Form.OPEN, r"[4-9]\d{2}([ .])\d{3}\1\d{3}", digits=(9, 9)),
    _shape(Form.LIKELY, r"3[2-9]\d[ .\-/]\d{6,7}", digits=(9, 10)),
    _shape(Form.LIKELY, r"3[2-9]\d[ .\-/]\d{2}[ .]\d{2}[ .]\d{2,3}", digits=(9, 10)),
    # India, Brazil, Mexico
    _shape(Form.LIKELY, r"0?[6-9]\d{4}[ \-]\d{5}(?! \d{5})", digits=(10, 11)),
    _shape(Form.LIKELY, r"[1-9]\d[ \-]9\d{4}[ \-]\d{4}", digits=(11, 11)),
    _shape(Form.OPEN, r"9\d{4}[ \-]\d{4}", digits=(9, 9)),
    _shape(Form.OPEN, r"[2-9]\d[ \-]\d{4}[ \-]\d{4}", digits=(10, 10)),
    # China and America, with slashes
    _shape(Form.LIKELY, r"[1-9]\d{2}/\d{3,4}/\d{4}", digits=(10, 11)),
    # Hong Kong, Singapore, the north of Europe, America at home, and none between
    _shape(Form.OPEN, r"[2-9]\d{3}[ \-]\d{4}", digits=(8, 8)),
    _shape(Form.OPEN, r"[2-9]\d(?: \d{2}){3}|[49]\d{2} \d{2} \d{3}", digits=(8, 8)),
    _shape(Form.OPEN, r"[2-9]\d{2}-\d{4}", digits=(7, 7)),
    _shape(Form.OPEN, r"[2-9]\d{7,9}", digits=(8, 10)),
)
_RUN = re.compile(r"\d[\d ./\-()_]{5,}\d")
_CUE = re.compile(
    r"\b(?:call|phone|ring|dial|telep|tel[ .:]|mobile|cell|whats?app|viber|zalo|sms|"
    r"(?:text|reach) (?:me|him|her|them)|(?:my|his|her|their|your) (?:new )?number|"
    r"ruf|anruf|handy|nummer|erreich|t[ée]l[ée]?[fp]|t[ée]l[ .:]|appel|portable|joign|"
    r"num[ée]r|chiam|cellulare|ll[áa]m|m[óo]vil|celular|me liga|ligue para|zap\b|mobiel|"
    r"bel (?:me|mij|hem|haar)\b|dzwo|zadzwo|kom[óo]rk|aray|ara\b|cep\b|звон|тел[ .:е]|"
    r"номер|моб|вотс|g[ọo]i\b|s[đd]t|[đd]i[ệe]n tho[ạa]i)"
    r"|전화|연락|폰|통화|문자|電話|携帯|电话|手机|手機|聯絡|联系|打给|打給|号码|號碼|"
    r"फोन|फ़ोन|कॉल|मोबाइल|नंबर",
    re.IGNORECASE,
)
_TEXTED = re.compile(
    r"\b(?:te?xt|send|reply|sms|msg)\b[^.!?\n]{1,40}\bto:? $", re.IGNORECASE
)
_OTHER = re.compile(  # what the number is, instead
    r"(?:\b(?:isbn|issn|doi|case|order|invoice|account|ref|reference|ticket|pages?|pp?|"
    r"section|art|article|version|v|ip|flight|train|bus|serial|part|model|patent|iban|vat|"
    r"tax|zip)|"
    r"사건|접수|판결|계좌|주문|조회수|案号|订单|訂單|[№#§])"
    r"\W{0,3}(?:(?:no|nr|number|id|번호|号)\b)?\W{0,3}$",
    re.IGNORECASE,
)
_SUM = re.compile(
    r" ?(?:[€$£¥₽₩₺₹%°]|(?:eur|euros?|usd|dollars?|gbp|pounds?|pln|z[łl]|rub|руб|tl|kr|inr|"
    r"brl|people|votes?|views?|copies|km|kg|m[²³]|tonn?e?s?|million|mil|mio)\b|"
    r"[원명년월건표회]|[元人年万萬票次])",
    re.IGNORECASE,
)
_NO_PHONE = re.compile(  # days, spans of years, times of day, a card, a computer's address
    r"\b\d{1,2}([./\-])\d{1,2}\1(?:19|20)\d{2}"
    r"|\b(?:19|20)\d{2}([./\-])\d{1,2}\2\d{1,2}\b|\b\d{1,2}[./](?:19|20)\d{2}\b"
    r"|\b(?:19|20)\d{2}[ \-](?:19|20)\d{2}\b|^(?:19|20)\d{6}$"
    r"|^\d{4}(?:[ \-]\d{4}){2,}$|^\d{1,3}(?:\.\d{1,3}){3}$"
)
_NEVER = re.compile(  # what a number is, instead, whatever its form
    r"(?:\b(?:isbn|issn|doi|ip)|书号|書號|播放量|点击量|點擊量|阅读量|閱讀量|조회수)"
    r"\W{0,3}(?:(?:no|nr|number|is|was|are|[:：是为為])\b)?\W{0,3}$",
    re.IGNORECASE,
)
_NONE = re.compile(  # a computer's address, scores, numbers below ten with a point
    r"\d{1,3}(?:\.\d{1,3}){3}|\d-\d(?:[ ,]+\d-\d)+|\d\.\d(?:[ ,]+\d\.\d)+"
)
_YEAR = re.compile(r"[\-/](?:19|20)\d{2}[\-/]")  # of a case, perhaps
_PAIRS = re.compile(r"\d{2}(?:[ .\-]{1,3}\d{2})+")
_SINGLE = re.compile(r"\d(?:[ ._\-]\d)+")


def phones(plain: str, *, known: Sequence[Span]) -> Iterator[Phone]:
    """Give the numbers of a text with plain digits; `known` are phone numbers already."""
    if not _RUN.search(plain):
        return
    seen = _seen(plain)
    sure = [*known, *(span for span, form in seen if form is Form.SURE)]
    for span, form in seen:
        is_told = _is_called(plain, span) or any(_is_beside(span, one) for one in sure)
        if form is not Form.OPEN or is_told:
            is_sure = form is Form.SURE or (form is Form.LIKELY and is_told)
            yield Phone(span, is_sure=is_sure)


def is_to_call(plain: str, span: Span) -> bool:
    """Say whether a number of any form stands where one calls or writes to it."""
    start, end = span
    is_none = (
        is_other(plain, span)
        or _NO_PHONE.search(plain[start:end])
        or _OTHER.search(plain, max(0, start - _NEAR), start)
        or _SUM.match(plain, end)
    )
    return not is_none and (
        _is_called(plain, span)
        or _TEXTED.search(plain, max(0, start - _SENT), start) is not None
    )


def is_other(plain: str, span: Span) -> bool:
    """Say whether a number is none to call, though it has the form of one."""
    start, end = span
    if _NEVER.search(plain, max(0, start - _NEAR), start):
        return True
    return bool(_NONE.fullmatch(plain, start, end)) or _counts(plain[start:end])


def _seen(plain: str) -> list[tuple[Span, Form]]:
    """Give what has the form of a number; what one shape has taken no other takes."""
    seen: list[tuple[Span, Form]] = []
    for shape in _SHAPES:
        for match in shape.written.finditer(plain):
            span = _fitting(match, shape)
            form = _form(plain, span, shape) if span else None
            if span and form and not any(_overlap(span, other) for other, _ in seen):
                seen.append((span, form))
    return seen


def _fitting(match: re.Match[str], shape: _Shape) -> Span | None:
    """Give a match, without the groups at its end that are too many for a number."""
    written = match[0]
    if _NO_PHONE.search(written):
        return None
    while digits_in(written) >= shape.digits.stop and " " in written:
        written = written.rpartition(" ")[0]
    if digits_in(written) not in shape.digits:
        return None
    return Span(match.start(), match.start() + len(written))


def _form(plain: str, span: Span, shape: _Shape) -> Form | None:
    """Give how much a number's form says where it stands; nothing when it is none."""
    start, end = span
    written, is_open = plain[start:end], shape.form is Form.OPEN
    if _OTHER.search(plain, max(0, start - _NEAR), start) or is_other(plain, span):
        return None
    is_sum = written.endswith("000") or _SUM.match(plain, end)
    if is_sum and shape.form is not Form.SURE:
        return None
    if _PAIRS.fullmatch(written) and not (is_open or _is_french(written)):
        return None
    if (is_open or _PAIRS.fullmatch(written)) and _goes_on(plain, span):
        return None
    return Form.OPEN if _YEAR.search(written) else shape.form


def _is_french(pairs: str) -> bool:
    """Say whether pairs of digits are five, and not what a lottery draws."""
    each = pairs.split(pairs[2])
    is_drawn = each == sorted(each) and int(each[-1]) <= _DRAWN
    return len(each) == _FRENCH and not is_drawn


def _counts(written: str) -> bool:
    """Say whether numbers go up or down evenly, or single digits are only a few."""
    each = [int(one) for one in re.findall(r"\d+", written)]
    steps = {after - before for before, after in pairwise(each)}
    if len(each) > _EVEN and len(steps) == 1:
        return True
    return bool(_SINGLE.fullmatch(written)) and len(set(each)) < _DIFFERENT


def _goes_on(plain: str, span: Span) -> bool:
    """Say whether further digits stand beside a number: then it is one of a row."""
    before, after = plain[max(0, span.start - 2) : span.start], plain[span.end :][:2]
    return before[:1].isdecimal() or after[1:].isdecimal()


def _is_called(plain: str, span: Span) -> bool:
    """Say whether words beside a number speak of calling."""
    start, end = span
    before = _CUE.search(plain, max(0, start - _NEAR), start)
    return bool(before or _CUE.search(plain, end, end + _AFTER))


def _is_beside(one: Span, other: Span) -> bool:
    return max(one.start - other.end, other.start - one.end) <= _NEAR


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
