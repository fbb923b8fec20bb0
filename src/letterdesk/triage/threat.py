"""Does it threaten somebody? By rules: threats may insult nobody and have no bad word.

“Put a bullet in her head” has no word that the model learnt as uncivil. So it is looked for
who is to do what, and to whom. What stands in quotation marks, or in a sentence that tells
of a threat, a film or a match, is none. Emoji are read aloud: "I'd 🔪 you" is one.
"""

import re
from collections.abc import Iterable, Iterator
from string import ascii_lowercase

from letterdesk.triage.emoji import aloud
from letterdesk.triage.sentences import only, places_of, words_in
from letterdesk.triage.signal import Span, joined
from letterdesk.triage.threats import (
    chinese,
    english,
    english_others,
    english_veiled,
    korean,
)
from letterdesk.triage.threats.rules import Rules

_LETTERS = only(f"{ascii_lowercase}'")  # of a word
_END = re.compile(r"[.!?。！？\n]")
_AFTER = " \n,;:，；：、"  # a threat, where a rule has looked at what is beside it
_BEFORE = f'{_AFTER}.!?"。！？~…'
_NEAR = 40  # characters beside a caution, in which its reason may stand
_FARTHEST = 200  # characters of a sentence, before a threat and after it
_OTHERS = (*english_others.OTHERS.values(), *english_veiled.VEILED.values())
_HINTED_AT = {
    hint: [place for place, other in enumerate(_OTHERS) if hint in other.hints]
    for hint in frozenset().union(*(other.hints for other in _OTHERS))
}
_TELLING = english.VERBS.union(_HINTED_AT)  # words, without which nothing is a threat
_DENSE = {"ko": korean.RULES, "zh": chinese.RULES}  # a few characters mean enough


def threats(text: str, *, language: str) -> tuple[Span, ...]:
    """Give what of `text` reads like a threat; nothing in a language without rules."""
    main = language.split("-")[0].lower()
    read = aloud(text, main)
    if main == "en":
        found = [*_english(read.text)]
    elif main in _DENSE:
        found = [*_dense(read.text, _DENSE[main])]
    else:
        return ()
    return joined([read.span(*_without_edges(read.text, one)) for one in found])


def _without_edges(text: str, span: Span) -> Span:
    """Give a stretch from its first letter to its last: rules look at what is beside it."""
    written = text[span.start : span.end]
    start = span.end - len(written.lstrip(_BEFORE))
    return Span(start, max(start, span.end - len(written) + len(written.rstrip(_AFTER))))


def _english(text: str) -> Iterator[Span]:
    words = _TELLING.intersection(words_in(text, _LETTERS))
    if not words:
        return
    for span in (*_deeds(text, words), *_others(text, words)):
        before = _sentence(text, span).start
        if not (
            _is_quoted(text, span) or english.REPORTED.search(text, before, span.start)
        ):
            yield _with_more(text, span)


def _with_more(text: str, span: Span) -> Span:
    """Give a threat with the deeds that follow it: “I will find you and kill you”."""
    while more := english.more().match(text, span.end):
        span = Span(span.start, more.end())
    return span


def _deeds(text: str, words: frozenset[str]) -> Iterator[Span]:
    """Give deeds with what says before them that they will, or should, be done."""
    for verb in english.VERBS & words:
        for at in places_of(text, verb):
            deed = english.deed().match(text, at)
            meant = deed and english.MEANT.search(text, max(0, at - english.LONGEST), at)
            if deed and meant:
                start = meant.start()
                yield Span(start + (not text[start].isalpha()), deed.end())


def _others(text: str, words: frozenset[str]) -> Iterator[Span]:
    for place in {place for word in words for place in _HINTED_AT.get(word, ())}:
        for match in _OTHERS[place].written.finditer(text):
            yield Span(*match.span())


def _dense(text: str, rules: Rules) -> Iterator[Span]:
    if not rules.hint.search(text):
        return
    for span in (*_spans(rules.threats.values(), text), *_unkind(text, rules)):
        start, end = _sentence(text, span)
        is_told = rules.reported.search(text, start, end) or rules.later.match(
            text, span.end, end
        )
        if not is_told and not _is_quoted(text, span):
            yield span


def _unkind(text: str, rules: Rules) -> Iterator[Span]:
    """Give what tells somebody to take care, without a reason that a friend would have."""
    for span in _spans(rules.cautions.values(), text):
        start, end = max(0, span.start - _NEAR), span.end + _NEAR
        if not rules.kindly.search(text, start, end):
            yield span


def _spans(patterns: Iterable[re.Pattern[str]], text: str) -> Iterator[Span]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield Span(*match.span())


def _sentence(text: str, span: Span) -> Span:
    """Give the sentence around a stretch, or as much of it as may tell of it."""
    first = max(0, span.start - _FARTHEST)
    ends = [match.end() for match in _END.finditer(text, first, span.start)]
    after = _END.search(text, span.end, span.end + _FARTHEST)
    last = after.start() if after else min(len(text), span.end + _FARTHEST)
    return Span(ends[-1] if ends else first, last)


def _is_quoted(text: str, span: Span) -> bool:
    return text.count('"', 0, span.start) % 2 == 1 and '"' in text[span.end :]
