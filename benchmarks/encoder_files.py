"""What the encoder learns from, what it is held against, and the tables beside it.

Neither learns from files for evaluation, nor from rows held back. In English four sources
are left out of both, to stand for readers whom nobody labelled; the tables beside are made
anew then, without them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.encoder_learn import Progress
from benchmarks.triage import Scored
from letterdesk.triage.measure import Flags
from letterdesk.triage.model.weights import Weights, read, written
from letterdesk.triage.training.corpora import TRAINING, Example, examples
from letterdesk.triage.training.sentences import sentences
from letterdesk.triage.training.train import (
    CAPS,
    calibrated_settings,
    is_held,
    plain_table,
    sentence_table,
)

LEFT_OUT = {
    "en": ("en_surge", "en_foxnews_train", "en_paradetox_train", "en_hatemoji_train")
}
# The sources whose rows held back choose shares and marks.
_CHOOSE = {
    "en": ("en_jigsaw_wiki_train", "en_cat_wiki_train", "en_edos"),
    "ko": ("ko_kmhas_train", "ko_koco_train"),
    "zh": ("zh_cold_train",),
}
_MOST = 2_000  # rows of a source left out that are scored
_EACH, _SEED = 30, 20261123  # fillings of each line of the grammars, as the tables have


@dataclass(frozen=True, kw_only=True, eq=False)
class File:
    """Rows to be scored; `kind` is a row's source, or what its file calls it."""

    texts: Sequence[str]
    unwelcome: Flags
    kind: NDArray[np.str_]


@dataclass(frozen=True, kw_only=True)
class Taught:
    """The labelled rows of a language: those to learn from, and those held back."""

    language: str
    lesson: Sequence[Example]
    held: Sequence[Example]

    def evenly(self, most: int) -> list[Example]:
        """Give `most` rows of a source, fewer of one that weighs less, evenly drawn."""
        found: list[Example] = []
        for source in sorted({each.source for each in self.lesson}):
            part = [each for each in self.lesson if each.source == source]
            count = min(len(part), round(most * min(1.0, part[0].weight)))
            found += [part[place * len(part) // count] for place in range(count)]
        return found

    def chosen_on(self) -> File:
        """Give the rows held back that shares and marks are chosen on."""
        return _file(each for each in self.held if each.source in _CHOOSE[self.language])


def taught(data: Path, language: str) -> Taught:
    """Give the labelled rows of a language, without the sources that are left out."""
    lesson: list[Example] = []
    held: list[Example] = []
    for each in examples(data, language, without=LEFT_OUT.get(language, ())):
        (held if is_held(each) else lesson).append(each)
    return Taught(language=language, lesson=lesson, held=held)


def own(language: str) -> list[Example]:
    """Give the sentences of our own that the tables learn from, too."""
    return list(sentences(language, each=_EACH, seed=_SEED))


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


def tables_of(some: Taught, *, work: Path, progress: Progress) -> Weights:
    """Give tables as they ship, learnt from these rows alone; they are kept in `work`."""
    path = work / f"tables-{some.language}.npz"
    if not path.is_file():
        plain = plain_table(some.lesson, some.language, progress=progress)
        sentence = sentence_table(some.language, progress=progress)
        most, most_sentence = CAPS.get(some.language, (np.inf, np.inf))
        plain, sentence = (
            np.clip(plain, -most, most),
            np.clip(sentence, -most_sentence, most_sentence),
        )
        settings = calibrated_settings(
            some.language, plain, sentence=sentence, held=some.held
        )
        draft = path.with_suffix(".draft")
        draft.write_bytes(written(settings, plain=plain, sentence=sentence))
        draft.rename(path)
    return read(path.read_bytes())


def _file(some: Iterable[Example]) -> File:
    found = list(some)
    return File(
        texts=[each.text for each in found],
        unwelcome=np.array([each.unwelcome > 0.5 for each in found]),
        kind=np.array([each.source for each in found]),
    )
