"""Is it civil? A learned score, the words that drive it, and a sentence that says so.

A threat is told by rules, whatever the score, since it may insult nobody; and a part
that clearly reads as uncivil is marked, however kind the rest of the comment is.

It sorts a queue; it does not judge. What it learnt from, how good it is and where it
fails is in docs/reference/triage.md.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from letterdesk.triage.chinese import words_in
from letterdesk.triage.emoji import aloud, heard
from letterdesk.triage.in_part import CLEARLY, uncivil_parts
from letterdesk.triage.model.lexicon import phrases_in
from letterdesk.triage.model.score import chances, heats, logits
from letterdesk.triage.model.sparse import Floats
from letterdesk.triage.model.weights import Weights, weights, without_encoder
from letterdesk.triage.normal import Normal
from letterdesk.triage.protected.words import is_word, simplified
from letterdesk.triage.signal import Kind, Signal, Span, joined
from letterdesk.triage.threat import threats

MARK = 0.5  # from here on a comment is shown as one that reads as uncivil
THREATENS = 0.9  # the least score of what reads like a threat, by rules
_TOGETHER = 16  # texts whose words are looked for at once: of any length, in some memory
_MOST_WORDS = 5
_SHARE = 0.35  # of the hottest word's heat, below which a word is not marked
_WORD = re.compile(r"[^\W_]+(?:['*@#$]+[^\W_]+)*|[^\w\s]{2,}")
_FEW = 4  # letters, too few to tell the warm ones among them
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_NOT_HAN = re.compile(r"[^\W_\u4e00-\u9fff]+")
_SAYS_NOTHING = frozenset(
    "的了着过又就都也很太是在吧吗呢啊呀嘛和与把被给从到才还再更最只会人"
) | {*("就是", "都是", "也是", "还是", "这些", "那些", "这个", "那个")}


@dataclass(frozen=True)
class _Read:
    """How uncivil a text reads, and the part of it that makes it so, if not the whole."""

    text: str
    score: float
    part: Span | None = None


def scores(texts: Sequence[str], *, language: str) -> Floats | None:
    """Give how uncivil each text reads, 0 to 1; None where we do not know the language.

    One that reads so in a part alone has MARK.
    """
    known = weights(language)
    if known is None:
        return None
    return np.array([one.score for one in _read(texts, known)], dtype=np.float32)


def chances_of(texts: Sequence[str], known: Weights) -> Floats:
    """Give how uncivil each text reads as a whole, 0 to 1, by some weights."""
    plain = heard(texts, known.settings.language)
    return chances(logits(plain, known), known.settings)


def incivility(text: str, *, language: str, known: Weights | None = None) -> Signal:
    """Give how uncivil `text` reads, with the words that make it so.

    `known` are a desk's own weights; without them the shipped ones count.
    """
    return incivilities([text], language=language, known=known)[0]


def incivilities(
    texts: Sequence[str], *, language: str, known: Weights | None = None
) -> list[Signal]:
    """Give what `incivility` gives of each text, in a fraction of the time."""
    known = known or weights(language)
    if known is None:
        return [_unknown(language) for _ in texts]
    each = _read(texts, known)
    marked = _marked([_heard_in(one) for one in each if one.score >= MARK], known)
    found = [threats(text, language=language) for text in texts]
    return [
        _threat(one, threat) if threat else _told(one, marked.get(_heard_in(one), ()))
        for one, threat in zip(each, found, strict=True)
    ]


def _read(texts: Sequence[str], known: Weights) -> list[_Read]:
    """Read each text as a whole and, where that seems civil, part by part."""
    whole = [*zip(texts, chances_of(texts, known).tolist(), strict=True)]
    parts = uncivil_parts([text for text, score in whole if score < MARK], known)
    return [
        _Read(text, MARK, parts[text]) if text in parts else _Read(text, score)
        for text, score in whole
    ]


def _heard_in(one: _Read) -> str:
    """Give what of a text reads as uncivil."""
    return one.text if one.part is None else one.text[one.part.start : one.part.end]


def _unknown(language: str) -> Signal:
    return Signal(
        kind=Kind.INCIVILITY,
        score=0.0,
        code="no-model",
        facts={"language": language},
        reason=f"We have no model for this language ({language}): this says nothing.",
    )


def _told(one: _Read, words: tuple[Span, ...]) -> Signal:
    first = one.part.start if one.part else 0
    spans = tuple(Span(first + start, first + end) for start, end in words)
    if one.part and not spans:  # it is the encoder that objects, or a pattern
        spans = (one.part,)
    return Signal(
        kind=Kind.INCIVILITY,
        score=one.score,
        spans=spans,
        code=_code(one),
        reason=_reason(one, spans),
    )


def _threat(one: _Read, spans: tuple[Span, ...]) -> Signal:
    return Signal(
        kind=Kind.INCIVILITY,
        score=max(one.score, THREATENS),
        spans=spans,
        code="threat",
        reason=f"It reads like a threat: {_quoted(one.text, spans)}.",
    )


def _quoted(text: str, spans: tuple[Span, ...]) -> str:
    return ", ".join(f"“{text[span.start : span.end]}”" for span in spans)


def _code(one: _Read) -> str:
    if one.part:
        return "uncivil-in-part"
    if one.score < MARK:
        return "civil"
    return "uncivil-clearly" if one.score >= CLEARLY else "uncivil-maybe"


def _reason(one: _Read, spans: tuple[Span, ...]) -> str:
    if one.part:
        found = _quoted(one.text, spans)
        return f"As a whole it reads as civil, but a part of it clearly does not: {found}."
    if one.score < MARK:
        return "Nothing in it reads as uncivil to the model."
    how = "clearly reads" if one.score >= CLEARLY else "may read"
    if not spans:
        return f"It {how} as uncivil; no single word makes it so."
    return f"It {how} as uncivil, above all for {_quoted(one.text, spans)}."


def _marked(texts: Sequence[str], known: Weights) -> dict[str, tuple[Span, ...]]:
    """Give the words that push the score up most, for each text that has some."""
    by_words = _by_tables(texts, known)
    found: dict[str, tuple[Span, ...]] = {}
    for place in range(0, len(by_words), _TOGETHER):
        some = by_words[place : place + _TOGETHER]
        plain = [aloud(text, known.settings.language) for text in some]
        warm = heats([one.text for one in plain], known)
        found |= zip(some, map(_hottest, plain, warm), strict=True)
    return found


def _by_tables(texts: Sequence[str], known: Weights) -> Sequence[str]:
    """Give those that read as uncivil by their words; an encoder objects to the whole."""
    if known.encoder is None or not texts:
        return texts
    found = chances_of(texts, without_encoder(known)).tolist()
    return [text for text, score in zip(texts, found, strict=True) if score >= MARK]


def _hottest(found: Normal, warm: Floats) -> tuple[Span, ...]:
    """Give the words that are as warm as the warmest, nearly, in the reader's own text."""
    words = [
        (float(warm[start:end].sum()), start, end)
        for start, end in _words(found.text, warm)
    ]
    hottest = sorted((word for word in words if word[0] > 0), reverse=True)[:_MOST_WORDS]
    return joined(
        [
            found.span(start, end)
            for warmth, start, end in hottest
            if warmth >= _SHARE * hottest[0][0]
        ],
        gap=0 if _HAN.search(found.text) else 1,
    )


def _words(text: str, warm: Floats) -> list[tuple[int, int]]:
    """Give words; in Chinese, which parts none, known phrases and other warm words."""
    if not _HAN.search(text):
        return [found.span() for found in _WORD.finditer(text)]
    known = [pair for pair in phrases_in(text, "zh") if pair[1] - pair[0] > 1]
    level = max(float(np.quantile(warm, 0.75)) if len(warm) > _FEW else 0.0, 0.0)
    taken = {place for pair in known for place in range(*pair)}
    rest = [
        Span(start, end)
        for start, end in _parted(text)
        if warm[start:end].mean() > level and taken.isdisjoint(range(start, end))
    ]
    return known + [(run.start, run.end) for run in joined(rest)]


def _parted(text: str) -> list[tuple[int, int]]:
    """Give the words of a Chinese text that may say something by themselves."""
    others = [found.span() for found in _NOT_HAN.finditer(text)]
    return [
        (start, end)
        for start, end in words_in(text) + others
        if simplified(text[start:end]) not in _SAYS_NOTHING
        and not _is_half(text, start, end)
    ]


def _is_half(text: str, start: int, end: int) -> bool:
    """Say whether a letter may be half of a word with its neighbour: 人 behind 没有."""
    return end - start == 1 and (
        is_word(text[start - 1 : end] if start else "") or is_word(text[start : end + 1])
    )
