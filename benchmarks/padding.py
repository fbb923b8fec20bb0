"""Does abuse hide between kind words? Comments as a whole, and part by part.

Takes labelled rows that were held back from training (by default from ../shared/data):
unwelcome ones that are marked alone, each between two welcome ones; three welcome ones
together; the same with commas for the ends of sentences; and all of them, and the files for
evaluation, as they stand. Writes results/padding.md.
"""

import argparse
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks import machine
from benchmarks.report import Table, publish
from benchmarks.triage import sets
from letterdesk.triage.incivility import MARK, chances_of, scores
from letterdesk.triage.measure import Flags, auc
from letterdesk.triage.model.weights import shipped
from letterdesk.triage.training.corpora import Example
from letterdesk.triage.training.encoder.lesson import taught
from letterdesk.triage.training.train import CALIBRATED_ON

DATA = Path(__file__).parents[2] / "shared/data"
LANGUAGES = {"en": "English", "ko": "Korean", "zh": "Chinese"}
_MOST = 1_500  # padded comments of a language
_SHORT, _LONG = 20, 200  # letters: what is no comment yet, what hides in no two others
_ENDS = (".", "!", "?", "。", "！", "？", "…")
_END = re.compile(r"[.!?。！？…\n]+\s*")
_SEED = 20261127


@dataclass(frozen=True, kw_only=True)
class Texts:
    """Texts, which of them are unwelcome, and what they are called."""

    name: str
    language: str
    texts: Sequence[str]
    unwelcome: Flags

    def row(self) -> list[object]:
        """Give what is marked of them, and how they are told apart, in both ways."""
        whole = chances_of(self.texts, shipped(self.language))
        parts = scores(self.texts, language=self.language)
        assert parts is not None  # noqa: S101 -- a language that is shipped
        bad, good = self.unwelcome, ~self.unwelcome
        marked = (whole >= MARK, parts >= MARK)
        return [
            self.name,
            LANGUAGES[self.language],
            *(f"{each[bad].sum():,} of {bad.sum():,}" for each in marked),
            *(f"{each[good].sum():,} of {good.sum():,}" for each in marked),
            *(f"{auc(bad, each):.3f}" for each in (whole, parts)),
        ]


def padded(held: Sequence[Example], language: str) -> Texts:
    """Give unwelcome comments between welcome ones, and welcome ones by threes."""
    chance = random.Random(_SEED)  # noqa: S311 -- draws comments, guards nothing
    welcome = [each.text for each in _welcome(held, language)]
    bad = [each.text for each in held if each.unwelcome > 0.5 and len(each.text) < _LONG]
    alone = chances_of(bad, shipped(language))
    bad = [text for text, score in zip(bad, alone, strict=True) if score >= MARK]
    chance.shuffle(bad)
    bad = bad[:_MOST]
    between = [
        _together(chance.choice(welcome), text, chance.choice(welcome)) for text in bad
    ]
    threes = [_together(*chance.sample(welcome, 3)) for _ in bad]
    return Texts(
        name="between two welcome ones",
        language=language,
        texts=[*between, *threes],
        unwelcome=np.arange(2 * len(bad)) < len(bad),
    )


def in_one_sentence(some: Texts) -> Texts:
    """Give the same with commas for all ends of sentences."""
    return replace(
        some,
        name="the same with commas",
        texts=[f"{_END.sub(', ', text).strip(', ')}." for text in some.texts],
    )


def _welcome(held: Sequence[Example], language: str) -> list[Example]:
    return [
        each
        for each in held
        if each.unwelcome < 0.5
        and each.source in CALIBRATED_ON[language]
        and len(each.text) >= _SHORT
    ]


def _together(*texts: str) -> str:
    """Give texts in a row, each with an end."""
    stripped = (text.strip() for text in texts)
    return " ".join(text if text.endswith(_ENDS) else f"{text}." for text in stripped)


def as_they_stand(held: Sequence[Example], language: str) -> Texts:
    """Give the rows held back."""
    return Texts(
        name="held back, as they stand",
        language=language,
        texts=[each.text for each in held],
        unwelcome=np.array([each.unwelcome > 0.5 for each in held]),
    )


def evaluated(data: Path) -> list[Texts]:
    """Give the files for evaluation."""
    return [
        Texts(
            name=name,
            language=each.language,
            texts=[row["text"] for row in each.rows],
            unwelcome=each.unwelcome,
        )
        for name, each in sets(data).items()
        if each.language in LANGUAGES
    ]


def main() -> None:
    """Measure and publish."""
    machine.in_one_thread("benchmarks.padding")
    asked = argparse.ArgumentParser(
        prog="python -m benchmarks.padding", description=__doc__
    )
    asked.add_argument("--data", type=Path, default=DATA)
    options = asked.parse_args()
    held = {each: taught(options.data, each).held for each in LANGUAGES}
    between = [padded(rows, language) for language, rows in held.items()]
    found = [
        *between,
        *map(in_one_sentence, between),
        *(as_they_stand(rows, language) for language, rows in held.items()),
        *evaluated(options.data),
    ]
    publish(
        "padding",
        "Triage: abuse between kind words",
        versions=machine.versions("letterdesk", "numpy"),
        tables=[
            Table(
                title="What is marked, as a whole and part by part",
                head=(
                    "comments",
                    "language",
                    "unwelcome ones marked, as a whole",
                    "and by parts",
                    "welcome ones marked, as a whole",
                    "and by parts",
                    "AUC, as a whole",
                    "and by parts",
                ),
                rows=[each.row() for each in found],
                remarks=[
                    "Welcome ones beside the padded ones are three together. Rows held "
                    "back are of all sources, some of which call welcome what others do "
                    "not.",
                ],
            )
        ],
    )


if __name__ == "__main__":
    main()
