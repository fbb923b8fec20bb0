"""What is said where the desk's database fails."""

import sqlite3

import psycopg
import pytest
from django.db import IntegrityError, InterfaceError, OperationalError

from letterdesk.failures import explain, unexpected

SECRET = "Ilsa Dorrech lives at 5 Mill Lane"


@pytest.mark.parametrize(
    ("told", "begins"),
    [
        ("database is locked", "The desk's database is busy"),
        ("database or disk is full", "The disk is full"),
        ("attempt to write a readonly database", "The desk's database may not be written"),
        ("unable to open database file", "The desk's database cannot be opened"),
        ("database disk image is malformed", "The desk's database is damaged"),
        ("file is not a database", "desk.db is not a database"),
        ("disk I/O error", "The disk under the desk's database"),
    ],
)
def test_a_failure_of_sqlite_is_explained(told: str, begins: str) -> None:
    error = OperationalError(told)
    error.__cause__ = sqlite3.OperationalError(told)

    sentence = explain(error)

    assert sentence is not None
    assert sentence.startswith(begins)


@pytest.mark.parametrize("name", ["SQLITE_FULL", "SQLITE_IOERR_SHMSIZE"])
def test_a_disk_without_room_for_the_log_is_called_full(name: str) -> None:
    error = OperationalError("disk I/O error")
    error.__cause__ = sqlite3.OperationalError("disk I/O error")
    error.__cause__.sqlite_errorname = name

    assert str(explain(error)).startswith("The disk is full")


@pytest.mark.parametrize(
    ("kind", "cause"),
    [
        (OperationalError, psycopg.OperationalError()),
        (InterfaceError, psycopg.InterfaceError("the cursor is closed")),
    ],
)
def test_a_database_that_does_not_answer_is_explained(
    kind: type[Exception], cause: psycopg.Error
) -> None:
    error = kind('connection to server at "db" failed: password=hunter2')
    error.__cause__ = cause

    sentence = explain(error)

    assert sentence is not None
    assert sentence.startswith("The database that desk.database in letterdesk.toml names")
    assert "hunter2" not in sentence


@pytest.mark.parametrize(
    ("cause", "begins"),
    [
        (psycopg.errors.DeadlockDetected(), "The desk's database is busy"),
        (psycopg.errors.LockNotAvailable(), "The desk's database is busy"),
        (psycopg.errors.DiskFull(), "The disk of the desk's database is full"),
        (psycopg.errors.TooManyConnections(), "PostgreSQL takes no more connections"),
    ],
)
def test_what_postgresql_lacks_is_told_apart(cause: psycopg.Error, begins: str) -> None:
    error = OperationalError(SECRET)
    error.__cause__ = cause

    assert str(explain(error)).startswith(begins)


@pytest.mark.parametrize("error", [IntegrityError(SECRET), OperationalError(SECRET)])
def test_what_nobody_foresaw_of_a_database_is_told_without_its_words(
    error: Exception,
) -> None:
    with pytest.raises(type(error)) as caught:
        raise error

    assert explain(caught.value) is None
    sentence = unexpected(caught.value)
    assert SECRET not in sentence
    assert sentence.startswith(
        f"This should not have happened: {type(error).__name__} at test_failures.py:"
    )
