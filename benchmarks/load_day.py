"""The letterbox on a hard day: a long stream of letters, a burst, a flood, slow senders.

Letters come at a fixed rate whatever the answers do, and every thanks is counted against
what the desk finds afterwards. A refusal must come fast and give the words back.
"""

import argparse
import contextlib
import socket
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import load, machine, newsroom, open_loop, report, words
from benchmarks.intake import FORM, at_the_desk

_SLOW = 2_000  # sockets
_FLOOD = {"floods": {"burst": 4_000, "per_minute": 12_000, "story_percent": 100}}
_HEAD = (
    *("", "letters/s", "seconds", "thanked", "p50 ms", "p99 ms"),
    *("refused", "p99 ms", "without the words"),
    *("no answer", "lost", "memory MB"),
)


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of the day: how many letters a second for how long, and what else goes on."""

    name: str
    rate: float
    seconds: float
    settings: Mapping[str, Mapping[str, object]]
    slow: int = 0  # sockets that say something every second and never end


@dataclass(frozen=True, kw_only=True)
class Done:
    """What came of a part."""

    outcome: open_loop.Outcome
    lost: int  # thanked for, and not at the desk once
    megabytes: float  # the most memory that the letterbox had, all processes together


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.load_day", description=__doc__
    )
    parser.add_argument("--seconds", type=float, default=600, help="of the long stream")
    parser.add_argument("--burst", type=float, default=60, help="seconds of the others")
    parser.add_argument("--only", type=int, help="one part: 0 to 3")
    chosen = parser.parse_args()
    parts = [
        Part(name="a long stream", rate=200, seconds=chosen.seconds, settings={}),
        Part(name="a burst", rate=1_000, seconds=chosen.burst, settings={}),
        Part(name="a flood", rate=1_000, seconds=chosen.burst, settings=_FLOOD),
        Part(
            name=f"{_SLOW:,} slow senders",
            rate=100,
            seconds=chosen.burst,
            settings={},
            slow=_SLOW,
        ),
    ]
    if chosen.only is not None:
        parts = parts[chosen.only : chosen.only + 1]
    with tempfile.TemporaryDirectory(prefix="load-day-") as folder:
        done = [run(Path(folder) / str(at), part) for at, part in enumerate(parts)]
    report.publish(
        "load_day",
        "A hard day of the letterbox",
        versions=machine.versions("letterdesk", "granian", "uvloop", "cryptography"),
        tables=[_table(parts, done)],
    )
    sys.exit(any(one.lost or one.outcome.not_handed_back for one in done))


def run(folder: Path, part: Part) -> Done:
    """Run a part of the day against a newsroom of its own."""
    room = newsroom.make(folder, settings=part.settings)
    story = newsroom.add_story(room, 1)
    newsroom.call("publish", str(folder))
    with newsroom.serving(room, only=["letterbox"]) as running:
        most = _Memory(running.process.pid)
        with _slow_senders(room.letterbox, story, part.slow), most:
            outcome = open_loop.run(
                room.letterbox, _letters(story), rate=part.rate, seconds=part.seconds
            )
    newsroom.call("collect", str(folder))
    found = Counter(at_the_desk(room))
    lost = sum(found[words.marks(str(text))] != 1 for text in outcome.accepted)
    return Done(outcome=outcome, lost=lost, megabytes=most.megabytes)


def _letters(story: str) -> Iterator[load.Request]:
    for text in words.comments(seed=7):
        body = urlencode({"text": text, "name": "A reader"}).encode()
        raw = load.post(f"/t/{story}/comments", body, kind=FORM, accept="text/html")
        yield load.Request(raw=raw, label=text)


@contextlib.contextmanager
def _slow_senders(port: int, story: str, count: int) -> Iterator[None]:
    """Keep `count` sockets busy: half with heads that do not end, half with bodies."""
    stop = threading.Event()
    thread = threading.Thread(target=_dawdle, args=(port, story, count, stop), daemon=True)
    thread.start()
    if count:
        time.sleep(3)  # until they are all there
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _dawdle(port: int, story: str, count: int, stop: threading.Event) -> None:
    head = f"POST /t/{story}/comments HTTP/1.1\r\nHost: a\r\nContent-Type: {FORM}\r\n"
    lines: dict[int, socket.socket] = {}
    while not stop.is_set():
        for number in range(count):
            try:
                if number not in lines:
                    lines[number] = socket.create_connection(("127.0.0.1", port), timeout=1)
                    more = "Content-Length: 5000\r\n\r\ntext=" if number % 2 else ""
                    lines[number].sendall((head + more).encode())
                else:
                    lines[number].sendall(b"x" if number % 2 else b"X: y\r\n")
            except OSError:
                if line := lines.pop(number, None):
                    line.close()
        stop.wait(1)
    for line in lines.values():
        line.close()


class _Memory:
    """The most memory (PSS, shared pages by halves) that a process and its children had."""

    def __init__(self, leader: int) -> None:
        self._leader = leader
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.megabytes = 0.0

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.is_set():
            family = (self._leader, *newsroom.descendants(self._leader))
            self.megabytes = max(self.megabytes, sum(map(_pss, family)))
            self._stop.wait(1)


def _pss(identity: int) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{identity}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def _table(parts: Sequence[Part], done: Sequence[Done]) -> report.Table:
    return report.Table(
        title="Letters from the form, answered with a page",
        head=_HEAD,
        rows=[_row(part, one) for part, one in zip(parts, done, strict=True)],
        remarks=[
            "Times count from the moment at which a letter was due. Load and letterbox "
            "share the machine. “thanked”: answered 201; “refused”: 429 or 503, with how "
            "many of these pages lacked the letter's words; “no answer”: broken off or not "
            "answered 30 s later; “lost”: thanked for and not at the desk exactly once; "
            "“memory”: the most that all processes of the letterbox had together.",
            "The burst meets the default budgets, which take it whole; the flood meets "
            "budgets of 4,000 at once and 200 a second.",
        ],
    )


def _row(part: Part, done: Done) -> Sequence[object]:
    outcome = done.outcome
    refused = outcome.statuses().total() - len(outcome.accepted)
    return (
        part.name,
        f"{part.rate:,.0f}",
        f"{part.seconds:,.0f}",
        f"{len(outcome.accepted):,}",
        report.number(outcome.percentile(0.50, good=True)),
        report.number(outcome.percentile(0.99, good=True)),
        f"{refused:,}",
        report.number(outcome.percentile(0.99, good=False)) if refused else "–",
        outcome.not_handed_back,
        outcome.broken + outcome.unanswered,
        done.lost,
        f"{done.megabytes:.0f}",
    )


if __name__ == "__main__":
    main()
