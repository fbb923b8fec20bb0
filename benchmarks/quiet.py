"""Measure while nobody else uses the machine, or know how much they did."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from benchmarks.newsroom import descendants

ENOUGH = 0.1  # of one core, used by others: a pass that counts
REMARK = (
    "“others' cores”: how many cores processes that are not of this benchmark used on "
    f"average meanwhile. A pass counts when it is at most {ENOUGH}; otherwise it is "
    "repeated, and of all of them the quietest counts."
)
_TICKS = os.sysconf("SC_CLK_TCK")
_BUSY = (0, 1, 2, 7)  # of /proc/stat's columns: user, nice, system, steal
_OURS = slice(11, 15)  # of /proc/PID/stat's, behind the name: own times, reaped children's
_Result = TypeVar("_Result")


@dataclass(frozen=True, kw_only=True)
class Moment:
    """The machine's clocks, in seconds: of the wall, of all work, of ours."""

    wall: float
    busy: float
    ours: float

    def disturbance(self) -> float:
        """Give how many cores others have used since, on average."""
        after = now()
        theirs = (after.busy - self.busy) - (after.ours - self.ours)
        return max(0.0, theirs / (after.wall - self.wall))


def now() -> Moment:
    """Give the clocks as they stand."""
    totals = Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    processes = (os.getpid(), *descendants(os.getpid()))
    return Moment(
        wall=time.perf_counter(),
        busy=sum(int(totals[at]) for at in _BUSY) / _TICKS,
        ours=sum(_used(identity) for identity in processes),
    )


def quietest(
    measure: Callable[[], _Result], *, passes: int, rest: float = 2.0
) -> tuple[_Result, float]:
    """Give the first pass that nobody disturbed, else the least disturbed of `passes`.

    With it, how many cores others used meanwhile. Waits `rest` seconds after a bad pass.
    """
    best: tuple[_Result, float] | None = None
    for number in range(passes):
        if number:
            time.sleep(rest)
        before = now()
        result = measure()
        disturbed = before.disturbance()
        if best is None or disturbed < best[1]:
            best = (result, disturbed)
        if disturbed <= ENOUGH:
            break
    if best is None:
        raise ValueError("At least one pass is needed.")
    return best


def _used(identity: int) -> float:
    try:
        fields = Path(f"/proc/{identity}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(map(int, fields[_OURS])) / _TICKS
