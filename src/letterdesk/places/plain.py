"""A plain file, opened without waiting for anybody, and read up to a bound."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from letterdesk.places.base import Unfit

NO_LINK = os.O_NOFOLLOW
_AT_ONCE = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC  # pipes do not wait


def read_plain(path: Path, *, flags: int = 0, most: int | None = None) -> bytes:
    """Give a file's bytes, `most` at the most. Raises Unfit, OSError."""
    with opened_plain(path, flags=flags, most=most) as file:
        raw = file.read() if most is None else file.read(most + 1)
    if most is not None and len(raw) > most:  # it has grown meanwhile
        raise unfit(path)
    return raw


@contextmanager
def opened_plain(
    path: Path, *, flags: int = 0, most: int | None = None
) -> Iterator[BinaryIO]:
    """Give a plain file of `most` bytes at the most, to be read. Raises Unfit, OSError."""
    handle = os.open(path, _AT_ONCE | flags)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or (most is not None and found.st_size > most):
            raise unfit(path)
        with os.fdopen(handle, "rb", closefd=False) as file:
            yield file
    finally:
        os.close(handle)


def unfit(path: Path) -> Unfit:
    """Give the error for what is no plain file of its place."""
    return Unfit(
        f"{path.name!a} in {path.parent} is a link that leads elsewhere, no plain file, "
        "too large to be one of ours, or not for this user to read. It is not read."
    )
