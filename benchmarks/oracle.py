"""Whether the time of an answer tells that a receipt code was ever given out.

Codes of letters that the desk has and nobody has decided on, and codes that we never gave
out, are asked for in turn, in random order, over one connection, as a page and as JSON.
Welch's t of the two sets of times stays near zero where both cost the same; dudect's bound
is 4.5. That the program would see a difference is shown by codes that are decided on, whose
outcome is read and opened. Bytes are compared too.
"""

import argparse
import http.client
import json
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median, variance
from urllib.parse import urlencode

from benchmarks import machine, newsroom, report
from letterdesk.domain.receipt import read_code, show_code
from letterdesk.letterbox.once import names_by_chance

_BOUND = 4.5
_FORM = {"content-type": "application/x-www-form-urlencoded"}
_KINDS = {"page": {}, "JSON": {"accept": "application/json"}}


@dataclass(frozen=True, kw_only=True)
class Result:
    """Times in µs of two sets of codes, and whether their answers were the same bytes."""

    first: list[float]
    second: list[float]
    is_same: bool

    @property
    def t(self) -> float:
        """Welch's t of the two sets, the slowest hundredth of both left out."""
        kept = sorted(self.first + self.second)
        bound = kept[int(len(kept) * 0.99)]
        one, two = ([each for each in some if each <= bound] for some in self.sets)
        spread = variance(one) / len(one) + variance(two) / len(two)
        return float((fmean(one) - fmean(two)) / spread**0.5)

    @property
    def sets(self) -> tuple[list[float], list[float]]:
        """Both sets."""
        return self.first, self.second


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.oracle", description=__doc__
    )
    parser.add_argument("--codes", type=int, default=200, help="of each kind")
    parser.add_argument("--asked", type=int, default=20, help="times each")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="oracle-") as folder:
        results = run(Path(folder) / "newsroom", codes=chosen.codes, asked=chosen.asked)
    report.publish(
        "oracle",
        "Whether time tells that a code exists",
        versions=machine.versions("letterdesk", "granian", "cryptography"),
        tables=[_table(results)],
    )
    sys.exit(any(_is_told(name, result) for name, result in results.items()))


def run(folder: Path, *, codes: int, asked: int) -> dict[str, Result]:
    """Give the results by name; those that begin with "decided" show that it measures."""
    made = newsroom.make(folder, settings={"letterbox": {"reserve_megabytes": 0}})
    story = newsroom.add_story(made, 1)
    newsroom.call("user", "add", str(folder), "alice", "--role", "admin")
    token = newsroom.add_token(made, "alice")
    results: dict[str, Result] = {}
    with newsroom.serving(made, only=["letterbox"]):
        undecided = [_send(made, story, number) for number in range(codes)]
        newsroom.call("collect", str(folder))
        unknown = [show_code(names_by_chance()[1]) for _ in range(codes)]
        for kind, headers in _KINDS.items():
            results[f"undecided and unknown, {kind}"] = _compare(
                made, undecided, unknown, headers=headers, asked=asked
            )
    with newsroom.serving(made, only=["desk"]):
        _reject_all(made, token)
    newsroom.call("publish", str(folder))
    with newsroom.serving(made, only=["letterbox"]):
        for kind, headers in _KINDS.items():
            results[f"decided and unknown, {kind}"] = _compare(
                made, undecided, unknown, headers=headers, asked=asked
            )
    return results


def _compare(
    made: newsroom.Newsroom,
    first: Sequence[str],
    second: Sequence[str],
    *,
    headers: dict[str, str],
    asked: int,
) -> Result:
    connection = http.client.HTTPConnection("127.0.0.1", made.letterbox)
    order = [(0, code) for code in first] + [(1, code) for code in second]
    chance = random.Random(7)  # noqa: S311 -- repeatable, not secret
    times: tuple[list[float], list[float]] = ([], [])
    bodies: tuple[set[bytes], set[bytes]] = (set(), set())
    for turn in range(asked + 1):  # the first turn warms what can be warmed
        chance.shuffle(order)
        for which, code in order:
            begun = time.perf_counter()
            raw = _ask(connection, code, headers)
            taken = (time.perf_counter() - begun) * 1e6
            bodies[which].add(raw.replace(show_code(read_code(code)).encode(), b"CODE"))
            if turn:
                times[which].append(taken)
    connection.close()
    return Result(first=times[0], second=times[1], is_same=bodies[0] == bodies[1])


def _ask(
    connection: http.client.HTTPConnection, code: str, headers: dict[str, str]
) -> bytes:
    connection.request(
        "POST", "/receipt", urlencode({"code": code}).encode(), {**_FORM, **headers}
    )
    return connection.getresponse().read()


def _send(made: newsroom.Newsroom, story: str, number: int) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", made.letterbox)
    body = urlencode({"text": f"Letter {number} to the newsroom."}).encode()
    path, accept = f"/t/{story}/comments", {"accept": "application/json"}
    for _ in range(100):
        connection.request("POST", path, body, {**_FORM, **accept})
        answer = json.loads(connection.getresponse().read())
        if "receipt" in answer:
            return str(answer["receipt"])
        time.sleep(0.5)  # the budget is spent: wait for more of it
    raise SystemExit(f"No letter was taken any more: {answer}")


def _reject_all(made: newsroom.Newsroom, token: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", made.desk)
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    api, wish = "/api/v1/comments", {"action": "reject", "version": 1, "rules": ["5"]}
    while True:
        connection.request("GET", f"{api}?status=pending&size=200", headers=headers)
        items = json.loads(connection.getresponse().read())["items"]
        for item in items:
            path = f"{api}/{item['id']}/decisions"
            connection.request("POST", path, json.dumps(wish), headers)
            connection.getresponse().read()
        if not items:
            return


def _is_told(name: str, result: Result) -> bool:
    """Say whether something is told that should not be, or the program sees nothing."""
    if name.startswith("decided"):
        return abs(result.t) <= _BOUND or result.is_same
    return abs(result.t) > _BOUND or not result.is_same


def _table(results: dict[str, Result]) -> report.Table:
    return report.Table(
        title="Codes asked for in turn",
        head=("codes", "asked", "median, µs", "median, µs", "Welch's t", "same bytes"),
        rows=[
            (
                name,
                len(result.first) + len(result.second),
                report.number(median(result.first)),
                report.number(median(result.second)),
                f"{result.t:.2f}",
                "yes" if result.is_same else "no",
            )
            for name, result in results.items()
        ],
        remarks=[
            f"Below {_BOUND} in size, t tells nothing. The decided codes show that the "
            "program would see a difference."
        ],
    )


if __name__ == "__main__":
    main()
