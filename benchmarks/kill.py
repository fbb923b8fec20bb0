"""Kill -9 at random moments, and account for every letter and every published file.

Three victims: the letterbox under load, `collect`, `publish`. Each round starts the victim,
lets it work and kills it at a moment chosen at random from the time that the work takes. At
the end everything is accounted for: each acknowledged letter is at the desk once, every
published file is what the desk renders, and `letterdesk check` has nothing to say.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks import intake, load, machine, newsroom, report

_CONNECTIONS = 16
_UNDER_LOAD = 0.25  # seconds at most between the first letter and the kill


@dataclass(kw_only=True)
class Account:
    """What happened to the letters that were sent to a letterbox which was killed."""

    kills: int = 0
    while_answering: int = 0  # kills that broke a request off
    acknowledged: set[str] = field(default_factory=set)
    sent: int = 0


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was found at the end of one part."""

    victim: str
    kills: int
    hit: int  # kills that met the victim at work
    letters: int
    lost: int
    twice: int
    torn: tuple[str, ...] = ()


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kill", description=__doc__)
    parser.add_argument("--letterbox", type=int, default=300, metavar="ROUNDS")
    parser.add_argument("--collect", type=int, default=100, metavar="ROUNDS")
    parser.add_argument("--publish", type=int, default=100, metavar="ROUNDS")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kill-") as folder:
        verdicts, said = run(
            Path(folder) / "newsroom",
            rounds=(chosen.letterbox, chosen.collect, chosen.publish),
            seed=chosen.seed,
        )
    report.publish(
        "kill",
        "Kill -9 at random moments",
        versions=machine.versions("letterdesk", "granian", "django"),
        tables=[_table(verdicts, said, chosen.seed)],
    )
    sys.exit(any(verdict.lost or verdict.twice or verdict.torn for verdict in verdicts))


def run(
    folder: Path, *, rounds: tuple[int, int, int], seed: int
) -> tuple[list[Verdict], str]:
    """Give a verdict for each victim, and what `letterdesk check` says at the end.

    `rounds` are kills of letterbox, collect and publish. Raises SystemExit when the check
    fails.
    """
    chance = random.Random(seed)  # noqa: S311 -- repeatable, not secret
    room = newsroom.make(folder)
    stories = [newsroom.add_story(room, number) for number in range(3)]
    newsroom.call("publish", str(folder))
    account = letterbox(room, stories, rounds=rounds[0], chance=chance)
    desk = _desk(folder, rounds[1:], chance.randrange(10**9), stories)
    stored = Counter(intake.at_the_desk(room))
    verdicts = [
        Verdict(
            victim="letterbox",
            kills=account.kills,
            hit=account.while_answering,
            letters=len(account.acknowledged),
            lost=sum(stored[mark] == 0 for mark in account.acknowledged),
            twice=_twice(stored, "#b-"),
        ),
        Verdict(
            victim="collect",
            kills=rounds[1],
            hit=desk["hit_collecting"],
            letters=desk["posted"],
            lost=desk["posted"] - sum(mark.startswith("#c-") for mark in stored),
            twice=_twice(stored, "#c-"),
        ),
        Verdict(
            victim="publish",
            kills=rounds[2],
            hit=desk["hit_publishing"],
            letters=desk["approved"],
            lost=desk["unpublished"],
            twice=desk["published_twice"],
            torn=tuple(desk["torn"]),
        ),
    ]
    return verdicts, newsroom.call("check", str(folder))


def _desk(
    folder: Path, rounds: tuple[int, int], seed: int, stories: Sequence[str]
) -> dict[str, Any]:
    """Give what kill_rounds found: posted, approved, hits, unpublished, twice, torn."""
    done = subprocess.run(
        [
            *[sys.executable, "-m", "benchmarks.kill_work", str(folder)],
            *[*map(str, (*rounds, seed)), *stories],
        ],
        stdout=subprocess.PIPE,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _twice(stored: Counter[str], kind: str) -> int:
    return sum(number > 1 for mark, number in stored.items() if mark.startswith(kind))


def letterbox(
    room: newsroom.Newsroom, stories: Sequence[str], *, rounds: int, chance: random.Random
) -> Account:
    """Kill the letterbox until `rounds` kills broke requests off; give the account.

    A machine that is too busy to thank anybody in time is given twice the time.
    """
    account = Account()
    numbers = count()
    within = _UNDER_LOAD
    while account.while_answering < rounds or not account.acknowledged:
        running = newsroom.start(room, only=["letterbox"])
        try:
            newsroom.wait_until_up(room, running.process, only=["letterbox"])
            thanked = len(account.acknowledged)
            killing = chance.uniform(0.005, within)
            _under_load(room, stories, running, account, numbers, killing)
            within *= 2 if len(account.acknowledged) == thanked else 1
        finally:
            newsroom.kill(running.process)
        newsroom.wait_until_silent(room.letterbox)
    return account


def _under_load(
    room: newsroom.Newsroom,
    stories: Sequence[str],
    running: newsroom.Serving,
    account: Account,
    numbers: Iterator[int],
    seconds: float,
) -> None:
    """Send letters, and kill after `seconds`."""
    dead = threading.Event()
    family = newsroom.family(running.process)  # now: looking it up would hold the load up

    def kill() -> None:
        newsroom.kill_all(family)
        dead.set()

    killing = threading.Timer(seconds, kill)
    requests = (
        request
        for number in numbers
        for request in _letter(stories[number % len(stories)], number)
    )
    killing.start()
    outcome = load.run(
        room.letterbox, requests, connections=_CONNECTIONS, seconds=30, until=dead.is_set
    )
    killing.join()
    account.kills += 1
    account.while_answering += outcome.broken > 0
    account.sent += outcome.sent
    account.acknowledged.update(map(str, outcome.accepted))


def _letter(story: str, number: int) -> Iterator[load.Request]:
    mark = f"#b-{number}"
    body = f"text=%23b-{number}+a+letter+under+load+{'x' * 200}&name=A+reader".encode()
    yield load.Request(
        raw=load.post(f"/t/{story}/comments", body, kind=intake.FORM), label=mark
    )


def _table(verdicts: Sequence[Verdict], said: str, seed: int) -> report.Table:
    return report.Table(
        title="Kills and what was found afterwards",
        head=("victim", "kills", "at work", "letters", "lost", "twice", "torn files"),
        rows=[
            (
                verdict.victim,
                verdict.kills,
                verdict.hit,
                f"{verdict.letters:,}",
                verdict.lost,
                verdict.twice,
                len(verdict.torn),
            )
            for verdict in verdicts
        ],
        remarks=[
            "“at work”: the kill broke a request off (letterbox), or met the process "
            "before it had finished (collect, publish). “letters”: acknowledged with 201 "
            "by the letterbox; put into the spool for collect; approved for publish. "
            "“lost”: not at the desk, or not in its thread, at the end; “twice”: more "
            "than once there. “torn”: files that do not parse or unpack after a kill, "
            "that hold a comment nobody approved, or that at the end differ from what the "
            "desk renders. Every published file was looked at after every kill of publish.",
            f"`letterdesk check` at the end: {' '.join(said.split())} Seed {seed}.",
            *(f"TORN: {name}" for verdict in verdicts for name in verdict.torn[:20]),
        ],
    )


if __name__ == "__main__":
    main()
