"""What a student learns: to read clauses and our own sentences as its encoder does.

That is distillation (Hinton et al., 2015), and what carries over to comments from elsewhere
is in the words' vectors: what the encoder makes of each word alone. They stay as they came,
so that words which no lesson has are understood as well.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from math import cos, pi

import numpy as np

from letterdesk.triage.encoder.encoder import Encoder
from letterdesk.triage.model.grams import Places
from letterdesk.triage.model.sparse import Floats
from letterdesk.triage.model.student import (
    HIDDEN,
    UNITS,
    UNKNOWN,
    Known,
    Stretches,
    Student,
    of_units,
    read,
    sizes,
    slope_of_seen,
    stretches,
    student_of,
)
from letterdesk.triage.model.student_words import words_in
from letterdesk.triage.training.encoder.parts import parts
from letterdesk.triage.training.encoder.steps import Steps
from letterdesk.triage.training.kept import Progress

WIDTH = 32  # of a word's vector
_FEWEST = 2  # texts that a word has to be in
_LONGEST = 80  # words of a text to learn from
_TIMES = 4  # that each text is read
_BATCH = 256  # texts
_PACE = 4e-3
_KEEP_SQUARE = 0.999  # of a slope's square, as Adam is commonly run
_WARM = 200  # steps until it learns at full pace
_DROPPED = 0.1  # share of what was seen that a step goes without
_LOUD = 0.5  # of vectors
_PCA = 30_000  # words, the commonest, that say which of their differences matter
_VECTORS = "vectors"
_SEED = 20261128
_TOLD_EVERY = 500  # steps


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """Texts as words by their numbers, and the encoder's logit of each."""

    texts: Sequence[Places]
    logits: Floats

    def batches(self) -> Iterator[tuple[Stretches, Floats]]:
        """Give all texts in turn, some at a time, each _TIMES times, by chance."""
        chance = random.Random(_SEED)  # noqa: S311 -- draws texts, guards nothing
        order = list(range(len(self.texts)))
        for _ in range(_TIMES):
            chance.shuffle(order)
            for first in range(0, len(order) - len(order) % _BATCH, _BATCH):
                some = order[first : first + _BATCH]
                yield stretches(self.texts[place] for place in some), self.logits[some]


def words_of(texts: Iterable[str]) -> list[str]:
    """Give the words that enough of some normalised texts have, the commonest first.

    Letters of pairs are there, too, for pairs that nobody has seen.
    """
    found = Counter[str]()
    for text in texts:
        words = words_in([text])
        letters = f"\n {text} \n"
        edges = zip(words.starts, words.ends, strict=True)
        pairs = [letters[start:end] for start, end in edges]
        known = {letter for pair in compress(pairs, words.is_pair) for letter in pair}
        found.update(known.union(pairs))
    enough = [(word, count) for word, count in found.items() if count >= _FEWEST]
    return [word for word, _ in sorted(enough, key=lambda pair: (-pair[1], pair[0]))]


def vectors_of(words: Sequence[str], teacher: Encoder) -> Floats:
    """Give each word as a vector: what most tells apart what the encoder makes of them.

    The first number is how unwelcome the word reads to it. (words, WIDTH)
    """
    body = teacher.body
    given = body.given([body.stretches(word)[0] for word in words])
    given -= given.mean(axis=0)
    _, _, ways = np.linalg.svd(given[:_PCA], full_matrices=False)
    found = np.column_stack([given @ teacher.view, given @ ways[: WIDTH - 1].T])
    return np.asarray(_LOUD * found / found.std(axis=0), dtype=np.float32)


def taught_student(
    words: Sequence[str],
    vectors: Floats,
    texts: Sequence[str],
    logits: Floats,
    *,
    progress: Progress,
) -> Student:
    """Give a student of `words` that reads normalised `texts` as the encoder's `logits` do.

    Of a text of more than _LONGEST words it learns the first.
    """
    begun = _begun(vectors)
    unread = student_of(words, begun)
    middle, spread = float(logits.mean()), float(logits.std())
    lesson = Lesson(
        texts=[_numbers(unread, text) for text in texts],
        logits=((logits - middle) / spread).astype(np.float32),
    )
    known = _learnt(lesson, unread.known, progress=progress)
    known["out"][:] *= spread
    known["out_bias"][:] = known["out_bias"] * spread + middle
    return Student(unread.words, known)


def _numbers(student: Student, text: str) -> Places:
    found = student.numbers(words_in([text]))[:_LONGEST]
    return found if len(found) else np.array([UNKNOWN])


def _begun(vectors: Floats) -> Known:
    """Give what a student begins with: layers by chance, words as the encoder has them."""
    chance = np.random.default_rng(_SEED)
    found = parts(sizes(*vectors.shape)).named
    came = {"one": WIDTH, "first": 2 * WIDTH, "second": 2 * WIDTH, "hidden": 4 * UNITS}
    for name, count in came.items():
        found[name][:] = chance.standard_normal(found[name].shape) * np.sqrt(2 / count)
    found["out"][:] = chance.standard_normal(HIDDEN) / np.sqrt(HIDDEN)
    found["vectors"][1:] = vectors
    return found


def _learnt(lesson: Lesson, begun: Known, *, progress: Progress) -> Known:
    shapes = {name: part.shape for name, part in begun.items() if name != _VECTORS}
    known, down = parts(shapes), parts(shapes)
    for name, part in known.named.items():
        part[:] = begun[name]
    now = {**known.named, _VECTORS: begun[_VECTORS]}
    begin = np.zeros_like(known.flat), np.zeros_like(known.flat)
    steps = Steps(*begin, keep_square=_KEEP_SQUARE)
    chance = np.random.default_rng(_SEED)
    count = _TIMES * (len(lesson.texts) // _BATCH)
    off = 0.0
    for number, (some, wanted) in enumerate(lesson.batches(), start=1):
        off += _slopes(some, wanted, now, into=down.named, chance=chance)
        pace = np.full_like(known.flat, _PACE * _pace(number, of=count))
        steps.take(known.flat, down.flat, number=number, pace=pace)
        if number % _TOLD_EVERY == 0 or number == count:
            progress(f"step {number} of {count}, off by {off / number:.3f} in the mean")
    return now


def _pace(number: int, *, of: int) -> float:
    """Give the share of the pace that a step goes at."""
    if number < _WARM:
        return number / _WARM
    return (1 + cos(pi * (number - _WARM) / max(of - _WARM, 1))) / 2


def _slopes(
    some: Stretches,
    wanted: Floats,
    known: Known,
    *,
    into: Known,
    chance: np.random.Generator,
) -> float:
    """Put into `into` how the squares of what it is off by move; give their mean."""
    is_heard = chance.random((len(some), 4 * UNITS)) >= _DROPPED
    heard = is_heard.astype(np.float32) / np.float32(1 - _DROPPED)
    found = read(some, known, heard=heard)
    miss = found.logits - wanted
    down = (2 / len(miss) * miss).astype(np.float32)[:, None]
    into["out"][:] = (down * found.hidden).sum(axis=0)
    into["out_bias"][:] = down.sum()
    hidden = down * known["out"] * (found.hidden > 0)
    into["hidden"][:] = found.seen.T @ hidden
    into["hidden_bias"][:] = hidden.sum(axis=0)
    units = of_units(some, found, down * slope_of_seen(found, known) * heard)
    units *= found.units > 0
    into["units"][:] = units.sum(axis=0)
    alone, both = units[:, :UNITS], units[:, UNITS:]
    into["one"][:] = found.vectors.T @ alone
    into["first"][:] = found.vectors.T @ both
    before = np.zeros_like(both)
    before[1:] = both[:-1]
    some.without_firsts(before)
    into["second"][:] = found.vectors.T @ before
    return float((miss * miss).mean())
