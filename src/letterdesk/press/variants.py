"""Compressed copies, made once when a file is written and not for each reader."""

import gzip
from collections.abc import Mapping

import brotli

_TEXT = (".html", ".json", ".atom", ".css", ".js", ".svg")
_SMALLEST = 256  # bytes: below, headers outweigh what is saved
_LARGE = 200_000  # bytes: above, the best quality takes longer than it saves


def with_variants(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give the files, and beside each text its `.br` and `.gz` where they are smaller."""
    return {name: raw for path, plain in files.items() for name, raw in _all(path, plain)}


def _all(path: str, plain: bytes) -> list[tuple[str, bytes]]:
    if not path.endswith(_TEXT) or len(plain) < _SMALLEST:
        return [(path, plain)]
    quality = 5 if len(plain) > _LARGE else 9
    packed = {
        f"{path}.br": brotli.compress(plain, quality=quality),
        f"{path}.gz": gzip.compress(plain, 9, mtime=0),
    }
    smaller = [(name, raw) for name, raw in packed.items() if len(raw) < len(plain)]
    return [*smaller, (path, plain)]
