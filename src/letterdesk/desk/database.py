"""The desk's database: SQLite tuned so that what is committed stays, or PostgreSQL."""

from urllib.parse import parse_qsl, unquote, urlsplit

from letterdesk.domain.errors import SettingWrong
from letterdesk.setting_values import SQLITE, of_database
from letterdesk.settings import Settings

# On every connection: a commit survives a power cut, and what is deleted is overwritten.
# Not trusted_schema=OFF: SQLite before 3.42 then refuses json_valid in our constraints. The
# log is written back seldom, so that letters that come at random places cost few writes,
# and is cut to 64 MB after something large, such as a step that makes a table anew.
_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
    "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; "
    "PRAGMA mmap_size=2147418112; PRAGMA cache_size=-65536; "
    "PRAGMA wal_autocheckpoint=8000; PRAGMA journal_size_limit=67108864;"
)


_PATIENCE = "10"  # seconds to wait for a PostgreSQL that does not answer


def database(settings: Settings) -> dict[str, object]:
    """Give Django's DATABASES["default"]. Raises SettingWrong when desk.database is odd."""
    written = settings.desk.database
    if written == SQLITE:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": settings.database_file,
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,  # seconds to wait for another writer
                "init_command": _PRAGMAS,
            },
        }
    if wrong := of_database(written):
        raise SettingWrong(f"desk.database {wrong}.")
    address = urlsplit(written)
    options = {"connect_timeout": _PATIENCE, **dict(parse_qsl(address.query))}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(address.path[1:]),
        "USER": unquote(address.username or ""),
        "PASSWORD": unquote(address.password or ""),
        "HOST": unquote(address.hostname or "") or options.pop("host", ""),
        "PORT": str(address.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
