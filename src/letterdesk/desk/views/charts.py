"""Charts as places of bars and marks, for a template to draw; no script, no inline style.

A chart's plane is WIDTH by HEIGHT; the page stretches it to whatever room there is, so all
words stand beside it, as text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 1000.0, 200.0
_FILLED = 0.72  # of the room that one period has
_STEPS = (2, 4, 6, 8, 10)


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A bar or a mark: where it stands, of which series it is, and what it says."""

    series: int
    x: str
    y: str
    width: str
    height: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Plot:
    """What is drawn, and the numbers and names beside it."""

    shapes: tuple[Shape, ...]
    scale: tuple[str, ...]  # from the top down
    axis: tuple[str, ...]  # from the beginning on


@dataclass(frozen=True, kw_only=True)
class Column:
    """One place of the axis: bars that stand on each other, and a mark across them."""

    name: str
    words: str
    bars: Sequence[int]
    mark: int | None = None


def plot(columns: Sequence[Column]) -> Plot:
    """Give columns as shapes, on a scale that fits the highest."""
    reach = [max(sum(one.bars), one.mark or 0) for one in columns]
    top = round_up(max(reach, default=0))
    room = WIDTH / max(len(columns), 1)
    shapes = [
        shape
        for place, column in enumerate(columns)
        for shape in _shapes(column, left=place * room, room=room, top=top)
    ]
    return Plot(
        shapes=tuple(shapes),
        scale=(str(top), str(top // 2), "0"),
        axis=_axis([column.name for column in columns]),
    )


def round_up(number: int) -> int:
    """Give the next even, round number: what a scale ends with."""
    power = 1
    while number > _STEPS[-1] * power:
        power *= 10
    return next(step * power for step in _STEPS if step * power >= number)


def share(part: int, whole: int) -> str:
    """Give a part as the length of a bar that is 100 long."""
    return f"{100 * part / whole:.1f}" if whole else "0"


def _shapes(column: Column, *, left: float, room: float, top: int) -> Iterable[Shape]:
    inset = room * (1 - _FILLED) / 2
    below = 0.0
    for series, number in enumerate(column.bars, start=1):
        height = HEIGHT * number / top
        if number:
            yield Shape(
                series=series,
                x=f"{left + inset:.2f}",
                y=f"{HEIGHT - below - height:.2f}",
                width=f"{room * _FILLED:.2f}",
                height=f"{height:.2f}",
                words=column.words,
            )
        below += height
    if column.mark is not None:
        yield Shape(
            series=0,
            x=f"{left + inset / 2:.2f}",
            y=f"{HEIGHT - HEIGHT * column.mark / top:.2f}",
            width=f"{room - inset:.2f}",
            height="0",
            words=column.words,
        )


def _axis(names: Sequence[str]) -> tuple[str, ...]:
    """Give the first, the middle and the last name; fewer when there are fewer."""
    if len(names) <= 2:
        return tuple(names)
    return (names[0], names[len(names) // 2], names[-1])
