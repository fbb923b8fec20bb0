"""A load generator: a closed loop on N connections, every answer timed and counted.

A connection sends its next request when the answer to the last one is whole. At the end
nothing more is sent and the answers on their way are waited for, so that "sent", "answered"
and "broken off" account for every request.
"""

import asyncio
import gc
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle

import uvloop

_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)", re.IGNORECASE)
_CLOSE = re.compile(rb"\r\nconnection:[ \t]*close", re.IGNORECASE)
_GRACE = 10.0  # seconds for answers on their way when time is up


@dataclass(kw_only=True)
class Outcome:
    """What came of a run. `milliseconds` has one entry an answer."""

    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)
    accepted: list[object] = field(default_factory=list)  # labels of 2xx answers
    sent: int = 0
    broken: int = 0

    def rate(self) -> float:
        """Give answers with a status of 2xx a second."""
        good = sum(count for status, count in self.statuses.items() if 200 <= status < 300)
        return good / self.seconds

    def percentile(self, share: float) -> float:
        """Give the milliseconds within which `share` (0 to 1) of the answers came."""
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


@dataclass(frozen=True, kw_only=True)
class Request:
    """Bytes to send, and the label under which an acceptance is remembered."""

    raw: bytes
    label: object = None


Read = Callable[[Request, int, bytes], None]


def run(  # noqa: PLR0913 -- what a load is; most callers give half of it
    port: int,
    requests: Iterator[Request],
    *,
    connections: int,
    seconds: float = float("inf"),
    until: Callable[[], bool] = lambda: False,
    read: Read | None = None,
    sources: Sequence[str] = (),
) -> Outcome:
    """Send requests for `seconds`, or until there are none, or until `until` says so.

    `read`, where given, gets each request with the status and body of its answer. `sources`
    are addresses of this machine from which connections come, in turn.
    """
    end = time.perf_counter() + seconds
    load = _Load(
        port=port,
        requests=requests,
        end=end,
        until=until,
        read=read,
        sources=cycle(sources or ("127.0.0.1",)),
    )
    gc.collect()
    gc.disable()
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(load.run(connections))
    finally:
        gc.enable()
    return load.outcome


def post(path: str, body: bytes, *, kind: str, accept: str = "application/json") -> bytes:
    """Give the bytes of a POST."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\n"
        f"Accept: {accept}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def answer_length(read: bytearray) -> int:
    """Give how many bytes an answer will have, 0 while its head is not whole."""
    head = read.find(b"\r\n\r\n")
    if head < 0:
        return 0
    found = _LENGTH.search(read, 0, head)
    return head + 4 + (int(found[1]) if found else 0)


def must_close(read: bytearray, whole: int) -> bool:
    """Say whether an answer of `whole` bytes ends its connection."""
    return _CLOSE.search(read, 0, whole) is not None


@dataclass(kw_only=True)
class _Load:
    port: int
    requests: Iterator[Request]
    end: float
    until: Callable[[], bool]
    read: Read | None
    sources: Iterator[str]
    outcome: Outcome = field(default_factory=Outcome)
    running: int = 0
    over: bool = False  # nothing more is to be sent

    async def run(self, connections: int) -> None:
        loop = asyncio.get_running_loop()
        self.done = loop.create_future()
        self.running = connections
        started = time.perf_counter()
        for _ in range(connections):
            self.connect(loop)
        limit = max(0.0, self.end - started)
        try:
            await asyncio.wait_for(
                asyncio.shield(self.done), None if limit == float("inf") else limit + _GRACE
            )
        except TimeoutError:
            self.outcome.broken += self.running
        self.outcome.seconds = time.perf_counter() - started

    def connect(self, loop: asyncio.AbstractEventLoop) -> None:
        task = loop.create_task(
            loop.create_connection(
                lambda: _Connection(self, loop),
                "127.0.0.1",
                self.port,
                local_addr=(next(self.sources), 0),
            )
        )
        task.add_done_callback(self._connected)

    def _connected(self, task: asyncio.Task[object]) -> None:
        if task.exception() is not None:
            self.outcome.broken += 1
            self.finish()

    def next(self) -> Request | None:
        request = None
        if not self.over and time.perf_counter() < self.end and not self.until():
            request = next(self.requests, None)
        self.over = request is None
        return request

    def finish(self) -> None:
        self.running -= 1
        if not self.running and not self.done.done():
            self.done.set_result(None)


class _Connection(asyncio.Protocol):
    """One connection: request, whole answer, next request; made anew when closed."""

    def __init__(self, load: _Load, loop: asyncio.AbstractEventLoop) -> None:
        self.load = load
        self.loop = loop
        self.request: Request | None = None
        self.read = bytearray()
        self.whole = 0  # bytes that the answer will have; 0 while unknown

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.send()

    def send(self) -> None:
        self.request = self.load.next()
        if self.request is None:
            self.transport.close()
            return
        self.read.clear()
        self.whole = 0
        self.load.outcome.sent += 1
        self.since = time.perf_counter()
        self.transport.write(self.request.raw)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self.read += data
        self.whole = self.whole or answer_length(self.read)
        if self.whole and len(self.read) >= self.whole:
            self.answered()

    def answered(self) -> None:
        outcome = self.load.outcome
        outcome.milliseconds.append((time.perf_counter() - self.since) * 1000)
        status = int(self.read[9:12])
        outcome.statuses[status] += 1
        if 200 <= status < 300 and self.request is not None:
            outcome.accepted.append(self.request.label)
        if self.load.read is not None and self.request is not None:
            body = self.read.partition(b"\r\n\r\n")[2]
            self.load.read(self.request, status, bytes(body))
        self.request = None
        if must_close(self.read, self.whole):
            self.transport.close()
            return
        self.send()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 -- asyncio's name
        if self.request is not None:
            self.load.outcome.broken += 1
            self.load.finish()
        elif not self.load.over:
            self.load.connect(self.loop)
        else:
            self.load.finish()
