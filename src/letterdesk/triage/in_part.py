"""Abuse between kind words: a part of a comment that by itself clearly reads as uncivil.

A score is of a whole comment, and kind sentences thin it out: what is marked alone is not
between two of them. So what reads as civil as a whole is read part by part, too: each
sentence, and each clause of one.
How much that finds, and what it marks in vain: benchmarks/padding.py.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import compress
from typing import NamedTuple

from letterdesk.triage.emoji import aloud
from letterdesk.triage.model.features import rows_for
from letterdesk.triage.model.score import chances, row_logits
from letterdesk.triage.model.sparse import Floats
from letterdesk.triage.model.weights import Weights, without_encoder
from letterdesk.triage.normal import reads_alike_in_parts
from letterdesk.triage.sentences import sentence_spans, stripped
from letterdesk.triage.signal import Span

CLEARLY = 0.8  # from here on a sentence counts, whatever stands around it
_SURELY = 0.9  # from here on a clause does: less of what it means is in it
_HOPELESS = -1.0  # the logit of a student below which no part of 31,000 counted
_LEAST = 12  # letters of a clause: of fewer, much reads badly
_CHINESE = "zh"
_SIGN = re.compile("[,;:，；：、–—…]")  # between clauses
_CLAUSE = re.compile("[^,;:，；：、–—…]+")


class _Part(NamedTuple):
    """A sentence or clause of a text, and the score from which on it counts."""

    text: str
    span: Span
    mark: float

    @property
    def written(self) -> str:
        return self.text[self.span.start : self.span.end]


def uncivil_parts(texts: Sequence[str], known: Weights) -> dict[str, Span]:
    """Give the worst sentence or clause of each text that has one which clearly counts.

    A text of one clause has none: it has been read. Who is slower is asked only about
    what the quicker objects to: a student, then the tables, then an encoder.
    """
    tables = without_encoder(known)
    parts = [*_doubtful([part for text in texts for part in _parts(text)], known)]
    found: list[tuple[float, _Part]] = []
    for one in (tables, known) if known.encoder else (tables,):
        scores = _chances(parts, one).tolist()
        each = zip(scores, parts, strict=True)
        found = [(score, part) for score, part in each if score >= part.mark]
        parts = [part for _, part in found]
    return {part.text: part.span for _, part in sorted(found)}


def _parts(text: str) -> Iterator[_Part]:
    """Give the sentences of a text, and the clauses of each, where there are several."""
    sentences = sentence_spans(text)
    for sentence in sentences:
        if len(sentences) > 1:
            yield _Part(text, sentence, CLEARLY)
        if not _SIGN.search(text, *sentence):
            continue
        clauses = [*_CLAUSE.finditer(text, *sentence)]
        for clause in clauses if len(clauses) > 1 else ():
            span = stripped(text, clause.span())
            if span.end - span.start >= _LEAST:
                yield _Part(text, span, _SURELY)


def _doubtful(parts: Sequence[_Part], known: Weights) -> Iterator[_Part]:
    """Give the parts that a student does not wave through, as it does nearly all."""
    if known.student is None:
        return iter(parts)
    # Read in the whole text, without normalising each part again as the tables have it.
    texts = {part.text for part in parts}
    whole = {text: aloud(text, known.settings.language) for text in texts}
    plain = [whole[part.text].within(part.span) for part in parts]
    is_doubtful = known.student.logits(plain) >= _HOPELESS
    return compress(parts, is_doubtful.tolist())


def _chances(parts: Sequence[_Part], known: Weights) -> Floats:
    """Give how uncivil parts read; nothing of them is remembered for other signals."""
    plain = [_heard(part, known.settings.language) for part in parts]
    rows = rows_for(plain, known.settings.language)
    return chances(row_logits(plain, rows, known), known.settings)


def _heard(part: _Part, language: str) -> str:
    """Give what models hear of a part alone: mostly what they hear of it in the whole.

    Not in Chinese, where neighbours tell what pinyin stands for.
    """
    whole = aloud(part.text, language)
    if language != _CHINESE and reads_alike_in_parts(whole):
        return whole.within(part.span)
    return aloud(part.written, language).text
