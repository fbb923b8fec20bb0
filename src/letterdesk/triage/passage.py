"""What in the story is this about? The sentence that shares most with the comment.

Shared runs of letters count, the rarer in the story the more, so that it works for
languages that part no words, and for Korean, which writes endings on. Nothing is said
when only everyday words, endings and scraps are shared.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from letterdesk.triage import eastern
from letterdesk.triage.english import everyday
from letterdesk.triage.language import DENSE, script_of
from letterdesk.triage.model.features import pieces, view
from letterdesk.triage.model.grams import Places, char_grams
from letterdesk.triage.normal import Normal, normal
from letterdesk.triage.sentences import sentence_spans, stripped
from letterdesk.triage.signal import Kind, Signal, Span

_ENOUGH = 0.17  # share of the comment's weight that a sentence must hold
_STRANGE = 0.5  # what a run counts that the story has not
_ORDER = {True: 2, False: 4}  # letters of a run, in dense scripts and in others
_LEAST_RUN = {True: 2, False: 5}  # letters of a mark; shorter ones say nothing
_WORD = re.compile(r"(?<![^\W_])[^\W_]{3,}")  # begun: a racist has no pharmacist in it
_KANA = re.compile("[\u3040-\u30ff]")
_OURS = """
article articles author comment comments editor editors headline headlines journalism
journalist journalists newspaper newspapers newsroom reporter reporters
story stories thank thanks
"""
_TO_NEWSROOM = frozenset(_OURS.split())  # what letters say to any
_STEM = 5  # letters of a longer word that are enough to know it by
_MOST_QUOTED = 200  # characters of the sentence in the reason
_HEAD_BITS = 16
_NOTHING = Signal(
    kind=Kind.PASSAGE,
    score=0.0,
    code="no-passage",
    reason="It is about no sentence of the story.",
)


@dataclass(frozen=True)
class Grams:
    """Runs of letters of texts: hashes, of which text each is, and where it stands."""

    hashes: NDArray[np.uint64]
    rows: NDArray[np.int64]
    starts: NDArray[np.int64]  # in the normalised text


@dataclass(frozen=True)
class Sentences:
    """A story's sentences: where each stands, and which runs of letters it has.

    Sentences have few of a story's runs: which ones is a list of `pairs`, each the place of
    a run in `known`, times the number of sentences, plus that of the sentence.
    """

    spans: tuple[Span, ...]
    known: NDArray[np.uint64]  # every run, sorted
    heads: NDArray[np.bool_]  # which first bits a run of `known` has
    pairs: Places  # sorted
    having: Places  # which sentence each of them is of
    edges: Places  # where the pairs of each of `known` begin, and the last end
    rarity: NDArray[np.float64]  # what each of `known` counts: the rarer, the more


def passage(text: str, *, story: str) -> Signal:
    """Give the sentence of `story` that `text` is about, if it is about one."""
    return passages([text], story=story)[0]


def passages(texts: Sequence[str], *, story: str) -> list[Signal]:
    """Give what `passage` gives of each text, in a fraction of the time."""
    found: dict[int, Signal] = {}
    is_dense = [script_of(one) in DENSE for one in texts]
    for dense in set(is_dense):
        places = [at for at, one in enumerate(is_dense) if one is dense]
        told = _told([normal(texts[at]) for at in places], story, dense=dense)
        found |= zip(places, told, strict=True)
    return [found[at] for at in range(len(texts))]


def _told(comments: Sequence[Normal], story: str, *, dense: bool) -> Iterator[Signal]:
    sentences = _sentences(story, dense)
    rest = iter(comments)
    for texts in pieces([comment.text for comment in comments]):
        shared = _Shared(_grams(texts, dense=dense), sentences, len(texts))
        best, share = shared.best()
        runs = shared.runs(best, share >= _ENOUGH, dense=dense)
        each = zip(best.tolist(), share.tolist(), runs, strict=True)
        for (sentence, score, some), comment in zip(each, rest, strict=False):
            marked = _marked(comment.text, some, dense=dense)
            spans = tuple(comment.span(*run) for run in marked)
            # Without spans they share scraps of words, and nothing that could be shown.
            yield (
                _about(story, sentences.spans[sentence], score, spans)
                if spans
                else _NOTHING
            )


def _about(story: str, sentence: Span, share: float, spans: tuple[Span, ...]) -> Signal:
    start, end = sentence
    return Signal(
        kind=Kind.PASSAGE,
        score=min(1.0, share),
        spans=spans,
        code="passage",
        facts={"at": [start, end]},
        reason=f"It seems to be about “{story[start:end][:_MOST_QUOTED]}”.",
    )


@lru_cache(maxsize=8)
def _sentences(story: str, dense: bool) -> Sentences:  # noqa: FBT001 -- a cache's key
    """Give a story's sentences; comments on one story come one after the other."""
    spans = sentence_spans(story)
    grams = _grams([normal(story[start:end]).text for start, end in spans], dense=dense)
    known, places = np.unique(grams.hashes, return_inverse=True)
    pairs = np.sort(places * len(spans) + grams.rows)
    pairs = pairs[np.flatnonzero(np.diff(pairs, prepend=-1))]  # each once
    edges = np.searchsorted(pairs, np.arange(len(known) + 1) * len(spans))
    heads = np.zeros(1 << _HEAD_BITS, dtype=bool)
    heads[_head(known)] = True
    rarity = np.log((len(spans) + 1) / np.diff(edges))
    return Sentences(spans, known, heads, pairs, pairs % len(spans), edges, rarity)


def _head(hashes: NDArray[np.uint64]) -> Places:
    """Give the first bits of hashes: most runs that are not in a story show it by them."""
    return (hashes >> np.uint64(64 - _HEAD_BITS)).view(np.int64)


def _grams(texts: Sequence[str], *, dense: bool) -> Grams:
    """Give the runs of letters of normalised texts, in order."""
    order = _ORDER[dense]
    seen = view(texts)
    found = char_grams(seen.codes, orders=range(order, order + 1), salt=6)
    if not found:
        nowhere = np.empty(0, np.int64)
        return Grams(np.empty(0, np.uint64), nowhere, nowhere)
    (grams,) = found
    rows = seen.rows(grams.starts)
    return Grams(grams.hashes, rows, grams.starts - seen.limits[rows] - 1)


class _Shared:
    """What comments share with a story's sentences.

    A run counts the more, the rarer it is in the story; one that is not in it, half.
    """

    def __init__(self, grams: Grams, sentences: Sentences, count: int) -> None:
        at = np.flatnonzero(sentences.heads.take(_head(grams.hashes)))
        hashes, known = grams.hashes[at], sentences.known
        place = np.searchsorted(known, hashes) % max(len(known), 1)
        is_known = known[place] == hashes
        at, place = at[is_known], place[is_known]
        self._sentences, self._place, self._starts = sentences, place, grams.starts[at]
        self._weight = sentences.rarity[self._place]
        self._rows = grams.rows[at]
        own = np.bincount(self._rows, weights=self._weight, minlength=count)
        strange = np.bincount(grams.rows, minlength=count)
        strange -= np.bincount(self._rows, minlength=count)
        self._all = np.maximum(own + _STRANGE * strange, 1e-9)
        self._most = own / self._all  # as much as one sentence could have

    def best(self) -> tuple[Places, NDArray[np.float64]]:
        """Give the sentence that has most of each, and what share of it that is."""
        told, count = self._sentences, len(self._all)
        some = np.flatnonzero(self._most[self._rows] >= _ENOUGH)
        first = told.edges[self._place[some]]
        counts = told.edges[self._place[some] + 1] - first
        skipped = np.repeat(first - np.cumsum(counts) + counts, counts)
        having = told.having[skipped + np.arange(len(skipped))]
        having += np.repeat(self._rows[some] * len(told.spans), counts)
        weights = np.repeat(self._weight[some], counts)
        size = max(len(told.spans), 1)
        shares = np.bincount(having, weights=weights, minlength=count * size)
        shares = shares.reshape(count, size)
        best = shares.round(9).argmax(axis=1)  # of two with the same runs the first
        return best, shares[np.arange(count), best] / self._all

    def runs(
        self, best: Places, wanted: NDArray[np.bool_], *, dense: bool
    ) -> list[list[Span]]:
        """Give the letters that the best sentence of each that is wanted has, too.

        What touches is one; what is too short for a mark is left out.
        """
        pairs = self._sentences.pairs
        some = np.flatnonzero(wanted[self._rows])
        rows = self._rows[some]
        shared = self._place[some] * len(self._sentences.spans) + best[rows]
        near = np.searchsorted(pairs, shared) % max(len(pairs), 1)
        is_shared = pairs[near] == shared
        rows, starts = rows[is_shared], self._starts[some[is_shared]]
        ends = starts + _ORDER[dense]
        is_apart = np.ones(len(rows) + 1, dtype=bool)
        is_apart[1:-1] = (starts[1:] > ends[:-1]) | (rows[1:] != rows[:-1])
        starts, ends, rows = starts[is_apart[:-1]], ends[is_apart[1:]], rows[is_apart[:-1]]
        long = np.flatnonzero(ends - starts >= _LEAST_RUN[dense])
        found: list[list[Span]] = [[] for _ in best]
        for row, *run in zip(
            *(one[long].tolist() for one in (rows, starts, ends)), strict=True
        ):
            found[row].append(Span(*run))
        return found


def _marked(text: str, runs: Sequence[Span], *, dense: bool) -> tuple[Span, ...]:
    """Give the runs that are worth a mark, without the space around them."""
    telling = _tells_in_dense if dense else _tells
    marks = (stripped(text, run) for run in runs if telling(text, run))
    return tuple(mark for mark in marks if mark.end - mark.start >= _LEAST_RUN[dense])


def _tells_in_dense(text: str, run: Span) -> bool:
    """Say whether a run has more than endings and particles; of kana all do."""
    return eastern.tells(text, *run) or bool(_KANA.search(text, *run))


def _tells(text: str, run: Span) -> bool:
    """Say whether a run has a word, or a stem, that not any two texts share."""
    last = text.find(" ", run.end)
    for match in _WORD.finditer(text, run.start, last if last >= 0 else len(text)):
        start, end = match.span()
        is_told = min(end, run.end) - start >= min(end - start, _STEM)
        if is_told and match[0] not in _of_any():
            return True
    return False


@cache
def _of_any() -> frozenset[str]:
    """Give the words that any two texts may share, or any letter and a story."""
    return everyday() | _TO_NEWSROOM
