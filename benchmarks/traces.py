"""What can be read, after 10,000 letters, of what readers sent: it should be nothing.

Every letter carries marks in its text, name and contact and in the headers that a browser
or a proxy adds; some are refused on purpose, because errors are where things leak. They
come from 1,000 addresses, with all logging on. Then spool, logs, temporary files and the
rest of the newsroom's folder are searched for marks and addresses. That the search finds
something is shown first, on files into which marks were put.
"""

import argparse
import base64
import gzip
import hashlib
import json
import os
import secrets
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from itertools import islice
from pathlib import Path
from urllib.parse import quote, urlencode

import brotli

from benchmarks import load, machine, marks, newsroom, report
from benchmarks.intake import FORM

_AT_ONCE = 50  # connections, each from an address of its own
_BATCHES = 20


@dataclass(frozen=True, kw_only=True)
class Marks:
    """The marks of a run, one for each thing that a reader's request carries."""

    text: str
    name: str
    contact: str
    agent: str
    referer: str
    language: str
    cookie: str
    forwarded: str  # an address
    proof: str
    networks: tuple[str, ...]  # of the addresses that letters come from: "127.1.2."

    def sources(self) -> list[str]:
        """Give the addresses that letters come from."""
        count = _AT_ONCE * _BATCHES // len(self.networks)
        return [f"{net}{host}" for net in self.networks for host in range(1, count + 1)]

    def named(self) -> dict[str, str]:
        """Give mark → what it marks."""
        single = {mark: name for name, mark in vars(self).items() if name != "networks"}
        return single | dict.fromkeys(self.networks, "source")


@dataclass(frozen=True, kw_only=True)
class Result:
    """What a run found: answers by status, letters in the spool, files searched, hits."""

    statuses: Counter[int]
    spooled: int
    files: int
    bytes: int
    hits: tuple[marks.Hit, ...]
    written_to: frozenset[str]
    was_debugging: bool  # the server's debug lines are among what was searched


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.traces", description=__doc__
    )
    parser.add_argument("--letters", type=int, default=10_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="traces-") as folder:
        found = trial(Path(folder) / "trial")
        result = run(Path(folder) / "newsroom", letters=chosen.letters)
    report.publish(
        "traces",
        "What can be read of what readers sent",
        versions=machine.versions("letterdesk", "granian", "cryptography"),
        tables=[_table(result, found)],
    )
    sys.exit(bool(result.hits))


def run(folder: Path, *, letters: int) -> Result:
    """Send letters to a letterbox of its own, and search what it leaves on the disk."""
    room = newsroom.make(folder)
    story = newsroom.add_story(room, 1)
    newsroom.call("publish", str(folder))
    temporary = folder.with_name("temporary")
    temporary.mkdir()
    sought = new_marks()
    environment = {
        "TMPDIR": str(temporary),
        "PYTHONDEVMODE": "1",
        "LETTERDESK_DEBUG": "1",
    }
    statuses = Counter[int]()
    requests = _requests(story, sought, letters)
    with newsroom.serving(room, only=["letterbox"], environment=environment) as running:
        for batch in _batches(sought.sources()):
            some = islice(requests, -(-letters // _BATCHES))
            done = load.run(room.letterbox, some, connections=_AT_ONCE, sources=batch)
            statuses += done.statuses
        statuses += load.run(room.letterbox, requests, connections=_AT_ONCE).statuses
        open_files = frozenset(_open_for_writing(running.process.pid))
    searched = [*marks.files_below(folder, temporary), running.output]
    sealed = set(marks.files_below(room.spool))
    plain = [file for file in searched if file not in sealed and not _is_packed(file)]
    hits = [
        *marks.find(sought.named(), searched),
        *_digests(sought.sources(), plain),
    ]
    return Result(
        statuses=statuses,
        spooled=_letters_in(room.spool),
        files=len(searched),
        bytes=sum(file.stat().st_size for file in searched),
        hits=tuple(hits),
        written_to=open_files,
        was_debugging="runtime-1" in running.output.read_text(),
    )


def trial(folder: Path) -> dict[str, int]:
    """Give how many planted marks the search finds, by the way they were written."""
    folder.mkdir()
    sought = new_marks()
    said = f"before {sought.text} after {sought.forwarded} by {sought.sources()[7]}"
    text = said.encode()
    planted = {
        "utf-8": text,
        "utf-16": said.encode("utf-16-le"),
        "utf-32": said.encode("utf-32-be"),
        "backwards": said[::-1].encode(),
        "base 64": base64.b64encode(b"?" + text) + base64.b64encode(b"??" + text),
        "base 32": base64.b32encode(b"?" + text),
        "hexadecimal": text.hex().encode(),
        "percent-encoding": quote(text).encode(),
        "JSON": json.dumps({"said": said}).encode(),
        "references": said.encode("ascii", "xmlcharrefreplace"),
        "zlib": secrets.token_bytes(100) + zlib.compress(text),
        "gzip": gzip.compress(text),
        "brotli": brotli.compress(text),
    }
    found = {}
    for way, raw in planted.items():
        file = folder / way
        file.write_bytes(raw)
        found[way] = len({hit.mark for hit in marks.find(sought.named(), [file])})
    return found


def new_marks() -> Marks:
    """Give marks that stand nowhere else."""
    word = secrets.token_hex
    host = ":".join(word(2) for _ in range(6))
    return Marks(
        text=f"증거{word(6)}말",
        name=f"이름{word(6)}",
        contact=f"mail{word(6)}@reader{word(3)}.test",
        agent=f"Agent-{word(8)}",
        referer=f"https://ref{word(6)}.test/from",
        language=f"x-{word(4)}",
        cookie=f"cookie-{word(8)}",
        forwarded=f"2001:db8:{host}",
        proof=f"proof{word(12)}",
        networks=tuple(
            f"127.{100 + secrets.randbelow(156)}.{100 + secrets.randbelow(156)}."
            for _ in range(4)
        ),
    )


def _digests(addresses: Sequence[str], files: Sequence[Path]) -> Iterator[marks.Hit]:
    """Give where an address stands as its four bytes or a digest, in what is plain.

    In sealed letters and packed pages, which look like chance, four bytes of a thousand
    addresses are found by chance. What is packed lies beside it unpacked.
    """
    forms = {ip_address(one).packed: "bytes" for one in addresses}
    for name in ("md5", "sha1", "sha256"):
        for one in addresses:
            digest = hashlib.new(name, one.encode(), usedforsecurity=False)
            forms[digest.digest()] = name
            forms[digest.hexdigest().encode()] = f"{name} in hexadecimal"
    for file in files:
        raw = file.read_bytes()
        for form, way in forms.items():
            if form in raw:
                yield marks.Hit(mark="source", writing=way, place=str(file))


def _is_packed(file: Path) -> bool:
    return file.suffix in {".br", ".gz"} and file.with_suffix("").is_file()


def _batches(sources: Sequence[str]) -> Iterator[Sequence[str]]:
    return (sources[at : at + _AT_ONCE] for at in range(0, len(sources), _AT_ONCE))


def _requests(story: str, sought: Marks, letters: int) -> Iterator[load.Request]:
    """Give `letters` good letters, and after each hundred one of every refused kind."""
    for number in range(letters):
        yield load.Request(raw=_letter(story, sought, number), label=number)
        if number % 100 == 0:
            for raw in _refused(story, sought, number):
                yield load.Request(raw=raw)


def _letter(story: str, sought: Marks, number: int) -> bytes:
    body = urlencode(_fields(sought, number)).encode()
    return _post(f"/t/{story}/comments", body, sought)


def _refused(story: str, sought: Marks, number: int) -> Iterator[bytes]:
    fields = _fields(sought, number)
    here, body = f"/t/{story}/comments", urlencode(fields).encode()
    yield _post(here, urlencode({**fields, "text": sought.text * 900}).encode(), sought)
    yield _post(here, urlencode({**fields, "contact": sought.text}).encode(), sought)
    yield _post(here, urlencode({**fields, "reply_to": sought.text}).encode(), sought)
    yield _post(here, urlencode({**fields, "text": f"\x07{sought.text}"}).encode(), sought)
    yield _post(here, body + b"&" + body, sought)
    yield _post(here, body, sought, kind="text/plain")
    yield _post(here, body + b"&odd=" + b"x" * 80_000, sought)
    yield _post(f"/t/{'0' * 26}/comments", body, sought)
    yield _post("/receipt", urlencode({"code": sought.text}).encode(), sought)
    yield _post(f"/{quote(sought.text)}", body, sought)
    yield _post(
        f"/t/{story}/notices", urlencode({**fields, "comment": "x"}).encode(), sought
    )
    yield _post(here, body, sought, more="Sec-Fetch-Site: cross-site\r\n")


def _fields(sought: Marks, number: int) -> dict[str, str]:
    text = f"{number} {sought.text} and what else there is to say about {sought.text}"
    return {
        "text": text,
        "name": sought.name,
        "contact": sought.contact,
        "altcha": sought.proof,
    }


def _post(
    path: str, body: bytes, sought: Marks, *, kind: str = FORM, more: str = ""
) -> bytes:
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\n"
        f"User-Agent: {sought.agent}\r\nReferer: {sought.referer}\r\n"
        f"Accept-Language: {sought.language}\r\nCookie: session={sought.cookie}\r\n"
        f"X-Forwarded-For: {sought.forwarded}\r\nX-Real-IP: {sought.forwarded}\r\n"
        f'Forwarded: for="[{sought.forwarded}]"\r\n{more}'
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def _open_for_writing(leader: int) -> Iterator[str]:
    """Give the regular files that a process and those it started have open for writing."""
    for identity in (leader, *newsroom.descendants(leader)):
        process = Path(f"/proc/{identity}")
        for handle in (process / "fd").iterdir():
            try:
                target, flags = handle.readlink(), _flags(process, handle.name)
            except FileNotFoundError:
                continue  # closed meanwhile
            if flags & (os.O_WRONLY | os.O_RDWR) and target.is_file():
                yield target.name


def _flags(process: Path, handle: str) -> int:
    lines = (process / "fdinfo" / handle).read_text().splitlines()
    return next(int(line.split()[1], 8) for line in lines if line.startswith("flags"))


def _letters_in(spool: Path) -> int:
    from letterdesk.domain.envelope import unpack_batch  # noqa: PLC0415 -- the scan needs none

    return sum(len(unpack_batch(file.read_bytes())) for file in marks.files_below(spool))


def _table(result: Result, found: dict[str, int]) -> report.Table:
    by_mark = Counter(hit.mark for hit in result.hits)
    names = dict.fromkeys(new_marks().named().values())
    rows: list[Sequence[object]] = [(name, by_mark[name]) for name in names]
    answers = ", ".join(
        f"{count:,} × {status}" for status, count in sorted(result.statuses.items())
    )
    return report.Table(
        title=f"Hits in {result.files:,} files, {result.bytes:,} bytes",
        head=("mark in", "hits"),
        rows=[*rows, ("**all**", f"**{len(result.hits)}**")],
        remarks=[
            f"Answers: {answers}. Letters in the spool: {result.spooled:,}. Searched: "
            "spool, public place, keys and database of the newsroom, all that the "
            "processes printed, and their TMPDIR. Files that they held open to write: "
            f"{', '.join(sorted(result.written_to)) or 'none'}. Letters came from "
            f"{_AT_ONCE * _BATCHES:,} addresses (“source”), which were looked for by their "
            "networks in all files, and in what is not sealed also as four bytes and as "
            "digests: MD5, SHA-1, SHA-256. LETTERDESK_DEBUG and Python's development mode "
            "were on.",
            "Looked for as "
            + ", ".join(marks.writings("::1"))
            + ", and in whatever unpacks "
            "as zlib, gzip or brotli. Shown first on planted files, of 3 marks each: "
            + ", ".join(f"{way} {count}" for way, count in found.items())
            + ".",
            *(
                f"HIT: {hit.mark} as {hit.writing} in {hit.place}"
                for hit in result.hits[:20]
            ),
        ],
    )


if __name__ == "__main__":
    main()
