"""Is it true to the story? Numbers in a comment that differ from the story's.

A moderator stops reading remarks that are wrong, so this one would rather miss: a number
that stands anywhere in the story is right, whatever it counts, and two figures are only
set side by side when something besides their unit says that they are of the same thing. A
number that rounds to the story's is right, too, or one that two figures of one sentence
give. A date is held against the one in the sentence that it is about, or against none.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from math import floor

from letterdesk.triage.figures import dates
from letterdesk.triage.figures.bounds import Bound, bound
from letterdesk.triage.figures.likeness import (
    SMALL_COUNT,
    Sentence,
    is_slip,
    is_swapped,
    sentences,
    words,
)
from letterdesk.triage.figures.numerals import grouped
from letterdesk.triage.figures.quantities import Numbers, quantities, values
from letterdesk.triage.figures.quantity import Amount, Quantity
from letterdesk.triage.figures.shares import SHARE
from letterdesk.triage.passage import passage
from letterdesk.triage.signal import Kind, Signal, joined

_MOST_TOLD = 3
_MOST_READ = 100  # figures of a letter: one with more is a table, and takes long
_MOST_OF_UNIT = 500  # figures of one unit in a story: of more, any may be meant
_NEAR = 100  # the so-manieth part of the story's value: as good as the same
_ENOUGH = 2  # points, of which one is a word that both sentences have
_MOST_POINTS = 4  # for words, so that a slip of a digit still counts among long sentences
_FARTHEST = 20  # times as much, or as little, is of another thing
_CLOSE = 2  # times as much, or as little, in a sentence that speaks of the story
_MOST_OWN = 2  # words of its own in a sentence that is about nothing but the figure
_CLEARLY = 3  # times as far as the nearest figure of a story, the next one is not meant
_THOUSANDS = (1000, 10_000)  # times: a million for a billion, 만 for 억
_MOST_WORKED_OUT = 8  # figures of one unit in a sentence, of which sums are worked out
_ROUNDED = Fraction(5, 4)  # times as much, or as little, is rounded yet
_LEAST_ROUND = 100  # what is rounded, whatever it counts
_NEARLY_ALL = frozenset([Fraction(99), Fraction("99.9")])
_SHARES = frozenset(["%", SHARE])
_MEASURES = frozenset(
    ["%", "won", "dollars", "yuan", "crowns", "km", "m", "kg", "g", "tonnes"]
)
# What writers count of their own lives, whatever the story is about.
_OWN = """years year month day months days hours minutes age cases times places things"""
_OF_ANYBODY = frozenset(_OWN.split())
_AGREES = Signal(
    kind=Kind.FIGURE,
    score=0.0,
    code="figures-agree",
    reason="No number in it differs from the story's.",
)
_Told = tuple[Quantity, Sentence, bool]  # a figure, where it stands, is it in the body
_Pair = tuple[Quantity, Quantity, bool]  # the letter's, the story's, is it in the body


@dataclass(frozen=True)
class _Story:
    """What a story says: figures with their sentences, the body's first."""

    text: str
    figures: Mapping[str, tuple[_Told, ...]]  # by unit
    values: frozenset[Amount]
    worked_out: frozenset[Amount]  # in each sentence, from two figures of one unit
    shares: frozenset[Amount]  # percent that one figure is of another
    words: frozenset[str]


def figure(text: str, *, story: str, beside: str = "") -> Signal:
    """Give the numbers of `text` that count what the story counts, and say otherwise.

    `beside` is what stands around the story's text: headline, caption. It says what each
    of the two says; which of them is right is for a person to see.
    """
    apart = [*_apart(text, _of_story(story, beside))]
    if not apart:
        return _AGREES
    told = [
        f"the story says {_shown(other)}; this says {_shown(each)}"
        for each, other, _ in apart[:_MOST_TOLD]
    ]
    first = told[0][0].upper() + told[0][1:]
    return Signal(
        kind=Kind.FIGURE,
        score=min(1.0, 0.5 + 0.25 * len(apart)),
        spans=joined([each.span for each, _, _ in apart]),
        code="figures-differ",
        facts={"pairs": [_pair(one) for one in apart[:_MOST_TOLD]]},
        reason=f"{'; '.join([first, *told[1:]])}.",
    )


@lru_cache(maxsize=8)
def _of_story(story: str, beside: str) -> _Story:
    """Read a story; comments on one story come one after the other."""
    figures: dict[str, list[_Told]] = {}
    worked_out, shares = set[Amount](), set[Amount]()
    for text in (story, beside):
        for sentence in sentences(text, quantities(text)):
            for one in sentence.figures:
                figures.setdefault(one.unit, []).append((one, sentence, text is story))
            for pair in _of_one_unit(sentence):
                less, more = sorted(pair)
                worked_out |= {more - less, more + less}
                shares |= {Fraction(100 * less, more)}
            worked_out |= {*_portions(sentence)}
    return _Story(
        text=story,
        figures={
            unit: tuple(told)
            for unit, told in figures.items()
            if len(told) <= _MOST_OF_UNIT
        },
        values=values(story) | values(beside),
        worked_out=frozenset(worked_out),
        shares=frozenset(shares),
        words=words(story) | words(beside),
    )


def _of_one_unit(sentence: Sentence) -> Iterator[tuple[Amount, Amount]]:
    """Give the values of two figures of one unit, but for dates, each with each."""
    by_unit: dict[str, set[Amount]] = {}
    for one in sentence.figures:
        if one.value and one.unit not in dates.UNITS:
            by_unit.setdefault(one.unit, set()).add(one.value)
    for found in by_unit.values():
        if len(found) <= _MOST_WORKED_OUT:
            yield from combinations(found, 2)


def _portions(sentence: Sentence) -> Iterator[Amount]:
    """Give how many a share makes of what a sentence counts: two thirds of 870."""
    for share in sentence.figures:
        if share.unit in _SHARES:
            for one in sentence.figures:
                if one.unit not in _SHARES and one.unit not in dates.UNITS:
                    yield round(Fraction(one.value * share.value, 100))


def _apart(text: str, story: _Story) -> Iterator[_Pair]:
    """Give each figure of the letter that differs from the story's, and that one."""
    if not story.figures:
        return
    numbers = Numbers(text)
    found = numbers.quantities[:_MOST_READ]
    may_differ = {each for each in found if _may_differ(each, text, story)}
    if not may_differ:
        return  # as most do: sentences take the longest
    quoted = numbers.values
    for sentence in sentences(text, found):
        if may_differ.isdisjoint(sentence.figures):
            continue
        is_of_other = _is_of_other(sentence, story)
        for each in sentence.figures:
            if each not in may_differ or (is_of_other and each.unit not in dates.UNITS):
                continue
            if other := _differs(each, sentence, story, quoted=quoted):
                yield each, *other


def _is_of_other(sentence: Sentence, story: _Story) -> bool:
    """Say whether a sentence counts what was in another year, long ago, or its own."""
    is_own = sentence.is_own and not sentence.is_of_story
    is_of_then = (
        is_own
        or sentence.is_of_then
        or any(
            one.unit == "year" and one.value not in story.values for one in sentence.figures
        )
    )
    return is_of_then and not any(
        one.unit not in dates.UNITS and one.value in story.values
        for one in sentence.figures
    )


def _may_differ(each: Quantity, text: str, story: _Story) -> bool:
    """Say whether the story has figures of this unit, and none that is the same."""
    same = story.figures.get(each.unit, ())
    if not same or each.value in story.values:
        return False
    if each.unit in dates.UNITS:
        return not any(each.value == other.value for other, _, _ in same)
    if each.unit in _SHARES:
        if each.value % 100 == 0 or each.value in _NEARLY_ALL:
            return False  # 100 % right, 200 % sure
        same = (*story.figures.get("%", ()), *story.figures.get(SHARE, ()))
        if any(_agree(each.value, other) for other in story.shares):
            return False
    meant = bound(text, each.span)
    if any(_agrees(each.value, other.value, meant) for other, _, _ in same):
        return False
    return each.value not in story.worked_out and not (
        each.value >= _LEAST_ROUND
        and (
            any(_rounds(each.value, other, meant) for other in story.values)
            or any(_agree(each.value, other) for other in story.worked_out)
        )
    )


def _agrees(said: Amount, told: Amount, meant: Bound) -> bool:
    """Say whether a value is the story's, or on the side of it that is said."""
    if meant is Bound.AT_LEAST:
        return said * _NEAR <= told * (_NEAR + 1) and told <= 2 * said
    return _agree(said, told) or (
        meant is Bound.AT_MOST and told <= said and said * 4 <= told * 5
    )


def _rounds(said: Amount, told: Amount, meant: Bound) -> bool:
    """Say whether a value is another of the story, rounded; what may be a year is not."""
    is_year = told.denominator == 1 and told.numerator in _WHOLE_YEARS
    return not is_year and _is_within(said, told, _ROUNDED) and _agrees(said, told, meant)


def _differs(
    each: Quantity, sentence: Sentence, story: _Story, *, quoted: frozenset[Amount]
) -> tuple[Quantity, bool] | None:
    """Give the story's figure that this one seems to be meant as, if there is one.

    A figure that the letter has, too, is none that it got wrong, unless it denies it.
    """
    same = story.figures[each.unit]
    wrong = sentence.denied
    if each.unit in dates.UNITS and not wrong:
        return _of_date(each, sentence, story)
    near = [
        one
        for one in same
        if (wrong and one[0].value in wrong)
        or (_is_near(each.value, one[0].value) and one[0].value not in quoted)
    ]
    if not near:
        return None
    known = {other.value for other, _, _ in same}
    is_told = any(one.unit == each.unit and one.value in known for one in sentence.figures)
    meant = None if is_told else _clearly_nearest(each.value, [one for one, _, _ in near])
    rated = [
        (other.value in wrong, points, -_times(each.value, other.value), other)
        for other, there, _ in near
        if (
            points := _points(
                each, sentence, other, there, story, is_alone=other.value == meant
            )
        )
        >= _ENOUGH
        or other.value in wrong
    ]
    if not rated:
        return None
    *_, best = max(rated, key=lambda one: one[:3])
    return next((one, is_of_body) for one, _, is_of_body in same if one.value == best.value)


def _clearly_nearest(said: Amount, told: Sequence[Quantity]) -> Amount | None:
    """Give the value that is near, if the others are much farther."""
    values = sorted({one.value for one in told}, key=lambda one: _times(said, one))
    first, *others = values
    is_far = not others or _times(said, others[0]) >= _CLEARLY * _times(said, first)
    return first if is_far and not any(is_slip(said, other) for other in others) else None


def _of_date(
    each: Quantity, sentence: Sentence, story: _Story
) -> tuple[Quantity, bool] | None:
    """Give the story's date that this one seems to be meant as: the only one it may be."""
    own = {one.value for one in sentence.figures if one.unit == each.unit}
    told = [one for one in story.figures[each.unit] if one[0].value not in own]
    if not any(_is_of_same(each, sentence, other, there) for other, there, _ in told):
        return None  # as most are: to find the sentence takes long
    about = passage(sentence.text, story=story.text).facts.get("at")
    if isinstance(about, list):
        start, end = about
        told = [one for one in told if one[2] and start <= one[0].span.start < end]
    if len({other.value for other, _, _ in told}) != 1:
        return None
    other, there, is_of_body = told[0]
    if not _is_of_same(each, sentence, other, there):
        return None
    is_one = dates.may_be_of_one(each, sentence, other, there)
    return (other, is_of_body) if is_one else None


def _is_of_same(each: Quantity, here: Sentence, other: Quantity, there: Sentence) -> bool:
    """Say whether two sentences with dates have words enough in common, but for months."""
    shared = (here.about & there.about) - dates.MONTHS
    is_slip = each.unit == "year" and is_swapped(each.value, other.value)
    return len(shared) + here.is_of_story + (is_slip and bool(shared)) >= _ENOUGH


def _points(
    each: Quantity,
    here: Sentence,
    other: Quantity,
    there: Sentence,
    story: _Story,
    *,
    is_alone: bool,
) -> int:
    """Give how much says that both figures are of the same thing."""
    shared = min(len(here.about & there.about), _MOST_POINTS)
    if _is_small(each) or _is_small(other):
        return shared + (here.is_of_story if shared else 0)
    points = shared + here.is_of_story
    if is_slip(each.value, other.value):
        points += 2
    elif shared and is_swapped(each.value, other.value):
        points += 1
    if each.unit in _OF_ANYBODY:
        return points
    is_close = here.is_of_story and _times(each.value, other.value) <= _CLOSE
    is_bare = is_alone and each.unit != SHARE and _is_bare(here, there, story)
    return points + is_close + (2 if is_bare else 0)


def _is_small(one: Quantity) -> bool:
    return one.value < SMALL_COUNT and one.unit not in _MEASURES


def _is_bare(sentence: Sentence, there: Sentence, story: _Story) -> bool:
    """Say whether a sentence speaks of nothing that the story does not speak of.

    What it has of the story's words must not be of another sentence alone.
    """
    words = {one for one in sentence.about if isinstance(one, str)}
    own = words - story.words
    return len(own) <= _MOST_OWN and (own == words or not words.isdisjoint(there.about))


def _is_near(said: Amount, told: Amount) -> bool:
    this, that = _as_whole(said, told)
    is_near = 0 < this <= that * _FARTHEST and that <= this * _FARTHEST
    less, more = sorted((this, that))
    is_thousands = less > 0 and any(more == less * times for times in _THOUSANDS)
    return is_near or (is_thousands and is_slip(said, told))


def _is_within(said: Amount, told: Amount, times: Amount) -> bool:
    """Say what `_times` does, without a division: of most numbers that is asked."""
    if not said or not told:
        return False
    less, more = sorted(_as_whole(said, told))
    return more * times.denominator <= less * times.numerator


def _times(said: Amount, told: Amount) -> Amount:
    if not said or not told:
        return Fraction(10**12)
    less, more = sorted(_as_whole(said, told))
    return Fraction(more, less)


def _agree(said: Amount, told: Amount) -> bool:
    """Say whether a value is the story's, perhaps rounded as people round."""
    if not told or not said:
        return said == told
    this, that = _as_whole(said, told)
    between = abs(this - that)
    return between * _NEAR <= that or (  # rounding adds half at most
        between * 2 <= this and said == _rounded(told, like=said)
    )


def _as_whole(said: Amount, told: Amount) -> tuple[int, int]:
    """Give two values as whole numbers as far apart, which are quicker than fractions."""
    return said.numerator * told.denominator, told.numerator * said.denominator


_WHOLE_YEARS = range(1800, 2101)  # a year is never rounded


def _rounded(told: Amount, *, like: Amount) -> Amount:
    """Give `told` with as many digits that count as `like` has."""
    step = Fraction(1)
    if like.denominator == 1:
        step *= 10 ** (len(str(like.numerator)) - len(str(like.numerator).rstrip("0")))
    while like % step:
        step /= 10
    return floor(told / step + Fraction(1, 2)) * step


def _pair(apart: _Pair) -> dict[str, object]:
    """Give what both say, and where in the story's text the other stands, if there."""
    each, other, is_of_body = apart
    return {
        "story": _value(other),
        "this": _value(each),
        "unit": _unit(each),
        "at": [other.span.start, other.span.end] if is_of_body else [],
    }


def _value(quantity: Quantity) -> str:
    if quantity.unit == SHARE:
        return str(round(quantity.value))
    return str(quantity.value) if quantity.unit == "year" else grouped(quantity.value)


def _unit(quantity: Quantity) -> str:
    return "%" if quantity.unit == SHARE else quantity.unit


def _shown(quantity: Quantity) -> str:
    if quantity.unit == "year":
        return _value(quantity)
    unit = "" if quantity.unit == "things" else _unit(quantity)
    joint = "" if unit == "%" else " "
    return f"{_value(quantity)}{joint}{unit}".strip()
