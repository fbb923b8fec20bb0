"""Is it civil? A learned score, the words that drive it, and a sentence that says so.

A threat is told by rules, whatever the score, since it may insult nobody.

It sorts a queue; it does not judge. What it learnt from, how good it is and where it
fails is in docs/reference/triage.md.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from letterdesk.triage.emoji import aloud, heard
from letterdesk.triage.model.lexicon import phrases_in
from letterdesk.triage.model.score import chances, heats, logits
from letterdesk.triage.model.sparse import Floats
from letterdesk.triage.model.weights import Weights, weights
from letterdesk.triage.normal import Normal
from letterdesk.triage.signal import Kind, Signal, Span, joined
from letterdesk.triage.threat import threats

MARK = 0.5  # from here on a comment is shown as one that reads as uncivil
CLEARLY = 0.8  # from here on it is harsh: what the desk can veil until it is opened
THREATENS = 0.9  # the least score of what reads like a threat, by rules
_TOGETHER = 16  # texts whose words are looked for at once: of any length, in some memory
_MOST_WORDS = 5
_SHARE = 0.35  # of the hottest word's heat, below which a word is not marked
_WORD = re.compile(r"[^\W_]+(?:['*@#$]+[^\W_]+)*|[^\w\s]{2,}")
_FEW = 4  # letters, too few to tell the warm ones among them
_HAN = re.compile(r"[\u4e00-\u9fff]+")


def scores(texts: Sequence[str], *, language: str) -> Floats | None:
    """Give how uncivil each text reads, 0 to 1; None where we do not know the language."""
    known = weights(language)
    return None if known is None else chances_of(texts, known)


def chances_of(texts: Sequence[str], known: Weights) -> Floats:
    """Give how uncivil each text reads, 0 to 1, by some weights."""
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
    each = [*zip(texts, chances_of(texts, known).tolist(), strict=True)]
    marked = _marked([text for text, score in each if score >= MARK], known)
    found = [threats(text, language=language) for text in texts]
    return [
        _threat(text, score, threat) if threat else _told(text, score, marked.get(text, ()))
        for (text, score), threat in zip(each, found, strict=True)
    ]


def _unknown(language: str) -> Signal:
    return Signal(
        kind=Kind.INCIVILITY,
        score=0.0,
        code="no-model",
        facts={"language": language},
        reason=f"We have no model for this language ({language}): this says nothing.",
    )


def _told(text: str, score: float, spans: tuple[Span, ...]) -> Signal:
    return Signal(
        kind=Kind.INCIVILITY,
        score=score,
        spans=spans,
        code=_code(score),
        reason=_reason(text, score, spans),
    )


def _threat(text: str, score: float, spans: tuple[Span, ...]) -> Signal:
    return Signal(
        kind=Kind.INCIVILITY,
        score=max(score, THREATENS),
        spans=spans,
        code="threat",
        reason=f"It reads like a threat: {_quoted(text, spans)}.",
    )


def _quoted(text: str, spans: tuple[Span, ...]) -> str:
    return ", ".join(f"“{text[span.start : span.end]}”" for span in spans)


def _code(score: float) -> str:
    if score < MARK:
        return "civil"
    return "uncivil-clearly" if score >= CLEARLY else "uncivil-maybe"


def _reason(text: str, score: float, spans: tuple[Span, ...]) -> str:
    if score < MARK:
        return "Nothing in it reads as uncivil to the model."
    how = "clearly reads" if score >= CLEARLY else "may read"
    if not spans:
        return f"It {how} as uncivil; no single word makes it so."
    return f"It {how} as uncivil, above all for {_quoted(text, spans)}."


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
    found = chances_of(texts, replace(known, encoder=None)).tolist()
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
        gap=1,
    )


def _words(text: str, warm: Floats) -> list[tuple[int, int]]:
    """Give words; in Chinese, which parts none, known phrases and other warm letters."""
    if not _HAN.search(text):
        return [found.span() for found in _WORD.finditer(text)]
    known = [pair for pair in phrases_in(text, "zh") if pair[1] - pair[0] > 1]
    level = float(np.quantile(warm, 0.75)) if len(warm) > _FEW else 0.0
    rest = set(np.flatnonzero(warm > max(level, 0.0)).tolist())
    rest.difference_update(place for pair in known for place in range(*pair))
    runs = joined([Span(place, place + 1) for place in rest if text[place].isalnum()])
    return known + [(run.start, run.end) for run in runs]
