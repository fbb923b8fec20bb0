"""Logistic regression over hashed rows: L-BFGS, and its naive-Bayes-weighted twin.

The twin is NB-SVM's idea (Wang and Manning, ACL 2012) with a logistic loss. Both are
linear in the same rows, so their mean is one table of weights.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from letterdesk.triage.model.sparse import Floats, Rows

_HISTORY = 8  # pairs of steps that L-BFGS remembers (Nocedal, 1980)
_ENOUGH = 2e-4  # relative fall of the loss below which it stops
Slope = Callable[[Floats], tuple[float, Floats]]


@dataclass(frozen=True, kw_only=True)
class Task:
    """What to learn: rows, what people said of them, and how much each weighs.

    `sources` has a column a source: it takes up each source's own base rate, and is
    dropped afterwards. `force` is what a column counts.
    """

    rows: Rows
    unwelcome: Floats
    weight: Floats
    sources: Floats
    force: Floats


def learnt(task: Task, *, ridge: float, rounds: int = 80) -> Floats:
    """Give the mean of both tables: one weight a column."""
    both = regression(task, ridge=ridge, rounds=rounds) + twin(
        task, ridge=ridge, rounds=rounds
    )
    return np.asarray(both / 2, dtype=np.float32)


def learnt_beside(task: Task, *, ridge: float, rounds: int) -> tuple[Floats, Floats]:
    """Give the mean of both tables, and beside it what each source counts."""
    plain = _regression(task, task.force, ridge=ridge, rounds=rounds)
    bayes = _regression(task, task.force * naive_bayes(task), ridge=ridge, rounds=rounds)
    table, rest = (plain[0] + bayes[0]) / 2, (plain[1] + bayes[1]) / 2
    return table.astype(np.float32), rest.astype(np.float32)


def regression(task: Task, *, ridge: float, rounds: int) -> Floats:
    """Give the table of plain logistic regression."""
    return _regression(task, task.force, ridge=ridge, rounds=rounds)[0]


def twin(task: Task, *, ridge: float, rounds: int) -> Floats:
    """Give the table of the regression whose columns are weighted by naive Bayes."""
    return _regression(task, task.force * naive_bayes(task), ridge=ridge, rounds=rounds)[0]


def naive_bayes(task: Task) -> Floats:
    """Give each column's log ratio of unwelcome to welcome, by counting alone."""
    size = len(task.force)
    level = task.weight / task.rows.scale
    bad = task.rows.gathered(level * task.unwelcome, size) + 1
    good = task.rows.gathered(level * (1 - task.unwelcome), size) + 1
    ratio = np.log(bad / bad.sum()) - np.log(good / good.sum())
    return np.asarray(ratio, dtype=np.float32)


def _regression(
    task: Task, force: Floats, *, ridge: float, rounds: int
) -> tuple[Floats, Floats]:
    size = len(force)

    def slope(weights: Floats) -> tuple[float, Floats]:
        table, rest = weights[:size], weights[size:]
        logit = task.rows.times(table * force) + task.sources @ rest
        loss = task.weight @ (np.logaddexp(0, logit) - task.unwelcome * logit)
        miss = task.weight * (chances(logit) - task.unwelcome)
        down = task.rows.gathered(miss, size) * force + ridge * table
        return (
            float(loss) + ridge / 2 * float(table @ table),
            np.concatenate([down, task.sources.T @ miss]).astype(np.float32),
        )

    start = np.zeros(size + task.sources.shape[1], dtype=np.float32)
    found = descended(slope, start, rounds=rounds)
    return (found[:size] * force).astype(np.float32), found[size:]


def chances(logit: Floats) -> Floats:
    """Give the chance that each logit stands for."""
    return np.asarray(1 / (1 + np.exp(-np.clip(logit, -30, 30))), dtype=np.float32)


def calibrated(logit: Floats, unwelcome: NDArray[np.float64]) -> tuple[float, float]:
    """Give slope and offset that make chances of logits (Platt, 1999)."""
    truth = np.asarray(unwelcome, dtype=np.float32)

    def slope(line: Floats) -> tuple[float, Floats]:
        straight = line[0] * logit + line[1]
        miss = chances(straight) - truth
        loss = float((np.logaddexp(0, straight) - truth * straight).sum())
        return loss, np.array([miss @ logit, miss.sum()], dtype=np.float32)

    found = descended(slope, np.array([1, 0], dtype=np.float32), rounds=60)
    return float(found[0]), float(found[1])


def descended(slope: Slope, start: Floats, *, rounds: int) -> Floats:
    """Give the place where `slope`'s loss no longer falls, by L-BFGS."""
    place = start
    loss, down = slope(place)
    steps: list[Floats] = []
    turns: list[Floats] = []
    for _ in range(rounds):
        path = _direction(down, steps, turns)
        length = 1.0
        while True:
            onward = (place - np.float32(length) * path).astype(np.float32)
            new_loss, new_down = slope(onward)
            if new_loss <= loss - 1e-4 * length * float(path @ down) or length < 1e-4:
                break
            length /= 2
        if float((onward - place) @ (new_down - down)) > 1e-10:
            steps, turns = (
                [*steps, onward - place][-_HISTORY:],
                [*turns, new_down - down][-_HISTORY:],
            )
        fall = loss - new_loss
        place, loss, down = onward, new_loss, new_down
        if fall < _ENOUGH * abs(loss) and len(steps) >= _HISTORY:
            break
    return place


def _direction(down: Floats, steps: list[Floats], turns: list[Floats]) -> Floats:
    if not steps:
        return np.asarray(down / max(1e-9, float(np.abs(down).sum())), dtype=np.float32)
    path: NDArray[np.float32] = down.copy()
    parts: list[float] = []
    for step, turn in zip(reversed(steps), reversed(turns), strict=True):
        part = float(step @ path) / float(step @ turn)
        parts.append(part)
        path -= np.float32(part) * turn
    path *= np.float32(float(steps[-1] @ turns[-1]) / float(turns[-1] @ turns[-1]))
    for step, turn, part in zip(steps, turns, reversed(parts), strict=True):
        path += np.float32(part - float(turn @ path) / float(step @ turn)) * step
    return path
