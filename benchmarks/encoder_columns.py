"""What the encoder is measured by, alone and added to the tables."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from pathlib import Path

import numpy as np

from benchmarks.encoder_files import File, Taught, evaluated, left_out, tables_of
from benchmarks.encoder_learn import Progress
from benchmarks.triage import best_mark, sets
from letterdesk.triage.measure import Scores, auc, set_apart
from letterdesk.triage.model.score import logits, shares
from letterdesk.triage.model.weights import Weights, shipped
from letterdesk.triage.normal import normal

_SHARES = np.linspace(0, 1, 11)  # of the encoder, beside the tables
_VIEWS = {"common": "common view", "own": "view from our sentences"}
_COUNTER = "3"  # what COLD calls counter-speech
Opinions = Callable[[File], tuple[Scores, Scores]]  # common view, our sentences' view


@dataclass(frozen=True, kw_only=True)
class Scored:
    """A file, and what the tables and two views of the encoder give its rows."""

    file: File
    tables: Scores
    common: Scores
    own: Scores
    short: Scores  # how loud the sentence table is in each row: in short ones alone

    def beside(self, held: "Scored") -> "Scored":
        """Give scores in units of how far those of rows held back lie apart."""
        return Scored(
            file=self.file,
            tables=self.tables / held.tables.std(),
            common=self.common / held.common.std(),
            own=self.own / held.own.std(),
            short=self.short,
        )


Way = Callable[[Scored], Scores]  # whose scores count, or how they are added
Figure = Callable[[Scored, Scored, Way], float]  # of a file; the second was held back


@dataclass(frozen=True, kw_only=True)
class Column:
    """A figure of a file, and the tables that the encoder stands beside there."""

    head: str
    file: File
    tables: Weights
    figure: Figure
    aim: str = ""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A figure; and the encoder's share, where one was chosen."""

    value: float
    share: float | None = None

    def __str__(self) -> str:
        share = "" if self.share is None else f" ({self.share:.1f})"
        return f"{self.value:.3f}{share}"


def columns(data: Path, some: Taught, *, work: Path, progress: Progress) -> list[Column]:
    """Give what is measured in a language, the sources left out of training first."""
    found = {
        name: evaluated(each)
        for name, each in sets(data).items()
        if each.language == some.language
    }
    column = partial(Column, tables=shipped(some.language), figure=_auc)
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
    without = tables_of(some, work=work, progress=progress)
    strangers = left_out(data, some.language)
    return [
        *(column(head=name, file=strangers[name], tables=without) for name in strangers),
        column(head="HateCheck", file=found["hatecheck"], aim="0.80"),
    ]


def cells(column: Column, held: File, opinions: Opinions) -> dict[str, Cell]:
    """Give a column's cells by who scores; shares are chosen on rows held back."""
    raw = _scored(held, column.tables, opinions)
    kept = raw.beside(raw)
    scored = _scored(column.file, column.tables, opinions).beside(raw)

    def cell(way: Way, share: float | None = None) -> Cell:
        return Cell(value=column.figure(scored, kept, way), share=share)

    found = {"the tables": cell(attrgetter("tables"))}
    for view, name in _VIEWS.items():
        found[f"encoder, {name}"] = cell(attrgetter(view))
    for view, name in _VIEWS.items():
        share = max(_SHARES, key=lambda each: _on_held(kept, _added(view, each)))
        found[f"tables and {name}"] = cell(_added(view, share), share)
    for view, name in _VIEWS.items():
        found[f"tables and {name}, half each"] = cell(_added(view, 0.5))
    found["all three, our sentences as the sentence table"] = cell(_all_three)
    return found


def _scored(file: File, tables: Weights, opinions: Opinions) -> Scored:
    common, own = opinions(file)
    texts = [normal(text).text for text in file.texts]
    lengths = np.array([len(text) for text in texts], dtype=np.float32)
    return Scored(
        file=file,
        tables=logits(texts, tables),
        common=common,
        own=own,
        short=shares(lengths, tables.settings)[1],
    )


def _added(view: str, share: float) -> Way:
    return lambda scored: (1 - share) * scored.tables + share * getattr(scored, view)


def _all_three(scored: Scored) -> Scores:
    return scored.tables + scored.common + scored.short * scored.own


def _on_held(kept: Scored, way: Way) -> float:
    """Give the mean AUC over the sources of rows held back."""
    scores, kinds = way(kept), kept.file.kind
    each = [
        auc(kept.file.unwelcome[kinds == kind], scores[kinds == kind])
        for kind in sorted(set(kinds))
    ]
    return float(np.mean(each))


def _auc(scored: Scored, _kept: Scored, way: Way) -> float:
    return auc(scored.file.unwelcome, way(scored))


def _s95(scored: Scored, _kept: Scored, way: Way) -> float:
    return set_apart(scored.file.unwelcome, way(scored))


def _counter_speech(scored: Scored, kept: Scored, way: Way) -> float:
    """Give the share of counter-speech below a mark that was chosen on rows held back."""
    mark = best_mark(way(kept), kept.file.unwelcome)
    return float((way(scored)[scored.file.kind == _COUNTER] < mark).mean())
