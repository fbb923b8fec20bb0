"""Migrations run on the same databases as the desk's tests."""

from tests.desk.conftest import django_db_modify_db_settings  # noqa: F401 -- a fixture
