"""What the encoder is measured by, alone and added to the tables."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from pathlib import Path

import numpy as np

from benchmarks.encoder_files import File, evaluated, left_out, tables_of
from benchmarks.triage import best_mark, sets
from letterdesk.triage.emoji import heard
from letterdesk.triage.encoder.encoder import Encoder
from letterdesk.triage.measure import auc, set_apart
from letterdesk.triage.model.score import logits
from letterdesk.triage.model.sparse import Floats
from letterdesk.triage.model.weights import Weights, tables
from letterdesk.triage.training.encoder.lesson import Taught
from letterdesk.triage.training.encoder.train import loudness
from letterdesk.triage.training.kept import Progress

ALONE = "the encoder"
_COUNTER = "3"  # what COLD calls counter-speech
Opinions = Callable[[File], Floats]  # of the encoder


@dataclass(frozen=True, kw_only=True)
class Scored:
    """A file, and what the tables and the encoder give its rows.

    `labels` are tables that learnt from people's labels alone, without opinions.
    """

    file: File
    labels: Floats
    tables: Floats
    encoder: Floats


Way = Callable[[Scored], Floats]  # whose scores count, or how they are added
Figure = Callable[[Scored, Scored, Way], float]  # of a file; the second was held back


@dataclass(frozen=True, kw_only=True)
class Column:
    """A figure of a file, and the tables that the encoder stands beside there."""

    head: str
    file: File
    labels: Weights
    tables: Weights
    figure: Figure
    aim: str = ""


def columns(
    data: Path,
    some: Taught,
    learnt: Encoder,
    *,
    work: Path,
    progress: Progress,
    alone: bool,
) -> list[Column]:
    """Give what is measured in a language, the sources left out of training first.

    `alone`: no tables are made without those sources; the encoder's figures alone count.
    """
    found = {
        name: evaluated(each)
        for name, each in sets(data).items()
        if each.language == some.language
    }
    shipped = tables(some.language)
    column = partial(Column, labels=shipped, tables=shipped, figure=_auc)
    if some.language == "ko":
        return [
            column(head="K-MHaS", file=found["kmhas"], aim="0.94"),
            column(head="K-MHaS s95", file=found["kmhas"], figure=_s95, aim="0.70"),
            column(head="koco", file=found["koco"], aim="0.90"),
        ]
    if some.language == "zh":
        cold = found["cold"]
        return [
            column(head="COLD", file=cold, aim="0.90"),
            column(head="counter-speech", file=cold, figure=_counter_speech, aim="0.65"),
            column(head="Mandarin HateCheck", file=found["mhc"], aim="0.75"),
        ]
    if not alone:
        column = partial(
            column,
            labels=tables_of(some, None, work=work, progress=progress),
            tables=tables_of(some, learnt, work=work, progress=progress),
        )
    strangers = left_out(data, some.language)
    return [
        *(column(head=name, file=strangers[name]) for name in strangers),
        column(head="HateCheck", file=found["hatecheck"], aim="0.80"),
    ]


def cells(column: Column, held: File, opinions: Opinions) -> dict[str, float]:
    """Give a column's figures by who scores; how loud, rows held back decide."""
    kept = _scored(held, column, opinions)
    scored = _scored(column.file, column, opinions)
    loud = loudness(kept.file.unwelcome, kept.file.kind, kept.tables, kept.encoder)
    by_labels: dict[str, Way] = {
        "tables that learnt from labels alone": attrgetter("labels")
    }
    ways: dict[str, Way] = {
        **({} if column.labels is column.tables else by_labels),
        "the default model": attrgetter("tables"),
        ALONE: attrgetter("encoder"),
        "both, as they ship": lambda one: one.tables + np.float32(loud) * one.encoder,
    }
    return {name: column.figure(scored, kept, way) for name, way in ways.items()}


def _scored(file: File, column: Column, opinions: Opinions) -> Scored:
    texts = heard(file.texts, column.tables.settings.language)
    return Scored(
        file=file,
        labels=logits(texts, column.labels),
        tables=logits(texts, column.tables),
        encoder=opinions(file),
    )


def _auc(scored: Scored, _kept: Scored, way: Way) -> float:
    return auc(scored.file.unwelcome, way(scored))


def _s95(scored: Scored, _kept: Scored, way: Way) -> float:
    return set_apart(scored.file.unwelcome, way(scored))


def _counter_speech(scored: Scored, kept: Scored, way: Way) -> float:
    """Give the share of counter-speech below a mark that was chosen on rows held back."""
    mark = best_mark(way(kept), kept.file.unwelcome)
    return float((way(scored)[scored.file.kind == _COUNTER] < mark).mean())
