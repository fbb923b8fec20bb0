"""A load generator that does not wait: requests at a fixed rate, whatever the answers do.

A request's time counts from the moment at which it was due, so that a server that stalls
cannot hide the requests that it kept from being sent (“coordinated omission”).
"""

import asyncio
import gc
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import uvloop

from benchmarks.load import Request, answer_length, must_close

_GRACE = 30.0  # seconds for answers on their way when time is up
_MOST = 4_000  # connections: one for each answer that is waited for


@dataclass(kw_only=True)
class Outcome:
    """What came of a run; milliseconds from when a request was due, by status."""

    rate: float
    seconds: float
    milliseconds: dict[int, list[float]] = field(default_factory=dict)
    accepted: list[object] = field(default_factory=list)  # labels of 2xx answers
    sent: int = 0
    broken: int = 0
    unanswered: int = 0
    not_handed_back: int = 0  # refusals without the words of the letter in them
    connections: int = 0

    def statuses(self) -> Counter[int]:
        """Give how many answers had which status."""
        return Counter({one: len(times) for one, times in self.milliseconds.items()})

    def percentile(self, share: float, *, good: bool) -> float:
        """Give the milliseconds in which `share` of the acceptances, or refusals, came."""
        times = sorted(
            taken
            for status, some in self.milliseconds.items()
            if (200 <= status < 300) is good
            for taken in some
        )
        return times[min(len(times) - 1, int(len(times) * share))] if times else 0.0


def run(port: int, requests: Iterator[Request], *, rate: float, seconds: float) -> Outcome:
    """Send `rate` requests a second for `seconds`. A label is the words of its letter."""
    crowd = _Crowd(port=port, outcome=Outcome(rate=rate, seconds=seconds))
    gc.collect()
    gc.disable()
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(crowd.run(requests))
    finally:
        gc.enable()
    return crowd.outcome


@dataclass(kw_only=True)
class _Crowd:
    port: int
    outcome: Outcome
    idle: list["_Line"] = field(default_factory=list)
    waiting: int = 0

    async def run(self, requests: Iterator[Request]) -> None:
        outcome = self.outcome
        started = time.perf_counter()
        for number in range(int(outcome.rate * outcome.seconds)):
            due = started + number / outcome.rate
            while (early := due - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            self.send(next(requests), due)
            if number % 50 == 0:
                await asyncio.sleep(0)  # when we are late, answers are read all the same
        end = time.perf_counter() + _GRACE
        while self.waiting and time.perf_counter() < end:
            await asyncio.sleep(0.01)
        outcome.unanswered = self.waiting

    def send(self, request: Request, due: float) -> None:
        self.outcome.sent += 1
        self.waiting += 1
        if self.idle:
            self.idle.pop().send(request, due)
        elif self.outcome.connections >= _MOST:
            self.lose()
        else:
            self.outcome.connections += 1
            task = asyncio.get_running_loop().create_task(self.connect(request, due))
            task.add_done_callback(self._look_at)

    def _look_at(self, done: asyncio.Task[None]) -> None:
        if done.exception():
            self.lose()

    async def connect(self, request: Request, due: float) -> None:
        loop = asyncio.get_running_loop()
        _, line = await loop.create_connection(lambda: _Line(self), "127.0.0.1", self.port)
        line.send(request, due)

    def lose(self) -> None:
        self.waiting -= 1
        self.outcome.broken += 1


class _Line(asyncio.Protocol):
    """One connection, which has one request under way at most."""

    def __init__(self, crowd: _Crowd) -> None:
        self.crowd = crowd
        self.request: Request | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def send(self, request: Request, due: float) -> None:
        self.request, self.due = request, due
        self.read = bytearray()
        self.whole = 0
        self.transport.write(request.raw)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self.read += data
        self.whole = self.whole or answer_length(self.read)
        if self.request is not None and self.whole and len(self.read) >= self.whole:
            self.answered(self.request)

    def answered(self, request: Request) -> None:
        crowd, outcome = self.crowd, self.crowd.outcome
        status = int(self.read[9:12])
        taken = (time.perf_counter() - self.due) * 1000
        outcome.milliseconds.setdefault(status, []).append(taken)
        if 200 <= status < 300:
            outcome.accepted.append(request.label)
        elif str(request.label).encode() not in self.read:
            outcome.not_handed_back += 1
        self.request = None
        crowd.waiting -= 1
        if must_close(self.read, self.whole):
            self.transport.close()
        else:
            crowd.idle.append(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 -- asyncio's name
        self.crowd.outcome.connections -= 1
        if self in self.crowd.idle:
            self.crowd.idle.remove(self)
        if self.request is not None:
            self.request = None
            self.crowd.lose()
