"""The published site in one zip file, to be unpacked and read from the disk."""

from collections.abc import Iterable
from typing import BinaryIO

from letterdesk.interchange.packed import packed, put


def write(files: Iterable[tuple[str, bytes]], file: BinaryIO) -> int:
    """Write files by their path, in the order in which they come; give how many."""
    written = 0
    with packed(file) as archive:
        for path, raw in files:
            put(archive, path, raw)
            written += 1
    return written
