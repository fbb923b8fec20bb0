"""People's names in running text: our own lists of names, and the words around them.

English goes by capitals, Korean by what follows a name, Chinese by what stands before or
after it. No list is ever whole: the rules weigh the context more than the list.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from letterdesk.triage.east import HAN
from letterdesk.triage.sentences import starts
from letterdesk.triage.signal import Span, apart

_WORD = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]++(?:['’\-][A-Za-zÀ-ɏḀ-ỿ]++)*+")
_HANGUL = re.compile("[가-힣]+")
_HAN = re.compile(f"[{HAN}]")
_CALLED = re.compile("(?<![百我咱同贵不本外大改何一随])姓$")
_NOT_GIVEN = re.compile(r"$|[的，。、！？；,.!?;\s)）]")
_POSSESSIVE = re.compile(r"['’]s$")
_PARTICLES = frozenset({"van", "von", "de", "del", "della", "di", "da", "al", "el", "bin"})
_MOST_WORDS = 4
_ACCENTED = [chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))]
_ACCENT = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_PLAIN = str.maketrans("ĐđØøŁł", "DdOoLl") | {
    ord(letter): plain
    for letter in _ACCENTED
    if (plain := unicodedata.normalize("NFD", letter)[0]).isascii()
}


class _Token(NamedTuple):
    """A word in Latin letters: as written, without capitals, and where it stands."""

    written: str
    bare: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        return self.written[0].isupper() and self.written != "I"


class _Tokens(dict[int, _Token]):
    """The words of a text in Latin letters by number, each made when it is asked for."""

    def __init__(self, text: str, words: Sequence[str]) -> None:
        self.count = len(words)
        self._text, self._words = text, words
        self._starts: list[int] = []
        self._end = 0

    def __missing__(self, at: int) -> _Token:
        known = len(self._starts)
        if at >= known:
            some = self._words[known : at + 1]
            self._starts += starts(self._text, some, after=self._end)
            self._end = self._starts[-1] + len(some[-1])
        word, start = self._words[at], self._starts[at]
        token = self[at] = _Token(word, _bare(word), start, start + len(word))
        return token


@cache
def _lists(language: str) -> Mapping[str, frozenset[str]]:
    """Give the lists of a language; words apart by spaces, letters where none are."""
    package = files("letterdesk.triage.personal")
    raw = package.joinpath(f"people/{language}.toml").read_bytes()
    return {
        name: frozenset(line.replace("|", " ").split() if " " in line else line)
        for name, line in tomllib.loads(raw.decode()).items()
    }


@cache
def _chinese_heads() -> frozenset[str]:
    """Give the letters that a Chinese name may begin with."""
    known = _lists("zh")
    return known["surnames"].union(one[0] for one in known["double"])


@cache
def _either(name: str) -> tuple[str, ...]:
    """Give a Chinese list as something that a text may begin or end with."""
    return tuple(_lists("zh")[name])


def names(text: str) -> list[Span]:
    """Give where a text names people, in order and apart."""
    if text.isascii():
        return [*_latin(text)]
    found = [*_latin(_plain(text))]
    if _HANGUL.search(text):
        found += _hangul(text)
    if _HAN.search(text):
        found += _han(text)
    return apart(found)


def bare_words(text: str) -> list[str]:
    """Give the words in Latin letters that may be parts of a name; no titles among them."""
    known = _lists("en")["titles"]
    found = map(_bare, _WORD.findall(_plain(text)))
    return [word for word in found if len(word) > 2 and word not in known]


def _plain(text: str) -> str:
    """Give a text letter for letter without accents, which the lists have none of."""
    return text.translate(_PLAIN) if _ACCENT.search(text) else text


def is_part_of_name(word: str) -> bool:
    """Say whether a word in small letters is an English given name or surname."""
    known = _lists("en")
    return word in known["given"] or word in known["surnames"]


def _latin(text: str) -> Iterator[Span]:
    words = _WORD.findall(text)
    beginnings, dull = _beginnings(), _dull()
    small = " ".join(words).lower().split()  # in one go
    places = [
        at
        for at, (word, plain) in enumerate(zip(words, small, strict=True))
        if plain in beginnings
        or (word != plain and plain not in dull and word[0].isupper() and word != "I")
    ]
    if not places:
        return
    tokens = _Tokens(text, words)
    beyond = 0
    for at in places:
        count = _name_at(text, tokens, at) if at >= beyond else 0
        if count:
            beyond = at + count
            last = tokens[beyond - 1]
            end = last.end - len(last.written) + len(_POSSESSIVE.sub("", last.written))
            yield Span(tokens[at].start, end)


@cache
def _sure(names: str) -> frozenset[str]:
    """Give the English names of a list that are nothing but names."""
    known = _lists("en")
    return known[names] - known["ordinary"] - known["never"]


@cache
def _beginnings() -> frozenset[str]:
    """Give the words that may begin a name without a capital, and their possessives."""
    words = _lists("en")["given"] | _lists("en")["plain_titles"]
    return words.union(word + end for word in words for end in ("'s", "’s"))


@cache
def _dull() -> frozenset[str]:
    """Give the words that begin no name, with or without a capital."""
    known = _lists("en")
    words = known["never"] - known["titles"] - known["plain_titles"]
    return frozenset(word for word in words if word == _bare(word))


def _bare(word: str) -> str:
    """Give a word without capitals and without the ’s of a possessive."""
    small = word.lower()
    return small[:-2] if small.endswith(("'s", "’s")) else small


def _name_at(text: str, tokens: _Tokens, at: int) -> int:
    """Give how many words from `at` on are a person's name, with the title; often none."""
    known = _lists("en")
    first = tokens[at]
    if first.bare in known["titles" if first.is_capital else "plain_titles"]:
        run = _run(text, tokens, at + 1)
        return run + 1 if run and _together(text, first, tokens[at + 1]) else 0
    run = _run(text, tokens, at)
    if not run:
        return _in_small_letters(text, tokens, at)
    following = tokens[at + run].bare if at + run < tokens.count else ""
    if following in known["places"] or tokens[at + run - 1].bare in known["places"]:
        return 0
    return run if _is_person(text, tokens, at, run) else 0


def _is_person(text: str, tokens: _Tokens, at: int, run: int) -> bool:
    known = _lists("en")
    first, last = tokens[at].bare, tokens[at + run - 1].bare
    sure = known["ordinary"]
    is_shouted = tokens[at].written.isupper() and len(first) > 1
    if is_shouted:  # all words look like names
        return run > 1 and first in _sure("given") and last in known["surnames"]
    if _is_introduced(text, tokens, at):
        return True
    if run > 1 and first not in known["given"] and tokens[at + 1].bare in known["given"]:
        return False  # the name begins one word later
    if run == 1:
        follows = tokens[at + 1].bare if at + 1 < tokens.count else ""
        return first in _sure("given") and (
            follows in known["after"] or tokens[at].written.lower() != first
        )
    if first in known["given"]:
        return first not in sure or last in known["surnames"]
    if last in _sure("surnames"):
        return True
    follows = tokens[at + run].bare if at + run < tokens.count else ""
    return follows in known["after"] or (
        run == 2 and at > 0 and tokens[at - 1].bare in known["met"]
    )


def _is_introduced(text: str, tokens: _Tokens, at: int) -> bool:
    """Say whether the word before says that a name comes: my neighbour, called, name is."""
    if not at or not _together(text, tokens[at - 1], tokens[at]):
        return False
    before = tokens[at - 1].bare
    if before in ("is", "was"):
        return at > 1 and tokens[at - 2].bare == "name"
    return before in _lists("en")["before"] and before != "name"


def _run(text: str, tokens: _Tokens, at: int) -> int:
    """Give how many words from `at` on may be parts of one name."""
    never = _lists("en")["never"]
    count = 0
    while at + count < tokens.count and count < _MOST_WORDS:
        here = tokens[at + count]
        if count and not _together(text, tokens[at + count - 1], here):
            break
        if here.bare in _PARTICLES and count and not here.is_capital:
            count += 1
            continue
        if not here.is_capital or here.bare in never:
            break
        count += 1
        if here.written.lower() != here.bare:  # a possessive ends a name
            break
    while count and tokens[at + count - 1].bare in _PARTICLES:
        count -= 1
    return count


def _in_small_letters(text: str, tokens: _Tokens, at: int) -> int:
    """Give two words that are nothing but a given name and a surname, in any letters."""
    if at + 1 >= tokens.count or tokens[at].bare not in _sure("given"):
        return 0
    first, last = tokens[at], tokens[at + 1]
    is_name = last.bare in _sure("surnames") and _together(text, first, last)
    return 2 if is_name else 0


def _together(text: str, one: _Token, other: _Token) -> bool:
    """Say whether nothing but a space, or the dot of a title or an initial, parts them."""
    between = text[one.end : other.start]
    if between in (" ", ". ", "."):
        known = _lists("en")
        return between == " " or len(one.written) == 1 or one.bare in known["titles"]
    return False


def _hangul(text: str) -> Iterator[Span]:
    words = _HANGUL.findall(text)
    known = _lists("ko")
    double, surnames = known["double"], known["surnames"]
    named = [at for at, one in enumerate(words) if one[0] in surnames or one[:2] in double]
    if not named:
        return
    places = starts(text, words)
    for at in named:
        before, after = words[at - 1] if at else "", "".join(words[at + 1 : at + 2])
        if count := _korean_name(words[at], before, after):
            yield Span(places[at], places[at] + count)


def _korean_name(word: str, before: str, after: str) -> int:
    """Give how many syllables of a word that begins with a surname are a name."""
    known = _lists("ko")
    head = 2 if word[:2] in known["double"] else 1
    given, rest = word[head : head + 2], word[head + 2 :]
    if given[:1] not in known["first"] or given[1:] not in known["second"]:
        return 0
    introduced = before in known["before"] and (not rest or rest in known["particles"])
    if _is_titled(rest, after):
        return head + 2
    if not _is_korean_word(word) and (introduced or _may_stand_alone(rest, given)):
        return head + 2
    return 0


def _is_titled(rest: str, after: str) -> bool:
    known = _lists("ko")
    return _without_particle(rest) in known["titles"] or (
        not rest and _without_particle(after) in known["titles"]
    )


def _is_korean_word(word: str) -> bool:
    """Say whether a word begins as an ordinary one does."""
    known = _lists("ko")
    return any(word[:size] in known["never"] for size in (2, 3, 4, 5))


def _may_stand_alone(rest: str, given: str) -> bool:
    """Say whether what has no title and no introduction is a name all the same."""
    known = _lists("ko")
    if rest:
        return rest in known["particles"]
    return given[1] not in known["particles"] and given[1] not in _ENDINGS


_ENDINGS = "인지서해한일고기나라니면며게자적성원장대시리구국민정수"


def _without_particle(word: str) -> str:
    known = _lists("ko")
    if word in known["titles"] or word.removesuffix("님") in known["titles"]:
        return word.removesuffix("님") or word
    for size in (3, 2, 1):
        if word[-size:] in known["particles"] and word[:-size] in known["titles"]:
            return word[:-size]
    return word


def _han(text: str) -> Iterator[Span]:
    known = _lists("zh")
    double, surnames = known["double"], known["surnames"]
    heads = _chinese_heads()
    end = 0
    for at in [at for at, letter in enumerate(text) if letter in heads]:
        if at >= end and (text[at] in surnames or text[at : at + 2] in double):
            count = _chinese_name(text, at) or _surname_alone(text, at)
            if count:
                end = at + count
                yield Span(at, end)


def _chinese_name(text: str, at: int) -> int:
    """Give how many letters from `at` on, where a surname stands, are a name."""
    known = _lists("zh")
    head = 2 if text[at : at + 2] in known["double"] else 1
    introduced = text.endswith(_either("before"), 0, at)
    for size in (2, 1):
        given = text[at + head : at + head + size]
        if len(given) < size or not set(given) <= known["given"] or given in "大小老":
            continue
        end = at + head + size
        if introduced or text.startswith(_either("titles"), end):
            if not _is_word(text, at, size + head):
                return head + size
        elif size == 2 and _is_chinese_person(text, at, end, given):
            return head + size
    return 0


def _surname_alone(text: str, at: int) -> int:
    """Give how many letters are a surname that a text calls so: 那个姓邢的."""
    count = 2 if text[at : at + 2] in _lists("zh")["double"] else 1
    is_one = _CALLED.search(text, max(0, at - 2), at) and _NOT_GIVEN.match(text, at + count)
    return count if is_one else 0


def _is_word(text: str, at: int, count: int) -> bool:
    """Say whether the letters begin with an ordinary word."""
    never = _lists("zh")["never"]
    return any(text[at : at + size] in never for size in range(2, count + 2))


def _is_chinese_person(text: str, at: int, end: int, given: str) -> bool:
    """Say whether letters without a title or an introduction are a name all the same."""
    if _is_word(text, at, end - at) or set(given) & set(_OFTEN):
        return False
    if (
        at
        and text[at - 1]
        in "的是和跟找让被给对向把有与问骂说，。、！？：；“”\n 　「」()（）"
    ):
        return True
    return at == 0


_OFTEN = (
    "一二三大小中国和平正直民新党成功业时利立学合然可若过好心天地生子儿才通达进行动放"
    "自向台多言理维定"
)
