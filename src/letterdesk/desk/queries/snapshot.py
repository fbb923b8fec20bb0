"""A copy of the whole database as it is at one moment, while others go on writing."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from django.db import connection, transaction

from letterdesk.desk import postgresql
from letterdesk.desk.queries.vendor import is_sqlite
from letterdesk.domain.audit import START

_COUNTED = {  # in plain SQL: the copy's tables may be those of an earlier version
    "stories": "SELECT count(*) FROM desk_story",
    "comments": "SELECT count(*) FROM desk_comment",
    "decisions": "SELECT count(*) FROM desk_decision",
    "accounts": "SELECT count(*) FROM desk_user",
    "unopened": "SELECT count(*) FROM desk_unopened",
}
_PICTURES = "SELECT picture FROM desk_story WHERE picture IS NOT NULL"
_HEAD = "SELECT number, digest FROM desk_audithead"
_Ask = Callable[[str], tuple[object, ...] | None]  # gives the first row


@dataclass(frozen=True, kw_only=True)
class Held:
    """What a database holds: how much of it, and the end of its audit log.

    `pictures` are the paths of those that its stories have, known of a fresh copy alone.
    """

    counts: dict[str, int]
    entries: int
    head: str
    pictures: frozenset[str] = frozenset()


def take_snapshot(file: Path) -> Held:
    """Copy the database into `file`, which is there and empty; give what is in the copy.

    Nobody waits for it. Pages that SQLite no longer uses are not copied. Raises ToolFailed.
    """
    if is_sqlite():
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        with _opened(file) as database:
            return replace(
                _held_in(file), pictures=_paths(database.execute(_PICTURES).fetchall())
            )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        postgresql.dump(file, snapshot=str(cursor.fetchone()[0]))
        cursor.execute(_PICTURES)
        return replace(held(), pictures=_paths(cursor.fetchall()))


def held() -> Held:
    """Give what the desk's database holds."""
    with connection.cursor() as cursor:

        def ask(sql: str) -> tuple[object, ...] | None:
            cursor.execute(sql)
            row: tuple[object, ...] | None = cursor.fetchone()
            return row

        return _held(ask)


def _held_in(file: Path) -> Held:
    """Give what a SQLite file holds that nobody writes to."""
    with _opened(file) as database:
        return _held(lambda sql: database.execute(sql).fetchone())


def _paths(rows: Iterable[tuple[object, ...]]) -> frozenset[str]:
    """Give the paths of pictures, which the drivers give as JSON or read."""
    read = (json.loads(one) if isinstance(one, str) else one for (one,) in rows)
    return frozenset(str(one["path"]) for one in read if isinstance(one, dict))


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    address = f"file:{quote(str(file))}?immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as database:
        yield database


def _held(ask: _Ask) -> Held:
    counts = {name: int(str((ask(sql) or (0,))[0])) for name, sql in _COUNTED.items()}
    entries, head = ask(_HEAD) or START
    return Held(counts=counts, entries=int(str(entries)), head=str(head))
