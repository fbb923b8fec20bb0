"""A desk's own table of weights: learnt from its decisions, alone or beside what we ship.

It is a table of the very columns that the shipped model has, so that their sum is a model
of the same shape: as quick, and as easily taken apart into the words that made a score.
`force` is what each of these columns counts; where there are fewer than n-grams have, each
stands for as many neighbours.
"""

from dataclasses import dataclass, replace

import numpy as np

from letterdesk.triage.model.features import BITS
from letterdesk.triage.model.grams import Places
from letterdesk.triage.model.sparse import Floats, Rows
from letterdesk.triage.model.weights import Settings, Weights
from letterdesk.triage.training.learn import Task, learnt_beside

LETTERS_TO_COUNT = 3  # an n-gram of fewer letters leaves no weight: see decision 29
_RIDGE = 0.1  # chosen on the letters of benchmarks.learning
_ROUNDS = 40


@dataclass(frozen=True)
class Own:
    """What a desk has taught: a weight a column, and the share of the shipped model."""

    table: Floats
    share: float


def part(rows: Rows, first: int, last: int) -> Rows:
    """Give rows `first` to `last`, the last excluded."""
    edges = rows.edges[first : last + 1]
    return Rows(
        rows.columns[edges[0] : edges[-1]], edges - edges[0], rows.scale[first:last]
    )


def without(rows: Rows, first: int, last: int) -> Rows:
    """Give all rows but `first` to `last`, the last excluded."""
    before, after = part(rows, 0, first), part(rows, last, len(rows))
    return Rows(
        np.concatenate([before.columns, after.columns]),
        np.concatenate([before.edges, before.edges[-1] + after.edges[1:]]),
        np.concatenate([before.scale, after.scale]),
    )


def alone(rows: Rows, unwelcome: Floats, *, force: Floats) -> Own:
    """Give what decisions teach by themselves."""
    nothing = np.empty((len(rows), 0), dtype=np.float32)
    return _own(rows, nothing, unwelcome, force=force)


def beside(rows: Rows, shipped: Floats, unwelcome: Floats, *, force: Floats) -> Own:
    """Give what decisions teach beside the shipped model's logits.

    The share of those is learnt too, at no cost: what they explain needs no weights.
    """
    return _own(rows, shipped[:, None], unwelcome, force=force)


def logits_with(own: Own, rows: Rows, shipped: Floats) -> Floats:
    """Give the logits of rows, of which the shipped model gives `shipped`."""
    found = rows.folded(_fold(own.table)).times(own.table)
    return np.asarray(own.share * shipped + found, dtype=np.float32)


def merged(own: Own, shipped: Weights, *, slope: float, offset: float) -> Weights:
    """Give both as one model. Exact where the plain table counts in full, as shipped."""
    settings = replace(
        shipped.settings,
        sentence_share=own.share * shipped.settings.sentence_share,
        loud=own.share * shipped.settings.loud,
        student_loud=own.share * shipped.settings.student_loud,
        slope=slope,
        offset=offset,
    )
    settings = _moved_alone(settings, shipped.settings)
    plain = np.asarray(own.share * shipped.plain[:] + own.table, dtype=np.float32)
    return replace(shipped, settings=settings, plain=plain)


def _moved_alone(settings: Settings, shipped: Settings) -> Settings:
    """Move the line without the encoder as the desk's decisions have moved the other."""
    if not shipped.slope_alone:
        return settings
    return replace(
        settings,
        slope_alone=shipped.slope_alone * settings.slope / shipped.slope,
        offset_alone=shipped.offset_alone + settings.offset - shipped.offset,
    )


def _own(rows: Rows, known: Floats, unwelcome: Floats, *, force: Floats) -> Own:
    seen = _counted(rows)
    columns = np.unique(seen // _fold(force))
    ones = np.ones((len(rows), 1), dtype=np.float32)
    task = Task(
        rows=_only(rows, seen, np.searchsorted(columns, seen // _fold(force))),
        unwelcome=unwelcome,
        weight=ones[:, 0],
        sources=np.hstack([known, ones]),
        force=force[columns],
    )
    found, rest = learnt_beside(task, ridge=_RIDGE, rounds=_ROUNDS)
    table = np.zeros(len(force), dtype=np.float32)
    table[columns] = found
    return Own(table, float(rest[0]) if known.shape[1] else 0.0)


def _fold(table: Floats) -> int:
    """Give how many of the n-grams' columns are one of a table's."""
    return (1 << BITS) // len(table)


def _counted(rows: Rows) -> Places:
    """Give the columns that enough letters have, in order."""
    counts = np.bincount(rows.columns, minlength=1 << BITS)
    return np.flatnonzero(counts >= LETTERS_TO_COUNT)


def _only(rows: Rows, columns: Places, numbers: Places) -> Rows:
    """Give rows with these columns alone, under new numbers, as loud as they were."""
    number = np.full(1 << BITS, -1, dtype=np.int32)
    number[columns] = numbers
    found = number[rows.columns]
    kept = np.concatenate([[0], np.cumsum(found >= 0)]).astype(np.int64)
    return Rows(found[found >= 0], kept[rows.edges], rows.scale)
