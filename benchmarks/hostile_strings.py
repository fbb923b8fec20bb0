"""Strings that have broken other programs: from corpora beside the project, and ours.

The corpora are data of other projects (see their README) and no part of this one. Strings
are bytes, because some of them are not text on purpose.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"

_QUOTED = re.compile(r'^[^#"]*"(.*)"\s*$')
_MOST = 20_000  # bytes of one string: more is refused before anybody looks at it

OURS = (
    "<script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</title></style></noscript><img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "javascript:alert(1)",
    "]]><script>alert(1)</script>",
    "<!--><img src=x onerror=alert(1)>-->",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;b&#62; &amp;amp;",
    "{{ 7*7 }}{% include 'x' %}${7*7}<%= 7*7 %>#{7*7}",
    "=cmd|' /C calc'!A0",
    "%0d%0aSet-Cookie: a=b",
    "'; DROP TABLE desk_comment; --",
    "../../../../etc/passwd\x00.png",
    "\u202egnp.exe \u2066a\u2069 \u200b\u2800\u3164",
    "می\u200cخواهم क्\u200dष 👨‍👩‍👧‍👦",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "Z̴̛̰͎̃͐ą̷̛̘̳͖̓l̵̢̛̺̻̈́g̸̨̛̬̞͑̕o̴̡̲̤̾̕",
    "\u1112\u1161\u11ab \ufdfa \u0344 \ufb1d",
    "A\r\nB\rC\u2028D\u2029E\x85F",
    "\ufeff\ufffe\uffff\ufdd0",
    "",
    " \t\n ",
    "x" * 6_000,
    "\U0001f6f6" * 5_000,
    "=".join("&" * 30),
    "%",
    "%zz",
    "+",
)


def strings() -> dict[str, list[bytes]]:
    """Give the strings by the name of their source, each once."""
    found = {
        "ours": [text.encode() for text in OURS] + [b"\xff\xfe", b"\xc0\xaf\xed\xa0\x80"]
    }
    if CORPORA.is_dir():
        found |= {name: list(read(CORPORA / name)) for name, read in _READERS.items()}
    first = {one: name for name in reversed(found) for one in found[name]}
    return {
        name: [one for one in dict.fromkeys(some) if first[one] == name]
        for name, some in found.items()
    }


def _blns(folder: Path) -> Iterator[bytes]:
    for text in json.loads((folder / "blns.json").read_text(encoding="utf-8")):
        yield text.encode()


def _lines(folder: Path) -> Iterator[bytes]:
    for file in _files(folder):
        yield from (line for line in file.read_bytes().splitlines() if len(line) <= _MOST)


def _whole(folder: Path) -> Iterator[bytes]:
    yield from (raw for file in _files(folder) if len(raw := file.read_bytes()) <= _MOST)


def _dictionaries(folder: Path) -> Iterator[bytes]:
    for file in _files(folder):
        for line in file.read_text(encoding="utf-8").splitlines():
            if found := _QUOTED.match(line):
                yield codecs.decode(found[1], "unicode_escape").encode("latin-1", "replace")


def _tokenizer(folder: Path) -> Iterator[bytes]:
    for file in sorted((folder / "tokenizer").glob("*.test")):
        told = json.loads(file.read_text(encoding="utf-8"))
        for test in told.get("tests", told.get("xmlViolationTests", [])):
            text = test["input"]
            if test.get("doubleEscaped"):
                text = json.loads(f'"{text}"')
            yield text.encode("utf-8", "surrogatepass")


def _utf8(folder: Path) -> Iterator[bytes]:
    for line in (folder / "utf8tests.txt").read_text(encoding="utf-8").splitlines():
        if found := re.match(r"[\d.]+:(?:in)?valid hex:([0-9A-Fa-f ]+)", line):
            yield b"a" + bytes.fromhex(found[1]) + b"b"


def _unicode(folder: Path) -> Iterator[bytes]:
    for line in _table(folder / "confusables.txt"):
        yield "".join(map(_points, line.split(";")[:2])).encode()
    for line in _table(folder / "NormalizationTest.txt"):
        if not line.startswith("@"):
            yield _points(line.split(";")[2]).encode()
    for line in _table(folder / "GraphemeBreakTest.txt"):
        yield _points(re.sub("[÷×]", " ", line)).encode("utf-8", "surrogatepass")
    yield from (folder / "cjk-visual-confusables-ml.txt").read_bytes().splitlines()
    for char in json.loads((folder / "invisible-and-control.json").read_text())["chars"]:
        point = chr(int(char["cp"].removeprefix("U+"), 16))
        yield f"a{point}b {point * 3}c".encode("utf-8", "surrogatepass")


def _cells(file: Path) -> Iterator[bytes]:
    told = json.loads(file.read_text(encoding="utf-8"))
    yield from (cell.encode() for cell in told["cells"])
    yield from (f"{prefix}1+1".encode() for prefix in told["prefixes"])


def _table(file: Path) -> Iterator[str]:
    for line in file.read_text(encoding="utf-8-sig").splitlines():
        if written := line.partition("#")[0].strip():
            yield written


def _points(written: str) -> str:
    with suppress(ValueError):
        return "".join(chr(int(point, 16)) for point in written.split())
    return written


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


_READERS: dict[str, Callable[[Path], Iterator[bytes]]] = {
    "blns": _blns,
    "h5sc": _lines,
    "fuzzdb": _lines,
    "afl-dictionaries": _dictionaries,
    "jsontestsuite": _whole,
    "html5lib-tests": _tokenizer,
    "multipart": _whole,
    "utf8tests": _utf8,
    "trojan-source": _whole,
    "unicode": _unicode,
    "csv-formula.json": _cells,
}
