"""Are the published files whole? By themselves, and beside what the desk renders."""

import gzip
import json
from collections import Counter
from collections.abc import Collection
from pathlib import Path

import brotli

_ENDINGS = {"index.html": b"</html>", "feed.atom": b"</feed>"}
_MOVING = "report/"  # its figures and the head of the log are the moment's


def torn(public: Path, approved: Collection[str]) -> list[str]:
    """Give the files that are not whole, or hold a comment whose text is not `approved`."""
    return [
        f"{name}: {wrong}"
        for name, raw in _files(public).items()
        if (wrong := _wrong(name, raw, approved))
    ]


def different(public: Path, fresh: Path) -> list[str]:
    """Give the files that are not the same, byte for byte, in both folders."""
    here, there = _files(public), _files(fresh)
    return [
        f"{name}: differs from what the desk renders"
        for name in sorted(here.keys() | there.keys())
        if here.get(name) != there.get(name) and not name.startswith(_MOVING)
    ]


def texts(public: Path) -> Counter[str]:
    """Give how often each text stands in the data of all threads."""
    return Counter(
        comment["text"]
        for name, raw in _files(public).items()
        if name.endswith("/thread.json")
        for comment in json.loads(raw)["comments"]
    )


def _files(folder: Path) -> dict[str, bytes]:
    """Give the files below a folder; drafts that a killed process left are not files."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".draft-")
    }


def _wrong(path: str, raw: bytes, approved: Collection[str]) -> str:
    name = path.rpartition("/")[2]
    try:
        if name.endswith(".br"):
            raw, name = brotli.decompress(raw), name.removesuffix(".br")
        elif name.endswith(".gz"):
            raw, name = gzip.decompress(raw), name.removesuffix(".gz")
        read = json.loads(raw) if name.endswith(".json") else {}
    except (OSError, EOFError, ValueError, brotli.error) as error:
        return type(error).__name__
    if name == "thread.json":
        found = {comment["text"] for comment in read["comments"]}
        return "holds what nobody approved" if found - set(approved) else ""
    is_whole = raw and raw.rstrip().endswith(_ENDINGS.get(name, b""))
    return "" if is_whole else "cut short"
