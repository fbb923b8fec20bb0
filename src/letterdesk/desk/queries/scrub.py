"""Make SQLite forget what was erased."""

import logging

from django.db import connection

from letterdesk.desk.queries.vendor import is_sqlite

_log = logging.getLogger(__name__)


def scrub() -> None:
    """Write the log back into SQLite's file and empty it: old pages lie in both until then.

    Only outside a transaction. PostgreSQL keeps old rows until it vacuums; see the docs.
    """
    if not is_sqlite() or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        _log.warning("scrub=later reason=database-busy")
