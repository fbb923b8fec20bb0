"""An encoder that learns what people said, seeing each comment once.

It reads a comment as a whole, and gives an opinion in a view common to all sources, and in
the view of each: would *its* raters call this unwelcome? The same lesson gives the same
bytes on one machine, numpy and number of threads, interrupted or not.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.encoder_net import (
    Parts,
    Reading,
    Tokens,
    padded,
    parts,
    read,
    slopes,
)
from benchmarks.encoder_start import Start
from benchmarks.encoder_steps import Steps
from letterdesk.triage.model.sparse import Floats
from letterdesk.triage.training.learn import chances

BATCH = 32
KEPT_EVERY = 100  # steps
_SORTED = 50  # batches whose texts are put in order of their length together
_PACE = 2e-4
_HEAD_PACE = 2e-3
_WARM = 0.05  # of the steps, in which the pace rises
_SLOWEST = 0.02  # of the pace, in the end
_LOUD = np.float32(0.5)  # of a reading, before it is judged
_STEEPEST = 1.0  # of the slope: steeper ones are shortened
_SEED = 20261126
_HEADS = ("all", "each", "base")
Progress = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """Texts, what people said of each, what it weighs, and the place of its source."""

    texts: Sequence[Tokens]
    unwelcome: Floats
    weight: Floats
    source: NDArray[np.int64]
    sources: int

    def some(self, places: Sequence[int]) -> "Lesson":
        """Give the texts in these places."""
        return Lesson(
            texts=[self.texts[place] for place in places],
            unwelcome=self.unwelcome[places],
            weight=self.weight[places],
            source=self.source[places],
            sources=self.sources,
        )


@dataclass(frozen=True, kw_only=True)
class Encoder:
    """An encoder, and what tells unwelcome from welcome in each view."""

    start: Start
    known: Parts

    def opinions(self, texts: Sequence[Tokens]) -> Floats:
        """Give each text's logits: (texts, 1 + sources), the common view first."""
        named = self.known.named
        views = np.concatenate([named["all"][None], named["all"] + named["each"]])
        bases = np.append(np.float32(0), named["base"])
        found = np.zeros((len(texts), len(views)), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for first in range(0, len(order), 2 * BATCH):
            some = order[first : first + 2 * BATCH]
            given = self.reading([texts[place] for place in some]).given * _LOUD
            found[some] = given @ views.T + bases
        return found

    def reading(self, texts: Sequence[Tokens]) -> Reading:
        """Read texts."""
        tokens, mask = padded(texts)
        return read(self.start.embedded(tokens), mask, self.known.named, self.start.shape)


def learnt(lesson: Lesson, start: Start, *, kept: Path, progress: Progress) -> Encoder:
    """Give an encoder that has learnt from each text once.

    `kept` is where it writes how far it is, and goes on from when it lies there.
    """
    width = start.shape.width
    heads = {"all": (width,), "each": (lesson.sources, width), "base": (lesson.sources,)}
    encoder = Encoder(start=start, known=parts({**start.shape.sizes(), **heads}))
    for name, part in start.layers.items():
        encoder.known.named[name][:] = part
    pupil = _Pupil(encoder, identity=_identity(lesson, encoder.known))
    batches = _batches(lesson)
    done = pupil.gone_on(kept)
    for number, places in enumerate(batches[done:], start=done + 1):
        loss = pupil.step(lesson.some(places), number=number, of=len(batches))
        if number % KEPT_EVERY == 0 or number == len(batches):
            pupil.keep(kept, number)
            progress(f"step {number} of {len(batches)}, loss {loss:.3f}")
    return encoder


def _identity(lesson: Lesson, known: Parts) -> str:
    """Give what is another for another lesson or another start."""
    found = sha256()
    for part in (*lesson.texts, lesson.unwelcome, lesson.weight, lesson.source, known.flat):
        found.update(np.int64(len(part)).tobytes())
        found.update(part.tobytes())
    return found.hexdigest()


def _batches(lesson: Lesson) -> list[list[int]]:
    """Give places of texts, each once, those of about one length together, by chance."""
    chance = random.Random(_SEED)  # noqa: S311 -- draws texts, guards nothing
    order = list(range(len(lesson.texts)))
    chance.shuffle(order)
    found: list[list[int]] = []
    for first in range(0, len(order), BATCH * _SORTED):
        some = order[first : first + BATCH * _SORTED]
        some.sort(key=lambda place: len(lesson.texts[place]))
        found += [some[place : place + BATCH] for place in range(0, len(some), BATCH)]
    chance.shuffle(found)
    return found


class _Pupil:
    """An encoder that is still learning."""

    def __init__(self, encoder: Encoder, *, identity: str) -> None:
        known = encoder.known
        self._encoder = encoder
        self._identity = identity
        self._down = parts({name: part.shape for name, part in known.named.items()})
        self._steps = Steps(np.zeros_like(known.flat), np.zeros_like(known.flat))
        self._pace = np.full_like(known.flat, _PACE)
        self._pace[-sum(known.named[name].size for name in _HEADS) :] = _HEAD_PACE

    def step(self, some: Lesson, *, number: int, of: int) -> float:
        """Learn from some texts, the `number`th `of` all steps; give how far off it was."""
        known, down = self._encoder.known.named, self._down.named
        reading = self._encoder.reading(some.texts)
        given = reading.given * _LOUD
        views = known["all"] + known["each"][some.source]
        logit = (given * views).sum(1) + known["base"][some.source]
        miss = some.weight * (chances(logit) - some.unwelcome) / len(some.texts)
        miss = miss.astype(np.float32)
        down["all"][:] = miss @ given
        down["each"][:] = 0
        np.add.at(down["each"], some.source, miss[:, None] * given)
        down["base"][:] = np.bincount(some.source, miss, some.sources)
        moved = _LOUD * miss[:, None] * views
        slopes(reading, moved, known, down, self._encoder.start.shape)
        self._move(number, share=number / of)
        off = some.weight * (np.logaddexp(0, logit) - some.unwelcome * logit)
        return float(off.mean())

    def _move(self, number: int, *, share: float) -> None:
        """Take the `number`th step, `share` of the way."""
        steep = float(np.linalg.norm(self._down.flat))
        if steep > _STEEPEST:
            self._down.flat[:] *= np.float32(_STEEPEST / steep)
        pace = min(share / _WARM, max(_SLOWEST, (1 - share) / (1 - _WARM)))
        place = self._encoder.known.flat
        pace_each = self._pace * np.float32(pace)
        self._steps.take(place, self._down.flat, number=number, pace=pace_each)

    def _state(self) -> tuple[Floats, Floats, Floats]:
        return self._encoder.known.flat, self._steps.slope, self._steps.square

    def keep(self, path: Path, number: int) -> None:
        """Write what is needed to go on after the `number`th step."""
        draft = path.with_suffix(".draft")
        with draft.open("wb") as file:
            state = np.stack(self._state())
            np.savez(file, identity=self._identity, number=number, state=state)
        draft.rename(path)

    def gone_on(self, path: Path) -> int:
        """Go on from what was written of this lesson; give how many steps that took."""
        if not path.is_file():
            return 0
        with np.load(path, allow_pickle=False) as found:
            if str(found["identity"]) != self._identity:
                return 0
            for here, part in zip(self._state(), found["state"], strict=True):
                here[:] = part
            return int(found["number"])
