"""Folders that one process holds at a time; who dies lets go."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from letterdesk.domain.errors import SettingWrong


@contextmanager
def locked(folder: Path, *, busy: str) -> Iterator[None]:
    """Hold a folder. Raises SettingWrong when somebody else holds it."""
    with _opened(folder) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SettingWrong(f"{busy} Wait for it.") from error
        yield


@contextmanager
def waited_for(folder: Path) -> Iterator[None]:
    """Hold a folder, once nobody else does."""
    with _opened(folder) as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield handle
    finally:
        os.close(handle)
