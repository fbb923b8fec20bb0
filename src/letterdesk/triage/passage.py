"""What in the story is this about? The sentence that shares most with the comment.

Shared runs of letters count, the rarer in the story the more, so that it works for
languages that part no words, and for Korean, which writes endings on.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from letterdesk.triage.model.features import view
from letterdesk.triage.model.grams import char_grams
from letterdesk.triage.normal import Normal, normal
from letterdesk.triage.sentences import sentence_spans, stripped
from letterdesk.triage.signal import Kind, Signal, Span, joined

_ENOUGH = 0.17  # share of the comment's weight that a sentence must hold
_LEAST_RUN = {True: 2, False: 5}  # letters of a mark; shorter ones say nothing
_MOST_QUOTED = 200  # characters of the sentence in the reason
_DENSE = re.compile("[\u3040-\u9fff가-힣]")


_NOTHING = Signal(
    kind=Kind.PASSAGE,
    score=0.0,
    code="no-passage",
    reason="It is about no sentence of the story.",
)


@dataclass(frozen=True)
class Grams:
    """Runs of letters of a text: hashes, and where each stands in the normalised text."""

    found: Normal
    hashes: NDArray[np.uint64]
    starts: NDArray[np.int64]
    order: int


@dataclass(frozen=True)
class Sentences:
    """A story's sentences: where each stands, and which runs of letters it has."""

    spans: tuple[Span, ...]
    known: NDArray[np.uint64]  # every run, sorted
    has: NDArray[np.bool_]  # a row for each of `known`, a column for each sentence
    counts: NDArray[np.int64]  # sentences that have each of `known`


def passage(text: str, *, story: str) -> Signal:
    """Give the sentence of `story` that `text` is about, if it is about one."""
    dense = bool(_DENSE.search(text))
    sentences = _sentences(story, dense)
    comment = _grams(text, dense=dense)
    shares, shared = _shares(comment, sentences)
    if not len(shares) or shares.max() < _ENOUGH:
        return _NOTHING
    best = int(np.argmax(shares))
    spans = _marked(comment, shared[:, best], least=_LEAST_RUN[dense])
    if not spans:
        return _NOTHING  # they share scraps of words, and nothing that could be shown
    start, end = sentences.spans[best]
    return Signal(
        kind=Kind.PASSAGE,
        score=min(1.0, float(shares[best])),
        spans=spans,
        code="passage",
        facts={"at": [start, end]},
        reason=f"It seems to be about “{story[start:end][:_MOST_QUOTED]}”.",
    )


@lru_cache(maxsize=8)
def _sentences(story: str, dense: bool) -> Sentences:  # noqa: FBT001 -- a cache's key
    """Give a story's sentences; comments on one story come one after the other."""
    spans = sentence_spans(story)
    each = [_grams(story[start:end], dense=dense).hashes for start, end in spans]
    known = np.unique(np.concatenate([np.empty(0, np.uint64), *each]))
    has = np.zeros((len(known), len(each)), dtype=bool)
    for column, hashes in enumerate(each):
        has[np.searchsorted(known, hashes), column] = True
    return Sentences(spans, known, has, has.sum(axis=1))


def _grams(text: str, *, dense: bool) -> Grams:
    found = normal(text)
    order = 2 if dense else 4
    grams = char_grams(view([found.text]).codes, orders=range(order, order + 1), salt=6)
    if not grams:
        return Grams(found, np.empty(0, np.uint64), np.empty(0, np.int64), order)
    return Grams(found, grams[0].hashes, grams[0].starts - 1, order)


def _shares(
    comment: Grams, sentences: Sentences
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Give each sentence's share of the comment, and which of its runs each one has.

    A run counts the more, the rarer it is in the story; one that is not in it, half.
    """
    if not len(sentences.known):
        return np.zeros(0), np.zeros((len(comment.hashes), 0), dtype=bool)
    place = np.searchsorted(sentences.known, comment.hashes) % len(sentences.known)
    is_known = sentences.known[place] == comment.hashes
    shared = sentences.has[place] & is_known[:, None]
    count = np.where(is_known, sentences.counts[place], 0)
    rarity = np.log((len(sentences.spans) + 1) / np.maximum(count, 0.5))
    weight = np.where(is_known, rarity, 0.5)
    return (weight @ shared) / max(float(weight.sum()), 1e-9), shared


def _marked(
    comment: Grams, is_shared: NDArray[np.bool_], *, least: int
) -> tuple[Span, ...]:
    shared = comment.starts[is_shared]
    runs = joined([Span(int(start), int(start) + comment.order) for start in shared])
    text = comment.found.text
    return tuple(
        comment.found.span(start, end)
        for start, end in (stripped(text, run) for run in runs)
        if end - start >= least
    )
