"""The desk's tables: which version they are of, and how they come to ours.

Called once Django is set up.
"""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from letterdesk.desk import postgresql


def steps_missing() -> list[str]:
    """Give the names of the migrations that the database has not seen yet."""
    steps = MigrationExecutor(connection)
    plan = steps.migration_plan(steps.loader.graph.leaf_nodes())
    return [migration.name for migration, _ in plan]


def steps_unknown() -> list[str]:
    """Give the names of the migrations that the database has seen, and we do not know."""
    steps = MigrationLoader(connection)
    squashed = {old for step in steps.disk_migrations.values() for old in step.replaces}
    known = steps.disk_migrations.keys() | squashed
    return sorted(name for _, name in steps.applied_migrations.keys() - known)


def bring_up_to_date() -> int:
    """Make the tables those of this version; give by how many steps.

    Raises SettingWrong where the database cannot hold every language.
    """
    missing = steps_missing()
    if missing:
        if connection.vendor == "postgresql":
            postgresql.refuse_encoding()
        call_command("migrate", verbosity=0, interactive=False)
    return len(missing)
