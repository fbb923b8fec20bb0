"""A comment as it sounds when its disguise is taken off, and where each letter came from.

Undone: full-width, circled, mathematical and emoji letters, zero-width characters, marks on
Latin letters, look-alikes, digits for letters, letters set apart by spaces or dots, Hangul
in pieces or broken by a digit, letters held down. A new line is a space like any other:
batches of texts are parted by new lines. The reader's own text is never changed.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from letterdesk.triage.english import is_word, parted
from letterdesk.triage.hangul import FINALS, INITIALS, VOWELS, together
from letterdesk.triage.letters import FOLD, LEET, LOOK_ALIKES
from letterdesk.triage.signal import Span

Rewrite = Callable[[re.Match[str]], str]
Edit = tuple[int, int, str]  # from where, to where, what stands there then

_LATIN = re.compile("[a-z]")
_ODD = re.compile(f"[{''.join(map(re.escape, LOOK_ALIKES))}]")
# Small capitals and the like, which are Latin in a text without another Latin letter, too.
_ODD_LATIN_CLASS = "".join(
    odd for odd in LOOK_ALIKES if unicodedata.name(odd, "").startswith("LATIN")
)
_ODD_LATIN, _ANY_LATIN = (
    re.compile(f"[{letters}{_ODD_LATIN_CLASS}]") for letters in ("", "a-z")
)
_ODD_WORD = re.compile(rf"[a-z{''.join(map(re.escape, LOOK_ALIKES))}]+")
_LEET_CLASS = re.escape("".join(LEET))
_LEET_ENDS = "!+|"  # which may end a sentence as well
_LEET_WORD = re.compile(  # with a sign in it at least
    rf"(?<![^\s\"'(])(?=[a-z]*[{_LEET_CLASS}])[{_LEET_CLASS}a-z]*[a-z][{_LEET_CLASS}a-z]*"
)
_LEET_SHORT = re.compile(  # a contraction, as it's
    rf"(?<![^\s\"(])(?=[a-z']*[{_LEET_CLASS}])[{_LEET_CLASS}a-z]+'[{_LEET_CLASS}a-z]{{1,2}}"
    r"(?![^\s.,:;?)\"])"
)
_LEET_LETTERS = "".join(sign for sign in LEET if sign not in _LEET_ENDS)
_LEET_PAIR = re.compile(  # in each of both; a "!" that ends a word hides nothing
    rf"[{_LEET_CLASS}](?:[a-z']|(?<='.)"  # any sign first: it is found fast
    rf"|(?<=[{_LEET_ENDS}])[{_LEET_LETTERS}]|(?<=[a-z][{_LEET_LETTERS}]))"
)
_LEET_SIGN = re.compile(rf"[{_LEET_CLASS}]")
_ORDINAL = re.compile(
    r"\d+(?:st|nd|rd|th|s|am|pm|k|m|g|d|kg|km|bn|in|ft|x\d+)?$|[a-z]?\d{2,}[a-z]?$|[a-z]+\d+$"
    r"|[bcdfghj-np-tv-xz][5789][bcdfghj-np-tv-xz]$|w3c$|mp[34]s$|\don\d$"  # k8s
    r"|@(?!ss)"
)
_MICRO = re.compile("μ(?:[a-z]|mol|pa|hz|sv)")  # behind a number: 5µm, 10µF
_COUNT = re.compile(r"\d+(?:st|rd|th|s|am|pm|k|m|g|d|in|ft|kg|km|bn|x\d+)$|[a-z]+5$")
_SURE = 3  # letters of a word, known and hidden in digits, that no number looks like
_SEVERAL = 3  # words hidden in digits: then numbers that read like words are words
_LONG = 5  # letters of a word that no list needs to know there
_LEET_TOKEN = re.compile(  # with a digit in it at least
    rf"(?<![^\s\"'(])(?=[a-z]*\d)[a-z{_LEET_LETTERS}]+(?![^\s.,:;!?)'\"]|[.,]\d)"
)
_MAIL = re.compile(r"@[a-z]+\.[a-z]")
_APART = re.compile(
    r"(?<![a-z'])[a-z](?:([ .\-_*~,/|]{1,2})[a-z'](?:\1[a-z'])*\1[a-z])(?![a-z])"
    r"(?P<marks>(?:\1[.,;!?)])*)"
)
_APART_PAIR = re.compile(r"(?<![\w'])[a-z] [a-z](?![\w'])")
_APART_TWO = re.compile(r"[ .\-_*~,/|][a-z][ .\-_*~,/|]{1,2}[a-z](?![a-z])")  # in each
_APART_HANGUL = re.compile(
    r"(?<![가-힣])[가-힣](?:([ .\-_*~,/|^]{1,2})[가-힣](?:\1[가-힣])+)(?![가-힣])"
)
_APART_TWO_HANGUL = re.compile(r"[ .\-_*~,/|^][가-힣][ .\-_*~,/|^]{1,2}[가-힣](?![가-힣])")
# What may follow a number: counted things, and particles.
_COUNTED = (
    "일월년개명번위등차대호시분초원억만천백세살배도층회점인곳당조쪽장편"
    "은는이가를을에의로와과"
)
_BROKEN_HANGUL = re.compile(
    r"[@#*_0-9](?<=[가-힣].)"  # what stands before it is asked second: it is found fast
    rf"(?:(?<=[@#*_])[@#*_]?|(?<!제.)(?<=[0-9])[0-9]?(?![{_COUNTED}]))(?=[가-힣])"
)
_BROKEN_HAN = re.compile(
    r"[@#*^_|+=. ~-](?<=[\u4e00-\u9fff].)[@#*^_|+=. ~-]?(?=[\u4e00-\u9fff])"
)
_STROKE = re.compile(r"[li1|丨](?<=[ㄱ-ㅎ].)(?=[가-힣ㄱ-ㅎ]|$)")
_JAMO = re.compile(rf"[ㄱ-ㅎ][ㅏ-ㅣ](?:[{FINALS[1:]}](?![ㅏ-ㅣ]))?")
_HELD = re.compile(r"(.)\1\1+", re.DOTALL)
_SPACES = re.compile("  +")  # there are no other blanks by then
_IN_WORDS = re.compile(f"[a-zㄱ-ㅣ{''.join(map(re.escape, LOOK_ALIKES))}]")
_BLANKS = dict.fromkeys([place for place in range(128) if chr(place).isspace()], " ")


@dataclass(frozen=True)
class Normal:
    """A comment with its disguise off: for each character, where the reader wrote it."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """Give the reader's stretch for characters `start` to `end` of `text`."""
        return Span(self.starts[start], self.ends[end - 1])

    def within(self, span: Span) -> str:
        """Give what is read in a stretch of what the reader wrote."""
        if isinstance(self.starts, range):  # each character stands where it stood
            return self.text[span.start : span.end]
        first, last = (bisect_left(self.starts, place) for place in span)
        return self.text[first:last]


def reads_alike_in_parts(found: Normal) -> bool:
    """Say whether a text's sentences and clauses alone read as they do in it, for sure.

    Nothing in it is disguised, and it has no letters of which a rule asks what stands
    around their words: Latin ones, those that look like them, pieces of Hangul. Or it is
    plain, and no rule asks: no letters stand apart in it, and no signs in its words.
    """
    text = found.text
    if not isinstance(found.starts, range):
        return False
    if text.isascii():
        return not (_APART_TWO.search(text) or _LEET_PAIR.search(text))
    return not _IN_WORDS.search(text)


@lru_cache(maxsize=1024)
def normal(text: str) -> Normal:
    """Give `text` with its disguise off; one signal after the other asks for the same."""
    found = _folded(text)
    if not found.text.isascii():
        found = _plain_letters(found)
        found = rewritten(found, _STROKE, lambda _: "ㅣ")
        found = rewritten(found, _JAMO, _syllable)
        if _APART_TWO_HANGUL.search(found.text):
            found = rewritten(found, _APART_HANGUL, _closed_up)
        found = rewritten(found, _BROKEN_HANGUL, lambda _: "")
        found = rewritten(found, _BROKEN_HAN, lambda _: "")
    if _LATIN.search(found.text):
        if _APART_TWO.search(found.text):
            found = _closed(found)
        if _LEET_PAIR.search(found.text):
            if "'" in found.text:
                found = rewritten(found, _LEET_SHORT, _plain_contraction)
            found = _without_digits(found)
    found = rewritten(found, _HELD, lambda held: held[1] * 2)
    return rewritten(found, _SPACES, lambda _: " ") if "  " in found.text else found


def _folded(text: str) -> Normal:
    size = len(text)
    if text.isascii():
        return Normal(text.lower().translate(_BLANKS), range(size), range(1, size + 1))
    letters = list(map(FOLD.__getitem__, text))
    folded = "".join(letters)
    if len(folded) == size and all(letters):  # a letter for each letter
        return Normal(folded, range(size), range(1, size + 1))
    starts = [place for place, some in enumerate(letters) for _ in some]
    return Normal(folded, starts, [start + 1 for start in starts])


def rewritten(found: Normal, pattern: re.Pattern[str], rewrite: Rewrite) -> Normal:
    """Give `found` with each match rewritten to something no longer than itself."""
    edits = _edits(found.text, pattern, rewrite)
    return _edited(found, edits) if edits else found


def _edits(text: str, pattern: re.Pattern[str], rewrite: Rewrite) -> list[Edit]:
    return [
        (*match.span(), new)
        for match in pattern.finditer(text)
        if (new := rewrite(match)) != match[0]  # as most are not: an edit takes long
    ]


def _edited(found: Normal, edits: Iterable[Edit]) -> Normal:
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = 0
    for start, end, new in edits:
        text += (found.text[last:start], new)
        new_starts, new_ends = _spread(found, start, end=end, count=len(new))
        starts += found.starts[last:start]
        starts += new_starts
        ends += found.ends[last:start]
        ends += new_ends
        last = end
    if not last:
        return found
    text.append(found.text[last:])
    starts += found.starts[last:]
    ends += found.ends[last:]
    return Normal("".join(text), starts, ends)


def _spread(
    found: Normal, start: int, *, end: int, count: int
) -> tuple[list[int], list[int]]:
    """Share the places `start` to `end` out among `count` characters."""
    if count == end - start:
        return [*found.starts[start:end]], [*found.ends[start:end]]
    edges = [start + (end - start) * number // max(count, 1) for number in range(count + 1)]
    pairs = list(pairwise(edges))
    return [found.starts[a] for a, _ in pairs], [found.ends[b - 1] for _, b in pairs]


def _plain_letters(found: Normal) -> Normal:
    """Give Latin letters for their look-alikes, where the writing around them is Latin."""
    odd = len(_ODD.findall(found.text))
    if not odd:
        return found
    latin = len(_LATIN.findall(found.text)) + len(_ODD_LATIN.findall(found.text))
    if latin >= odd:
        return rewritten(found, _ODD_WORD, _looks_plain)
    return rewritten(
        found,
        _ODD_WORD,
        lambda word: _looks_plain(word) if _ANY_LATIN.search(word[0]) else word[0],
    )


def _looks_plain(word: re.Match[str]) -> str:
    before = word.string[word.start() - 1] if word.start() else ""
    if before.isdecimal() and _MICRO.fullmatch(word[0]):
        return word[0]
    return "".join(LOOK_ALIKES.get(char, char) for char in word[0])


def _plain_word(found: re.Match[str]) -> str:
    """Give a word with letters for the digits and signs in it; numbers stay numbers."""
    word = found[0]
    body = word.strip(_LEET_ENDS)
    head = word[: word.index(body)]
    signs = len(_LEET_SIGN.findall(body))
    if not signs or _MAIL.search(found.string, found.start(), found.end() + 2):
        return word
    plain = _without_leet(body)
    odd = _ORDINAL.match(body) or signs * 2 > len(body) + 1
    if odd and not (len(plain) >= _SURE and is_word(plain) and not _COUNT.match(body)):
        return word
    return f"{head}{plain}{word[len(head) + len(body) :]}"


def _without_digits(found: Normal) -> Normal:
    """Give letters for digits in words; in several, then in little ones as well: 15, w3."""
    edits = _edits(found.text, _LEET_WORD, _plain_word)
    found = _edited(found, edits)
    if len(edits) < _SEVERAL:
        return found
    return rewritten(found, _LEET_TOKEN, _little_word)


def _little_word(found: re.Match[str]) -> str:
    plain = _without_leet(found[0])
    is_odd = len(plain) < _LONG or _ORDINAL.match(found[0])
    return plain if is_word(plain) or not is_odd else found[0]


def _plain_contraction(found: re.Match[str]) -> str:
    plain = _without_leet(found[0])
    return plain if is_word(plain) else found[0]


def _without_leet(word: str) -> str:
    return "".join(LEET.get(char, char) for char in word)


def _closed_up(apart: re.Match[str]) -> str:
    return apart[0].replace(apart[1], "")


def _closed(found: Normal) -> Normal:
    """Give words for letters set apart, and then for two of them as well: t o."""
    closed = _edited(found, _closed_words(found.text))
    if closed is found:
        return found
    return rewritten(closed, _APART_PAIR, _pair)


def _closed_words(text: str) -> Iterator[Edit]:
    """Give words for letters set apart; between two such words their sign stays."""
    for run in _APART.finditer(text):
        gap = run[1]
        step = 1 + len(gap)
        place = run.start()
        letters = text[place : run.start("marks")][::step]
        for word in parted(letters):
            last = place + step * (len(word) - 1)
            yield place, last + 1, word
            place = last + step
        marks = run["marks"]
        if marks and gap.isspace():
            yield *run.span("marks"), marks.replace(gap, "")


def _pair(apart: re.Match[str]) -> str:
    word = apart[0].replace(" ", "")
    return word if is_word(word) else apart[0]


def _syllable(pieces: re.Match[str]) -> str:
    jamo = pieces[0]
    if jamo[0] not in INITIALS or jamo[1] not in VOWELS:
        return jamo
    return together(*jamo)
