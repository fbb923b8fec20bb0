"""Abuse between kind words: a sentence that by itself clearly reads as uncivil.

A score is of a whole comment, and kind sentences thin it out: what is marked alone is not
between two of them. So what reads as civil as a whole is read sentence by sentence, too.
How much that finds, and what it marks in vain: benchmarks/padding.py.
"""

from collections.abc import Sequence
from dataclasses import replace

from letterdesk.triage.emoji import heard
from letterdesk.triage.model.features import rows_for
from letterdesk.triage.model.score import chances, row_logits
from letterdesk.triage.model.sparse import Floats
from letterdesk.triage.model.weights import Weights
from letterdesk.triage.sentences import sentence_spans
from letterdesk.triage.signal import Span

CLEARLY = 0.8  # from here on a sentence counts, whatever stands around it


def uncivil_sentences(texts: Sequence[str], known: Weights) -> dict[str, Span]:
    """Give the worst sentence of each text that has one which clearly reads as uncivil.

    A text of one sentence has none: it has been read. An encoder is asked only about what
    the tables object to, since it takes a hundred times as long.
    """
    tables = replace(known, encoder=None)
    parts = [(text, span) for text in texts for span in _sentences(text)]
    for one in (tables, known) if known.encoder else (tables,):
        found = _chances([text[span.start : span.end] for text, span in parts], one)
        scored = [*zip(found.tolist(), parts, strict=True)]
        parts = [part for score, part in scored if score >= CLEARLY]
    worst = sorted((score, text, span) for score, (text, span) in scored)
    return {text: span for score, text, span in worst if score >= CLEARLY}


def _sentences(text: str) -> tuple[Span, ...]:
    found = sentence_spans(text)
    return found if len(found) > 1 else ()


def _chances(texts: Sequence[str], known: Weights) -> Floats:
    """Give how uncivil sentences read; nothing of them is remembered for other signals."""
    plain = heard(texts, known.settings.language)
    rows = rows_for(plain, known.settings.language)
    return chances(row_logits(plain, rows, known), known.settings)
