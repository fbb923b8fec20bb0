"""Folders that one process holds at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from letterdesk.domain.errors import SettingWrong


@contextmanager
def locked(folder: Path, *, busy: str) -> Iterator[None]:
    """Hold a folder; who dies lets go. Raises SettingWrong when somebody else holds it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SettingWrong(f"{busy} Wait for it.") from error
        yield
    finally:
        os.close(handle)
