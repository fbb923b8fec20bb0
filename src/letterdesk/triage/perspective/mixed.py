"""Many requests in one, as Google's client libraries send them: multipart/mixed.

Each part is a whole request (application/http); each is answered by a part of its own,
which names it. Lines may end in LF alone, as Python's client has it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from letterdesk.triage.perspective.refusals import Refused, invalid

MAX_PARTS = 100
_BOUNDARY = re.compile(r'multipart/mixed\s*;.*?\bboundary=("?)([^\s";,]{1,200})\1', re.I)
_NAME = re.compile(r"<([ -;=?-~]{1,300})>")
_WORDS = 2  # in front of HTTP/1.1: the method and the address


@dataclass(frozen=True, kw_only=True)
class Part:
    """One request of many. `name` is what its answer is told by; "" for none."""

    name: str
    method: str
    path: str
    query_string: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Mixed:
    """Many answers in one, and its media type."""

    media_type: str
    raw: bytes


def read_parts(media_type: str, raw: bytes) -> list[Part]:
    """Give the requests in a body. Raises Refused."""
    found = _BOUNDARY.match(media_type)
    if not found:
        raise invalid("A batch is multipart/mixed, with a boundary")
    line = b"\n--" + found[2].encode()
    pieces = (b"\n" + raw.replace(b"\r\n", b"\n")).split(line, MAX_PARTS + 2)[1:]
    ends = [number for number, piece in enumerate(pieces) if piece.startswith(b"--")]
    if not ends:
        whole = len(pieces) <= MAX_PARTS
        raise invalid("The batch has no end") if whole else _too_many()
    if ends[0] > MAX_PARTS:
        raise _too_many()
    if not ends[0]:
        raise invalid("There is nothing in the batch")
    return [_part(piece.partition(b"\n")[2]) for piece in pieces[: ends[0]]]


def write_parts(answers: Iterable[tuple[Part, int, bytes]], boundary: str) -> Mixed:
    """Give the answers to a batch: to which part, its status, JSON."""
    lines = [
        b"--%s\r\nContent-Type: application/http\r\n%s\r\n"
        b"HTTP/1.1 %d %s\r\nContent-Type: application/json; charset=utf-8\r\n"
        b"Content-Length: %d\r\n\r\n%s\r\n"
        % (
            boundary.encode(),
            f"Content-ID: <response-{part.name}>\r\n".encode() if part.name else b"",
            status,
            HTTPStatus(status).phrase.encode(),
            len(raw),
            raw,
        )
        for part, status, raw in answers
    ]
    return Mixed(
        media_type=f"multipart/mixed; boundary={boundary}",
        raw=b"".join([*lines, f"--{boundary}--\r\n".encode()]),
    )


def _too_many() -> Refused:
    return invalid(f"A batch has {MAX_PARTS} requests at the most")


def _part(raw: bytes) -> Part:
    around, _, request = raw.partition(b"\n\n")
    head, _, body = request.lstrip(b"\n").partition(b"\n\n")
    first, _, rest = head.partition(b"\n")
    words = first.decode("latin-1").split()
    if len(words) < _WORDS:
        raise invalid("A part of the batch is no request")
    path, _, query = words[1].partition("?")
    name = _NAME.fullmatch(_fields(around).get("content-id", ""))
    return Part(
        name=name[1] if name else "",
        method=words[0],
        path=path,
        query_string=query,
        body=body,
        headers=_fields(rest),
    )


def _fields(head: bytes) -> dict[str, str]:
    lines = (line.partition(":") for line in head.decode("latin-1").split("\n"))
    return {name.strip().lower(): value.strip() for name, _, value in lines}
