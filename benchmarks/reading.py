"""How many times a second a published thread can be read, beside nginx and Isso.

In one run: the same thread from `letterdesk serve`, from nginx with the configuration
that we ship, from nginx with hardly any, and as many comments from Isso. Loaded by wrk.
That ETag, 304 and ranges work is checked first.
"""

import argparse
import http.client
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from benchmarks import isso, machine, newsroom, nginx, quiet, report, words

THREADS = (50, 1_000)
_CODINGS = ("br", "gzip", "identity")
_HEAD = (
    "", "comments", "sent as", "bytes", "1 connection", "16 connections", "p99 ms at 16",
    "others' cores",
)  # fmt: skip
_RATE = re.compile(r"^Requests/sec:\s+([\d.]+)", re.MULTILINE)
_P99 = re.compile(r"^\s+99%\s+([\d.]+)(us|ms|s)\s*$", re.MULTILINE)
_WRONG = re.compile(r"^\s*(Non-2xx|Socket errors).*$", re.MULTILINE)
_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True, kw_only=True)
class Reader:
    """How to read: seconds a run, cores of the load."""

    seconds: float
    passes: int
    cores: Sequence[int] = field(default_factory=list)

    def quietest(
        self, port: int, path: str, coding: str, connections: int
    ) -> tuple[tuple[float, float], float]:
        """Give what `read` gives in the quietest pass, and the cores that others used."""
        return quiet.quietest(
            lambda: self.read(port, path, coding, connections), passes=self.passes
        )

    def read(
        self, port: int, path: str, coding: str, connections: int
    ) -> tuple[float, float]:
        """Give requests a second and the p99 in milliseconds."""
        pinned = ["taskset", "-c", ",".join(map(str, self.cores))] if self.cores else []
        done = subprocess.run(
            [
                *[*pinned, "wrk", "-t1", f"-c{connections}", f"-d{self.seconds:.0f}s"],
                *["--latency", "--timeout", "10s", "-H", f"Accept-Encoding: {coding}"],
                f"http://127.0.0.1:{port}{path}",
            ],
            capture_output=True,
            text=True,
            check=True,
        )
        if wrong := _WRONG.search(done.stdout):
            print(f"{path} on {port}: {wrong[0].strip()}", file=sys.stderr)
        rate, p99 = _RATE.search(done.stdout), _P99.search(done.stdout)
        if rate is None or p99 is None:
            raise SystemExit(f"wrk said something unexpected:\n{done.stdout}")
        return float(rate[1]), float(p99[1]) * _MILLISECONDS[p99[2]]


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.reading", description=__doc__
    )
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument(
        "--passes", type=int, default=8, help="at most, to find a quiet one"
    )
    parser.add_argument("--without-isso", action="store_true")
    chosen = parser.parse_args()
    if not shutil.which("wrk") or not nginx.is_here():
        raise SystemExit(
            "This benchmark needs wrk, nginx and its brotli module. On Debian: apt-get "
            "install wrk nginx libnginx-mod-http-brotli-static"
        )
    every = sorted(os.sched_getaffinity(0))
    servers = every[:1] if len(every) > 1 else []
    reader = Reader(seconds=chosen.seconds, passes=chosen.passes, cores=every[1:])
    rows: list[Sequence[object]] = []
    with tempfile.TemporaryDirectory(prefix="reading-") as folder:
        rows += _letterdesk_and_nginx(Path(folder), reader, servers)
        if not chosen.without_isso:
            rows += _isso(Path(folder), reader, servers)
    report.publish(
        "reading",
        "Reading a published thread",
        versions=machine.versions("letterdesk", "granian")
        + f"; {nginx.version()}; {isso.VERSIONS}; {machine.tool_version('wrk', '-v')[:16]}",
        tables=[
            report.Table(title="Requests a second", head=_HEAD, rows=rows, remarks=_REMARKS)
        ],
    )


_REMARKS = (
    "Keep-alive connections on loopback, without TLS; servers on one core, wrk on the "
    "other. “bytes” is the body as sent. Checked on each row of Letterdesk and nginx "
    "before the clock started: the answer is the published file, byte for byte; its ETag "
    "asked for again gives 304 and no body; bytes 0–99 give 206 and those bytes (without "
    "packing).",
    quiet.REMARK,
    "The thread is `t/STORY/` as the press writes it, all comments on one page "
    "(`press.comments_per_page = 1000`; by default a page has 200). Isso answers JSON from "
    "its database, unpacked.",
)


def fill(folder: Path) -> None:
    """Fill and publish a newsroom with one story for each of THREADS; prints their ids."""
    newsroom.open_desk(folder)
    from benchmarks import reading_work  # noqa: PLC0415 -- imports tables: after open_desk

    for story in reading_work.publish(folder, THREADS):
        print(story)


def check(port: int, path: str, coding: str, file: bytes) -> None:
    """Raise SystemExit when the answers are not what HTTP makes of the file."""
    answer, body = _get(port, path, {"Accept-Encoding": coding})
    wrong = []
    if (answer.status, body) != (200, file):
        wrong.append(f"{answer.status} and {len(body)} bytes instead of the file")
    tag = answer.headers["ETag"] or ""
    again, rest = _get(port, path, {"Accept-Encoding": coding, "If-None-Match": tag})
    if (again.status, rest) != (304, b""):
        wrong.append(f"{again.status} instead of 304 for its own ETag {tag}")
    part, some = _get(port, path, {"Accept-Encoding": "identity", "Range": "bytes=0-99"})
    if coding == "identity" and (part.status, some) != (206, file[:100]):
        wrong.append(f"{part.status} and {len(some)} bytes instead of 206 and 100")
    if wrong:
        raise SystemExit(f"{path} on port {port}, {coding}: {'; '.join(wrong)}.")


def _get(
    port: int, path: str, headers: dict[str, str]
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer, answer.read()
    finally:
        connection.close()


def _letterdesk_and_nginx(
    folder: Path, reader: Reader, servers: Sequence[int]
) -> Iterator[Sequence[object]]:
    room = newsroom.make(
        folder / "newsroom", settings={"press": {"comments_per_page": 1000}}
    )
    done = subprocess.run(
        [sys.executable, "-c", _FILL, room.folder],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    stories = dict(zip(THREADS, done.stdout.split(), strict=True))
    with ExitStack() as stack:
        stack.enter_context(newsroom.serving(room, cores=servers))
        ports = {
            "letterdesk serve": room.letterbox,
            "nginx as shipped": stack.enter_context(
                nginx.shipped(folder / "nginx-shipped", room, cores=servers)
            ),
            "nginx, plain": stack.enter_context(
                nginx.plain(folder / "nginx-plain", room.public, cores=servers)
            ),
        }
        for size, story in stories.items():
            for name, port in ports.items():
                for coding in _CODINGS:
                    ending = {"br": ".br", "gzip": ".gz"}.get(coding, "")
                    file = room.public / "t" / story / f"index.html{ending}"
                    path, raw = f"/t/{story}/", file.read_bytes()
                    check(port, path, coding, raw)
                    yield (name, f"{size:,}", *_figures(reader, port, path, coding, raw))


_FILL = (
    "import sys; from pathlib import Path; from benchmarks import reading; "
    "reading.fill(Path(sys.argv[1]))"
)


def _isso(
    folder: Path, reader: Reader, servers: Sequence[int]
) -> Iterator[Sequence[object]]:
    with isso.serving(folder, cores=servers) as running:
        for size in THREADS:
            running.fill(f"/thread-{size}", islice(words.comments(seed=3), size))
            path = f"/?uri=/thread-{size}"
            answer, body = _get(running.port, path, {})
            if answer.status != 200 or body.count(b'"author"') != size:
                raise SystemExit(f"Isso answered {answer.status}, not {size} comments.")
            yield (
                "Isso",
                f"{size:,}",
                *_figures(reader, running.port, path, "identity", body),
            )


def _figures(
    reader: Reader, port: int, path: str, coding: str, body: bytes
) -> Iterator[object]:
    (one, _), before = reader.quietest(port, path, coding, 1)
    (many, p99), then = reader.quietest(port, path, coding, 16)
    yield "plain" if coding == "identity" else coding
    yield f"{len(body):,}"
    yield from (report.number(figure) for figure in (one, many, p99))
    yield f"{max(before, then):.2f}"


if __name__ == "__main__":
    main()
