"""Trains the weights for advertising: n-grams and signs, learnt apart, added, calibrated.

How much each counts is learnt on what neither has seen: on pages, and on lines of our own,
that were left out. On other rows of the same pages n-grams would seem to know everything.

Deterministic: the same data gives the same bytes. A minute for all languages.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from letterdesk.triage.advertising.features import SIZE, sign_rows
from letterdesk.triage.advertising.model import FOLD, Settings, Weights, sums, written
from letterdesk.triage.advertising.signs import LANGUAGES, signs
from letterdesk.triage.model.features import BITS
from letterdesk.triage.model.sparse import Floats, Rows
from letterdesk.triage.training.corpora import ADVERTISING, Example, examples
from letterdesk.triage.training.kept import Progress
from letterdesk.triage.training.learn import Task, chances, descended, learnt, regression
from letterdesk.triage.training.sentences import sentences
from letterdesk.triage.training.train import (
    log_odds,
    rows_of_examples,
    task_of,
)

VERSION = "7"
_EACH = 12  # fillings of each line of the grammars
_RIDGE = 0.2  # of the n-grams
_SIGN_RIDGE = 8.0
_PARTS = 3  # of the stretches, each scored by tables learnt from the others
# What people labelled both ways as comments are: elsewhere no advertising is only supposed.
_SHARES_FROM = {"en": "en_youtube_spam_train"}
# Lines of readers and of advertisers that are alike but for who gives the number: they
# teach the tables, and do not tell how loud n-grams are among what nobody has taught.
_ONLY_TAUGHT = ("{phone}", "{ref}", "{short}", "{owed}")
EXPECTED = 0.02  # share of advertising among a newsroom's letters
_SEED = 20261126


def train_advertising(
    data: Path,
    out: Path,
    *,
    languages: Iterable[str] = LANGUAGES,
    progress: Progress,
) -> list[Path]:
    """Write the weights of each language to `out`; give what was written."""
    out.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    for language in languages:
        taught = lesson(data, language)
        progress(f"{language}: {len(taught)} examples of advertising and of none")
        path = out / f"spam-{language}.npz"
        path.write_bytes(written(calibrated_tables(taught, language)))
        progress(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")
        paths.append(path)
    return paths


def lesson(data: Path, language: str) -> list[Example]:
    """Give the labelled examples of `language`, and sentences of our own."""
    own = sentences(language, each=_EACH, seed=_SEED, about="advertising")
    return [
        *examples(data, language, corpora=ADVERTISING),
        *(replace(each, source=language) for each in own),
    ]


def calibrated_tables(taught: Sequence[Example], language: str) -> Weights:
    """Give the tables learnt from `taught`, and the settings that fit what they say."""
    stretches = list(dict.fromkeys(each.stretch for each in taught))
    number = {stretch: place % _PARTS for place, stretch in enumerate(stretches)}
    parts = np.array([number[each.stretch] for each in taught])
    found = np.zeros((2, len(taught)), dtype=np.float32)
    for part in range(_PARTS):
        others = [each for each, of in zip(taught, parts, strict=True) if of != part]
        here = [each.text for each, of in zip(taught, parts, strict=True) if of == part]
        known = tables(others, language)
        found[:, parts == part] = sums(here, [signs(text) for text in here], known)
    some = np.array([_tells_shares(each, language) for each in taught])
    telling = [each for each, tells in zip(taught, some, strict=True) if tells]
    settings = _settings(language, found[:, some], telling)
    return replace(tables(taught, language), settings=settings)


def _tells_shares(example: Example, language: str) -> bool:
    if any(slot in example.stretch for slot in _ONLY_TAUGHT):
        return False
    return example.stretch.startswith(_SHARES_FROM.get(language, ""))


def tables(taught: Sequence[Example], language: str) -> Weights:
    """Give the two tables learnt from `taught`, each counting as much as the other."""
    rows = rows_of_examples(taught, language).folded(FOLD)
    found = [signs(each.text) for each in taught]
    by_sign = sign_rows([each.text for each in taught], found)
    return Weights(
        Settings(language=language, version=VERSION, ngrams=1.0, signs=1.0, offset=0.0),
        learnt(_task(taught, rows, size=(1 << BITS) // FOLD), ridge=_RIDGE),
        regression(_task(taught, by_sign, size=SIZE), ridge=_SIGN_RIDGE, rounds=80),
    )


def _task(taught: Sequence[Example], rows: Rows, *, size: int) -> Task:
    return task_of(taught, rows, force=np.ones(size, dtype=np.float32))


def _settings(
    language: str, found: NDArray[np.float32], taught: Sequence[Example]
) -> Settings:
    """Give what makes chances of two sums that were made for rows not learnt from."""
    truth = np.array([each.unwelcome > 0.5 for each in taught], dtype=np.float32)
    weight = np.array([each.weight for each in taught], dtype=np.float32)

    def slope(line: Floats) -> tuple[float, Floats]:
        straight = line[:2] @ found + line[2]
        miss = weight * (chances(straight) - truth)
        loss = float((weight * (np.logaddexp(0, straight) - truth * straight)).sum())
        return loss, np.array([*(found @ miss), miss.sum()], dtype=np.float32)

    line = descended(slope, np.array([1, 1, 0], dtype=np.float32), rounds=100)
    share = float((weight * truth).sum() / weight.sum())
    return Settings(
        language=language,
        version=VERSION,
        ngrams=float(line[0]),
        signs=float(line[1]),
        offset=float(line[2]) + log_odds(EXPECTED) - log_odds(share),
    )
