"""What an encoder of a language learns from: rows and sentences that the tables have."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from unicodedata import name

import numpy as np

from letterdesk.triage.emoji import heard
from letterdesk.triage.encoder.body import Body
from letterdesk.triage.encoder.net import FIRST
from letterdesk.triage.training.corpora import Example, examples
from letterdesk.triage.training.disguises import DISGUISES
from letterdesk.triage.training.encoder.learn import Lesson
from letterdesk.triage.training.sentences import sentences
from letterdesk.triage.training.train import EACH, SEED, is_held

_OWN_WEIGHT = 0.5  # of a sentence of our own; a labelled row weighs 1
_DISGUISED = 0.1  # share of the labelled rows that are read in disguise
_SCRIPTS = {"en": "LATIN", "ko": "HANGUL", "zh": "CJK"}  # as Unicode's names begin


@dataclass(frozen=True, kw_only=True)
class Taught:
    """The labelled rows of a language: those to learn from, and those held back."""

    language: str
    lesson: Sequence[Example]
    held: Sequence[Example]


def taught(data: Path, language: str, *, without: Iterable[str] = ()) -> Taught:
    """Give the labelled rows of a language, except the files named in `without`."""
    lesson: list[Example] = []
    held: list[Example] = []
    for each in examples(data, language, without=without):
        (held if is_held(each) else lesson).append(each)
    return Taught(language=language, lesson=lesson, held=held)


def lesson_of(some: Taught, start: Body, *, most: int) -> tuple[Lesson, Body]:
    """Give `most` rows of a source to learn from, and `start` with the pieces they have.

    Our own sentences are the last source. Of a source that weighs less there are fewer.
    """
    ours = list(sentences(some.language, each=EACH, seed=SEED))
    labelled = _evenly(some.lesson, most=most)
    read = [*_disguised(labelled, some.language), *ours]
    texts = heard((each.text for each in read), some.language)
    body = with_pieces_of(start, texts, script=_SCRIPTS[some.language])
    names = [*sorted({each.source for each in labelled}), ours[0].source]
    both = [*labelled, *ours]
    weight = [1.0] * len(labelled) + [_OWN_WEIGHT] * len(ours)
    return (
        Lesson(
            texts=[body.stretches(text)[0] for text in texts],
            unwelcome=np.array([each.unwelcome for each in both], dtype=np.float32),
            weight=np.array(weight, dtype=np.float32),
            source=np.array([names.index(each.source) for each in both]),
            sources=len(names),
        ),
        body,
    )


def with_pieces_of(start: Body, texts: Sequence[str], *, script: str) -> Body:
    """Give an encoder with the pieces of some texts, and every letter of the language."""
    seen = set(chain.from_iterable(map(start.pieces.numbers, texts)))
    kept = [
        number
        for number, piece in enumerate(start.pieces.written, start=FIRST)
        if number in seen or (len(piece) == 1 and name(piece, "").startswith(script))
    ]
    words = start.words.only([*range(FIRST), *kept])
    return replace(start, pieces=start.pieces.only(kept), words=words)


def _evenly(some: Sequence[Example], *, most: int) -> list[Example]:
    found: list[Example] = []
    for source in sorted({each.source for each in some}):
        part = [each for each in some if each.source == source]
        count = min(len(part), round(most * min(1.0, part[0].weight)))
        found += [part[place * len(part) // count] for place in range(count)]
    return found


def _disguised(labelled: Sequence[Example], language: str) -> list[Example]:
    chance = random.Random(SEED)  # noqa: S311 -- draws examples, guards nothing
    return [
        replace(each, text=chance.choice(DISGUISES[language])(each.text, chance))
        if chance.random() < _DISGUISED
        else each
        for each in labelled
    ]
