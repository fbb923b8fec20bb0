"""Compressed copies, made once when a file is written and not for each reader."""

import gzip
import zlib
from collections.abc import Iterator, Mapping

import brotli

_TEXTS = (".html", ".json", ".atom", ".css", ".js", ".svg")
_LARGE = 65_536  # bytes
_SMALL_QUALITY = 7  # 9 saves half a percent more and takes ten times as long
_LARGE_QUALITY = 5  # 7 saves two percent more and takes three times as long
_LASTING = ("assets/", "embed.")  # written once, fetched by every reader
_LASTING_QUALITY = 11  # saves a tenth
_GZIP = 6
_GZIP_ONLY = 31  # of zlib's window bits: a gzip header, and nothing else


def with_variants(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give the files, and in front of each text the same as `.br` and as `.gz`.

    Every text has both, however short: a file that grew or shrank past a limit would leave
    an old variant behind, and readers would be handed old words.
    """
    return {
        name: raw for path, plain in files.items() for name, raw in _copies(path, plain)
    }


def variants_of(path: str) -> tuple[str, ...]:
    """Give the paths of a file's compressed copies; none where it is no text."""
    return (f"{path}.br", f"{path}.gz") if path.endswith(_TEXTS) else ()


def unpacks_to(plain: bytes, path: str, packed: bytes) -> bool:
    """Say whether `packed`, the copy at `path`, is `plain` and nothing else.

    Never unpacks much more than that, whatever somebody has put there.
    """
    unpack = _is_brotli_of if path.endswith(".br") else _is_gzip_of
    try:
        return unpack(packed, plain)
    except (brotli.error, zlib.error):
        return False


def _is_brotli_of(packed: bytes, plain: bytes) -> bool:
    unpacker, found = brotli.Decompressor(), b""
    given = packed
    while not unpacker.is_finished() and len(found) <= len(plain):
        some = unpacker.process(given, output_buffer_limit=len(plain) + 1)
        if not some and not given:
            return False  # it breaks off
        found, given = found + some, b""
    return bool(unpacker.is_finished()) and found == plain


def _is_gzip_of(packed: bytes, plain: bytes) -> bool:
    unpacker = zlib.decompressobj(_GZIP_ONLY)
    found = unpacker.decompress(packed, len(plain) + 1)
    return unpacker.eof and not unpacker.unused_data and found == plain


def _copies(path: str, plain: bytes) -> Iterator[tuple[str, bytes]]:
    if path.endswith(_TEXTS):
        yield f"{path}.br", brotli.compress(plain, quality=_quality(path, plain))
        yield f"{path}.gz", gzip.compress(plain, _GZIP, mtime=0)
    yield path, plain


def _quality(path: str, plain: bytes) -> int:
    if path.startswith(_LASTING):
        return _LASTING_QUALITY
    return _LARGE_QUALITY if len(plain) > _LARGE else _SMALL_QUALITY
