"""A text with marks in it, each with a link to the remark that it belongs to."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from letterdesk.domain.edit import Cut
from letterdesk.domain.text import Html, inline, lines, revealed
from letterdesk.domain.words import Word, words

TONES = ("pencil", "amber", "ink")  # the most serious first
_DIGITS = re.compile(  # to call, or to pay; in Korean with a particle
    "[+(]?[0-9][0-9 ().·/+\\-\u2010-\u2013]{3,30}[\uac00-\ud7a3]{0,3}"
)
_HANGUL = re.compile("[\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff]*")


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A stretch of a text, `start` to `end`, that remark `number` speaks of.

    `label` says in words what the mark says by its colour; `place` is its id on the page.
    """

    start: int
    end: int
    number: int
    place: str
    label: str
    tone: str


def marked(text: str, marks: Sequence[Mark]) -> Html:
    """Give a letter's text as markup for moderators, marks in it; see `text.revealed`."""
    return _with_marks(text, marks, revealed)


def edited(text: str, marks: Sequence[Mark], cuts: Sequence[Cut]) -> Html:
    """Give a letter as `marked` does, what is cut struck out, with its note behind it."""
    return _with_marks(text, marks, revealed, cuts=cuts)


def marked_lines(text: str, marks: Sequence[Mark]) -> Html:
    """Give a text as markup in which a newline is a line break, marks in it."""
    return _with_marks(text, marks, lines)


def shaded(text: str, marks: Sequence[Mark], *, other: Sequence[tuple[int, int]]) -> Html:
    """Give a text as `marked` does, without links; what is in `other` is set apart."""
    sound = _sound(text, marks)
    apart = [pair for pair in other if 0 <= pair[0] < pair[1] <= len(text)]
    spans = [*((one.start, one.end) for one in sound), *apart]
    parts: list[str] = []
    for start, end in _stretches(text, spans):
        words = _stretch(text[start:end], revealed, _over(sound, start, end))
        is_apart = any(one <= start and end <= to for one, to in apart)
        parts.append(f'<em class="apart">{words}</em>' if is_apart else words)
    return Html("".join(parts))


def isolated(text: str) -> Html:
    """Give `text` as markup that keeps to its own direction of writing."""
    return Html(f"<bdi>{inline(text)}</bdi>")


def told(sentence: str, **facts: str) -> Html:
    """Give a sentence as markup; its %(facts)s keep to their own direction of writing.

    A fact that is markup already stays as it is.
    """
    shown = {
        name: fact if isinstance(fact, Html) else isolated(fact)
        for name, fact in facts.items()
    }
    return Html(escape(sentence, quote=False) % shown)


def _with_marks(
    text: str,
    marks: Sequence[Mark],
    shown: Callable[[str], Html],
    *,
    cuts: Sequence[Cut] = (),
) -> Html:
    """Give `text` in stretches that begin and end where a mark, its link or a cut does."""
    sound = _sound(text, marks)
    places = _places(text, [one.end for one in sound]) if sound else []
    spans = [(one.start, one.end) for one in sound]
    spans += [(cut.start, cut.end) for cut in cuts]
    spans += [(place, place) for place in places]
    begun = {cut.start for cut in cuts}
    ended = {cut.end: cut.note for cut in cuts}
    parts: list[str] = []
    for start, end in _stretches(text, spans):
        parts += ["<del>"] if start in begun else []
        parts.append(_stretch(text[start:end], shown, _over(sound, start, end)))
        parts += [_link(one) for one, at in zip(sound, places, strict=True) if at == end]
        parts += ["</del>", _note(ended[end])] if end in ended else []
    return Html("".join(parts))


def _note(note: str) -> str:
    return f"<ins>[{inline(note)}]</ins>" if note else ""


def _places(text: str, ends: Sequence[int]) -> list[int]:
    """Give where the links of marks with these ends stand: no link parts a word."""
    whole = words(text)
    return [_after_word(text, end, whole) for end in ends]


def _after_word(text: str, end: int, whole: Sequence[Word]) -> int:
    """Give the end of the word that `end` lies in, Korean particles and all."""
    at = bisect_left(whole, end, key=lambda word: word.end)
    if at < len(whole) and whole[at].start < end:
        end = whole[at].end
    found = _HANGUL.match(text, end) if _HANGUL.fullmatch(text, end - 1, end) else None
    return found.end() if found else end


def _sound(text: str, marks: Sequence[Mark]) -> list[Mark]:
    return [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]


def _stretches(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    return pairwise(sorted({0, len(text), *(edge for span in spans for edge in span)}))


def _over(marks: Sequence[Mark], start: int, end: int) -> list[Mark]:
    return [one for one in marks if one.start <= start and one.end >= end]


def _stretch(text: str, shown: Callable[[str], Html], over: Sequence[Mark]) -> str:
    if not over:
        return shown(text)
    tone = min((one.tone for one in over), key=TONES.index)
    digits = " mark-digits" if _DIGITS.fullmatch(text) else ""
    return f'<mark class="mark mark-{tone}{digits}">{shown(text)}</mark>'


def _link(mark: Mark) -> str:
    label = escape(mark.label, quote=True)
    return (
        f'<a class="mark-link" id="{mark.place}" href="#remark-{mark.number}" '
        f'aria-label="{label}">{mark.number}</a>'
    )
