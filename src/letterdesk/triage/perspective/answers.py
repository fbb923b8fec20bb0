"""Scores as the Perspective API gives them, for many requests at once.

Nothing of a request is kept: `doNotStore` is what always happens.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from letterdesk.triage.language import UNKNOWN, guessed
from letterdesk.triage.perspective.asked import Analysis, Suggestion
from letterdesk.triage.perspective.attributes import KNOWN, SCORED
from letterdesk.triage.perspective.refusals import Refused, invalid, not_in_language
from letterdesk.triage.remembered import forgotten
from letterdesk.triage.sentences import sentence_spans
from letterdesk.triage.signal import Span

Answer = dict[str, object]
Scores = Mapping[tuple[str, str, str], float]  # by attribute, language and text
_MOST_NAMED = 60  # characters of an unknown attribute's name


@dataclass(frozen=True, kw_only=True)
class _Settled:
    """A request that can be answered: in which language, by scores of which stretches."""

    asked: Analysis
    languages: list[str]
    detected: str
    scored_in: str
    spans: tuple[Span, ...]

    @property
    def texts(self) -> list[str]:
        """What is scored: the whole, and the stretches."""
        text = self.asked.text
        return [text, *(text[start:end] for start, end in self.spans)]


def analysed(many: Sequence[Analysis]) -> list[Answer | Refused]:
    """Give each request's answer, or why it has none."""
    with forgotten():
        settled = [_tried(asked) for asked in many]
        found = _scores([one for one in settled if isinstance(one, _Settled)])
    return [_answer(one, found) if isinstance(one, _Settled) else one for one in settled]


def stretches(asked: Analysis) -> int:
    """Give how many texts have to be scored for a request: the whole, and its spans."""
    return 1 + len(_spans(asked))


def suggested(asked: Suggestion) -> Answer:
    """Give the answer to a suggested score, which goes no further. Raises Refused."""
    for name, given in (asked.attribute_scores or {}).items():
        if name not in KNOWN:
            raise invalid(f"Unknown attribute: {name[:_MOST_NAMED]}")
        if any(not 0 <= value <= 1 for value in (given.values if given else ())):
            raise invalid(f"A score of {name} is not between 0 and 1")
    answer: Answer = {"requestedLanguages": asked.tags} if asked.tags else {}
    return answer | _token(asked.client_token)


def _tried(asked: Analysis) -> _Settled | Refused:
    try:
        return _settled(asked)
    except Refused as refused:
        return refused


def _settled(asked: Analysis) -> _Settled:
    detected = guessed(asked.text)
    languages = asked.tags or [detected]
    for name in asked.requested_attributes or {}:
        if name not in KNOWN:
            raise invalid(f"Unknown requested attribute: {name[:_MOST_NAMED]}")
    if languages == [UNKNOWN]:
        raise Refused("Unable to detect language", error_type="LANGUAGE_DETECTION_FAILED")
    for name in asked.requested_attributes or {}:
        scored = SCORED[name].languages if name in SCORED else frozenset()
        if not {_bare(tag) for tag in languages} <= scored:
            raise not_in_language(name, languages, detected=not asked.tags)
    return _Settled(
        asked=asked,
        languages=languages,
        detected=detected,
        scored_in=_scored_in(asked, languages, detected),
        spans=_spans(asked),
    )


def _scored_in(asked: Analysis, languages: Sequence[str], detected: str) -> str:
    """Give the language whose model is asked.

    What the writing shows beats what is said of it, where every attribute knows both:
    clients send `en` for sites in languages that the Perspective API did not know.
    """
    both = all(
        detected in SCORED[name].languages for name in asked.requested_attributes or {}
    )
    return detected if both else _bare(languages[0])


def _bare(tag: str) -> str:
    return tag.split("-")[0].lower()


def _spans(asked: Analysis) -> tuple[Span, ...]:
    """Give the sentences when they are asked for; else the whole is the only stretch."""
    return sentence_spans(asked.text) if asked.span_annotations else ()


def _scores(some: Sequence[_Settled]) -> Scores:
    """Give the scores of all texts, those of one attribute and language together."""
    wanted: dict[tuple[str, str], dict[str, None]] = {}
    for one in some:
        for name in one.asked.requested_attributes or {}:
            texts = wanted.setdefault((name, one.scored_in), {})
            texts.update(dict.fromkeys(one.texts))
    return {
        (name, language, text): score
        for (name, language), texts in wanted.items()
        for text, score in zip(
            texts, SCORED[name].score(list(texts), language), strict=True
        )
    }


def _answer(one: _Settled, found: Scores) -> Answer:
    answer: Answer = {}
    scores = {
        name: told
        for name in one.asked.requested_attributes or {}
        if (told := _attribute(one, name, found))
    }
    if scores:  # the Perspective API leaves an empty map out
        answer["attributeScores"] = scores
    answer["languages"] = one.languages
    answer["detectedLanguages"] = [one.detected]
    return answer | _token(one.asked.client_token)


def _attribute(one: _Settled, name: str, found: Scores) -> dict[str, object] | None:
    threshold = one.asked.threshold(name)
    text = one.asked.text
    whole = found[name, one.scored_in, text]
    spans = [
        {"begin": start, "end": end, "score": _score(value)}
        for start, end in one.spans or (Span(0, len(text)),)
        if (value := found[name, one.scored_in, text[start:end]]) >= threshold
    ]
    if whole < threshold:
        return None
    return {"spanScores": spans, "summaryScore": _score(whole)}


def _score(value: float) -> dict[str, object]:
    return {"value": round(value, 7), "type": "PROBABILITY"}


def _token(token: str | None) -> Answer:
    return {"clientToken": token} if token else {}
