from pathlib import Path
from threading import Thread

import pytest
from django.db import connection

from letterdesk.desk.database import database
from letterdesk.desk.queries.health import database_settings
from letterdesk.domain.errors import SettingWrong
from letterdesk.settings import Desk, Settings
from tests.processes import PATIENCE

_DUE = {
    "journal_mode": "wal",
    "synchronous": 2,
    "secure_delete": 1,
    "foreign_keys": 1,
    "temp_store": 2,
    "wal_autocheckpoint": 8000,
    "journal_size_limit": 67108864,
}


@pytest.mark.django_db(transaction=True)
def test_every_connection_is_made_so_that_what_is_committed_stays():
    found: list[object] = []

    def look() -> None:
        found.append(database_settings())
        if connection.vendor == "sqlite":
            found.append(_pragmas())
        connection.close()

    thread = Thread(target=look)
    thread.start()
    thread.join(timeout=PATIENCE)
    look()

    once = [{}, _DUE] if connection.vendor == "sqlite" else [{}]
    assert found == once * 2


def _pragmas() -> dict[str, object]:
    found = {}
    with connection.cursor() as cursor:
        for name in _DUE:
            cursor.execute(f"PRAGMA {name}")
            found[name] = cursor.fetchone()[0]
    return found


def test_sqlite_lies_in_the_newsrooms_folder_and_has_one_writer():
    found = database(Settings(folder=Path("/srv/newsroom")))

    assert found["NAME"] == Path("/srv/newsroom/desk.db")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_postgresql_address_is_taken_apart():
    address = "postgresql://mina:p%40ss@db.example:5433/desk?sslmode=require"

    found = database(Settings(desk=Desk(database=address)))

    assert found == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "desk",
        "USER": "mina",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": "10", "sslmode": "require"},
    }


@pytest.mark.parametrize(
    "address",
    [
        "mysql://root:secret@host/desk",
        "postgresql://",
        "x",
        "postgresql://mina:secret/word@host/desk",
        "postgresql://mina:[secret@host/desk",
    ],
)
def test_another_database_is_refused_without_repeating_its_password(address):
    with pytest.raises(SettingWrong) as raised:
        database(Settings(desk=Desk(database=address)))

    assert "secret" not in str(raised.value)
