"""What an encoder thinks of clauses from labelled comments: more for the tables to learn.

An encoder tells comments that are like no labelled row apart better than the tables do.
Where it speaks of clauses, each with its own chance instead of the label of a whole
comment, part of that goes over (distillation: Hinton et al., 2015).
"""

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from letterdesk.triage.emoji import heard
from letterdesk.triage.encoder.encoder import Encoder
from letterdesk.triage.model.sparse import Floats
from letterdesk.triage.training.corpora import Example
from letterdesk.triage.training.kept import Progress, keep, taken
from letterdesk.triage.training.learn import calibrated, chances

SOURCE = "opinions"
MOST = {"en": 120_000, "ko": 60_000, "zh": 40_000}  # clauses
_WEIGHT = 0.8  # of an opinion; a labelled row weighs 1
_FEWEST, _MOST_WORDS = 3, 30
_FEWEST_LETTERS, _MOST_LETTERS = 4, 80  # where words are not what they are in English
_WHOLE = 200  # letters of a comment that counts as a clause, too
_ENDS = re.compile(r"(?<=[.!?;,:\n])\s+")
_WIDE_ENDS = re.compile(r"(?<=[.!?;,:\n])\s+|(?<=[。！？；，：…~])")
_LETTER = re.compile(r"[^\W_]")
_AT_ONCE = 5_000  # clauses: so many are lost at most when it is stopped
_SEED = 20261126


def opinions(
    teacher: Encoder,
    lesson: Sequence[Example],
    language: str,
    *,
    held: Sequence[Example],
    known: Path,
    progress: Progress,
) -> list[Example]:
    """Give clauses of `lesson`, each as unwelcome as `teacher` finds it.

    Its chances are set straight on labelled rows that it did not learn from. `known` is
    where its opinions are kept, and read from when it was stopped.
    """
    slope, offset = calibrated(
        _logits(teacher, [each.text for each in held], language),
        np.array([each.unwelcome for each in held]),
    )
    texts, logits = read_clauses(teacher, lesson, language, known=known, progress=progress)
    found = chances(slope * logits + offset)
    return [
        Example(text=text, unwelcome=float(chance), weight=_WEIGHT, source=SOURCE)
        for text, chance in zip(texts, found, strict=True)
    ]


def read_clauses(
    teacher: Encoder,
    lesson: Sequence[Example],
    language: str,
    *,
    known: Path,
    progress: Progress,
) -> tuple[list[str], Floats]:
    """Give clauses of `lesson` and the teacher's logit of each, from `known` if it can."""
    texts = clauses(lesson, language)
    return texts, _read(teacher, texts, language, known=known, progress=progress)


def clauses(lesson: Sequence[Example], language: str) -> list[str]:
    """Give up to MOST clauses, each once, drawn from all comments."""
    chance = random.Random(_SEED)  # noqa: S311 -- draws texts, guards nothing
    once: dict[str, str] = {}
    for each in lesson:
        for clause in _parts(each.text, language):
            once.setdefault(clause.lower(), clause)
    found = list(once.values())
    return chance.sample(found, min(MOST[language], len(found)))


def _parts(text: str, language: str) -> Iterator[str]:
    parts = (_ENDS if language == "en" else _WIDE_ENDS).split(text)
    if len(text) < _WHOLE:
        parts.append(text)
    for part in parts:
        if _is_of_a_size(part, language):
            yield part


def _is_of_a_size(part: str, language: str) -> bool:
    if language == "en":
        return _FEWEST <= len(part.split()) <= _MOST_WORDS
    return _FEWEST_LETTERS <= len(_LETTER.findall(part)) <= _MOST_LETTERS


def _read(
    teacher: Encoder,
    texts: Sequence[str],
    language: str,
    *,
    known: Path,
    progress: Progress,
) -> Floats:
    """Give the logit of each text, from `known` as far as it goes."""
    found = taken(known) if known.is_file() else np.empty(0, dtype=np.float32)
    while len(found) < len(texts):
        some = texts[len(found) : len(found) + _AT_ONCE]
        found = np.concatenate([found, _logits(teacher, some, language)])
        keep(known, found)
        progress(f"{len(found):,} of {len(texts):,} clauses read by the encoder")
    return found


def _logits(teacher: Encoder, texts: Sequence[str], language: str) -> Floats:
    return teacher.logits(heard(texts, language))
