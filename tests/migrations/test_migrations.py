import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from letterdesk.desk import migrations
from letterdesk.desk.queries.audit import verify

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_tables_are_those_of_the_models():
    said = StringIO()

    call_command("makemigrations", "--check", "--dry-run", stdout=said)

    assert said.getvalue() == "No changes detected\n"


def test_a_new_database_is_made_and_unmade_step_by_step():
    executor = MigrationExecutor(connection)
    try:
        executor.migrate([("desk", None)])
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
        assert not [name for name in tables if name.startswith("desk_")]
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())

    assert verify() is None


def test_every_migration_says_in_its_name_what_it_does():
    names = sorted(path.stem for path in Path(migrations.__path__[0]).glob("0*.py"))

    assert names[0] == "0001_initial"
    assert [name[:4] for name in names] == [f"{at:04}" for at in range(1, len(names) + 1)]
    assert all(re.fullmatch(r"\d{4}_[a-z_]{6,}", name) for name in names)
    assert not [name for name in names if "auto" in name]
