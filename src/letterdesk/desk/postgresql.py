"""PostgreSQL's own tools, on the desk's database: copy all of it, put a copy back."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from django.db import connection

from letterdesk.domain.errors import LetterdeskError, SettingWrong

_LONGEST = 300  # characters of what a tool complains about
_KEYS = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}


class ToolFailed(LetterdeskError):
    """A tool of PostgreSQL's that did not do its work."""

    code = "database-tool-failed"


def dump(file: Path, *, snapshot: str) -> None:
    """Copy the database as the transaction that exported `snapshot` sees it.

    Roles and rights are left out: another server has others. Raises ToolFailed.
    """
    _run(
        "pg_dump",
        *("--format=custom", "--compress=0", "--no-owner", "--no-privileges"),
        *(f"--snapshot={snapshot}", f"--file={file}", f"--dbname={_name()}"),
    )


def load(file: Path) -> None:
    """Put a copy into the empty database: all of it, or nothing. Raises ToolFailed."""
    _run(
        "pg_restore",
        *("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"),
        *(f"--dbname={_name()}", str(file)),
    )


def refuse_encoding() -> None:
    """Refuse a database that cannot hold every letter that a reader may write.

    A cluster that was made where no locale is set makes such databases unless told
    otherwise. Raises SettingWrong.
    """
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        encoding = str(cursor.fetchone()[0])
    if encoding != "UTF8":
        raise SettingWrong(
            f"The database that desk.database names keeps text as {encoding}, which has no "
            "room for every language. Make another one: createdb --encoding=UTF8 "
            "--template=template0 --owner=USER NAME"
        )


def tables() -> list[str]:
    """Give the names of the tables that are there."""
    with connection.cursor() as cursor:
        return sorted(connection.introspection.table_names(cursor))


def clear() -> None:
    """Remove all tables of a database that was empty before."""
    with connection.cursor() as cursor:
        for table in tables():
            name = connection.ops.quote_name(table)
            cursor.execute(f"DROP TABLE IF EXISTS {name} CASCADE")


def _run(tool: str, *arguments: str) -> None:
    path = shutil.which(tool)
    if not path:
        raise SettingWrong(
            f"{tool} is not installed here; it copies PostgreSQL databases. On Debian: "
            "apt-get install postgresql-client"
        )
    done = subprocess.run(  # noqa: S603 -- PostgreSQL's own tool, no shell
        [path, *arguments],
        env=os.environ | _environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        # The first line only: those that follow may quote rows.
        told = done.stderr.strip().partition("\n")[0][:_LONGEST]
        raise ToolFailed(
            f"{tool} could not do its work: {told} The tool must not be older than the "
            "server, and desk.database must let it in."
        )


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _environment() -> Mapping[str, str]:
    """Give how the server is reached: not as arguments, which everybody can list."""
    known = connection.settings_dict
    given = {key: str(known[name]) for name, key in _KEYS.items() if known[name]}
    options = {f"PG{name.upper()}": str(value) for name, value in known["OPTIONS"].items()}
    return given | options
