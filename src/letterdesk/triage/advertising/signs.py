"""Signs of advertising in a text: what it says, and how it is written.

They are the same in every language, so that what was learnt of them in one holds in the
others; only the phrases that they are recognised by differ.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from string import ascii_lowercase, digits

from letterdesk.triage.east import DENSE
from letterdesk.triage.literals import LITERALS
from letterdesk.triage.normal import Normal, normal
from letterdesk.triage.personal.digits import digits_in, plain_digits, with_plus
from letterdesk.triage.sentences import only, starts, words_in
from letterdesk.triage.signal import Span


class Sign(StrEnum):
    """What advertising does; the words are those of the reason."""

    LINK = "a link"
    NUMBER = "a number to call"  # any digits: triage.spam says it only where one calls
    PRICE = "a sum of money"
    FOLLOW = "a request to subscribe, follow or join"
    VISIT = "a request to look, click or get in touch"
    OWN = "a channel, shop or site of its own"
    FREE = "something for nothing"
    PRIZE = "a prize"
    MONEY = "a way to earn or borrow"
    OFFER = "goods or services"
    GAMBLING = "gambling"
    ADULT = "sex"
    URGENT = "hurry"
    TERMS = "words of small print"
    CROWD = "a call to everybody"
    PLEA = "a plea"
    ACCOUNT = "an account to write to"


@dataclass(frozen=True)
class Found:
    """A sign, and where it stands in the reader's own text."""

    sign: Sign
    span: Span


LANGUAGES = ("en", "ko", "zh")
_INNER = "'&+"  # signs that may stand inside a word, and at its end
_LETTERS = only(ascii_lowercase + digits + _INNER)
_BEFORE_WORD = re.compile(rf"[{_INNER}](?<![a-z0-9{_INNER}].)")
_LINK = re.compile(  # a moment in a video, ?t=219, leads nowhere else
    r"(?:https?:/|www\.|watch\?v|youtu\W?be/)(?!\S{0,60}[?&;]t=\d)[^\s<>\"']{0,200}"
    r"|(?<![\w.@/])[a-z0-9\-]{2,40} ?\. ?"
    r"(?:com|net|org|info|xyz|top|vip|club|shop|site|online|kr|cn|ru|biz|tv|ly)\b"
    r"|(?<![\w.@/])[a-z0-9\-]{2,40}(?:\.[a-z0-9\-]{2,40})?"
    r"\.(?:ai|app|be|bet|cc|co|de|eu|fr|gg|io|it|link|live|me|pw|store|tk|uk|us|win)/\S{0,200}"
    r"|\bdot com\b|[点點]c[o0]m",
    re.IGNORECASE,
)
_NUMBER = re.compile(  # no years, no day, no 857.482.940 views, no laugh (2333333)
    r"(?=\d)(?:(?<![\d.,])(?!(?:19|20)\d\d ?- ?(?:19|20)\d\d\b)(?!(?:19|20)\d\d-\d\d?-\d)"
    r"(?!\d{1,3}(?:[.,]\d{3})+\b)(?!\d{0,3}(\d)\1{4,}(?!\d))"
    r"\d(?:[ \-.]?\d){6,14}(?![\d.,]| ?(?:views|likes|comments|people))"
    r"|\b(?!(\d)\2{4})\d{5}\b)"
)
_PRICE = re.compile(
    r"[$£€¥₩\d](?:(?<=[$£€¥₩])\s?\d[\d.,]{0,20}(?<=\d)"
    r"|(?<=\d)\s?(?:p\b|ppm|pounds?\b|dollars?\b|bucks\b|usd\b|元|块钱|万元|萬|만원|원))",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(  # hb7788 after the name of a messenger, or any name after @ or :
    r"(?:(?:微信|威信|薇信|徽信|[薇微威徽溦]|v信|扣扣?|企鹅|电报|飞机"
    r"|카톡|카카오톡|오픈톡|톡|텔레그램|텔레|텔|라인|아이디"
    r"|(?<![a-z])(?:vx|wx|qq|kakao|kik|skype|snap(?:chat)?|telegram|whats ?app|wechat))"
    r" ?(?:号码?|群|아이디|id)?[ :：@+=]{0,3}(?=[a-z_.\-]{0,20}\d)"
    r"|(?<![a-z])(?:discord|fb|ig|id|insta(?:gram)?|line|snap(?:chat)?|telegram|tg|twitter|v|q)"
    r" ?[:：@] ?@?(?=[a-z_]))[a-z0-9_.\-]{5,30}",
    re.IGNORECASE,
)
# For speed alone: no text without one of these has an account.
_MESSENGERS = LITERALS.of(
    """微 威 薇 徽 溦 信 扣 企鹅 电报 飞机 톡 텔 라인 아이디 vx wx qq kakao kik skype
    snap telegram whats wechat""".split()  # noqa: SIM905 -- a column of words
)
_ADDRESSED = re.compile(
    r"(?:discord|fb|ig|id|insta(?:gram)?|line|snap(?:chat)?|telegram|tg|twitter|v|q)"
    r" ?[:：@]"
)
# For speed alone: no text without one of these has a link.
_IN_LINKS = LITERALS.of(["http", "www.", "watch?v", "youtu", "dot com", "点c", "點c"])
_DOMAIN = re.compile(
    r"\.[a-z]{2,5}/"
    r"|\. ?(?:com|net|org|info|xyz|top|vip|club|shop|site|online|kr|cn|ru|biz|tv|ly)\b"
)
_FEWEST = 5  # digits of a number to call
_DIGIT = re.compile("[0-9]")
_THINGS = """
album albums app apps artwork band bands beat beats blog blogs book books business
chanel chanell chanels channel channels clip clips company cover covers demo ebook
facebook fanpage freestyle fundraiser gameplay gameplays group instagram lyrics mashup
mashups merch mixtape mixtapes montage music page pages playlist playlists podcast
portfolio products profile project projects rap raps remix remixes rhymes services
shop single site song songs store stream track tracks tutorial tutorials twitch
twitter vid video videos vids vlog vlogs website youtube
"""
_OWN_THINGS = frozenset(_THINGS.split())
_OWN = re.compile(
    rf"\b(?:my|our) (?!fav)(?:[^\s.!?,;]+ ){{0,3}}?(?:{'|'.join(sorted(_OWN_THINGS))})\b"
)
_DENSE = re.compile(f"[{DENSE}]")
_HEAD = 2  # characters by which phrases of dense scripts are found
Phrases = dict[str, tuple[tuple[str, Sign], ...]]


def signs(text: str) -> list[Found]:
    """Give the signs in a text, in order; what a longer phrase has taken no other takes."""
    read, plain = normal(text), plain_digits(text)
    found = [
        Found(sign, with_plus(plain, Span(*match.span())))
        for sign, pattern, first in _patterns(plain)
        for match in pattern.finditer(plain, first)
    ]
    found += [Found(sign, read.span(start, end)) for sign, start, end in _spoken(read)]
    return sorted(found, key=lambda each: each.span)


def _patterns(plain: str) -> Iterator[tuple[Sign, re.Pattern[str], int]]:
    """Give the patterns that a text may have, and from where on."""
    count, small, here = digits_in(plain), plain.lower(), LITERALS.within(plain)
    if not here.isdisjoint(_IN_LINKS) or _DOMAIN.search(small):
        yield Sign.LINK, _LINK, 0
    if count >= _FEWEST and (first := _DIGIT.search(plain)):
        yield Sign.NUMBER, _NUMBER, first.start()
    if count:
        yield Sign.PRICE, _PRICE, 0
    if (count and not here.isdisjoint(_MESSENGERS)) or _is_addressed(small):
        yield Sign.ACCOUNT, _ACCOUNT, 0


def _is_addressed(small: str) -> bool:
    may_be = ":" in small or "@" in small or "：" in small
    return may_be and _ADDRESSED.search(small) is not None


def _spoken(read: Normal) -> Iterator[tuple[Sign, int, int]]:
    if not read.text.isascii() and _DENSE.search(read.text):
        yield from _by_characters(read.text)
    yield from _by_words(read.text)


def _by_words(text: str) -> Iterator[tuple[Sign, int, int]]:
    """Give the English phrases, which are whole words."""
    words = words_in(text, _LETTERS)
    if _BEFORE_WORD.search(text):
        words = [*filter(None, [one.lstrip(_INNER) for one in words])]
    if not _OWN_THINGS.isdisjoint(words):
        yield from ((Sign.OWN, *match.span()) for match in _OWN.finditer(text))
    found = [*_phrases_at(words)]
    if not found:
        return
    places = starts(text, words[: found[-1][2]])
    for sign, first, last in found:
        yield sign, places[first], places[last - 1] + len(words[last - 1])


def _phrases_at(words: Sequence[str]) -> Iterator[tuple[Sign, int, int]]:
    """Give the phrases among words: the first of them, and the one after the last."""
    known = _english()
    end = 0
    for at in [at for at, word in enumerate(words) if word in known]:
        if at < end:
            continue
        longer = known[words[at]]
        after = words[at + 1] if at + 1 < len(words) else ""
        for rest, sign in longer.get(after, longer[""]):
            if words[at : at + len(rest)] == rest:
                end = at + len(rest)
                yield sign, at, end
                break


@cache
def _english() -> dict[str, dict[str, list[tuple[list[str], Sign]]]]:
    """Give the English phrases by their first word and the word after, the longest first.

    "" is any other word after: there the first word is all of the phrase.
    """
    found: dict[str, dict[str, list[tuple[list[str], Sign]]]] = {}
    for head, phrases in _phrases("en").items():
        parts = [(phrase.split(" "), sign) for phrase, sign in phrases]
        afters = {"", *(rest[1] for rest, _ in parts if rest[1:])}
        found[head] = {
            after: [one for one in parts if one[0][1:2] in ([], [after])]
            for after in afters
        }
    return found


def _by_characters(text: str) -> Iterator[tuple[Sign, int, int]]:
    """Give the Korean and Chinese phrases, which may stand inside words."""
    known, firsts = _dense_phrases()
    end = 0
    for at in [at for at, char in enumerate(text) if char in firsts]:
        if at < end:
            continue
        for phrase, sign in known.get(text[at : at + _HEAD], ()):
            if text.startswith(phrase, at):
                end = at + len(phrase)
                yield sign, at, end
                break


@cache
def _dense_phrases() -> tuple[Phrases, frozenset[str]]:
    """Give the Korean and Chinese phrases, and the characters that they begin with."""
    known = _phrases("ko") | _phrases("zh")
    return known, frozenset(head[0] for head in known)


@cache
def _phrases(language: str) -> Phrases:
    """Give phrases by their head, the longest first: a word, or two characters."""
    package = files("letterdesk.triage.advertising")
    raw = package.joinpath(f"phrases/{language}.toml").read_bytes()
    found: dict[str, list[tuple[str, Sign]]] = {}
    for name, line in tomllib.loads(raw.decode()).items():
        for phrase in line.split(", "):
            head = phrase.split(" ")[0] if language == "en" else phrase[:_HEAD]
            found.setdefault(head, []).append((phrase, Sign[name.upper()]))
    return {
        head: tuple(sorted(each, key=lambda one: -len(one[0])))
        for head, each in found.items()
    }
