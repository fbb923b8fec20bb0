"""How many letters a second are accepted, sealed and synced; beside Isso, in one run.

Every acceptance is counted against what is stored afterwards: a figure is only worth
something when the letters are there.
"""

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import isso, load, machine, newsroom, quiet, report, words
from benchmarks.ports import free_port

FORM = "application/x-www-form-urlencoded"
_HEAD = (
    "",
    "cores",
    "connections",
    "accepted/s",
    "p50 ms",
    "p99 ms",
    "accepted",
    "stored",
    "others' cores",
)
_WARM = 200  # requests before the first pass
_PREPARED = 40_000  # requests made ready before the clock starts


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to run: connections, seconds a run, and which cores servers and load get."""

    connections: Sequence[int]
    seconds: float
    servers: Sequence[int]  # cores; empty: all of them

    passes: int = 1

    def cores(self) -> str:
        """Give how the cores are shared, for the table."""
        return "all shared" if not self.servers else "server 1, load 1"


@dataclass(frozen=True, kw_only=True)
class Pass:
    """What was measured at a number of connections, and the cores that others used."""

    connections: int
    outcome: load.Outcome
    others: float


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.intake", description=__doc__
    )
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 16, 64])
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument(
        "--passes", type=int, default=8, help="at most, to find a quiet one"
    )
    parser.add_argument("--without-isso", action="store_true")
    chosen = parser.parse_args()
    rows: list[Sequence[object]] = []
    every = sorted(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory(prefix="intake-") as folder:
        for servers in ([every[0]], []) if len(every) > 1 else ([],):
            os.sched_setaffinity(0, every[1:] if servers else every)
            plan = Plan(
                connections=chosen.connections,
                seconds=chosen.seconds,
                servers=servers,
                passes=chosen.passes,
            )
            here = Path(folder) / f"on-{len(servers)}"
            here.mkdir()
            rows += nothing(plan)
            rows += letterdesk(plan, here / "alone", only=["letterbox"])
            rows += letterdesk(plan, here / "whole", only=[])
            if not chosen.without_isso:
                rows += beside_isso(plan, here)
    report.publish(
        "intake",
        "Letters accepted a second",
        versions=machine.versions("letterdesk", "granian", "uvloop", "cryptography")
        + f"; {isso.VERSIONS}",
        tables=[report.Table(title="Intake", head=_HEAD, rows=rows, remarks=_REMARKS)],
    )


_REMARKS = (
    "Comments of 300 characters, all different, over keep-alive connections on loopback, "
    "without TLS. Letterdesk answers 201 after the batch is sealed and synced; Isso, with "
    "moderation on and its rate limit off, answers 202 after its commit. “accepted” "
    "counts the answers 201 and 202 of a run, “stored” how many of just those were found "
    "afterwards: in the desk's database once each, after the spool was collected; in "
    "Isso's database.",
    quiet.REMARK,
    "“does nothing” is a server on the same HTTP library that reads the body and stores "
    "nothing: what the load generator itself can do. “serve” is letterbox, desk and worker "
    "together, collecting while letters come in.",
)


def nothing(plan: Plan) -> Iterator[Sequence[object]]:
    """Give the rows of the server that does nothing."""
    port = free_port()
    process = subprocess.Popen(
        [
            *(["taskset", "-c", ",".join(map(str, plan.servers))] if plan.servers else []),
            *[sys.executable, "-m", "granian", "--interface", "rsgi", "--loop", "uvloop"],
            *["--no-access-log", "--log-level", "error", "--port", str(port)],
            "benchmarks.nothing:app",
        ],
        start_new_session=True,
    )
    try:
        newsroom.wait_for(f"http://127.0.0.1:{port}/", process)
        for connections in plan.connections:
            done = _measure(plan, port, letters("x"), connections)
            yield _row("does nothing", plan, done, stored="–")
    finally:
        newsroom.stop(process)


def letterdesk(
    plan: Plan, folder: Path, *, only: Sequence[str]
) -> Iterator[Sequence[object]]:
    """Give the rows of a newsroom of its own, whole or its letterbox alone."""
    room = newsroom.make(folder)
    story = newsroom.add_story(room, 1)
    newsroom.call("publish", str(folder))
    requests = letters(story)
    with newsroom.serving(room, only=only, cores=plan.servers):
        passes = [
            _measure(plan, room.letterbox, requests, connections)
            for connections in plan.connections
        ]
    newsroom.call("collect", str(folder))
    stored = Counter(at_the_desk(room))
    for done in passes:
        once = sum(stored[str(label)] == 1 for label in done.outcome.accepted)
        name = f"Letterdesk, serve{' --only letterbox' if only else ''}"
        yield _row(name, plan, done, stored=f"{once:,}")


def beside_isso(plan: Plan, folder: Path) -> Iterator[Sequence[object]]:
    """Give Isso's rows."""
    with isso.serving(folder, cores=plan.servers) as running:
        requests = isso.letters(words.comments(seed=2))
        for connections in plan.connections:
            done = _measure(plan, running.port, requests, connections)
            once = len(running.stored() & {str(label) for label in done.outcome.accepted})
            yield _row("Isso", plan, done, stored=f"{once:,}")


def letters(story: str, *, seed: int = 1) -> Iterator[load.Request]:
    """Give the requests that send comments to a story, labelled with their marks."""
    for text in words.comments(seed=seed):
        body = urlencode({"text": text, "name": "A reader"}).encode()
        yield load.Request(
            raw=load.post(f"/t/{story}/comments", body, kind=FORM), label=words.marks(text)
        )


def at_the_desk(room: newsroom.Newsroom) -> Iterable[str]:
    """Give the marks of the comments in a newsroom's SQLite database."""
    with sqlite3.connect(room.folder / "desk.db") as database:
        for (text,) in database.execute("SELECT text FROM desk_comment"):
            yield words.marks(text)


def _measure(
    plan: Plan, port: int, requests: Iterator[load.Request], connections: int
) -> Pass:
    """Give the quietest of the plan's passes."""

    def once() -> load.Outcome:
        ready = list(islice(requests, _PREPARED))
        return load.run(port, iter(ready), connections=connections, seconds=plan.seconds)

    load.run(port, islice(requests, _WARM), connections=connections)
    outcome, others = quiet.quietest(once, passes=plan.passes)
    if outcome.broken:
        print(f"{outcome.broken} connections broke off", file=sys.stderr)
    return Pass(connections=connections, outcome=outcome, others=others)


def _row(name: str, plan: Plan, done: Pass, *, stored: str) -> Sequence[object]:
    return (
        name,
        plan.cores(),
        done.connections,
        report.number(done.outcome.rate()),
        report.number(done.outcome.percentile(0.50)),
        report.number(done.outcome.percentile(0.99)),
        f"{len(done.outcome.accepted):,}",
        stored,
        f"{done.others:.2f}",
    )


if __name__ == "__main__":
    main()
