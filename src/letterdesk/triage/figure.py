"""Is it true to the story? Numbers in a comment that differ from the story's.

A moderator stops reading remarks that are wrong, so this one would rather miss: a number
that stands anywhere in the story is right, whatever it counts, and two figures are only
set side by side when something besides their unit says that they are of the same thing. A
date is held against the one in the sentence that it is about, or against none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import floor

from letterdesk.triage.figures import dates
from letterdesk.triage.figures.likeness import (
    SMALL_COUNT,
    Sentence,
    is_slip,
    sentences,
    words,
)
from letterdesk.triage.figures.numerals import grouped
from letterdesk.triage.figures.quantities import Numbers, Quantity, quantities, values
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
_MOST_OWN = 3  # words of its own in a sentence that is about nothing but the figure
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
    values: frozenset[Fraction]
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
    for text in (story, beside):
        for sentence in sentences(text, quantities(text)):
            for one in sentence.figures:
                figures.setdefault(one.unit, []).append((one, sentence, text is story))
    return _Story(
        text=story,
        figures={
            unit: tuple(told)
            for unit, told in figures.items()
            if len(told) <= _MOST_OF_UNIT
        },
        values=values(story) | values(beside),
        words=words(story) | words(beside),
    )


def _apart(text: str, story: _Story) -> Iterator[_Pair]:
    """Give each figure of the letter that differs from the story's, and that one."""
    if not story.figures:
        return
    numbers = Numbers(text)
    found = numbers.quantities[:_MOST_READ]
    if not any(_may_differ(each, story) for each in found):
        return  # as most do: sentences take the longest
    quoted = numbers.values
    for sentence in sentences(text, found):
        for each in sentence.figures:
            if not _may_differ(each, story):
                continue
            if other := _differs(each, sentence, story, quoted=quoted):
                yield each, *other


def _may_differ(each: Quantity, story: _Story) -> bool:
    """Say whether the story has figures of this unit, and none that is the same."""
    same = story.figures.get(each.unit, ())
    return (
        bool(same)
        and each.value not in story.values
        and not any(_agree(each.value, other.value) for other, _, _ in same)
    )


def _differs(
    each: Quantity, sentence: Sentence, story: _Story, *, quoted: frozenset[Fraction]
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
    is_alone = len({other.value for other, _, _ in near}) == 1 and not any(
        one.unit == each.unit and one.value in known for one in sentence.figures
    )
    rated = [
        (other.value in wrong, points, -_times(each.value, other.value), other)
        for other, there, _ in near
        if (points := _points(each, sentence, other, there, story, is_alone=is_alone))
        >= _ENOUGH
        or other.value in wrong
    ]
    if not rated:
        return None
    *_, best = max(rated, key=lambda one: one[:3])
    return next((one, is_of_body) for one, _, is_of_body in same if one.value == best.value)


def _of_date(
    each: Quantity, sentence: Sentence, story: _Story
) -> tuple[Quantity, bool] | None:
    """Give the story's date that this one seems to be meant as: the only one it may be."""
    own = {one.value for one in sentence.figures if one.unit == each.unit}
    told = [one for one in story.figures[each.unit] if one[0].value not in own]
    if not any(_is_of_same(sentence, there) for _, there, _ in told):
        return None  # as most are: to find the sentence takes long
    about = passage(sentence.text, story=story.text).facts.get("at")
    if isinstance(about, list):
        start, end = about
        told = [one for one in told if one[2] and start <= one[0].span.start < end]
    if len({other.value for other, _, _ in told}) != 1:
        return None
    other, there, is_of_body = told[0]
    if not _is_of_same(sentence, there):
        return None
    is_one = dates.may_be_of_one(each, sentence, other, there)
    return (other, is_of_body) if is_one else None


def _is_of_same(here: Sentence, there: Sentence) -> bool:
    """Say whether two sentences with dates have words enough in common, but for months."""
    shared = (here.about & there.about) - dates.MONTHS
    return len(shared) + here.is_of_story >= _ENOUGH


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
    points = shared + here.is_of_story + (2 if is_slip(each.value, other.value) else 0)
    if each.unit in _OF_ANYBODY:
        return points
    is_close = here.is_of_story and _times(each.value, other.value) <= _CLOSE
    is_bare = is_alone and _is_bare(here, story)
    return points + is_close + (2 if is_bare else 0)


def _is_small(one: Quantity) -> bool:
    return one.value < SMALL_COUNT and one.unit not in _MEASURES


def _is_bare(sentence: Sentence, story: _Story) -> bool:
    """Say whether a sentence speaks of nothing that the story does not speak of."""
    own = [one for one in sentence.about if isinstance(one, str) and one not in story.words]
    return len(own) <= _MOST_OWN


def _is_near(said: Fraction, told: Fraction) -> bool:
    this, that = _as_whole(said, told)
    return 0 < this <= that * _FARTHEST and that <= this * _FARTHEST


def _times(said: Fraction, told: Fraction) -> Fraction:
    if not said or not told:
        return Fraction(10**12)
    return max(said / told, told / said)


def _agree(said: Fraction, told: Fraction) -> bool:
    """Say whether a value is the story's, perhaps rounded as people round."""
    if not told or not said:
        return said == told
    if told.denominator == 1 and told.numerator in _WHOLE_YEARS:
        return said == told
    this, that = _as_whole(said, told)
    between = abs(this - that)
    return between * _NEAR <= that or (  # rounding adds half at most
        between * 2 <= this and said == _rounded(told, like=said)
    )


def _as_whole(said: Fraction, told: Fraction) -> tuple[int, int]:
    """Give two values as whole numbers as far apart, which are quicker than fractions."""
    return said.numerator * told.denominator, told.numerator * said.denominator


_WHOLE_YEARS = range(1800, 2101)  # a year is never rounded


def _rounded(told: Fraction, *, like: Fraction) -> Fraction:
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
        "unit": each.unit,
        "at": [other.span.start, other.span.end] if is_of_body else [],
    }


def _value(quantity: Quantity) -> str:
    return str(quantity.value) if quantity.unit == "year" else grouped(quantity.value)


def _shown(quantity: Quantity) -> str:
    if quantity.unit == "year":
        return _value(quantity)
    unit = "" if quantity.unit == "things" else quantity.unit
    joint = "" if unit == "%" else " "
    return f"{_value(quantity)}{joint}{unit}".strip()
