"""Find marks in files, however they were written down.

A mark is a word that occurs nowhere else. It is looked for in UTF-8, UTF-16 and UTF-32, in
base 64 and base 32 (in all their alignments), hexadecimal, percent-encoding, JSON's escapes
and HTML's references, backwards, as the bytes of an address, and in all that unpacks as
zlib, gzip or brotli, whole files and from within.
"""

import base64
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote, quote_plus

import brotli

_PACKED = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda", b"\x1f\x8b\x08")
_ANY_HEADER = 47  # zlib's window bits: 32 for zlib or gzip, and the largest window
_DEPTH = 3  # a packed file in a packed file in a packed file


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A mark that was found: which, how it was written, where."""

    mark: str
    writing: str
    place: str


def writings(mark: str) -> dict[str, set[bytes]]:
    """Give the ways in which a mark may lie in a file, by their names."""
    raw = mark.encode()
    ways = {
        "utf-8": {raw},
        "utf-16": {mark.encode("utf-16-le"), mark.encode("utf-16-be")},
        "utf-32": {mark.encode("utf-32-le"), mark.encode("utf-32-be")},
        "backwards": {raw[::-1], mark[::-1].encode()},
        "references": {mark.encode("ascii", "xmlcharrefreplace")},
        "base 32": {_symbols(raw, shift, base64.b32encode, bits=5) for shift in range(5)},
        "base 64": {part for shift in range(3) for part in _base64(raw, shift)},
        "hexadecimal": {raw.hex().encode(), raw.hex().upper().encode()},
        "percent-encoding": {
            quote(mark).encode(),
            quote_plus(mark).encode(),
            quote(mark).lower().encode(),
            "".join(f"%{byte:02X}" for byte in raw).encode(),
        },
        "JSON escapes": {json.dumps(mark)[1:-1].encode(), repr(raw)[2:-1].encode()},
    }
    address = _address(mark)
    return ways if address is None else {**ways, "bytes of an address": {address}}


def find(names: Mapping[str, str], files: Iterable[Path]) -> Iterator[Hit]:
    """Give every place in `files` where a mark stands; `names` are mark → name."""
    wanted = [
        (name, way, form)
        for mark, name in names.items()
        for way, forms in writings(mark).items()
        for form in sorted(forms)
    ]
    for file in files:
        for layer, raw in _layers(file.read_bytes(), ""):
            for name, way, form in wanted:
                if form in raw:
                    yield Hit(mark=name, writing=way + layer, place=str(file))


def files_below(*folders: Path) -> Iterator[Path]:
    """Give every file below the folders."""
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


def _base64(raw: bytes, shift: int) -> Iterator[bytes]:
    part = _symbols(raw, shift, base64.b64encode, bits=6)
    yield part
    yield part.translate(bytes.maketrans(b"+/", b"-_"))


def _symbols(
    raw: bytes, shift: int, encode: Callable[[bytes], bytes], *, bits: int
) -> bytes:
    """Give the symbols that stand for `raw`, begun `shift` bytes into a group."""
    whole = encode(b"\0" * shift + raw)
    first = -(-shift * 8 // bits)  # symbols that the bytes before also shape
    last = (shift + len(raw)) * 8 // bits
    return whole[first:last]


def _address(mark: str) -> bytes | None:
    try:
        return ip_address(mark).packed
    except ValueError:
        return None


def _layers(raw: bytes, name: str, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """Give `raw`, and what it unpacks to, with how it was packed."""
    yield name, raw
    if depth == _DEPTH:
        return
    for way, unpacked in _unpacked(raw):
        yield from _layers(unpacked, f"{name} in {way}", depth + 1)


def _unpacked(raw: bytes) -> Iterator[tuple[str, bytes]]:
    with suppress(brotli.error):
        yield "brotli", brotli.decompress(raw)
    for head in _PACKED:
        at = raw.find(head)
        while at >= 0:
            try:
                unpacked = zlib.decompressobj(_ANY_HEADER).decompress(raw[at:])
            except zlib.error:
                unpacked = b""
            if unpacked:
                yield "gzip" if head == _PACKED[-1] else "zlib", unpacked
            at = raw.find(head, at + 1)
