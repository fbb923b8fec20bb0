"""The database as it stood at one moment, for as long as somebody reads it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from letterdesk.desk.queries.audit import head
from letterdesk.desk.queries.vendor import is_postgresql

_READ_ONLY = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


@contextmanager
def one_moment() -> Iterator[None]:
    """Let every query in the block see what had been committed when it began.

    Others go on writing. Only outside a transaction, and nothing can be written inside.
    While it lasts SQLite's log grows, and PostgreSQL cannot clear away old rows.
    """
    if is_postgresql():
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute(_READ_ONLY)
            head()  # the first look is the one that counts
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")  # not IMMEDIATE, as Django's: no writer has to wait
        try:
            head()
            yield
        finally:
            cursor.execute("ROLLBACK")
