"""Whether two figures are about the same thing: the words around them, and their digits."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from letterdesk.triage.east import HAN
from letterdesk.triage.figures.numerals import ENGLISH_SCALES, ENGLISH_WORDS
from letterdesk.triage.figures.quantities import values
from letterdesk.triage.figures.quantity import Amount, Quantity
from letterdesk.triage.personal.digits import plain_digits
from letterdesk.triage.sentences import sentence_spans
from letterdesk.triage.signal import Span

SMALL_COUNT = 10  # counts below it are of anything: three of us, twice, two sons
_LEAST_STEM = 2  # letters of a word without its ending, and one more
_FEWEST_DIGITS = 3  # of the longer figure, for a digit too many or too few to be a slip
_FIRST_SYLLABLE = ord("가")  # 21 vowels, each with 28 ends, of every initial: Unicode, 3.12
_OPENED = {6: 20, 9: 8, 14: 13, 10: 11}  # vowels of a past: 지 of 져, 오 of 와, 우 of 워
_ENDINGS = frozenset({4, 8, 16, 17, 20})  # ㄴ, ㄹ, ㅁ, ㅂ, ㅆ
_LATIN = re.compile(r"[a-z]{3,}")
_HANGUL = re.compile(r"(?<![\d가-힣])[가-힣]{2,}")
_HAN = re.compile(f"[{HAN}]+")
_COMMON = """
the and but for was were are has had have that this with from not who which then
than more less per out off they you she his her its all any our your their them
there here what when where how why will would can could should may been being into
about over only just some did does done very also too again each every other another
people person persons year years day days hour hours minute minutes month months
week weeks time times crown crowns dollar dollars percent cent won yuan now last
today get got say says said know knows
"""
_COMMON_KOREAN = """
그때 그런 그건 그것 이런 이건 이것 저런 저는 저도 제가 우리 있습 없습 했습 합니
입니 됩니 하는 하고 해서 했다 한다 있는 있다 없는 없다 때문 정말 지금 그리 그래
그러 하지 다시 같은 같습 이번 지난 모두 가운 가량 정도 무려 아니 이었 였습 것입
것이 나라 면서
"""
_NO_WORDS = frozenset([*_COMMON.split(), *ENGLISH_WORDS, *ENGLISH_SCALES])
_NO_KOREAN = frozenset(_COMMON_KOREAN.split())
_NO_HAN = frozenset(
    "的了是在我你他她它们这那一个不有就都也和到说要很会可没去来上下里把被让给从对为与及或而"
    "且但只才还再又更最着过吗呢吧啊零二三四五六七八九十百千万亿两几多年月日天号元次"
)


@dataclass(frozen=True)
class Sentence:
    """A sentence in which figures stand: its text, and what else it speaks of."""

    text: str
    start: int  # in the whole text, where the figures have their places
    figures: tuple[Quantity, ...]
    doubted: frozenset[Amount] = frozenset()  # what the sentence before asks: “263?”

    @cached_property
    def about(self) -> frozenset[str | Amount]:
        """What it speaks of: words, and the figures themselves."""
        spans = [one.span for one in self.figures]
        counted = [Span(a - self.start, b - self.start) for a, b in spans]
        amounts = {one.value for one in self.figures if one.value >= SMALL_COUNT}
        return words(self.text, counted=counted) | amounts

    @cached_property
    def denied(self) -> frozenset[Amount]:
        """The numbers of which it says that another is right: “9, not 12”."""
        small = plain_digits(self.text).lower()
        if not any(map(small.__contains__, _DENIALS)):
            return self.doubted  # as most do: the pattern takes long
        found = _NOT_THAT.finditer(small)
        return self.doubted.union(*(values(one[1] or one[2]) for one in found))

    @cached_property
    def is_of_story(self) -> bool:
        """Whether it says what was written or heard, or what is right instead."""
        return bool(_OF_STORY.search(self.text.lower()))

    @cached_property
    def is_of_then(self) -> bool:
        """Whether it remembers days that are gone."""
        return bool(_OF_THEN.search(self.text.lower()))

    @cached_property
    def is_own(self) -> bool:
        """Whether it speaks of what is the writer's."""
        return bool(_OWN.search(self.text.lower()))


def sentences(text: str, figures: Sequence[Quantity]) -> Iterator[Sentence]:
    """Give the sentences of `text` that have figures, which are in order."""
    starts = [one.span.start for one in figures]
    doubted = frozenset[Amount]()
    for start, end in sentence_spans(text) if starts else ():
        inside = tuple(figures[bisect_left(starts, start) : bisect_left(starts, end)])
        if inside:
            yield Sentence(text[start:end], start, inside, doubted)
        doubted = _doubted(text[start:end])


def _doubted(sentence: str) -> frozenset[Amount]:
    """Give the number that is all of a question: “263 people?” gives 263."""
    is_bare = len(sentence) <= _LONGEST_DOUBT and sentence.endswith(("?", "？"))
    if not is_bare or not _ONLY_A_FIGURE.fullmatch(plain_digits(sentence).lower()):
        return frozenset()
    return frozenset(values(sentence))


def words(text: str, *, counted: Collection[Span] = ()) -> frozenset[str]:
    """Give what a text speaks of, without common words and what stands in `counted`.

    Latin words lose their plural; of a Korean word the first two syllables count, of
    Chinese each pair of characters, since neither is parted as English is.
    """
    for start, end in counted:
        text = f"{text[:start]}{'0' * (end - start)}{text[end:]}"
    small = text.lower()
    latin = (one for one in _LATIN.findall(small) if one not in _NO_WORDS)
    hangul = (one[:2] for one in _HANGUL.findall(small) if one[:2] not in _NO_KOREAN)
    pairs = (run[at : at + 2] for run in _HAN.findall(small) for at in range(len(run) - 1))
    return frozenset(
        [
            *map(_bare, latin),
            *map(_stem, hangul),
            *(one for one in pairs if _NO_HAN.isdisjoint(one)),
        ]
    )


@lru_cache(maxsize=8192)
def _bare(word: str) -> str:
    """Give an English word without its ending: killing, killed as kill, gates as gate."""
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + _LEAST_STEM:
            return word.removesuffix(ending)
    return word.removesuffix("s")


@lru_cache(maxsize=8192)
def _stem(two: str) -> str:
    """Give the first two syllables of a word in one form: 숨졌, 숨진, 숨질 as 숨지."""
    if two[1] in "했해":
        return f"{two[0]}하"
    at = ord(two[1]) - _FIRST_SYLLABLE
    initial, vowel, final = at // 588, at % 588 // 28, at % 28
    vowel = _OPENED.get(vowel, vowel)
    final = 0 if final in _ENDINGS else final
    return f"{two[0]}{chr(_FIRST_SYLLABLE + initial * 588 + vowel * 28 + final)}"


def is_slip(said: Amount, told: Amount) -> bool:
    """Say whether one figure is the other with a digit or zeros too many, few, or other."""
    one, other = _counting(said), _counting(told)
    if not one or not other:
        return False
    if one == other:
        return len(one) > 1
    if max(len(one), len(other)) < _FEWEST_DIGITS:
        return False
    return _one_apart(one, other) or is_swapped(said, told)


def is_swapped(said: Amount, told: Amount) -> bool:
    """Say whether one figure is the other with two digits that changed places."""
    if said.denominator != told.denominator:
        return False
    one, other = str(said.numerator), str(told.numerator)
    if len(one) != len(other):
        return False
    apart = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and one[apart[0]] == other[apart[1]]
        and one[apart[1]] == other[apart[0]]
    )


def _counting(value: Amount) -> str:
    """Give the digits of a whole number, without the zeros at its end."""
    return str(value.numerator).rstrip("0") if value.denominator == 1 else ""


def _one_apart(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) == 1
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


_FIGURE = r"(?<![\d,.])[$£€₩¥]?\d[\d,.]{0,24}[만천백억万千百亿]{0,4}"
_DENIALS = ("not", "tead of", "rather than", "不是", "而非", "아니라")
_NOT_THAT = re.compile(
    rf"(?:\bnot|\binstead of|\brather than|不是|而非) ?(?:the |your |in |on )?({_FIGURE})"
    rf"|({_FIGURE}) ?[가-힣]{{1,4}} 아니라 {_FIGURE} ?[가-힣]{{1,4}}?"
    r"(?:입니|이다|이에요|예요|였|이었|이?라[고던는네])",
)

_LONGEST_DOUBT = 40  # characters
_ONLY_A_FIGURE = re.compile(
    r"\W*(?:(?:only|just|really|what|wait|는|才|只有|就|겨우|고작|정말) ?,?)?\W*"
    rf"(?:{_FIGURE}|[零〇一二三四五六七八九十百千万亿两]+)"
    r" ?(?:people|dead|deaths|[人名位]|死?者|명|사람|[a-z]{0,12})?"
    r"(?:[이만]|吗|이?라고|이?요)?\W*"
)
_OWN = re.compile(
    r"\b(?:my|our)\b|(?<![가-힣])(?:내|제|저희|우리) "
    r"|[我咱](?:们?[家村厂的]|们?公司|工资|[爸妈])"
)
_OF_THEN = re.compile(
    r"\b(?:back then|in (?:those|my|our) days?)\b|그때|시절|옛날|예전|那时|那時|小时候|以前"
)
_OF_STORY = re.compile(
    r"\b(?:article|story|headline|report|reported|you (?:say|write|wrote|print)|"
    r"(?:real|right|true|correct|actual) (?:figure|number)|in fact|actually)\b|"
    r"기사|보도|사실은|실제로|다면서|라면서|라던데|다던데|다더니|"
    r"[라다]고 ?(?:쓰|썼|적[었혀으]|하셨|나[오와왔])|"
    r"报道|文章|听说|其实|明明|据说|不是要|你们(?:写|说)|文中|写的是|写成",
)
