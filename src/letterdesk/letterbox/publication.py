"""How a published file is handed out: encodings, 304, ranges (RFC 9110)."""

import re
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from letterdesk.letterbox.accept import encodings
from letterdesk.letterbox.answers import Answer
from letterdesk.letterbox.files import File, Representation
from letterdesk.letterbox.headers import Header, for_files
from letterdesk.letterbox.rsgi import Headers, Scope
from letterdesk.places.keeping import readers_keep
from letterdesk.settings import Site

_RANGE = re.compile(r"bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))", re.ASCII)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Heads:
    """The headers of a representation: with its bytes, and without."""

    whole: list[Header]
    unchanged: list[Header]


class Publication:
    """Answers with files. The headers of a representation are put together once."""

    def __init__(self, site: Site) -> None:
        self._common = for_files(site)
        self._heads: WeakKeyDictionary[Representation, _Heads] = WeakKeyDictionary()

    def answer(self, file: File, scope: Scope) -> Answer:
        """Give the file as the request wants it."""
        headers = scope.headers
        asked = headers.get("range", "") if scope.method == "GET" else ""
        span = _span(asked, headers, file.plain) if asked else None
        chosen = file.plain if span else _choose(file, headers.get("accept-encoding", ""))
        heads = self._heads.get(chosen) or self._describe(file, chosen)
        known = headers.get("if-none-match", "")
        if known and _names(known, chosen.tag):
            return Answer(status=304, headers=heads.unchanged)
        if span:
            return _part(span, file.plain.raw, heads)
        return Answer(status=200, headers=heads.whole, body=chosen.raw)

    def _describe(self, file: File, chosen: Representation) -> _Heads:
        unchanged = [
            *self._common,
            ("etag", chosen.tag),
            ("cache-control", readers_keep(file.name)),
        ]
        if file.variants:
            unchanged.append(("vary", "accept-encoding"))
        whole = [
            *unchanged,
            ("content-type", file.media),
            ("content-length", str(len(chosen.raw))),
            ("accept-ranges", "bytes"),
        ]
        if chosen.encoding:
            whole.append(("content-encoding", chosen.encoding))
        self._heads[chosen] = heads = _Heads(whole=whole, unchanged=unchanged)
        return heads


def _choose(file: File, accepted: str) -> Representation:
    if accepted and file.variants:
        for encoding in encodings(accepted):
            if encoding in file.variants:
                return file.variants[encoding]
    return file.plain


def _span(asked: str, headers: Headers, plain: Representation) -> tuple[int, int] | None:
    """Give the first byte and the one after the last; equal when there are none such.

    None where the whole file is the answer: several ranges, none that can be read, or a
    file that is no longer the one that `If-Range` names.
    """
    found = _RANGE.fullmatch(asked.strip())
    if not found or headers.get("if-range", plain.tag) != plain.tag:
        return None
    size = len(plain.raw)
    if found[3]:
        return max(0, size - int(found[3])), size
    first, last = int(found[1]), int(found[2] or size - 1)
    if last < first and found[2]:
        return None
    return min(first, size), min(last + 1, size)


def _part(span: tuple[int, int], raw: bytes, heads: _Heads) -> Answer:
    start, end = span
    if start >= end:
        headers = [*heads.unchanged, ("content-range", f"bytes */{len(raw)}")]
        return Answer(status=416, headers=headers)
    headers = [
        *(header for header in heads.whole if header[0] != "content-length"),
        ("content-length", str(end - start)),
        ("content-range", f"bytes {start}-{end - 1}/{len(raw)}"),
    ]
    return Answer(status=206, headers=headers, body=raw[start:end])


def _names(known: str, tag: str) -> bool:
    """Say whether an If-None-Match header names `tag`; a proxy may have weakened it."""
    listed = (one.strip().removeprefix("W/") for one in known.split(","))
    return known.strip() == "*" or tag in listed
