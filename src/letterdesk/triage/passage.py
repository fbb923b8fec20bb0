"""What in the story is this about? The sentence that shares most with the comment.

Shared runs of letters count, the rarer in the story the more, so that it works for
languages that part no words, and for Korean, which writes endings on.
"""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from letterdesk.triage.model.features import view
from letterdesk.triage.model.grams import char_grams
from letterdesk.triage.normal import Normal, normal
from letterdesk.triage.signal import Kind, Signal, Span, joined

_SENTENCE = re.compile(r"[^.!?。！？\n]+(?:[.!?。！？]+[”\"'’)]*|\n|$)")
_ENOUGH = 0.17  # share of the comment's weight that a sentence must hold
_LEAST_RUN = {True: 2, False: 5}  # letters of a mark; shorter ones say nothing
_MOST_QUOTED = 200  # characters of the sentence in the reason
_DENSE = re.compile("[\u3040-\u9fff가-힣]")


@dataclass(frozen=True)
class Grams:
    """Runs of letters of a text: hashes, and where each stands in the normalised text."""

    found: Normal
    hashes: NDArray[np.uint64]
    starts: NDArray[np.int64]
    order: int


def passage(text: str, *, story: str) -> Signal:
    """Give the sentence of `story` that `text` is about, if it is about one."""
    sentences = [found[0].strip() for found in _SENTENCE.finditer(story)]
    sentences = [sentence for sentence in sentences if len(sentence) > 1]
    dense = bool(_DENSE.search(text))
    comment = _grams(text, dense=dense)
    each = [_grams(sentence, dense=dense) for sentence in sentences]
    weights = _weights(comment, each)
    shares = [float(weights[np.isin(comment.hashes, one.hashes)].sum()) for one in each]
    if not shares or max(shares) < _ENOUGH:
        return Signal(
            kind=Kind.PASSAGE, score=0.0, reason="It is about no sentence of the story."
        )
    best = int(np.argmax(shares))
    quoted = sentences[best][:_MOST_QUOTED]
    return Signal(
        kind=Kind.PASSAGE,
        score=min(1.0, shares[best]),
        spans=_marked(comment, each[best], least=_LEAST_RUN[dense]),
        reason=f"It seems to be about “{quoted}”.",
    )


def _grams(text: str, *, dense: bool) -> Grams:
    found = normal(text)
    order = 2 if dense else 4
    grams = char_grams(view([found.text]).codes, orders=range(order, order + 1), salt=6)
    if not grams:
        return Grams(found, np.empty(0, np.uint64), np.empty(0, np.int64), order)
    return Grams(found, grams[0].hashes, grams[0].starts - 1, order)


def _weights(comment: Grams, sentences: list[Grams]) -> NDArray[np.float64]:
    """Give each gram's share of the comment: the rare counts more, the absent half."""
    count = np.zeros(len(comment.hashes))
    for sentence in sentences:
        count += np.isin(comment.hashes, sentence.hashes)
    weight = np.where(count > 0, np.log((len(sentences) + 1) / np.maximum(count, 0.5)), 0.5)
    return np.asarray(weight / max(float(weight.sum()), 1e-9))


def _marked(comment: Grams, sentence: Grams, *, least: int) -> tuple[Span, ...]:
    shared = comment.starts[np.isin(comment.hashes, sentence.hashes)]
    runs = joined([Span(int(start), int(start) + comment.order) for start in shared])
    text = comment.found.text
    return tuple(
        comment.found.span(start, end)
        for start, end in (_trimmed(text, run) for run in runs)
        if end - start >= least
    )


def _trimmed(text: str, run: Span) -> Span:
    """Give a run without the space at its ends."""
    written = text[run.start : run.end]
    start = run.start + len(written) - len(written.lstrip())
    return Span(start, max(start, run.end - (len(written) - len(written.rstrip()))))
