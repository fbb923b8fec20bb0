"""An encoder that learns what people said of comments.

It reads a comment as a whole, and gives an opinion in a view common to all sources, and in
the view of each: would *its* raters call this unwelcome? The same lesson gives the same
bytes on one machine, numpy and number of threads, interrupted or not.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from letterdesk.triage.encoder.body import Body
from letterdesk.triage.encoder.net import IN, OUT, Shape, Tokens
from letterdesk.triage.encoder.trunk import moved
from letterdesk.triage.model.sparse import Floats
from letterdesk.triage.training.encoder.parts import Parts, parts
from letterdesk.triage.training.encoder.slopes import read, slopes
from letterdesk.triage.training.encoder.steps import Steps
from letterdesk.triage.training.kept import Progress
from letterdesk.triage.training.learn import chances

BATCH = 32
KEPT_EVERY = 100  # steps
_SORTED = 50  # batches whose texts are put in order of their length together
_PACE = 1.4e-3  # of what is added to matrices
_REST_PACE = 2e-4
_HEAD_PACE = 2e-3
_WARM = 0.05  # of the steps, in which the pace rises
_SLOWEST = 0.02  # of the pace, in the end
_LOUD = np.float32(0.5)  # of a reading, before it is judged
_STEEPEST = 1.0  # of the slope: steeper ones are shortened
_SEED = 20261126


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
class Learnt:
    """A body as it came, and what was learnt.

    That is what its layers move by, and what tells unwelcome from welcome in each view.
    Vectors of pieces stay as they came, so that words which no row has are understood as
    well.
    """

    start: Body
    known: Parts

    @property
    def taught(self) -> Mapping[str, Floats]:
        """Give what was added to the layers, by the names of Shape.taught."""
        return {name: self.known.named[name] for name in self.start.shape.taught()}

    def body(self) -> Body:
        """Give the body as it is now."""
        layers = moved(self.start.layers.items(), self.known.named)
        return replace(self.start, layers=layers)

    @property
    def view(self) -> Floats:
        """Give what tells unwelcome from welcome in the view common to all sources."""
        return np.asarray(self.known.named["all"] * _LOUD)


def learnt(
    lesson: Lesson,
    start: Body,
    *,
    pupil: int = 0,
    times: int = 1,
    kept: Path,
    progress: Progress,
) -> Learnt:
    """Give what `start` becomes when it has learnt from each text so many times.

    Each `pupil`, by its number, begins by other chances and reads in another order. `kept`
    is where it writes how far it is, and goes on from when it lies there.
    """
    found = _begun(start, sources=lesson.sources, seed=_SEED + pupil)
    batches = _batches(lesson, times, seed=_SEED + pupil)
    learner = _Learner(found, identity=_identity(lesson, found, times=times))
    done = learner.gone_on(kept)
    for number, places in enumerate(batches[done:], start=done + 1):
        loss = learner.step(lesson.some(places), number=number, of=len(batches))
        if number % KEPT_EVERY == 0 or number == len(batches):
            learner.keep(kept, number)
            progress(f"step {number} of {len(batches)}, loss {loss:.3f}")
    return found


def _begun(start: Body, *, sources: int, seed: int) -> Learnt:
    """Give a body that can learn: nothing in any view, its layers as they came.

    Of each two matrices whose product is added the first is drawn by chance, lest both
    stay at nothing.
    """
    width = start.shape.width
    heads = {"all": (width,), "each": (sources, width), "base": (sources,)}
    known = parts({**start.shape.taught(), **heads})
    chance = np.random.default_rng(seed)
    for name, part in known.named.items():
        if name.endswith(IN):
            part[:] = chance.standard_normal(part.shape) * np.sqrt(2 / part.shape[1])
    return Learnt(start=start, known=known)


def _paces(shape: Shape, known: Parts) -> Floats:
    """Give the pace of each number that is learnt."""
    found = parts({name: part.shape for name, part in known.named.items()})
    for name, part in found.named.items():
        is_added = name.endswith((IN, OUT))
        part[:] = (
            _PACE if is_added else _REST_PACE if name in shape.taught() else _HEAD_PACE
        )
    return found.flat


def _identity(lesson: Lesson, begun: Learnt, *, times: int) -> str:
    """Give what is another for another lesson or another start."""
    found = sha256(str(times).encode())
    parts: list[NDArray[Any]] = [*lesson.texts, lesson.unwelcome, lesson.weight]
    for part in (*parts, lesson.source, begun.known.flat, *begun.start.layers.values()):
        found.update(np.int64(len(part)).tobytes())
        found.update(part.tobytes())
    return found.hexdigest()


def _batches(lesson: Lesson, times: int, *, seed: int) -> list[list[int]]:
    """Give places of texts, each so many times, those of about one length together."""
    chance = random.Random(seed)  # noqa: S311 -- draws texts, guards nothing
    return [batch for _ in range(times) for batch in _round(lesson, chance)]


def _round(lesson: Lesson, chance: random.Random) -> list[list[int]]:
    """Give places of texts, each once, by chance."""
    order = list(range(len(lesson.texts)))
    chance.shuffle(order)
    found: list[list[int]] = []
    for first in range(0, len(order), BATCH * _SORTED):
        some = order[first : first + BATCH * _SORTED]
        some.sort(key=lambda place: len(lesson.texts[place]))
        found += [some[place : place + BATCH] for place in range(0, len(some), BATCH)]
    chance.shuffle(found)
    return found


class _Learner:
    """What is still learning."""

    def __init__(self, found: Learnt, *, identity: str) -> None:
        known = found.known
        self._found = found
        self._identity = identity
        self._down = parts({name: part.shape for name, part in known.named.items()})
        self._steps = Steps(np.zeros_like(known.flat), np.zeros_like(known.flat))
        self._pace = _paces(found.start.shape, known)

    def step(self, some: Lesson, *, number: int, of: int) -> float:
        """Learn from some texts, the `number`th `of` all steps; give how far off it was."""
        known, down = self._found.known.named, self._down.named
        body = self._found.body()
        reading = read(body, some.texts)
        given = reading.pooled.given * _LOUD
        views = known["all"] + known["each"][some.source]
        logit = (given * views).sum(1) + known["base"][some.source]
        miss = some.weight * (chances(logit) - some.unwelcome) / len(some.texts)
        miss = miss.astype(np.float32)
        down["all"][:] = miss @ given
        down["each"][:] = 0
        np.add.at(down["each"], some.source, miss[:, None] * given)
        down["base"][:] = np.bincount(some.source, miss, some.sources)
        miss_of_given = _LOUD * miss[:, None] * views
        slopes(reading, miss_of_given, body, taught=known, into=down)
        self._move(number, share=number / of)
        off = some.weight * (np.logaddexp(0, logit) - some.unwelcome * logit)
        return float(off.mean())

    def _move(self, number: int, *, share: float) -> None:
        """Take the `number`th step, `share` of the way."""
        steep = float(np.linalg.norm(self._down.flat))
        if steep > _STEEPEST:
            self._down.flat[:] *= np.float32(_STEEPEST / steep)
        pace = min(share / _WARM, max(_SLOWEST, (1 - share) / (1 - _WARM)))
        place = self._found.known.flat
        pace_each = self._pace * np.float32(pace)
        self._steps.take(place, self._down.flat, number=number, pace=pace_each)

    def _state(self) -> tuple[Floats, Floats, Floats]:
        return self._found.known.flat, self._steps.slope, self._steps.square

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
