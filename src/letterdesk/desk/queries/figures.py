"""The newsroom's own figures, added up from each day's counters.

How much they cost depends on how many days are asked for, not on how many letters there
ever were. Nothing here counts fewer people than a desk.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q, Sum

from letterdesk.desk.models import Tally
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require

LONGEST = 1_100  # days: three years
TOO_FEW = 5  # letters: the waiting time of fewer is somebody's own
OUTCOMES = ("published", "edited", "rejected")
_DAILY, _WEEKLY = 62, 400  # days that are shown by day, by week; longer ones by month
_KINDS = ("received", "decision", "waited", "second", "appeal", "rule", *OUTCOMES)
_OPINIONS = frozenset({"second", "appeal"})
_WORDS = {  # occasion → how a counter calls agreeing and differing
    "second": ("second agreed", "second differed"),
    "held": ("held agreed", "held differed"),
    "appeal": ("upheld", "reversed"),
}
_WORK = frozenset({"approve", "edit", "reject", "hold", "retract", "restore"})
_HOURS = 24


class Step(StrEnum):
    """How long a period of a figure is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, kw_only=True)
class Window:
    """Which days, of which desk and language; "" is all of them."""

    start: date
    end: date
    desk: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Period:
    """What happened in a day, a week or a month.

    `median` and `ninety` are the days that half, and nine tenths, of the letters waited
    at most until they were decided on for good; None when they were too few.
    """

    start: date
    received: int
    decided: int
    outcomes: Mapping[str, int]
    median: int | None
    ninety: int | None


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """How often a second person agreed with the first, and how often not."""

    occasion: str
    agreed: int
    differed: int


@dataclass(frozen=True, kw_only=True)
class Figures:
    """All figures of a window. `hours`: letters and decisions, by hour of the day, UTC."""

    step: Step
    periods: tuple[Period, ...]
    median: int | None
    ninety: int | None
    rules: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    agreements: tuple[Agreement, ...]
    hours: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Row:
    day: date
    kind: str
    key: str
    language: str
    count: int


def figures(person: Person, window: Window) -> Figures:
    """Give the figures of a window, at most LONGEST days. Raises NotYours.

    Whoever belongs to desks gets theirs only; the hours are always the whole newsroom's.
    Reads the days in question of index tally_once_each.
    """
    require(person, Permission.SEE_REPORTS, desk=window.desk or None)
    every = _rows(person, window)
    wanted = window.language
    rows = [row for row in every if not wanted or row.language == wanted]
    step = _step(window)
    waits = _waits(rows)
    return Figures(
        step=step,
        periods=tuple(_periods(rows, window, step)),
        median=quantile(waits, 0.5),
        ninety=quantile(waits, 0.9),
        rules=_sums((row.key, row.count) for row in rows if row.kind == "rule"),
        languages=_sums(
            (row.language, row.count) for row in every if row.kind == "received"
        ),
        agreements=tuple(_agreements(rows)),
        hours=_hours(window),
    )


def quantile(waits: Mapping[int, int], share: float) -> int | None:
    """Give the days that `share` of the letters waited at most; None of too few.

    `waits` says how many letters waited how many days.
    """
    whole = sum(waits.values())
    if whole < TOO_FEW:
        return None
    reached = 0
    for days in sorted(waits):
        reached += waits[days]
        if reached >= share * whole:
            return days
    return max(waits)


def _rows(person: Person, window: Window) -> list[_Row]:
    desks = Q(desk=window.desk) if window.desk else Q()
    if person.desks and not window.desk:
        desks = Q(desk__in=person.desks)
    found = Tally.objects.filter(
        desks, day__gte=window.start, day__lte=window.end, kind__in=_KINDS
    )
    grouped = found.values_list("day", "kind", "key", "language")
    return [_Row(*row) for row in grouped.annotate(total=Sum("count"))]


def _step(window: Window) -> Step:
    days = (window.end - window.start).days + 1
    if days <= _DAILY:
        return Step.DAY
    return Step.WEEK if days <= _WEEKLY else Step.MONTH


def _begin(day: date, step: Step) -> date:
    if step is Step.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step is Step.MONTH else day


def _periods(rows: Iterable[_Row], window: Window, step: Step) -> Iterable[Period]:
    found: dict[date, list[_Row]] = defaultdict(list)
    for back in range((window.end - window.start).days, -1, -1):
        found[_begin(window.end - timedelta(days=back), step)] = []
    for row in rows:
        found[_begin(row.day, step)].append(row)
    for start, its in found.items():
        waits = _waits(its)
        yield Period(
            start=start,
            received=_total(its, "received"),
            decided=sum(row.count for row in its if _is_work(row)),
            outcomes={kind: _total(its, kind) for kind in OUTCOMES},
            median=quantile(waits, 0.5),
            ninety=quantile(waits, 0.9),
        )


def _is_work(row: _Row) -> bool:
    return row.kind == "decision" and row.key in _WORK


def _total(rows: Iterable[_Row], kind: str) -> int:
    return sum(row.count for row in rows if row.kind == kind)


def _waits(rows: Iterable[_Row]) -> Counter[int]:
    waits: Counter[int] = Counter()
    for row in rows:
        if row.kind == "waited":
            waits[int(row.key)] += row.count
    return waits


def _sums(pairs: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Give how often what, the most frequent first."""
    sums: Counter[str] = Counter()
    for name, count in pairs:
        sums[name] += count
    return tuple(sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])))


def _agreements(rows: Iterable[_Row]) -> Iterable[Agreement]:
    sums = dict(_sums((row.key, row.count) for row in rows if row.kind in _OPINIONS))
    for occasion, (agreed, differed) in _WORDS.items():
        yield Agreement(
            occasion=occasion, agreed=sums.get(agreed, 0), differed=sums.get(differed, 0)
        )


def _hours(window: Window) -> tuple[tuple[int, int], ...]:
    """Give the load by hour in the months that the window touches: no finer is kept."""
    found = Tally.objects.filter(
        day__gte=window.start.replace(day=1), day__lte=window.end, kind="hour"
    )
    sums = dict(found.values_list("key").annotate(total=Sum("count")))
    return tuple(
        (sums.get(f"{hour:02} letters", 0), sums.get(f"{hour:02} decisions", 0))
        for hour in range(_HOURS)
    )
