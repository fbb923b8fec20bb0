"""A desk's own table of weights: learnt from its decisions, alone or beside what we ship.

It is a table of the very columns that the shipped model has, so that their sum is a model
of the same shape: as quick, and as easily taken apart into the words that made a score.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from letterdesk.triage.model.features import BITS, rows_for
from letterdesk.triage.model.sparse import Floats, Rows, stacked
from letterdesk.triage.model.weights import Weights
from letterdesk.triage.training.learn import Task, learnt_beside
from letterdesk.triage.training.train import forces

LETTERS_TO_COUNT = 3  # an n-gram of fewer letters leaves no weight: see decision 29
_PATTERN_FORCE = 2.0  # what a pattern counts, as in the shipped plain table
_RIDGE = 0.1  # chosen on the letters of benchmarks.learning
_ROUNDS = 40
_PIECE = 200_000  # characters of which features are taken at once: bounds the memory


@dataclass(frozen=True)
class Own:
    """What a desk has taught: a weight a column, and the share of the shipped model."""

    table: Floats
    share: float


def features(texts: Sequence[str], language: str) -> Rows:
    """Give what the model sees of normalised texts, however long they are together."""
    parts: list[Rows] = []
    some: list[str] = []
    size = 0
    for text in texts:
        if some and size + len(text) > _PIECE:
            parts.append(rows_for(some, language))
            some, size = [], 0
        some.append(text)
        size += len(text)
    return stacked([*parts, rows_for(some, language)])


def part(rows: Rows, first: int, last: int) -> Rows:
    """Give rows `first` to `last`, the last excluded."""
    edges = rows.edges[first : last + 1]
    return Rows(
        rows.columns[edges[0] : edges[-1]], edges - edges[0], rows.scale[first:last]
    )


def alone(rows: Rows, unwelcome: Floats) -> Own:
    """Give what decisions teach by themselves."""
    return _own(rows, np.empty((len(rows), 0), dtype=np.float32), unwelcome)


def beside(rows: Rows, shipped: Floats, unwelcome: Floats) -> Own:
    """Give what decisions teach beside the shipped model's logits.

    The share of those is learnt too, at no cost: what they explain needs no weights.
    """
    return _own(rows, shipped[:, None], unwelcome)


def logits_with(own: Own, rows: Rows, shipped: Floats) -> Floats:
    """Give the logits of rows, of which the shipped model gives `shipped`."""
    return np.asarray(own.share * shipped + rows.times(own.table), dtype=np.float32)


def merged(own: Own, shipped: Weights, *, slope: float, offset: float) -> Weights:
    """Give both as one model. Exact where the plain table counts in full, as shipped."""
    settings = replace(
        shipped.settings,
        sentence_share=own.share * shipped.settings.sentence_share,
        slope=slope,
        offset=offset,
    )
    plain = np.asarray(own.share * shipped.plain + own.table, dtype=np.float32)
    return Weights(settings, plain, shipped.sentence)


def _own(rows: Rows, known: Floats, unwelcome: Floats) -> Own:
    columns = _counted(rows)
    ones = np.ones((len(rows), 1), dtype=np.float32)
    task = Task(
        rows=_only(rows, columns),
        unwelcome=unwelcome,
        weight=ones[:, 0],
        sources=np.hstack([known, ones]),
        force=forces(_PATTERN_FORCE)[columns],
    )
    found, rest = learnt_beside(task, ridge=_RIDGE, rounds=_ROUNDS)
    table = np.zeros(1 << BITS, dtype=np.float32)
    table[columns] = found
    return Own(table, float(rest[0]) if known.shape[1] else 0.0)


def _counted(rows: Rows) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Give the columns that enough letters have, in order."""
    counts = np.bincount(rows.columns, minlength=1 << BITS)
    return np.flatnonzero(counts >= LETTERS_TO_COUNT)


def _only(rows: Rows, columns: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Rows:
    """Give rows with these columns alone, numbered from 0, as loud as they were."""
    number = np.full(1 << BITS, -1, dtype=np.int32)
    number[columns] = np.arange(len(columns), dtype=np.int32)
    found = number[rows.columns]
    kept = np.concatenate([[0], np.cumsum(found >= 0)]).astype(np.int64)
    return Rows(found[found >= 0], kept[rows.edges], rows.scale)
