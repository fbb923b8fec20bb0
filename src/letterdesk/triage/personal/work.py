"""Where somebody works, told so that it leads to her: an employer with a place or a name.

That is how most people are really found: “the nurse at St Brannock’s” needs no name. A
trade alone (“people who work in hospitals”) leads to nobody.
"""

import re
from collections.abc import Iterator, Sequence

from letterdesk.triage.east import HAN
from letterdesk.triage.sentences import places_of
from letterdesk.triage.signal import Span, apart

_Way = tuple[tuple[str, ...], re.Pattern[str]]


def _either(words: str) -> tuple[str, ...]:
    """Give the words that a pattern has to choose from, without choices inside them."""
    whole = words.removeprefix("(?:").removesuffix(")")
    return tuple(re.sub(r"\(\?:[^()]*\)", "", whole).split("|"))


_PLACES = (
    "bakery|café|cafe|school|primary|kindergarten|nursery|shop|store|pharmacy|chemist|"
    "clinic|hospital|surgery|garage|bank|branch|library|bar|pub|restaurant|diner|salon|barber|gym|"
    "church|mosque|temple|office|station|depot|supermarket|market|post office|factory|"
    "plant|warehouse|mill|farm|hotel|hostel|butcher|bookshop|laundry|laundromat|newsroom|embassy|"
    "consulate|town hall|care home|job centre|checkpoint|barracks|university|college"
)
_ROLES = (
    "nurse|doctor|teacher|cook|chef|waiter|waitress|baker|cashier|clerk|manager|owner|driver|"
    "guard|cleaner|janitor|receptionist|secretary|accountant|engineer|mechanic|librarian|"
    "pharmacist|dentist|barber|hairdresser|imam|priest|pastor|headmaster|headmistress|"
    "principal|porter|technician|foreman|interpreter|translator|dispatcher|warden|caretaker"
)
_NAMED = (
    r"(?:St\.? )?[A-Z][\w'’&\-]{1,30}(?: (?:(?:of|and|the|&) )?[A-Z][\w'’&\-]{1,30}){0,3}"
)
_NEAR = (
    r"(?:on|in|near|next to|behind|opposite|beside|across from|at the corner of|off|by|"
    r"outside|under) (?:the |our )?"
)
_WHERE = (
    rf"(?:(?:the|that|our|her|his|a) )?(?:[\w'’\-]+ ){{0,3}}?(?:{_PLACES})s?\b ?"
    rf"{_NEAR}[A-Z0-9][\w'’\-]*(?: [A-Z][\w'’\-]*){{0,3}}"
)
_AT = (  # who works for somebody may do so anywhere
    rf"(?:(?:at|for|in) {_WHERE}|at (?:the )?{_NAMED}(?: (?:{_PLACES}))?"
    rf"|for (?:the )?{_NAMED} (?i:{_PLACES})\b)"
)
# Ways of putting it; for speed alone, words of which each has one, in English at its start.
_ENGLISH: tuple[_Way, ...] = (
    (
        ("work", "employed", "teach", "taught", "cook", "drive", "clean"),
        re.compile(
            rf"\b(?:works?|worked|working|employed|teach(?:es|ing)?|taught|cooks?|drives?|"
            r"clean(?:s|ing)?)"
            r"(?: (?:as|nights|days|part-time|there|now|(?:the )?\w+ shifts?"
            r"|(?:the|a) (?:[a-z]+ )?(?:desk|tills?|counter|bar|door|floor|kitchen))){0,2}"
            rf"(?: an?)?(?: (?:[a-z]+|Year \d+|[Gg]rade \d+)){{0,2}} {_AT}"
        ),
    ),
    (_either(_ROLES), re.compile(rf"\b(?:{_ROLES}) (?:{_AT}|of {_WHERE})")),
    (
        ("runs ", "owns ", "manages "),
        re.compile(
            rf"\b(?:runs|owns|manages) (?:the|that|a) (?:\w+ ){{0,2}}?(?:{_PLACES}) "
            rf"{_NEAR}[A-Z][\w'’\-]*(?: [A-Z][\w'’\-]*){{0,3}}"
        ),
    ),
)
_VERBS = """work works worked working employed teach teaches teaching taught cook cooks
drive drives clean cleans cleaning runs owns manages"""
_TRADES = frozenset([*_VERBS.split(), *_ROLES.split("|")])
_NOT_NAMED = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|I|God|Covid|COVID)\b"
)
_KO_PLACE = (
    "(?:초등학교|중학교|고등학교|대학교|유치원|어린이집|학교|초|중|고|병원|의원|약국|치과|한의원|보건소|"
    "빵집|카페|식당|분식집|치킨집|미용실|마트|편의점|슈퍼|은행|지점|농협|공장|학원|주민센터|동사무소|"
    "구청|시청|군청|경찰서|파출소|지구대|소방서|교회|성당|도서관|주유소|정비소|세탁소|우체국|요양원|"
    "물류센터|대리점|부동산|어학원|체육관|본점|호텔|공사장|서점)"
)
_KO_WORK = (
    "(?:일하|일해|일합|일한|일할|일했|근무하|근무해|근무합|근무한|근무했|근무 중|"
    "알바하|알바 하|알바해|알바했|가르치|다니는 직원|장사하|운영하)"
)
_KO_WHERE = (
    r"(?:[가-힣0-9]{1,8}(?:동|읍|면|리|구|군|시|역|로|길|사거리|터미널|시장)"
    r"(?: ?(?:앞|옆|뒤|근처|\d번 출구|\d번 출구 앞))?(?:에 있는|의)? ?)"
)
_KO_SURE = r"[가-힣0-9]{2,8}(?:동|읍|구|군|역|사거리|터미널|시장)(?: (?:앞|옆|뒤|근처))?"
_KO_PART = r"(?: ?(?:[가-힣]{1,4}(?:코너|매장|창구)|카운터|계산대|주방|\d층))?"
_KO_NAMED = rf"(?:[가-힣A-Za-z0-9]{{2,8}}(?<!그)(?<!이)(?<!저) ?{_KO_PLACE})"
_KO_ROLE = (
    "(?:간호사|의사|약사|교사|선생님|담임|원장|점장|사장|알바생|경비원|요리사|주방장|"
    "영양사|조리원|계산원|교감|교장|지점장|주무관)"
)
_KO_HOUSE = (  # long names of places, after which a rank tells who it is
    "(?:초등학교|중학교|고등학교|대학교|유치원|어린이집|병원|의원|약국|은행|농협|공장|주민센터|구청|시청|"
    "군청|경찰서|파출소|소방서|보건소|도서관|요양원|호텔|우체국|학원|물류|전자|건설|화학|식품|운수)"
)
_KO_RANK = (
    "(?:과장|부장|차장|대리|팀장|반장|실장|소장|주임|계장|교사)"
    "(?!님?들|급|하[다지는면]|되|운전|된)"
)
_KOREAN: tuple[_Way, ...] = (
    (
        _either("과장|부장|차장|대리|팀장|반장|실장|소장|주임|계장|교사"),
        re.compile(
            rf"[가-힣A-Za-z0-9]{{2,8}}(?<!그)(?<!이)(?<!저){_KO_HOUSE} ?"
            rf"(?:[가-힣0-9]{{1,6}}(?:지점|센터|공장|과|팀|부|반|점)(?:에서)? ?)?"
            rf"(?:[가-힣]{{2,3}})?{_KO_RANK}"
        ),
    ),
    (
        _either(_KO_WORK),
        re.compile(rf"{_KO_WHERE}[가-힣]{{0,8}} ?{_KO_PLACE}(?:에서|에) ?{_KO_WORK}"),
    ),
    (_either(_KO_WORK), re.compile(rf"{_KO_NAMED}{_KO_PART}(?:에서|에) ?{_KO_WORK}")),
    (
        _either(_KO_ROLE),
        re.compile(
            rf"(?:{_KO_SURE} |{_KO_NAMED} ?)(?:[가-힣]{{0,6}}{_KO_PLACE} ?)?"
            rf"(?:[가-힣0-9]{{1,4}}(?:과|반|부|팀|층|학년) ?){{0,2}}{_KO_ROLE}"
        ),
    ),
)
_HANGUL, _HAN = re.compile("[가-힣]"), re.compile(f"[{HAN}]")
_KO_GENERAL = re.compile(
    "^(?:대부분|모든|많은|다른|어느|어떤|무슨|동네|근처|우리|여러|그런|이런|저런|일반|국립|공립|사립|"
    "종합|대학|대형|개인|지방|공공|중소|초등|일선|전국|시골|서울시|자기|학교|병원|회사|의료)"
)
_ZH_PLACE = (
    "(?:医院|诊所|小学|中学|大学|学校|幼儿园|托儿所|药店|药房|面包店|蛋糕店|餐馆|饭店|餐厅|面馆|超市|"
    "便利店|银行|支行|工厂|理发店|美容院|派出所|街道办|居委会|村委会|公司|门店|书店|奶茶店|咖啡馆|"
    "(?:电子|服装|制衣|食品|化工|机械|玩具|家具)厂|快递站|物流园|加油站|修车行|洗衣店|邮局|图书馆|养老院|酒店|宾馆|车间|工地|培训班|教堂|清真寺)"
)
_ZH_ROLE = (
    "(?:副(?=[校院所园主科处行])|)(?:护士|医生|老师|组长|科长|教师|班主任|校长|厨师|服务员|收银员|店员|店长|老板娘|老板|经理|保安|保洁员|"
    "司机|会计|药剂师|理发师|主任|行长|柜员|所长|民警|快递员|图书管理员|教练|院长|园长)"
)
_ZH_WORK = "(?:上班|工作|打工|任职|值班|教书|当|做|干活|实习|开了|开)"
_ZH_NAMED = (
    rf"(?:(?![是的在说这那某每很就都没有不个])[\u4e00-\u9fffA-Z]){{2,10}}?{_ZH_PLACE}"
)
_CHINESE = (
    re.compile(
        rf"在({_ZH_NAMED})"
        rf"(?:[\u4e00-\u9fff]{{0,4}}(?:科|部|班|楼|层|柜台|收银台|前台|窗口))?{_ZH_WORK}"
    ),
    re.compile(
        rf"(?<![在去到从])({_ZH_NAMED})"
        r"(?:[\u4e00-\u9fff\d]{0,4}(?:科|部|班|楼|窗口|车间|食堂|厨房))?"
        rf"的?{_ZH_ROLE}"
    ),
)
_ZH_PLACES = _either(_ZH_PLACE)
_ZH_GENERAL = re.compile(
    "(?:如果|正在|另|一家|一所|一个|这家|那家|这个|那个|某|很多|许多|大部分|有些|每个|各|哪|私人|私立|公立|大型|"
    "小|大|当地|附近的|别的|其他|国内|国外|外面|农村|城里|什么|任何|自己|同一|我们|他们|你们|全国|我|"
    "你|他|她|好|所有|其它|中国|美国|日本|乡镇|基层|三甲|地方|的|是|说|去|有|没|不|和)"
)

_ZH_ANY = re.compile("^(?:人民|中心|中医|儿童|妇幼|公安|附属|骨科|口腔)医院$")
_ZH_WITHIN = re.compile("一家|一所|一个|另一|这|那|某|的|是|不|有|去|说|每|很|就|都|没")


def workplaces(text: str) -> list[Span]:
    """Give where a text says where somebody works, in order and apart."""
    found = [*_english(text)]
    if not text.isascii() and _HANGUL.search(text):
        found += _korean(text)
    if not text.isascii() and _HAN.search(text):
        found += _chinese(text)
    return apart(found)


def _english(text: str) -> Iterator[Span]:
    if _TRADES.isdisjoint(text.lower().split()):
        return
    for words, pattern in _ENGLISH:
        for match in _beginning(text, words, pattern):
            if not _NOT_NAMED.search(match[0]):
                yield _trimmed(text, match)


def _beginning(
    text: str, words: Sequence[str], pattern: re.Pattern[str]
) -> Iterator[re.Match[str]]:
    """Give what `finditer` gives of a pattern that begins with one of some words."""
    end = 0
    here = filter(text.__contains__, words)
    for at in sorted([at for word in here for at in places_of(text, word)]):
        if at >= end and (match := pattern.match(text, at)):
            end = match.end()
            yield match


def _ways(text: str, ways: Sequence[_Way]) -> Iterator[re.Match[str]]:
    for words, pattern in ways:
        if any(map(text.__contains__, words)):
            yield from pattern.finditer(text)


def _korean(text: str) -> Iterator[Span]:
    for match in _ways(text, _KOREAN):
        if not _KO_GENERAL.search(match[0]):
            yield _trimmed(text, match)


def _chinese(text: str) -> Iterator[Span]:
    if not any(map(text.__contains__, _ZH_PLACES)):
        return
    for pattern in _CHINESE:
        for match in pattern.finditer(text):
            named = match[1]
            is_any = _ZH_GENERAL.match(named) or _ZH_ANY.match(named)
            if not is_any and not _ZH_WITHIN.search(named):
                yield _trimmed(text, match)


def _trimmed(text: str, match: re.Match[str]) -> Span:
    end = match.start() + len(text[match.start() : match.end()].rstrip(" '’-&"))
    return Span(match.start(), end)
