"""Locks that are wider than a row: one collector, one press at a time."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from django.db import connection

from letterdesk.desk.queries.vendor import is_postgresql
from letterdesk.domain.errors import LetterdeskError
from letterdesk.settings import Settings

_INTAKE = 0x4C44_0001  # keys of PostgreSQL's advisory locks: "LD" and a number
_PRESS = 0x4C44_0002
_SCREENING = 0x4C44_0003
_LEARNING = 0x4C44_0004
_IMPORT = 0x4C44_0005
_NAMES = 0x4C44_0006
_MAILS = 0x4C44_0007
_LONGEST = 60.0  # seconds to wait for another press
_PAUSE = 0.05


class PressBusy(LetterdeskError):
    """Another process has been publishing for longer than we wait."""

    code = "press-busy"

    def __init__(self) -> None:
        super().__init__(
            "Another process is publishing, and has been for a minute. "
            "Try again when it is done."
        )


class ImportBusy(LetterdeskError):
    """Another process imports, or undoes an import."""

    code = "import-busy"

    def __init__(self) -> None:
        super().__init__(
            "Another import into this newsroom, or the undoing of one, is going on. "
            "Try again when it is done."
        )


def lock_intake() -> None:
    """Let one collector in at a time, until the caller's transaction ends.

    SQLite has one writer at a time anyway.
    """
    _lock(_INTAKE)


def lock_screening() -> None:
    """Let one at a time store what was screened, until the caller's transaction ends."""
    _lock(_SCREENING)


def lock_names() -> None:
    """Let nobody decide what readers get until the caller's transaction ends.

    Waits for those who decide now. To be taken before any letter is locked.
    """
    _lock(_NAMES)


def keep_names() -> None:
    """Let nobody be put on a list until the caller's transaction ends; others may decide.

    To be taken before any letter is locked: a list that changes locks many.
    """
    _ask_for("SELECT pg_advisory_xact_lock_shared(%s)", _NAMES)


def _lock(key: int) -> None:
    _ask_for("SELECT pg_advisory_xact_lock(%s)", key)


def _ask_for(lock: str, key: int) -> None:
    if is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute(lock, [key])


@contextmanager
def learning_lock(newsroom: Settings) -> Iterator[bool]:
    """Say whether nobody else is learning; who is told so is alone until the block ends."""
    with _alone(newsroom, "learning.lock", _LEARNING) as is_ours:
        yield is_ours


@contextmanager
def mail_lock(newsroom: Settings) -> Iterator[bool]:
    """Say whether nobody else sends mails; who is told so is alone until the block ends."""
    with _alone(newsroom, "mails.lock", _MAILS) as is_ours:
        yield is_ours


@contextmanager
def import_lock(newsroom: Settings) -> Iterator[None]:
    """Let one import in at a time, or the undoing of one. Raises ImportBusy."""
    with _alone(newsroom, "import.lock", _IMPORT) as is_ours:
        if not is_ours:
            raise ImportBusy
        yield


@contextmanager
def _alone(newsroom: Settings, file_name: str, key: int) -> Iterator[bool]:
    """Say whether nobody else holds a lock; who is told so holds it until the block ends.

    By a file in the newsroom's folder, or by PostgreSQL. A process that dies lets go.
    """
    if is_postgresql():
        is_ours = _advisory_taken(key)
        try:
            yield is_ours
        finally:
            if is_ours:
                _advisory_released(key)
    else:
        with (newsroom.folder / file_name).open("wb") as file:
            yield _flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def press_lock(newsroom: Settings) -> Iterator[None]:
    """Let one press in at a time: by a file in the newsroom's folder, or by PostgreSQL.

    Waits up to a minute, then raises PressBusy. A process that dies lets go.
    """
    if is_postgresql():
        with _held(partial(_advisory_taken, _PRESS), partial(_advisory_released, _PRESS)):
            yield
    else:
        with (newsroom.folder / "press.lock").open("wb") as file:

            def is_taken() -> bool:
                return _flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

            with _held(is_taken, lambda: _flock(file.fileno(), fcntl.LOCK_UN)):
                yield


@contextmanager
def _held(take: Callable[[], bool], release: Callable[[], object]) -> Iterator[None]:
    begun = time.monotonic()
    while not take():
        if time.monotonic() - begun > _LONGEST:
            raise PressBusy
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        release()


def _flock(handle: int, mode: int) -> bool:
    try:
        fcntl.flock(handle, mode)
    except BlockingIOError:
        return False
    return True


def _advisory_taken(key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        return bool(cursor.fetchone()[0])


def _advisory_released(key: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
