"""Which database this is, for the few places where the two differ."""

from django.db import connection


def is_sqlite() -> bool:
    """Say whether the desk's database is SQLite."""
    return connection.vendor == "sqlite"


def is_postgresql() -> bool:
    """Say whether the desk's database is PostgreSQL."""
    return connection.vendor == "postgresql"
