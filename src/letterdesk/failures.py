"""Why a command could not do its work: one sentence, and what to do about it."""

import errno
import logging
import os
import re
from pathlib import Path

from letterdesk.domain.errors import LetterdeskError

_OUTCOME = re.compile(r"\br/[0-9A-Z]{2}\b(?:/[0-9A-Z]+)?")
_FULL = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = {errno.EACCES, errno.EPERM}
_ELSEWHERE = {
    errno.ENOENT: "is not there, and cannot be made where its folder is not. Check how it "
    "is written, or choose another place.",
    errno.ENOTDIR: "cannot be used: a file stands where a folder is due. Choose another "
    "place.",
    errno.EISDIR: "is a folder, and a file is due. Name a file.",
}
_BUSY = "The desk's database is busy: somebody else writes to it. Try again in a moment."
_SQLITE = (
    ("locked", _BUSY),
    (
        "full",
        "The disk is full: the desk's database could not be written. Make room on it.",
    ),
    (
        "readonly",
        "The desk's database may not be written by this user, or lies on a read-only disk. "
        "Run the command as the user to whom the folder belongs. Where that is this user, "
        "let it write desk.db, and desk.db-wal and desk.db-shm beside it: `letterdesk "
        "check` names which it may not.",
    ),
    (
        "unable to open",
        "The desk's database cannot be opened. See to it that desk.db and its folder "
        "belong to this user.",
    ),
    (
        "malformed",
        "The desk's database is damaged. Stop `letterdesk serve`, keep the folder as it "
        "is, and restore the last backup into another: letterdesk restore FILE FOLDER",
    ),
    (
        "not a database",
        "desk.db is not a database. Restore the last backup into another folder: "
        "letterdesk restore FILE FOLDER",
    ),
    (
        "disk i/o",
        "The disk under the desk's database does not work as it should. Check it.",
    ),
)
# SQLite calls it a fault of the disk when there is no room for the index of its log.
_SQLITE_FULL = {"SQLITE_FULL", "SQLITE_IOERR_SHMSIZE"}
_POSTGRESQL = {  # by SQLSTATE
    "40P01": _BUSY,
    "53100": "The disk of the desk's database is full. Make room on PostgreSQL's machine.",
    "53300": "PostgreSQL takes no more connections. Raise max_connections there, or see "
    "what else uses them.",
    "55P03": _BUSY,
}
_AWAY = {"InterfaceError", "OperationalError"}  # the first: of a connection that was lost
_POSTGRESQL_AWAY = (
    "The database that desk.database in letterdesk.toml names does not answer, or does not "
    "let us in. See to it that PostgreSQL runs there, and check user, password and name."
)


def explain(error: BaseException) -> str | None:
    """Give the sentence for a failure that we foresee; None for any other.

    Sentences name files and settings; never what is in them.
    """
    if isinstance(error, LetterdeskError):
        return error.sentence
    if isinstance(error, OSError) and error.errno:
        return _system(error)
    if type(error).__module__.startswith("django.db"):
        return _database(error)
    return None


def will_pass(error: BaseException | None) -> bool:
    """Say whether the same may work later: a database that is away, a disk that is full."""
    if error is None or explain(error) is None:
        return False
    if isinstance(error, OSError):
        return error.errno in _FULL | {errno.EROFS}
    return type(error).__name__ in _AWAY


def unexpected(error: BaseException) -> str:
    """Give the sentence for a failure that should not be: its type and place, no words."""
    return (
        f"This should not have happened: {type(error).__name__} at {place(error)}. Please "
        "report it with this line, as CONTRIBUTING.md says. LETTERDESK_DEBUG=1 shows more; "
        "do not pass that on, readers' words may be in it."
    )


def reason(error: Exception) -> str:
    """Give what may be logged of `error`: our own sentence, or its type and place.

    Never which outcome it was: beside a story and an hour that would say whose receipt.
    """
    if sentence := explain(error):
        code = error.code if isinstance(error, LetterdeskError) else type(error).__name__
        return f"code={code} {_OUTCOME.sub('r/…', sentence)}"
    return f"code=unexpected error={type(error).__name__} at={place(error)}"


def place(error: BaseException) -> str:
    """Give where in the code `error` was raised: file and line."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    if not trace:
        return "an unknown place"
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"


class Terse(logging.Formatter):
    """Lines of a log without an exception's words, which could be a reader's."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the record as one line; of an exception its type and place in the code."""
        if record.exc_info and record.exc_info[1]:
            error = record.exc_info[1]
            return f"{record.name} error={type(error).__name__} at={place(error)}"
        return record.getMessage().partition("\n")[0]


def _system(error: OSError) -> str:
    path = error.filename if isinstance(error.filename, str | os.PathLike) else "a file"
    if error.errno in _FULL:
        return f"The disk is full: {path} could not be written. Make room on it."
    if error.errno == errno.EROFS:
        return f"{path} cannot be written: it lies on a read-only disk."
    if error.errno in _FORBIDDEN:
        return (
            f"This user may not use {path}. Run the command as the user to whom the "
            "newsroom's folder belongs."
        )
    if error.errno in _ELSEWHERE:
        return f"{path} {_ELSEWHERE[error.errno]}"
    told = (error.strerror or type(error).__name__).lower()
    return f"{path} cannot be used: {told}. Check it, or choose another place."


def _database(error: BaseException) -> str | None:
    told = str(error).lower()
    if type(error.__cause__).__module__.startswith("psycopg"):
        if type(error).__name__ not in _AWAY:
            return None
        return _POSTGRESQL.get(getattr(error.__cause__, "sqlstate", ""), _POSTGRESQL_AWAY)
    if getattr(error.__cause__, "sqlite_errorname", "") in _SQLITE_FULL:
        told = "full"
    return next((sentence for words, sentence in _SQLITE if words in told), None)
