"""English across sources, and families of models side by side.

Each source is left out of training in turn and then scored. Beside the shipped family
(regression and its naive-Bayes twin with patterns, and our own sentences): the twin's
halves alone, without patterns or sentences, as the baseline had them; and counting alone
(naive Bayes).
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.report import Table
from letterdesk.triage.measure import auc
from letterdesk.triage.model.sparse import Floats, Rows, stacked
from letterdesk.triage.training.corpora import TRAINING, Example, examples
from letterdesk.triage.training.learn import Task, naive_bayes, regression, twin
from letterdesk.triage.training.sentences import sentences
from letterdesk.triage.training.train import forces, rows_of_examples, task_of

_ROUNDS = 25
_RIDGE = 0.2
_MOST = 4_000  # rows of one source, so that a run ends within minutes
Family = Callable[[Task], Floats]


def _mean(task: Task) -> Floats:
    tables = (
        regression(task, ridge=_RIDGE, rounds=_ROUNDS),
        twin(task, ridge=_RIDGE, rounds=_ROUNDS),
    )
    return np.asarray((tables[0] + tables[1]) / 2, dtype=np.float32)


FAMILIES: dict[str, tuple[Family, float]] = {
    "naive Bayes": (naive_bayes, 1.0),
    "regression": (lambda task: regression(task, ridge=_RIDGE, rounds=_ROUNDS), 0.001),
    "naive-Bayes twin": (lambda task: twin(task, ridge=_RIDGE, rounds=_ROUNDS), 0.001),
    "mean of both": (_mean, 0.001),
    "mean, with patterns": (_mean, 2.0),
}


def across_sources(data: Path) -> Table:
    """Give the AUC on each English source by families that learnt from the others."""
    taught = _some(list(examples(data, "en")))
    own = list(sentences("en", each=8, seed=3))
    parts = {name: [each for each in taught if each.source == name] for name in _names()}
    parts["own"] = own
    seen = {name: rows_of_examples(part, "en") for name, part in parts.items()}
    lines: list[list[str]] = []
    for family, (learn, pattern_force) in FAMILIES.items():
        lines.append([family, *_line(learn, pattern_force, parts, seen=seen, own=False)])
    lines.append(
        ["the same, and our sentences", *_line(_mean, 2.0, parts, seen=seen, own=True)]
    )
    return Table(
        title="English across sources: AUC on a source that training left out",
        head=("family", *(name.removeprefix("en_") for name in _names()), "mean"),
        rows=lines,
        remarks=[f"At most {_MOST:,} rows of a source. Aim: 0.78; baseline about 0.70."],
    )


def _names() -> list[str]:
    return [
        corpus.name for corpus in TRAINING["en"] if corpus.name != "en_toxicspans_train"
    ]  # toxicspans has next to no welcome comments: it teaches, and cannot be scored


def _some(taught: list[Example]) -> list[Example]:
    """Give every so-manieth row of each source, since files may be in order of label."""
    sources: dict[str, list[Example]] = {}
    for each in taught:
        sources.setdefault(each.source, []).append(each)
    return [each for part in sources.values() for each in part[:: -(-len(part) // _MOST)]]


def _line(
    learn: Family,
    pattern_force: float,
    parts: dict[str, list[Example]],
    *,
    seen: dict[str, Rows],
    own: bool,
) -> list[str]:
    found: list[float] = []
    for name in _names():
        others = [each for each in parts if each != name and (own or each != "own")]
        flat: Sequence[Example] = [row for each in others for row in parts[each]]
        rows = stacked([seen[each] for each in others])
        table = learn(task_of(flat, rows, force=forces(pattern_force)))
        unwelcome = np.array([each.unwelcome > 0.5 for each in parts[name]])
        found.append(auc(unwelcome, seen[name].times(table)))
    return [f"{value:.3f}" for value in (*found, float(np.mean(found)))]
