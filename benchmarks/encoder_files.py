"""What the encoder is held against, and the tables beside it.

Neither learns from files for evaluation, nor from rows held back. In English four sources
are left out of both, to stand for readers whom nobody labelled; the tables beside are made
anew then, without them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.triage import Scored
from letterdesk.triage.encoder.encoder import Encoder
from letterdesk.triage.measure import Flags
from letterdesk.triage.model.weights import Weights, read
from letterdesk.triage.training.corpora import TRAINING, Example, examples
from letterdesk.triage.training.encoder.lesson import Taught
from letterdesk.triage.training.kept import Progress
from letterdesk.triage.training.train import CALIBRATED_ON, learnt_weights

LEFT_OUT = {
    "en": ("en_surge", "en_foxnews_train", "en_paradetox_train", "en_hatemoji_train")
}
_MOST = 2_000  # rows of a source left out that are scored


@dataclass(frozen=True, kw_only=True, eq=False)
class File:
    """Rows to be scored; `kind` is a row's source, or what its file calls it."""

    texts: Sequence[str]
    unwelcome: Flags
    kind: NDArray[np.str_]


def chosen_on(some: Taught) -> File:
    """Give the rows held back that shares and marks are chosen on."""
    return _file(each for each in some.held if each.source in CALIBRATED_ON[some.language])


def left_out(data: Path, language: str) -> dict[str, File]:
    """Give rows of each source that is left out of training, evenly drawn."""
    found: dict[str, File] = {}
    for name in LEFT_OUT.get(language, ()):
        others = [each.name for each in TRAINING[language] if each.name != name]
        part = list(examples(data, language, without=others))
        found[name] = _file(part[:: -(-len(part) // _MOST)])
    return found


def evaluated(scored: Scored) -> File:
    """Give a file for evaluation."""
    return File(
        texts=[row["text"] for row in scored.rows],
        unwelcome=scored.unwelcome,
        kind=np.array([row.get("fine", "") for row in scored.rows]),
    )


def tables_of(
    some: Taught, teacher: Encoder | None, *, work: Path, progress: Progress
) -> Weights:
    """Give tables that learnt from these rows alone, and from a teacher's opinions.

    They are kept in `work`.
    """
    by = "labels" if teacher is None else "opinions"
    path = work / f"tables-{some.language}-{by}.npz"
    if not path.is_file():
        stages = work / by
        stages.mkdir(exist_ok=True)
        raw = learnt_weights(
            some.lesson,
            some.language,
            held=some.held,
            teacher=teacher,
            work=stages,
            progress=progress,
        )
        draft = path.with_suffix(".draft")
        draft.write_bytes(raw)
        draft.rename(path)
    return read(path.read_bytes())


def _file(some: Iterable[Example]) -> File:
    found = list(some)
    return File(
        texts=[each.text for each in found],
        unwelcome=np.array([each.unwelcome > 0.5 for each in found]),
        kind=np.array([each.source for each in found]),
    )
